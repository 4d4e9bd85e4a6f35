//! What a backend's author should know about an answer, beyond what it made the server do.

use serde_json::Value;
use wcs_contract::model::{Cause, ClientSees, Contract, Hook};

use crate::Members;
use crate::judge::{ClientGets, Effect, Reception, Verdict};
use crate::level::{Level, Remark};
use crate::policy::{Fault, Mode, Policy};

/// Remarks about a verdict; `sent` is the body that the backend got.
pub(crate) fn about(
    contract: &Contract,
    policy: &Policy,
    hook: &Hook,
    cause: Cause,
    sent: &Members,
    verdict: &Verdict,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let name = &hook.name.value;
    let mut add = |level, code, message: String, help: Option<String>| {
        remarks.push(Remark { level, code, message, help });
    };
    match &verdict.reception {
        Reception::WrongStatus(status) => add(
            Level::Error,
            "wrong-status",
            format!("{name} was answered with {status}, to the server an error like any other"),
            Some(statuses(contract)),
        ),
        Reception::Unreadable(reason) => {
            add(
                Level::Error,
                "unreadable",
                format!("{name}: {reason}"),
                Some("answer with one JSON object".to_owned()),
            );
        }
        Reception::TimedOut => {
            let help = "answer at once and do the work afterwards".to_owned();
            add(Level::Error, "timeout", format!("{name} was not answered in time"), Some(help));
        }
        Reception::Failed(reason) => add(Level::Error, "no-answer", format!("{name} got no answer: {reason}"), None),
        Reception::Denied(status) => {
            add(Level::Denied, "denied", format!("{name} was denied with {status}"), None);
            if cause == Cause::Api {
                let message = format!("{name} was caused by the server's own API, and such hooks are not to be denied");
                add(
                    Level::Warning,
                    "api-denied",
                    message,
                    Some("accept it: whoever called the API has decided".to_owned()),
                );
            } else if verdict.effect == Effect::GoesOn && asks(hook) {
                add(Level::Warning, "denial-ignored", verdict.why.clone(), remedy(contract, hook));
            }
        }
        Reception::Accepted(answer) => {
            changes(contract, policy, hook, sent, answer, &mut add);
        }
        Reception::Withheld => {}
    }
    if let ClientGets::Delivery(members) | ClientGets::DeliveryAndError(members, _) = &verdict.client {
        secrets(contract, hook, members, &mut add);
    }
    remarks
}

fn asks(hook: &Hook) -> bool {
    hook.kind.is_permission() && !hook.kind.is_opening()
}

fn statuses(contract: &Contract) -> String {
    match &contract.sender {
        Some(sender) => {
            let (yes, no) = (sender.answer.accept_status.value, sender.answer.deny_status.value);
            format!("answer with {yes}, or with {no} to say no")
        }
        None => "answer with 200, or with 403 to say no".to_owned(),
    }
}

/// How a denial would count.
fn remedy(contract: &Contract, hook: &Hook) -> Option<String> {
    let rules = contract.session_policy()?;
    let opening = contract.opening()?;
    Some(format!(
        "answer {} with `{}` whose entry for {} has {} {}",
        opening.name.value, rules.member.value, hook.name.value, rules.on_error.member.value, rules.on_error.fail.value,
    ))
}

type Add<'a> = &'a mut dyn FnMut(Level, &'static str, String, Option<String>);

/// Members that were changed in vain, and members that should have been there.
fn changes(contract: &Contract, policy: &Policy, hook: &Hook, sent: &Members, answer: &Members, add: Add<'_>) {
    let Some(rules) = contract.session_policy() else { return };
    if hook.kind.is_opening() {
        return;
    }
    let policy = policy.of(hook);
    let name = &hook.name.value;
    for (member, value) in answer {
        let counts = policy.mode == Mode::Overwrite && policy.overwrite.contains(member);
        if *member == rules.member.value {
            let message =
                format!("the answer to {name} carries `{member}`, which counts in the answer to the opening hook only");
            add(Level::Warning, "policy-misplaced", message, None);
        } else if !counts && sent.get(member) != Some(value) {
            let message = format!("{name}: the answer's `{member}` was ignored");
            let help = format!(
                "it counts if the session's policy for {name} has {} {} and names it in {}",
                rules.policy.member.value, rules.policy.overwrite.value, rules.overwrite.value,
            );
            add(Level::Warning, "change-ignored", message, Some(help));
        }
    }
    if policy.mode == Mode::Overwrite {
        for member in policy.overwrite.iter().filter(|member| !answer.contains_key(member.as_str())) {
            let message = format!("{name}: the answer lacks `{member}`, which {} lists", rules.overwrite.value);
            let help = "return it, changed or not: what the server does without it is not documented".to_owned();
            add(Level::Warning, "overwrite-missing", message, Some(help));
        }
    }
}

/// Members that the client has no use for and should not get.
fn secrets(contract: &Contract, hook: &Hook, members: &Members, add: Add<'_>) {
    let withheld =
        |name: &&String| hook.parameter(name).is_some_and(|parameter| parameter.client == ClientSees::Withhold);
    let told: Vec<&str> = members.keys().filter(withheld).map(String::as_str).collect();
    if let (false, Some(rules)) = (told.is_empty(), contract.session_policy()) {
        let message = format!("{}: the client gets {}", hook.name.value, told.join(", "));
        add(
            Level::Warning,
            "secret-told",
            message,
            Some(format!("name it in {} of the session's policy", rules.client_exclude.value)),
        );
    }
}

/// Remarks about a policy's faults.
pub(crate) fn faults(faults: &[Fault]) -> Vec<Remark> {
    let remark = |fault: &Fault| Remark {
        level: fault.level,
        code: "policy",
        message: format!("{}: {}", fault.pointer, fault.message),
        help: Some(fault.help.clone()),
    };
    faults.iter().map(remark).collect()
}

/// That the second of two equal requests was answered otherwise.
pub(crate) fn unlike(hook: &Hook, first: &Reception, second: &Reception) -> Option<Remark> {
    let same = match (first, second) {
        (Reception::Accepted(first), Reception::Accepted(second)) => first == second,
        _ => std::mem::discriminant(first) == std::mem::discriminant(second),
    };
    let told = crate::judge::told;
    (!same).then(|| Remark {
        level: Level::Warning,
        code: "duplicate-differs",
        message: format!("{} came twice: first {}, then {}", hook.name.value, told(first), told(second)),
        help: Some("let the same request lead to the same answer".to_owned()),
    })
}

/// Whether two members' values are the same to a test.
pub(crate) fn same(expected: &Value, found: Option<&Value>) -> bool {
    found == Some(expected) || (expected.is_null() && found.is_none())
}
