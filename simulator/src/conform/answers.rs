//! Statuses, content types and bodies of answers.

use wcs_contract::diagnostic::nearest;

use super::check::{Check, KNOWN, SPARSE, VALID};
use super::excerpt;
use super::report::{Problem, Report};
use super::suite::{Exchange, Got, Suite};

pub(super) fn judge(suite: &Suite<'_>, report: &mut Report) {
    for exchange in suite.of(&VALID) {
        accepted(suite, report, exchange);
    }
    unfailing(suite, report, &SPARSE);
    known(suite, report);
}

/// The bodies of a question, where plain ones are answered.
pub(super) fn unfailing(suite: &Suite<'_>, report: &mut Report, check: &'static Check) {
    for exchange in suite.of(check) {
        if suite.is_sound(exchange.hook) {
            accepted(suite, report, exchange);
        } else {
            report.fail_quietly(check, exchange.case.ground);
        }
    }
}

fn accepted(suite: &Suite<'_>, report: &mut Report, exchange: &Exchange<'_>) {
    let Exchange { hook, case, got } = exchange;
    match got {
        Some(got) if got.is_fine() => report.pass(case.check, case.ground),
        Some(got) => {
            report.fail(case.check, case.ground, suite.trouble(hook, &case.path, &case.body, got));
        }
        None => report.fail_quietly(case.check, case.ground),
    }
}

fn known(suite: &Suite<'_>, report: &mut Report) {
    for exchange in suite.of(&VALID) {
        let Exchange { hook, case, got } = exchange;
        let (Some(got), Some(sent)) = (got, &case.members) else { continue };
        let Some(answer) = got.members() else { continue };
        let ground = suite.ground(hook);
        // The policy in the wrong answer is told with what the policy does.
        let is_policy = |name: &str| suite.contract.session_policy().is_some_and(|rules| rules.member.value == name);
        let is_known = |name: &str| sent.contains_key(name) || crate::body::is_known(hook, name) || is_policy(name);
        let Some(name) = answer.keys().find(|name| !is_known(name)) else {
            report.pass(&KNOWN, ground);
            continue;
        };
        let known = hook.answer_members().map(|member| member.name.value.as_str());
        let help = match nearest(name, known) {
            Some(meant) => format!("did you mean `{meant}`? Else leave it out"),
            None => "leave it out".to_owned(),
        };
        report.fail(&KNOWN, ground, stray(suite, exchange, got, name, help));
    }
    report.skip(&KNOWN, "no plain body was answered with yes");
}

fn stray(suite: &Suite<'_>, exchange: &Exchange<'_>, got: &Got, name: &str, help: String) -> Problem {
    let Exchange { hook, case, .. } = exchange;
    Problem {
        code: "unknown-member",
        message: format!("the answer has a member `{name}`, which neither came nor is known"),
        hook: Some(hook.name.value.clone()),
        sent: excerpt::sent(suite.contract, hook, &case.path, &case.body),
        got: excerpt::member(
            suite.contract,
            hook,
            name,
            got.members().and_then(|all| all.get(name)).unwrap_or(&serde_json::Value::Null),
        ),
        help,
    }
}
