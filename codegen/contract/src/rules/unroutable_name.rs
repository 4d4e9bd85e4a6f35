use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name};

crate::rule! {
    /// The name of a hook can't be the last part of an address.
    ///
    /// ## Why
    ///
    /// The sender appends the name to the backend's address. A slash, a space or a question mark in it leads elsewhere.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start/stream:
    ///     type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   startStream:
    ///     type: direct
    /// ```
    ///
    /// ## What to do
    ///
    /// Use letters, digits and `-`, `_`, `.`, `~`.
    pub(super) RULE { code: "W0308", name: "unroutable-name", category: Names, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        for name in std::iter::once(&hook.name).chain(hook.aliases.iter().map(|(alias, _)| alias)) {
            routable(name, findings);
        }
    }
}

fn routable(name: &Name, findings: &mut Findings) {
    // Letters of other alphabets are encoded by every client alike.
    let harmless = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "-_.~*".contains(c);
    if let Some(bad) = name.value.chars().find(|c| !harmless(*c)) {
        let message = format!("`{}` can't end an address: it contains {bad:?}", name.value);
        findings.push(Diagnostic::new(RULE, name.span, message).help("use letters, digits and `-`, `_`, `.`, `~`"));
    }
}
