use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A text has a mark that says it is not finished.
    ///
    /// ## Why
    ///
    /// What is written here is published: in documents, in programs, on the site.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: TODO say what it asks.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client wants to publish a stream.
    /// ```
    ///
    /// ## What to do
    ///
    /// Finish the text, or put the mark into a comment of the file.
    pub(super) RULE { code: "W0604", name: "unfinished-text", category: Docs, level: Warning, fixes: Never }
}

/// The marks.
const MARKS: &[&str] = &["TODO", "FIXME", "XXX", "TBD", "???"];

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for text in walk::texts(contract) {
        let mut words = text.value.split(|c: char| !(c.is_alphanumeric() || c == '?'));
        if let Some(mark) = words.find(|word| MARKS.contains(word)) {
            let message = format!("`{mark}` says that this text is not finished");
            let help = "finish the text, or put the mark into a comment";
            findings.push(Diagnostic::new(RULE, text.span, message).help(help));
        }
    }
}
