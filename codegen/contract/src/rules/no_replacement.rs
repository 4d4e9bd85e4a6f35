use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Lifetime, Name};

crate::rule! {
    /// Something is deprecated, and nothing is said of what to use instead.
    ///
    /// ## Why
    ///
    /// Who is told to stop wants to know how to go on.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     deprecated: {reason: It is going away.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     deprecated: {reason: It is going away., replacement: begin}
    ///   begin:
    ///     type: direct
    /// ```
    ///
    /// ## What to do
    ///
    /// Name a `replacement`. Where there is none, say so in a comment that allows this.
    pub(super) RULE { code: "W0703", name: "no-replacement", category: Versions, level: Note, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    contract.hooks.iter().for_each(|hook| replaced(&hook.name, &hook.lifetime, findings));
    for member in walk::scopes(contract).flatten() {
        replaced(&member.name, &member.lifetime, findings);
    }
    for value in contract.types.iter().flat_map(walk::values) {
        replaced(&value.wire, &value.lifetime, findings);
    }
}

fn replaced(name: &Name, lifetime: &Lifetime, findings: &mut Findings) {
    if let Some(deprecated) = lifetime.deprecated.as_ref().filter(|said| said.replacement.is_none()) {
        let message = format!("nothing is said of what replaces `{}`", name.value);
        findings.push(Diagnostic::new(RULE, deprecated.reason.span, message).help("name a `replacement`"));
    }
}
