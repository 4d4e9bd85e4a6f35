use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Cause, Contract, Sensitivity};

crate::rule! {
    /// A sensitive member comes from elsewhere, and nothing says whether the client gets it.
    ///
    /// ## Why
    ///
    /// Without a word it is passed on to every browser that the event is sent to. For a call's description that is right, for a
    /// password it is not; somebody has to decide.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   started:
    ///     type: event
    ///     parameters:
    ///       pin: {type: string, doc: Opens the door., sensitive: true}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   started:
    ///     type: event
    ///     parameters:
    ///       pin: {type: string, doc: Opens the door., sensitive: true, client: withhold}
    /// ```
    ///
    /// ## What to do
    ///
    /// Say `client: withhold` if the client has no use for it, `client: never` if the sender keeps it back itself, and
    /// `client: same` if the client needs it.
    pub(super) RULE { code: "W0803", name: "exposed-secret", category: Semantics, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    // What a client asks for it has sent itself; what comes from elsewhere it sees for the first time.
    for hook in contract.hooks.iter().filter(|hook| hook.kind.cause() != Cause::Client) {
        for member in hook.parameters.iter().filter(|member| member.is_received()) {
            if member.sensitive == Sensitivity::Sensitive && member.client_place.is_none() {
                let message =
                    format!("`{}` is sensitive, and nothing says whether the client gets it", member.name.value);
                findings.push(
                    Diagnostic::new(RULE, member.name.span, message)
                        .label(hook.name.span, "the client gets this one too")
                        .help("say `client: withhold`, `client: never`, or `client: same` if it needs it"),
                );
            }
        }
    }
}
