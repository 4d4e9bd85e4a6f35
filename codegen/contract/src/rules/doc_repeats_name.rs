use heck::ToSnakeCase;

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name, Text};

crate::rule! {
    /// A text says no more than the name.
    ///
    /// ## Why
    ///
    /// Who reads it knows the name already, and wants to know what it means: unit, range, default, when it is absent.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       streamName: {type: string, doc: The stream name.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       streamName: {type: string, doc: What players ask for; unique while the stream is published.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Say what the name does not say.
    pub(super) RULE { code: "W0603", name: "doc-repeats-name", category: Docs, level: Note, fixes: Never }
}

/// Words that say nothing by themselves.
const EMPTY: &[&str] = &["a", "an", "the", "of", "its", "this", "for", "value"];

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        repeats(&hook.name, &hook.summary, findings);
    }
    for member in walk::scopes(contract).flatten() {
        repeats(&member.name, &member.doc, findings);
    }
    for def in &contract.types {
        repeats(&def.name, &def.doc, findings);
    }
}

fn repeats(name: &Name, text: &Text, findings: &mut Findings) {
    let said = words(&text.value);
    if !said.is_empty() && said == words(&name.value.to_snake_case().replace('_', " ")) {
        let message = format!("this text says no more than the name `{}`", name.value);
        findings.push(
            Diagnostic::new(RULE, text.span, message)
                .help("say what a reader can't tell from the name: meaning, unit, range, when it is absent"),
        );
    }
}

/// The words of a text that say something, in alphabetical order.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(str::to_owned)
        .collect();
    words.sort();
    words
}
