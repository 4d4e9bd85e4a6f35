use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{ClientSees, Contract};

crate::rule! {
    /// Something is kept from the client that the client never gets.
    ///
    /// ## Why
    ///
    /// A member that stands in the answer only goes to the sender. What is said of the client has no effect.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       region: {type: string, doc: Where it is to be recorded., in: answer, client: withhold}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       region: {type: string, doc: Where it is to be recorded., in: answer}
    /// ```
    ///
    /// ## What to do
    ///
    /// Remove `client`, or correct `in`.
    pub(super) RULE { code: "W0804", name: "idle-client", category: Semantics, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for member in contract.hooks.iter().flat_map(|hook| &hook.parameters) {
        if !member.is_received() && member.client == ClientSees::Withhold {
            let message = format!("`{}` stands in the answer only, which no client gets", member.name.value);
            findings.push(Diagnostic::new(RULE, member.name.span, message).help("remove `client`, or correct `in`"));
        }
    }
}
