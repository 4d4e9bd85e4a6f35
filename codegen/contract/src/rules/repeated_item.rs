use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name};

crate::rule! {
    /// A list names the same thing twice, or a hook names itself as what follows it.
    ///
    /// ## Why
    ///
    /// The second one adds nothing. Most often another name was meant.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     leads_to: [started, started]
    ///   started:
    ///     type: event
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     leads_to: [started]
    ///   started:
    ///     type: event
    /// ```
    ///
    /// ## What to do
    ///
    /// Remove the second one, or write what was meant.
    pub(super) RULE { code: "W0807", name: "repeated-item", category: Names, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        repeated(&hook.leads_to_names, findings);
        repeated(&hook.requires, findings);
        itself(&hook.name, &hook.leads_to_names, findings);
    }
    for value in contract.types.iter().flat_map(walk::values) {
        repeated(&value.next, findings);
        itself(&value.wire, &value.next, findings);
    }
    contract.troubleshooting.iter().for_each(|(_, trouble)| repeated(&trouble.hooks, findings));
}

fn repeated(names: &[Name], findings: &mut Findings) {
    for (at, name) in names.iter().enumerate() {
        if let Some(first) = names.iter().take(at).find(|first| first.value == name.value) {
            let message = format!("`{}` stands twice in this list", name.value);
            let found = Diagnostic::new(RULE, name.span, message).label(first.span, "first here");
            findings.push(found.help("remove it, or write what was meant"));
        }
    }
}

fn itself(own: &Name, names: &[Name], findings: &mut Findings) {
    if let Some(name) = names.iter().find(|name| name.value == own.value) {
        let message = format!("`{}` is said to follow itself", own.value);
        let found = Diagnostic::new(RULE, name.span, message).label(own.span, "declared here");
        findings.push(found.help("remove it, or write what was meant"));
    }
}
