use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A member of an event is said to be overwritable.
    ///
    /// ## Why
    ///
    /// An event tells of what has happened. The sender does not take anything from the answer to it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   started:
    ///     type: event
    ///     parameters:
    ///       name: {type: string, doc: What the stream is called., overwritable: {reason: It is in the body.}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   started:
    ///     type: event
    ///     parameters:
    ///       name: {type: string, doc: What the stream is called.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Remove `overwritable`, or correct the hook's type.
    pub(super) RULE { code: "W0801", name: "overwritable-event", category: Semantics, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in contract.hooks.iter().filter(|hook| hook.kind.is_notification()) {
        for member in &hook.parameters {
            if let Some(overwritable) = &member.overwritable {
                let message = format!("`{}` belongs to an event, whose answer changes nothing", member.name.value);
                findings.push(
                    Diagnostic::new(RULE, overwritable.span, message)
                        .label(hook.name.span, "the event")
                        .help("remove `overwritable`, or correct the hook's type"),
                );
            }
        }
    }
}
