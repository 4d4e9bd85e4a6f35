use crate::diagnostic::{Diagnostic, Findings};
use crate::load::NodeKind;
use crate::model::{Contract, Example, Hook};

crate::rule! {
    /// The answer of an example changes a member that no answer can change.
    ///
    /// ## Why
    ///
    /// Who copies the example waits for an effect that never comes.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {name: {type: string, doc: What the stream is called.}}
    ///     examples:
    ///       - {title: Another name, origin: derived, body: {name: a}, answer: {name: b}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       name: {type: string, doc: What the stream is called., overwritable: {reason: The manual says so.}}
    ///     examples:
    ///       - {title: Another name, origin: derived, body: {name: a}, answer: {name: b}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Say `overwritable` of the member, with the reason, or take it out of the answer.
    pub(super) RULE { code: "W0522", name: "ignored-answer", category: Examples, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        for example in &hook.examples {
            changes(hook, example, findings);
        }
    }
}

fn changes(hook: &Hook, example: &Example, findings: &mut Findings) {
    let Some(answer) = &example.answer else { return };
    let NodeKind::Mapping(entries) = &answer.node.kind else { return };
    for (key, _) in entries {
        let Some(member) = hook.parameter(&key.value).filter(|member| !member.is_settable()) else { continue };
        let (sent, answered) = (example.body.value.get(&key.value), answer.value.get(&key.value));
        // Null says the same as nothing.
        if sent != answered && answered.is_some_and(|value| !value.is_null()) {
            let message = format!("the answer changes `{}`, which no answer can change", key.value);
            findings.push(
                Diagnostic::new(RULE, key.span, message)
                    .label(member.name.span, "declared here")
                    .help("say `overwritable` there, with the reason, or take it out of the answer"),
            );
        }
    }
}
