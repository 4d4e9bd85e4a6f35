use std::collections::HashSet;

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A text names in backticks what exists under a slightly different spelling only.
    ///
    /// ## Why
    ///
    /// A reader looks for the name as it is written there, and does not find it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   startStream:
    ///     type: direct
    ///     summary: Asked before `startStraem` is done.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   startStream:
    ///     type: direct
    ///     summary: Asked before `startStream` is done.
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct the spelling; case counts.
    pub(super) RULE { code: "W0607", name: "misspelt-name-in-text", category: Docs, level: Warning, fixes: Never }
}

/// Shorter words are too much alike.
const SHORTEST: usize = 6;

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let known = names(contract);
    for text in walk::texts(contract) {
        for word in text.value.split('`').skip(1).step_by(2) {
            let is_name = word.len() >= SHORTEST && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !is_name || known.contains(word) {
                continue;
            }
            // In the order of the alphabet, so that the same is said each time.
            let meant = known.iter().filter(|name| slipped(word, name)).min();
            if let Some(meant) = meant {
                let message = format!("nothing is called `{word}`");
                findings.push(Diagnostic::new(RULE, text.span, message).help(format!("did you mean `{meant}`?")));
            }
        }
    }
}

/// Whether a word is another one with one slip.
fn slipped(word: &str, name: &str) -> bool {
    name.len() >= SHORTEST
        && name.len().abs_diff(word.len()) <= 1
        && (word.eq_ignore_ascii_case(name) || strsim::osa_distance(word, name) == 1)
}

/// Everything that a text may name.
fn names(contract: &Contract) -> HashSet<&str> {
    let mut known: HashSet<&str> = HashSet::new();
    for hook in &contract.hooks {
        known.insert(&hook.name.value);
        known.extend(hook.console.iter().map(|name| name.value.as_str()));
        known.extend(hook.aliases.iter().map(|(alias, _)| alias.value.as_str()));
    }
    for member in walk::scopes(contract).flatten() {
        known.insert(&member.name.value);
        known.extend(member.aliases.iter().map(|(alias, _)| alias.value.as_str()));
    }
    for def in &contract.types {
        known.insert(&def.name.value);
        for value in walk::values(def) {
            known.insert(&value.wire.value);
            known.extend(value.aliases.iter().map(|(alias, _)| alias.value.as_str()));
        }
    }
    known.extend(contract.groups.iter().map(|(name, _)| name.value.as_str()));
    known.extend(contract.on_error.iter().map(|(name, _)| name.value.as_str()));
    if let Some(sender) = &contract.sender {
        known.extend(sender.settings.iter().map(|(name, _)| name.value.as_str()));
        known.extend(sender.commands.iter().map(|(name, _)| name.value.as_str()));
    }
    known
}
