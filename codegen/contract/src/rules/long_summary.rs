use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A summary is longer than a line.
    ///
    /// ## Why
    ///
    /// It stands in lists, in menus of editors and in the first line of the documentation, where there is no room for more.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: >-
    ///       A client wants to publish a stream, which is the first thing that happens with a stream, before anybody can play
    ///       it, so that the backend may refuse it.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client wants to publish a stream.
    ///     doc: It is the first thing that happens with a stream, before anybody can play it.
    /// ```
    ///
    /// ## What to do
    ///
    /// Say in one line what the hook says or asks, and the rest under `doc`.
    pub(super) RULE { code: "W0602", name: "long-summary", category: Docs, level: Note, fixes: Never }
}

/// Most characters of a summary.
const MOST: usize = 120;

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        let length = hook.summary.value.chars().count();
        let why = match hook.summary.value.lines().count() {
            0 | 1 if length > MOST => format!("has {length} characters; {MOST} fit"),
            0 | 1 => continue,
            lines => format!("has {lines} lines"),
        };
        let message = format!("the summary of `{}` {why}", hook.name.value);
        findings.push(
            Diagnostic::new(RULE, hook.summary.span, message)
                .help("say in one line what the hook says or asks, and the rest under `doc`"),
        );
    }
}
