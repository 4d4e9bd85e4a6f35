//! What comes back of a body. Values are compared as JSON: order, white space and the form of numbers mean nothing.

use serde_json::{Value, json};
use wcs_contract::model::{Hook, Parameter, Scalar, Type};

use super::check::{Check, EMPTY, KEPT, LATER, OPENING, UNKNOWN, VALID, WHOLE};
use super::excerpt;
use super::report::{Problem, Report};
use super::suite::{Exchange, Suite, same};
use crate::Members;
use crate::wire::Manner;

pub(super) fn judge(suite: &Suite<'_>, report: &mut Report) {
    for exchange in suite.of(&VALID) {
        kept(suite, report, exchange);
        whole(suite, report, exchange);
    }
    for exchange in suite.of(&LATER) {
        unknown(suite, report, exchange);
    }
    report.skip(&OPENING, "the opening hook was not answered with yes");
    report.skip(&KEPT, "no other hook was answered with yes");
    let own = "the backend answers with bodies of its own, which is as good";
    report.skip(&WHOLE, own);
    report.skip(&UNKNOWN, own);
}

/// Empty objects, which a language may not tell from empty arrays.
pub(super) async fn ask(suite: &Suite<'_>, report: &mut Report) {
    for sample in suite.samples() {
        let is_object = |member: &&Parameter| {
            member.ty == Type::Scalar(Scalar::Object) && member.is_received() && !member.is_settable()
        };
        let is_set = |member: &Parameter| suite.settings.set.iter().any(|(name, _)| *name == member.name.value);
        let mut members = sample.hook.parameters.iter().filter(is_object).filter(|member| !is_set(member));
        let (Some(member), Some(body)) = (members.next(), &sample.case.members) else { continue };
        if !echoes(suite, sample.hook) {
            continue;
        }
        let name = &member.name.value;
        let mut body = body.clone();
        body.insert(name.clone(), json!({}));
        let got = suite.post(&sample.case.path, Value::Object(body).to_string().into(), Manner::Plain).await;
        match got.members().and_then(|answer| answer.get(name)) {
            Some(now) if now.is_array() => {
                let problem = Problem {
                    code: "object-became-array",
                    message: "an empty object came back as an array".to_owned(),
                    hook: Some(sample.hook.name.value.clone()),
                    sent: format!("POST {} with {{\"{name}\":{{}}}}", sample.case.path),
                    got: excerpt::member(suite.contract, sample.hook, name, now),
                    help: "parse objects as objects, in PHP without the second argument of json_decode".to_owned(),
                };
                report.fail(&EMPTY, sample.case.ground, problem);
            }
            // What is lost is told elsewhere.
            _ => report.pass(&EMPTY, sample.case.ground),
        }
    }
    report.skip(&EMPTY, "the backend echoes no hook that has such a member");
}

/// Body and answer of an exchange that ended with yes.
fn both<'a>(exchange: &'a Exchange<'_>) -> Option<(&'a Members, &'a Members)> {
    Some((exchange.case.members.as_ref()?, exchange.got.as_ref()?.members()?))
}

/// Whether a hook's plain bodies come back, at least for the better part.
fn echoes(suite: &Suite<'_>, hook: &Hook) -> bool {
    let plain = suite.of(&VALID).filter(|exchange| exchange.hook.name == hook.name);
    let (mut back, mut sent) = (0, 0);
    for (body, answer) in plain.filter_map(both) {
        sent += body.len();
        back += body.keys().filter(|name| answer.contains_key(*name)).count();
    }
    back > 0 && back * 2 >= sent
}

fn kept(suite: &Suite<'_>, report: &mut Report, exchange: &Exchange<'_>) {
    let Some((body, answer)) = both(exchange) else { return };
    let hook = exchange.hook;
    let check: &'static Check = if hook.kind.is_opening() { &OPENING } else { &KEPT };
    let fixed = |name: &str| hook.parameter(name).is_some_and(|member| !member.is_settable());
    let changed =
        body.iter().find(|(name, value)| fixed(name) && answer.get(*name).is_some_and(|now| !same(now, value)));
    match changed {
        None => report.pass(check, exchange.case.ground),
        Some((name, value)) => {
            let message = format!("`{name}` came back with another value, and no document lets an answer change it");
            let help = format!("return `{name}` as it came, or leave it out");
            let problem = differs(suite, exchange, "member-changed", message, help, (name, value));
            report.fail(check, exchange.case.ground, problem);
        }
    }
}

fn whole(suite: &Suite<'_>, report: &mut Report, exchange: &Exchange<'_>) {
    let Some((body, answer)) = both(exchange) else { return };
    if !echoes(suite, exchange.hook) {
        return;
    }
    let lost = body.iter().find(|(name, value)| !value.is_null() && !answer.contains_key(*name));
    match lost {
        None => report.pass(&WHOLE, exchange.case.ground),
        Some((name, value)) => {
            let message = "the answer lacks members that came".to_owned();
            let help = "start from the body that came, and change what is to be changed".to_owned();
            let problem = differs(suite, exchange, "member-dropped", message, help, (name, value));
            report.fail(&WHOLE, exchange.case.ground, problem);
        }
    }
}

/// What a later release sends: members that are not known, and values of known members that are not.
fn unknown(suite: &Suite<'_>, report: &mut Report, exchange: &Exchange<'_>) {
    let Some((body, answer)) = both(exchange) else { return };
    let hook = exchange.hook;
    if !echoes(suite, hook) {
        return;
    }
    let settable = |name: &str| hook.parameter(name).is_some_and(|member| member.is_settable());
    let is_lost = |name: &str, value: &Value| match answer.get(name) {
        // Known members with known values are looked at elsewhere.
        _ if crate::body::is_known(hook, name) && !is_later(value) => false,
        // A null that is left out says the same; what may be changed may have been changed on purpose.
        None => !value.is_null(),
        Some(now) => !settable(name) && !same(now, value),
    };
    let Some((name, value)) = body.iter().find(|(name, value)| is_lost(name, value)) else {
        report.pass(&UNKNOWN, exchange.case.ground);
        return;
    };
    let (code, message, help) = match (answer.get(name), crate::body::is_known(hook, name)) {
        (None, false) => (
            "unknown-dropped",
            "unknown members do not come back".to_owned(),
            "keep what you don't know: echo the parsed object itself, or give your types a place for the rest",
        ),
        (Some(now), _) if now.is_number() && value.is_number() => (
            "number-changed",
            "a whole number beyond 2^53 came back as another number".to_owned(),
            "return the text that came, or parse it with whole numbers of 64 bits",
        ),
        (Some(_), false) => (
            "unknown-changed",
            format!("{} in an unknown member came back as something else", crate::policy::kind(value)),
            "echo the parsed object itself, and parse objects and arrays as what they are",
        ),
        (_, true) => (
            "value-lost",
            "a value that is not listed did not come back".to_owned(),
            "keep values that you don't know as text",
        ),
    };
    let problem = differs(suite, exchange, code, message, help.to_owned(), (name, value));
    report.fail(&UNKNOWN, exchange.case.ground, problem);
}

/// Whether a value is one that the contract does not list.
fn is_later(value: &Value) -> bool {
    value.to_string().contains(wcs_codegen::vectors::LATER_WORD)
}

fn differs(
    suite: &Suite<'_>,
    exchange: &Exchange<'_>,
    code: &'static str,
    message: String,
    help: String,
    (name, value): (&str, &Value),
) -> Problem {
    let Exchange { hook, case, .. } = exchange;
    let contract = suite.contract;
    let now = both(exchange).and_then(|(_, answer)| answer.get(name));
    Problem {
        code,
        message,
        hook: Some(hook.name.value.clone()),
        sent: format!("POST {} with {}", case.path, excerpt::member(contract, hook, name, value)),
        got: now.map_or(format!("an answer without `{name}`"), |now| excerpt::member(contract, hook, name, now)),
        help,
    }
}
