use std::collections::HashSet;

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Conflict, Contract, Name, Text};

crate::rule! {
    /// A document is listed that no fact is taken from.
    ///
    /// ## Why
    ///
    /// The list shows what the contract rests on. Either nothing rests on this one, or the places are not named.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// documents:
    ///   M: {title: Manual, doc: The manual of the sender.}
    /// hooks:
    ///   start:
    ///     type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// documents:
    ///   M: {title: Manual, doc: The manual of the sender.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     sources: {M: Publishing}
    /// ```
    ///
    /// ## What to do
    ///
    /// Name it under `sources` where a fact is taken from it, or remove it.
    pub(super) RULE { code: "W0304", name: "unused-document", category: Names, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    if contract.hooks.is_empty() || !walk::is_whole(contract) {
        return;
    }
    let mut cited = Cited(HashSet::new());
    cited.conflicts(&contract.conflicts);
    for hook in &contract.hooks {
        cited.sources(&hook.sources);
        cited.conflicts(&hook.conflicts);
    }
    for member in walk::scopes(contract).flatten() {
        cited.sources(&member.sources);
        cited.conflicts(&member.conflicts);
    }
    for def in &contract.types {
        cited.sources(&def.sources);
        cited.conflicts(&def.conflicts);
        walk::values(def).iter().for_each(|value| cited.sources(&value.sources));
    }
    // A place that names a document that does not exist may have meant one of these.
    let known: HashSet<&str> = contract.documents.iter().map(|(name, _)| name.value.as_str()).collect();
    if !cited.0.is_subset(&known) {
        return;
    }
    for (name, _) in &contract.documents {
        // An overlay stands among the documents for what it says, which may be nothing but what to leave out.
        let is_layer = contract.layers.iter().any(|layer| layer.name.value == name.value);
        if !is_layer && !cited.0.contains(name.value.as_str()) {
            let message = format!("nothing is taken from the document `{}`", name.value);
            let found = Diagnostic::new(RULE, name.span, message);
            findings.push_absent(found.help("name it under `sources` where a fact stands in it, or remove it"));
        }
    }
}

/// The documents that something is taken from.
struct Cited<'a>(HashSet<&'a str>);

impl<'a> Cited<'a> {
    fn sources(&mut self, sources: &'a [(Name, Text)]) {
        self.0.extend(sources.iter().map(|(document, _)| document.value.as_str()));
    }

    fn conflicts(&mut self, conflicts: &'a [Conflict]) {
        self.0.extend(conflicts.iter().flat_map(|conflict| conflict.says.iter()).map(|(name, _)| name.value.as_str()));
    }
}
