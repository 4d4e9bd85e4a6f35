use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Direction};

crate::rule! {
    /// A member that the answer brings anyway is said to be overwritable besides.
    ///
    /// ## Why
    ///
    /// `in: answer` and `in: both` say already that the answer may have it. Which of the two is meant?
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       region:
    ///         type: string
    ///         doc: Where it is to be recorded.
    ///         in: answer
    ///         overwritable: {reason: The manual says so.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       region:
    ///         type: string
    ///         doc: Where it is to be recorded.
    ///         in: answer
    /// ```
    ///
    /// ## What to do
    ///
    /// Remove `overwritable`, or `in` if the request carries the member.
    pub(super) RULE { code: "W0802", name: "idle-overwritable", category: Semantics, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for member in contract.hooks.iter().flat_map(|hook| &hook.parameters) {
        if let Some(overwritable) = member.overwritable.as_ref().filter(|_| member.direction == Direction::Answer) {
            let message = format!("`{}` stands in the answer anyway", member.name.value);
            findings.push(
                Diagnostic::new(RULE, overwritable.span, message)
                    .help("remove `overwritable`, or `in` if the request carries the member"),
            );
        }
    }
}
