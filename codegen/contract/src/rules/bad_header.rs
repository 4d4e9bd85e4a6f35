use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// The name of a header has characters that no header has.
    ///
    /// ## Why
    ///
    /// No request carries such a header, so that every signature would be missing.
    ///
    /// ## Example
    ///
    /// ```text
    /// sender:
    ///   signature:
    ///     header: "X Signature:"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// sender:
    ///   signature:
    ///     header: X-Signature
    /// ```
    ///
    /// ## What to do
    ///
    /// Write its name alone: letters, digits and dashes, without a colon.
    pub(super) RULE { code: "W0812", name: "bad-header", category: Semantics, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let Some(signature) = contract.sender.as_ref().and_then(|sender| sender.signature.as_ref()) else { return };
    let header = &signature.header;
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if let Some(bad) = header.value.chars().find(|c| !is_token(*c)) {
        let message = format!("no header is called `{}`: it contains {bad:?}", header.value);
        let help = "write its name alone: letters, digits and dashes";
        findings.push(Diagnostic::new(RULE, header.span, message).help(help));
    }
}
