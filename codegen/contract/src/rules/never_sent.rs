use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A member lives in other releases than the hook that carries it.
    ///
    /// ## Why
    ///
    /// It is never sent: where the hook is, the member is not.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     since: "5.2"
    ///     parameters:
    ///       token: {type: string, doc: What the client shows as proof., until: "5.1"}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     since: "5.0"
    ///     parameters:
    ///       token: {type: string, doc: What the client shows as proof., until: "5.1"}
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct one of the two, or remove the member.
    pub(super) RULE { code: "W0701", name: "never-sent", category: Versions, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        for member in &hook.parameters {
            // What ends before it begins is told of as such.
            if [&member.lifetime, &hook.lifetime].into_iter().any(|life| !life.meets(life)) {
                continue;
            }
            let bound = member.lifetime.since.as_ref().or(member.lifetime.until.as_ref());
            if let Some(bound) = bound.filter(|_| !member.lifetime.meets(&hook.lifetime)) {
                let message = format!("`{}` is never sent with `{}`", member.name.value, hook.name.value);
                let found = Diagnostic::new(RULE, bound.span, message);
                let other = hook.lifetime.since.as_ref().or(hook.lifetime.until.as_ref());
                let found = other.map_or(found.clone(), |other| found.label(other.span, "the hook"));
                findings.push(found.help("correct one of the two, or remove the member"));
            }
        }
    }
}
