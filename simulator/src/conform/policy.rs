//! What the answer to the opening hook says about all others, and whether denials and changes have an effect under it.

use wcs_codegen::vectors;

use super::check::{CHANGES, DENIALS, EVENTS, Ground, OVERWRITES, POLICY, USEFUL, VALID};
use super::excerpt;
use super::report::{Problem, Report};
use super::suite::{Exchange, Got, Suite, same};
use crate::Members;
use crate::judge::{Effect, Reception, judge as judged};
use crate::level::Level;
use crate::policy::{Fault, Mode, OnError, Policy};

pub(super) fn judge(suite: &Suite<'_>, report: &mut Report) {
    let checks = [&POLICY, &USEFUL, &DENIALS, &EVENTS, &CHANGES, &OVERWRITES];
    let mut skip = |reason: &str| checks.iter().for_each(|check| report.skip(check, reason));
    if suite.contract.session_policy().is_none() {
        return skip("the contract's sender has no session policy");
    }
    let is_opening = |exchange: &&Exchange<'_>| exchange.hook.kind.is_opening();
    let accepted = suite.of(&VALID).filter(is_opening).find_map(|exchange| Some((exchange, yes(exchange)?)));
    let Some((opening, answer)) = accepted else {
        return skip(
            "the opening hook was not answered with yes, so there is no session and no policy; give bodies what the \
             backend wants with `--set MEMBER=VALUE`",
        );
    };
    let (policy, faults) = Policy::read(suite.contract, answer);
    valid(suite, report, opening, &faults);
    useful(suite, report, opening, &policy, &faults);
    for exchange in suite.of(&VALID).filter(|exchange| !exchange.hook.kind.is_opening()) {
        denied(suite, report, &policy, exchange);
        changed(suite, report, &policy, exchange);
    }
    report.skip(&DENIALS, "no call, stream or the like was denied");
    report.skip(&EVENTS, "no hook was answered with yes or no");
    report.skip(&CHANGES, "no other hook was answered with yes");
    report.skip(&OVERWRITES, "the policy takes no member of an answer");
}

fn yes<'a>(exchange: &'a Exchange<'_>) -> Option<&'a Members> {
    exchange.got.as_ref().and_then(Got::members)
}

fn valid(suite: &Suite<'_>, report: &mut Report, opening: &Exchange<'_>, faults: &[Fault]) {
    let errors: Vec<&Fault> = faults.iter().filter(|fault| fault.level == Level::Error).collect();
    for fault in &errors {
        report.fail(&POLICY, Ground::Documents, faulty(suite, opening, "policy-error", fault));
    }
    if errors.is_empty() {
        report.pass(&POLICY, Ground::Documents);
    }
}

fn useful(suite: &Suite<'_>, report: &mut Report, opening: &Exchange<'_>, policy: &Policy, faults: &[Fault]) {
    let mut idle: Vec<Fault> = faults.iter().filter(|fault| fault.level != Level::Error).cloned().collect();
    let Some(rules) = suite.contract.session_policy() else { return };
    for (name, entry) in policy.named() {
        let Some(hook) = suite.contract.find_hook(name) else { continue };
        for member in &entry.overwrite {
            if hook.parameter(member).is_some_and(|member| !member.is_settable()) {
                idle.push(Fault {
                    level: Level::Warning,
                    pointer: format!("/{}/{name}/{}", rules.member.value, rules.overwrite.value),
                    message: format!("no document says that `{member}` of `{name}` can be taken from an answer"),
                    help: format!(
                        "leave `{member}` out, or try it with the server and record in the contract that it works"
                    ),
                });
            }
        }
    }
    for fault in &idle {
        report.fail(&USEFUL, Ground::Documents, faulty(suite, opening, "policy-idle", fault));
    }
    if idle.is_empty() {
        report.pass(&USEFUL, Ground::Documents);
    }
}

fn faulty(suite: &Suite<'_>, opening: &Exchange<'_>, code: &'static str, fault: &Fault) -> Problem {
    let Exchange { hook, case, got } = opening;
    let at = yes(opening).map(|answer| serde_json::Value::Object(answer.clone()));
    let found = at.as_ref().and_then(|answer| answer.pointer(&fault.pointer)).map(ToString::to_string);
    let whole = || got.as_ref().map(|got| excerpt::got(suite.contract, hook, &got.reply)).unwrap_or_default();
    Problem {
        code,
        message: format!("{}: {}", fault.pointer, fault.message),
        hook: Some(hook.name.value.clone()),
        sent: excerpt::sent(suite.contract, hook, &case.path, &case.body),
        got: found.map_or_else(whole, |found| excerpt::cut(&format!("{}: {found}", fault.pointer))),
        help: fault.help.clone(),
    }
}

/// Whether a denial is one that counts.
fn denied(suite: &Suite<'_>, report: &mut Report, policy: &Policy, exchange: &Exchange<'_>) {
    let Exchange { hook, case, got: Some(got) } = exchange else { return };
    let may_stop = hook.is_deniable();
    let check = if may_stop { &DENIALS } else { &EVENTS };
    let (Reception::Denied(status), Some(body)) = (&got.reception, &case.members) else {
        if !may_stop && got.is_fine() {
            report.pass(&EVENTS, Ground::Documents);
        }
        return;
    };
    let verdict = judged(suite.contract, policy, hook, body, got.reception.clone());
    if verdict.effect != Effect::GoesOn {
        report.pass(check, Ground::Documents);
        return;
    }
    let name = &hook.name.value;
    let words = suite.contract.session_policy();
    let (code, message, help) = if may_stop {
        let help = words.map(|rules| {
            let (on_error, fail) = (&rules.on_error.member.value, &rules.on_error.fail.value);
            let opening = suite.hooks.iter().find(|hook| hook.kind.is_opening());
            let opening = opening.map_or("the opening hook", |hook| hook.name.value.as_str());
            format!("answer {opening} with `{}` whose entry for {name} has {on_error} {fail}", rules.member.value)
        });
        let because = verdict.why.split_once(": ").map_or(verdict.why.as_str(), |(_, because)| because);
        ("denial-ignored", format!("your {status} for {name} will be ignored, because {because}"), help)
    } else {
        let told = if policy.of(hook).on_error == OnError::Fail { ", and the client is told of an error" } else { "" };
        let message = format!("denied, though it has happened already; the server logs an error{told}");
        ("event-denied", message, Some("accept it; `{}` is enough".to_owned()))
    };
    let problem = Problem {
        code,
        message,
        hook: Some(name.clone()),
        sent: excerpt::sent(suite.contract, hook, &case.path, &case.body),
        got: excerpt::got(suite.contract, hook, &got.reply),
        help: help.unwrap_or_default(),
    };
    report.fail(check, Ground::Documents, problem);
}

/// Whether what was changed counts, and what is to be taken is there.
fn changed(suite: &Suite<'_>, report: &mut Report, policy: &Policy, exchange: &Exchange<'_>) {
    let Exchange { hook, case, got: Some(got) } = exchange else { return };
    let (Some(answer), Some(body), Some(rules)) = (got.members(), &case.members, suite.contract.session_policy())
    else {
        return;
    };
    let name = &hook.name.value;
    let rule = policy.of(hook);
    let problem = |code, message, help| Problem {
        code,
        message,
        hook: Some(name.clone()),
        sent: excerpt::sent(suite.contract, hook, &case.path, &case.body),
        got: excerpt::got(suite.contract, hook, &got.reply),
        help,
    };
    let taken = |member: &str| rule.mode == Mode::Overwrite && rule.overwrite.iter().any(|taken| taken == member);
    let is_idle = |member: &str| {
        let differs = answer.get(member).is_some_and(|now| body.get(member).is_none_or(|before| !same(before, now)));
        differs && !taken(member)
    };
    if let Some(member) = hook.answer_members().map(|member| &member.name.value).find(|member| is_idle(member)) {
        let message = format!("`{member}` in the answer to {name} is ignored: the policy does not take it");
        let help = format!(
            "give the policy for {name} {} {} and name `{member}` in {}, or return it as it came",
            rules.policy.member.value, rules.policy.overwrite.value, rules.overwrite.value,
        );
        report.fail(&CHANGES, Ground::Documents, problem("change-ignored", message, help));
    } else if answer.contains_key(&rules.member.value) {
        let message =
            format!("the answer to {name} carries `{}`, which counts for the opening hook only", rules.member.value);
        let help = "put it into the answer to the opening hook".to_owned();
        report.fail(&CHANGES, Ground::Documents, problem("policy-misplaced", message, help));
    } else {
        report.pass(&CHANGES, Ground::Documents);
    }
    for member in rule.overwrite.iter().filter(|member| taken(member)) {
        let known = hook.parameter(member);
        let fits = |value| known.is_none_or(|known| vectors::is_readable(suite.contract, &known.ty, value));
        match answer.get(member) {
            None => {
                let message = format!("the answer to {name} lacks `{member}`, which the policy says to take from it");
                let help = format!("return `{member}`, changed or not");
                report.fail(&OVERWRITES, Ground::Documents, problem("overwrite-missing", message, help));
            }
            Some(value) if !fits(value) => {
                let word = known.map(|known| suite.contract.type_word(&known.ty)).unwrap_or_default();
                let message =
                    format!("`{member}` in the answer to {name} is {}, not {word}", crate::policy::kind(value));
                let help = format!("return `{member}` as {word}");
                report.fail(&OVERWRITES, Ground::Documents, problem("overwrite-type", message, help));
            }
            Some(_) => report.pass(&OVERWRITES, Ground::Documents),
        }
    }
}
