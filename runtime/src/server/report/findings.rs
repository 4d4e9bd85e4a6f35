//! What should be looked at before a server starts: each finding names the handler, the hook and the remedy.

use super::{Declared, Finding, Level, lost_members};
use crate::declared::OnErrorChoice;
use crate::descriptor::{ContractDescriptor, DenyEffect, HookDescriptor, PolicyDescriptor};
use crate::policy::{AnswerUse, HookPolicy, OnError, SessionPolicy, can_deny, withheld};
use crate::server::operator::open_value;
use crate::server::unhandled::Unhandled;

pub(super) fn all(
    contract: &ContractDescriptor,
    handlers: &[&Declared],
    policy: &SessionPolicy,
    unhandled: Unhandled,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for handler in handlers {
        needed_settings(&mut findings, contract, handler);
        deadline(&mut findings, contract, handler);
        if let Some(words) = contract.sender.policy {
            let entry = policy.of(handler.hook.name).cloned().unwrap_or_default();
            if handler.hook.kind.is_opening() {
                excluded_too_late(&mut findings, words, handler);
            } else {
                disabled(&mut findings, words, handler, &entry);
                denial(&mut findings, words, handler, &entry);
                overwrites(&mut findings, words, handler, &entry);
                excludes(&mut findings, words, handler, &entry);
            }
        }
    }
    if let Some(words) = contract.sender.policy {
        secrets(&mut findings, contract, words, handlers, policy);
        names(&mut findings, contract, words, policy);
    }
    if unhandled == Unhandled::Refuse {
        refused_sessions(&mut findings, contract, handlers);
    }
    findings.sort_by_key(|finding| finding.level);
    findings
}

fn of(handler: &Declared, level: Level, code: &'static str, message: String, remedy: String) -> Finding {
    Finding { level, code, hook: handler.hook.name.to_owned(), handler: Some(handler.function), message, remedy }
}

fn disabled(findings: &mut Vec<Finding>, words: &PolicyDescriptor, handler: &Declared, entry: &HookPolicy) {
    if entry.effective_answer(words) == AnswerUse::Disable {
        let (function, hook) = (handler.function, handler.hook.name);
        findings.push(of(
            handler,
            Level::Warning,
            "hook-disabled",
            format!("`{function}` never runs: the policy has {} for `{hook}`", words.policy.disable),
            "remove the handler, or that change of the policy".to_owned(),
        ));
    }
}

fn denial(findings: &mut Vec<Finding>, words: &PolicyDescriptor, handler: &Declared, entry: &HookPolicy) {
    let hook = handler.hook;
    if !can_deny(hook) {
        return;
    }
    let (function, name) = (handler.function, hook.name);
    let logged = entry.effective_on_error(words) == OnError::Log;
    let declared = handler.on_error == OnErrorChoice::Log;
    // Where a denial does harm or nothing that is known, `log` is what is advised below.
    let doubtful = matches!(hook.deny, DenyEffect::NotUseful | DenyEffect::Undocumented | DenyEffect::NoEffect);
    let (level, code, message, remedy) = if logged && declared && doubtful {
        return;
    } else if logged && declared {
        (
            Level::Warning,
            "denial-ignored",
            format!("`{function}` declares `on_error = log` for `{name}`, so a denial by it stops nothing"),
            "remove `on_error = log` if it is to deny; if it never does, all is well".to_owned(),
        )
    } else if logged {
        (
            Level::Warning,
            "denial-ignored",
            format!("a denial by `{function}` stops nothing: the policy has {} for `{name}`", words.on_error.log),
            format!(
                "leave {} to {} for this hook, or declare `on_error = log` if the handler never denies",
                words.on_error.member, words.on_error.fail
            ),
        )
    } else if hook.deny == DenyEffect::NotUseful {
        (
            Level::Note,
            "denial-not-useful",
            format!("`{function}` can deny `{name}`, and so can an outage of this backend, but that serves no purpose"),
            "declare `on_error = log` unless it is meant".to_owned(),
        )
    } else if doubtful {
        (
            Level::Note,
            "denial-undocumented",
            format!("`{function}` can deny `{name}`; no document says what that does"),
            "try it on your release of the sender, or declare `on_error = log`".to_owned(),
        )
    } else {
        return;
    };
    findings.push(of(handler, level, code, message, remedy));
}

fn overwrites(findings: &mut Vec<Finding>, words: &PolicyDescriptor, handler: &Declared, entry: &HookPolicy) {
    let answer = entry.effective_answer(words);
    let lost = lost_members(handler, &answer);
    if lost.is_empty() || answer == AnswerUse::Disable {
        return;
    }
    let (function, name, lost) = (handler.function, handler.hook.name, lost.join(", "));
    let said = match &answer {
        AnswerUse::Overwrite(taken) => format!("{} = \"{}\"", words.overwrite, taken.join(",")),
        other => other.word(words).to_owned(),
    };
    findings.push(of(
        handler,
        Level::Warning,
        "overwrite-ignored",
        format!("what `{function}` replaces is not taken from its answer: {lost}; the policy has {said} for `{name}`"),
        format!(
            "leave {} to {} and {} to the declared members",
            words.policy.member, words.policy.overwrite, words.overwrite
        ),
    ));
}

fn excludes(findings: &mut Vec<Finding>, words: &PolicyDescriptor, handler: &Declared, entry: &HookPolicy) {
    let sent: Vec<&str> = handler
        .exclude
        .iter()
        .copied()
        .filter(|member| !entry.omitted().iter().any(|omitted| omitted == member))
        .collect();
    if !sent.is_empty() {
        findings.push(of(
            handler,
            Level::Warning,
            "exclude-ignored",
            format!("`{}` excludes {}, but the policy does not", handler.function, sent.join(", ")),
            format!("leave {} to the declared members", words.request_exclude),
        ));
    }
}

fn excluded_too_late(findings: &mut Vec<Finding>, words: &PolicyDescriptor, handler: &Declared) {
    if !handler.exclude.is_empty() {
        let (function, name, members) = (handler.function, handler.hook.name, handler.exclude.join(", "));
        findings.push(of(
            handler,
            Level::Warning,
            "exclude-ignored",
            format!("`{function}` excludes {members} from `{name}`, but the policy comes only with its answer"),
            format!("remove the option; {} works for the hooks that follow", words.request_exclude),
        ));
    }
}

fn needed_settings(findings: &mut Vec<Finding>, contract: &ContractDescriptor, handler: &Declared) {
    let needed = contract.sender.settings.iter().filter(|setting| handler.hook.requires.contains(&setting.name));
    let lines: Vec<String> = needed.map(|setting| format!("{}={}", setting.name, open_value(setting.value))).collect();
    if !lines.is_empty() {
        findings.push(of(
            handler,
            Level::Note,
            "needs-settings",
            format!(
                "`{}` runs only if the {} is set to send `{}`",
                handler.function, contract.sender.name, handler.hook.name
            ),
            format!("its configuration needs {}", lines.join(", ")),
        ));
    }
}

fn deadline(findings: &mut Vec<Finding>, contract: &ContractDescriptor, handler: &Declared) {
    let Some(deadline) = handler.deadline else { return };
    let timeout = contract.sender.timeout_seconds;
    if timeout > 0 && deadline.as_secs() >= u64::from(timeout) {
        findings.push(of(
            handler,
            Level::Warning,
            "deadline-too-long",
            format!(
                "`{}` may take {} ms for `{}`, but the {} gives up after {timeout} s",
                handler.function,
                deadline.as_millis(),
                handler.hook.name,
                contract.sender.name
            ),
            "declare a shorter `deadline`, so that the answer is yours".to_owned(),
        ));
    }
}

fn secrets(
    findings: &mut Vec<Finding>,
    contract: &ContractDescriptor,
    words: &PolicyDescriptor,
    handlers: &[&Declared],
    policy: &SessionPolicy,
) {
    for hook in contract.hooks {
        let hidden = policy.of(hook.name).map_or(&[][..], HookPolicy::hidden);
        let shown: Vec<&str> = withheld(hook).filter(|member| !hidden.iter().any(|known| known == member)).collect();
        if !shown.is_empty() {
            findings.push(Finding {
                level: Level::Warning,
                code: "secret-shown",
                hook: hook.name.to_owned(),
                handler: handlers.iter().find(|handler| handler.hook.name == hook.name).map(|handler| handler.function),
                message: format!("the client gets {} of `{}`, which it has no use for", shown.join(", "), hook.name),
                remedy: format!("leave it in {}", words.client_exclude),
            });
        }
    }
}

/// Members that the policy names and the contract does not know: the sender passes over a misspelt name in silence.
fn names(findings: &mut Vec<Finding>, contract: &ContractDescriptor, words: &PolicyDescriptor, policy: &SessionPolicy) {
    for (name, entry) in policy.hooks() {
        let Some(hook) = contract.hook(name) else { continue };
        let overwritten = match entry.said_answer() {
            Some(AnswerUse::Overwrite(members)) => members.as_slice(),
            _ => &[],
        };
        let lists = [
            (words.overwrite, overwritten),
            (words.request_exclude, entry.omitted()),
            (words.client_exclude, entry.hidden()),
        ];
        for (list, members) in lists {
            let known = |member: &str| hook.members.iter().any(|known| known.is_called(member));
            for member in members.iter().filter(|member| !known(member)) {
                findings.push(Finding {
                    level: Level::Warning,
                    code: "unknown-member",
                    hook: hook.name.to_owned(),
                    handler: None,
                    message: format!(
                        "the policy names `{member}` in {list}, which the contract does not have in `{name}`"
                    ),
                    remedy: nearest(hook, member),
                });
            }
        }
    }
}

fn nearest(hook: &HookDescriptor, member: &str) -> String {
    let distance = |name: &str| strsim::osa_distance(&name.to_lowercase(), &member.to_lowercase());
    let nearest = hook.members.iter().map(|known| (distance(known.name), known.name)).min();
    match nearest {
        Some((distance, name)) if distance <= (member.chars().count() / 3).max(2) => format!("did you mean `{name}`?"),
        _ => "see the contract for the members of the hook".to_owned(),
    }
}

fn refused_sessions(findings: &mut Vec<Finding>, contract: &ContractDescriptor, handlers: &[&Declared]) {
    for hook in contract.hooks.iter().filter(|hook| hook.kind.is_opening()) {
        if !handlers.iter().any(|handler| handler.hook.name == hook.name) {
            findings.push(Finding {
                level: Level::Warning,
                code: "sessions-refused",
                hook: hook.name.to_owned(),
                handler: None,
                message: format!(
                    "no client gets in: `{}` has no handler, and hooks without one are refused",
                    hook.name
                ),
                remedy: "handle it, or leave hooks without a handler to the echo".to_owned(),
            });
        }
    }
}
