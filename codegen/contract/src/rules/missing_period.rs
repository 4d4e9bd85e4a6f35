use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Text};

crate::rule! {
    /// A text does not end like a sentence.
    ///
    /// ## Why
    ///
    /// The texts are put together with others in documents, in Rust and in other languages. Without its period one runs into the
    /// next.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client wants to publish a stream
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
    /// Put a period behind it.
    pub(super) RULE { code: "W0601", name: "missing-period", category: Docs, level: Note, fixes: Sometimes }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        for text in [Some(&hook.summary), hook.doc.as_ref(), Some(&hook.deny.doc)].into_iter().flatten() {
            ends(text, findings);
        }
    }
    for member in walk::scopes(contract).flatten() {
        ends(&member.doc, findings);
    }
    for def in &contract.types {
        ends(&def.doc, findings);
        walk::values(def).iter().for_each(|value| ends(&value.doc, findings));
    }
}

fn ends(text: &Text, findings: &mut Findings) {
    // A table, a list or code needs none, and neither does a text that ends with something else on purpose.
    let last_line = text.value.lines().last().unwrap_or_default().trim_start();
    if !text.value.ends_with(char::is_alphanumeric) || last_line.starts_with(['-', '|', '*', '#', '`']) {
        return;
    }
    let found = Diagnostic::new(RULE, text.span, "this text ends without a period").help("put a period behind it");
    findings.push(match walk::end_of(text) {
        Some(end) => found.fix("put a period behind it", end, "."),
        None => found,
    });
}
