use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name};

crate::rule! {
    /// A group has no hook.
    ///
    /// ## Why
    ///
    /// It is shown as a heading with nothing below it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// groups:
    ///   media: {title: Media, doc: Streams that clients publish.}
    ///   calls: {title: Calls, doc: Calls that clients place.}
    /// hooks:
    ///   start:
    ///     type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// groups:
    ///   media: {title: Media, doc: Streams that clients publish.}
    /// hooks:
    ///   start:
    ///     type: direct
    /// ```
    ///
    /// ## What to do
    ///
    /// Put a hook into it with `group`, or remove it.
    pub(super) RULE { code: "W0303", name: "unused-group", category: Names, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    // A contract that has just been begun has groups before it has hooks.
    if contract.hooks.is_empty() || !walk::is_whole(contract) {
        return;
    }
    let exists = |name: &Name| contract.groups.iter().any(|(known, _)| known.value == name.value);
    // A hook that names a group that does not exist may have meant this one.
    if !contract.hooks.iter().all(|hook| exists(&hook.group)) {
        return;
    }
    for (name, _) in &contract.groups {
        if contract.hooks_of(&name.value).next().is_none() {
            let message = format!("no hook belongs to the group `{}`", name.value);
            let found = Diagnostic::new(RULE, name.span, message);
            findings.push_absent(found.help("put a hook into it with `group`, or remove it"));
        }
    }
}
