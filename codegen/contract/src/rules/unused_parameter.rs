use std::collections::HashSet;

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name};

crate::rule! {
    /// A shared parameter is used by no hook and no record.
    ///
    /// ## Why
    ///
    /// It is documentation of something that is never sent, and it grows old unnoticed.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// parameters:
    ///   title: {type: string, doc: Title that is shown to viewers.}
    /// hooks:
    ///   start:
    ///     type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// parameters:
    ///   title: {type: string, doc: Title that is shown to viewers.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       title: {}
    /// ```
    ///
    /// ## What to do
    ///
    /// List it under a hook's `parameters`, where an empty value takes it as it is, or remove it.
    pub(super) RULE { code: "W0301", name: "unused-parameter", category: Names, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    if !walk::is_whole(contract) {
        return;
    }
    let exists = |name: &Name| contract.shared.iter().any(|(known, _)| known.value == name.value);
    // A context that names one that does not exist may have meant any.
    if !contract.context.iter().all(exists) {
        return;
    }
    let used: HashSet<&str> = walk::scopes(contract).flatten().map(|member| member.name.value.as_str()).collect();
    for (name, _) in &contract.shared {
        let in_context = contract.context.iter().any(|known| known.value == name.value);
        if !in_context && !used.contains(name.value.as_str()) {
            let message = format!("the shared parameter `{}` is used nowhere", name.value);
            findings.push_absent(
                Diagnostic::new(RULE, name.span, message).help("list it in a hook that carries it, or remove it"),
            );
        }
    }
}
