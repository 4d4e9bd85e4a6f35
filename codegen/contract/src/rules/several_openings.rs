use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Hook, Lifetime};

crate::rule! {
    /// More than one hook opens a session.
    ///
    /// ## Why
    ///
    /// The session's policy is carried by the answer to the hook of type `connect`. With two of them nobody can say which
    /// policy holds.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   connect:
    ///     type: connect
    ///   login:
    ///     type: connect
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   connect:
    ///     type: connect
    ///   login:
    ///     type: direct
    /// ```
    ///
    /// ## What to do
    ///
    /// Keep the one that is sent first, and correct the type of the other.
    pub(super) RULE { code: "W0805", name: "several-openings", category: Semantics, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let openings: Vec<&Hook> = contract.openings().collect();
    for (at, hook) in openings.iter().enumerate() {
        let meets = |first: &&&Hook| Lifetime::meets(&first.lifetime, &hook.lifetime);
        if let Some(first) = openings.iter().take(at).find(meets) {
            let message = format!("`{}` and `{}` both open a session", first.name.value, hook.name.value);
            findings.push(
                Diagnostic::new(RULE, hook.name.span, message)
                    .label(first.name.span, "the first one")
                    .help("keep the one that is sent first, and correct the type of the other"),
            );
        }
    }
}
