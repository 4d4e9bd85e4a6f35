use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A text has a backtick that is never closed.
    ///
    /// ## Why
    ///
    /// Whatever follows is shown as code, or the backtick as itself.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client sends `start.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client sends `start`.
    /// ```
    ///
    /// ## What to do
    ///
    /// Close it behind the name or the value that it is about.
    pub(super) RULE { code: "W0605", name: "open-code", category: Docs, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for text in walk::texts(contract) {
        // Blocks of code open and close with three, which makes two pairs of odd numbers.
        if text.value.matches('`').count() % 2 == 1 {
            let help = "close it behind the name or the value";
            findings.push(Diagnostic::new(RULE, text.span, "a backtick in this text is never closed").help(help));
        }
    }
}
