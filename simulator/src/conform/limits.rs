//! Time, size and nesting.

use bytes::Bytes;
use serde_json::{Value, json};
use wcs_contract::model::{Belonging, Hook, Parameter, Scalar, Type};

use super::check::{BODY, Check, DEEP, Demand, Ground, LARGE, NESTED, SPEED, VALID};
use super::excerpt;
use super::report::{Problem, Report};
use super::suite::{Exchange, Suite};
use crate::wire::Manner;

pub(super) async fn ask(suite: &Suite<'_>, report: &mut Report) {
    const KIB: usize = 1024;
    for exchange in suite.samples() {
        if let Some(member) = member(exchange.hook, |member| is_long_text(suite, member)) {
            let sizes = [(&BODY, 16 * KIB), (&LARGE, 512 * KIB)].map(|(check, size)| {
                (check, json!("v=0 ".repeat(size / 4)), format!("`{member}` of {} KiB", size / KIB))
            });
            both(suite, report, exchange, member, sizes).await;
        }
        if let Some(member) = member(exchange.hook, |member| member.ty == Type::Scalar(Scalar::Object)) {
            let depths = [(&NESTED, 16), (&DEEP, 100)]
                .map(|(check, depth)| (check, nested(depth), format!("`{member}` nested {depth} levels deep")));
            both(suite, report, exchange, member, depths).await;
        }
    }
    for check in [&BODY, &LARGE, &NESTED, &DEEP] {
        report.skip(check, "no hook that is answered has such a member");
    }
    speed(suite, report);
}

/// The first member of a hook's own that is wanted; one that every hook has may be what a backend looks its session up by.
fn member(hook: &Hook, wanted: impl Fn(&Parameter) -> bool) -> Option<&str> {
    let received = hook.parameters.iter().filter(|member| member.is_received() && wanted(member));
    let mut own = received.filter(|member| member.belonging == Belonging::Own);
    own.next().map(|member| member.name.value.as_str())
}

fn is_long_text(suite: &Suite<'_>, member: &Parameter) -> bool {
    let is_set = suite.settings.set.iter().any(|(name, _)| *name == member.name.value);
    let is_free =
        member.constraints.as_ref().is_none_or(|limits| limits.max_length.is_none() && limits.pattern.is_none());
    member.ty == Type::Scalar(Scalar::String) && is_free && !is_set
}

fn nested(depth: usize) -> Value {
    (1..depth).fold(json!({}), |inner, _| json!({ "in": inner }))
}

/// What is required and what is better. Where the first fails, nothing is to be said of the second.
async fn both(
    suite: &Suite<'_>,
    report: &mut Report,
    exchange: &Exchange<'_>,
    member: &str,
    trials: [(&'static Check, Value, String); 2],
) {
    let mut is_fine = true;
    for (check, value, about) in trials {
        if is_fine {
            is_fine = with(suite, report, check, exchange, (member, value), &about).await;
        } else {
            report.fail_quietly(check, Ground::Practice);
        }
    }
}

async fn with(
    suite: &Suite<'_>,
    report: &mut Report,
    check: &'static Check,
    exchange: &Exchange<'_>,
    (member, value): (&str, Value),
    about: &str,
) -> bool {
    let Exchange { hook, case, .. } = exchange;
    let ground = if check.demand == Demand::Required { Ground::of_hook(hook) } else { Ground::Practice };
    let mut body = case.members.clone().unwrap_or_default();
    body.insert(member.to_owned(), value);
    let got = suite.post(&case.path, Bytes::from(Value::Object(body).to_string()), Manner::Plain).await;
    if got.is_fine() {
        report.pass(check, ground);
        return true;
    }
    let problem = suite.trouble(hook, &case.path, b"", &got);
    let problem = Problem {
        message: format!("a body that is larger or deeper than usual was {}", answered(&problem.message)),
        sent: format!("POST {} with {about}", case.path),
        help: "raise the limit of the framework or the proxy that reads the body".to_owned(),
        ..problem
    };
    report.fail(check, ground, problem);
    false
}

fn answered(message: &str) -> String {
    if message.starts_with("answered") || message.starts_with("not ") {
        message.to_owned()
    } else {
        format!("not answered: {message}")
    }
}

fn speed(suite: &Suite<'_>, report: &mut Report) {
    let most = suite.wire.timeout() / 2;
    for exchange in suite.of(&VALID) {
        let Exchange { hook, case, got: Some(got) } = exchange else { continue };
        if !got.is_fine() {
            report.fail_quietly(&SPEED, Ground::Documents);
        } else if got.took <= most {
            report.pass(&SPEED, Ground::Documents);
        } else {
            let problem = Problem {
                code: "slow",
                message: format!("the answer took more than {} s", most.as_secs_f64()),
                hook: Some(hook.name.value.clone()),
                sent: excerpt::sent(suite.contract, hook, &case.path, &case.body),
                got: excerpt::got(suite.contract, hook, &got.reply),
                help: "answer at once and do the work afterwards".to_owned(),
            };
            report.fail(&SPEED, Ground::Documents, problem);
        }
    }
}
