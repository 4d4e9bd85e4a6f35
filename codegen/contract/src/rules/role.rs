use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Belonging, Contract, DenyEffect, Direction, Hook, Known};

crate::rule! {
    /// What is said doesn't suit the hook's type.
    ///
    /// ## Why
    ///
    /// An event tells of what has happened, so that its answer can forbid nothing. The context is the sender's own, so that no
    /// answer replaces it. The session policy is carried by the answer to the hook that opens the session.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   started:
    ///     type: event
    ///     deny: {effect: forbids, doc: The stream goes on.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   started:
    ///     type: event
    ///     deny: {effect: no_effect, doc: The stream goes on.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct the hook's type or what is said of it; the help names the words that are possible.
    pub(super) RULE { code: "W0213", name: "role-mismatch", category: Semantics, level: Error, fixes: Sometimes }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        denial(hook, findings);
        answer(hook, findings);
    }
    policy(contract, findings);
}

fn denial(hook: &Hook, findings: &mut Findings) {
    let effect = &hook.deny.effect;
    let is_notification = hook.kind.is_notification();
    let suits = match effect.value {
        DenyEffect::NoEffect | DenyEffect::Undocumented => true,
        DenyEffect::EndsStream => is_notification,
        DenyEffect::Forbids | DenyEffect::NotUseful => !is_notification,
    };
    if !suits {
        let message = format!("a hook of type `{}` can't have `effect: {}`", hook.kind, effect.value);
        let help = if is_notification {
            "it has happened already: write `no_effect`, or `ends_stream` for a sign of life"
        } else {
            "`ends_stream` is for events that report a running stream; write `forbids`"
        };
        findings.push(Diagnostic::new(RULE, effect.span, message).label(hook.name.span, "the hook").help(help));
    }
}

fn answer(hook: &Hook, findings: &mut Findings) {
    for member in &hook.parameters {
        if let Some(overwritable) = &member.overwritable
            && member.belonging == Belonging::Context
        {
            let message = format!("`{}` belongs to the context, which no answer can replace", member.name.value);
            findings.push(Diagnostic::new(RULE, overwritable.span, message).help("remove `overwritable`"));
        }
    }
}

fn policy(contract: &Contract, findings: &mut Findings) {
    let Some(policy) = contract.session_policy() else { return };
    let opening = contract.openings();
    let carrier = opening.clone().find_map(|hook| hook.parameter(&policy.member.value));
    match carrier {
        Some(member) if member.direction == Direction::Answer => {}
        Some(member) => findings.push(
            Diagnostic::new(RULE, member.name.span, "the session policy stands in the answer only")
                .label(policy.member.span, "named here")
                .help("write `in: answer` there"),
        ),
        // It may be a hook or a parameter that could not be read.
        None if contract.hooks_known == Known::Partly => {}
        None if opening.clone().any(|hook| hook.broken.contains(&policy.member.value)) => {}
        None => {
            let known = opening.flat_map(|hook| &hook.parameters).map(|member| member.name.value.as_str());
            let message = format!("no hook of type `connect` has the member `{}`", policy.member.value);
            findings.push_absent(
                Diagnostic::new(RULE, policy.member.span, message)
                    .help("add it to the opening hook's parameters with `in: answer`")
                    .did_you_mean(&policy.member.value, known),
            );
        }
    }
}
