use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// The long text of a hook is its summary once more.
    ///
    /// ## Why
    ///
    /// Both are shown, one below the other.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client wants to publish a stream.
    ///     doc: A client wants to publish a stream.
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
    /// Remove `doc`, or say in it what the summary leaves out.
    pub(super) RULE { code: "W0606", name: "doc-repeats-summary", category: Docs, level: Note, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        let plain =
            |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_lowercase();
        if let Some(doc) = hook.doc.as_ref().filter(|doc| plain(&doc.value) == plain(&hook.summary.value)) {
            findings.push(
                Diagnostic::new(RULE, doc.span, format!("`doc` of `{}` repeats its summary", hook.name.value))
                    .label(hook.summary.span, "the summary")
                    .help("remove it, or say what the summary leaves out"),
            );
        }
    }
}
