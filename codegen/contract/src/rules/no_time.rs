use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// The sender waits for no time at all.
    ///
    /// ## Why
    ///
    /// A backend would have to answer before it is asked. The deadline of every handler is counted from it.
    ///
    /// ## Example
    ///
    /// ```text
    /// sender:
    ///   timeout: {seconds: 0, setting: backend_timeout, doc: It gives up.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// sender:
    ///   timeout: {seconds: 15, setting: backend_timeout, doc: It gives up.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Write the seconds after which the sender gives up.
    pub(super) RULE { code: "W0814", name: "no-time", category: Semantics, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let Some(seconds) = contract.sender.as_ref().map(|sender| &sender.timeout.seconds) else { return };
    // What could not be read has the place of the section, and has been told.
    let is_written = seconds.span.end - seconds.span.start <= 3;
    if seconds.value == 0 && is_written {
        let message = "a sender that waits 0 seconds gets no answer";
        findings.push(Diagnostic::new(RULE, seconds.span, message).help("write the seconds after which it gives up"));
    }
}
