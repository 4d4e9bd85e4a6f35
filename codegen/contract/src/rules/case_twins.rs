use std::collections::HashMap;

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name};
use crate::names::{self, Role};

crate::rule! {
    /// Two names in one place differ in case alone.
    ///
    /// ## Why
    ///
    /// People mix them up, and some languages and file systems can't tell them apart.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       streamname: {type: string, doc: What the stream is called.}
    ///       streamName: {type: string, doc: What it is called on the screen.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       streamName:
    ///         type: string
    ///         doc: What the stream is called.
    ///         aliases: {streamname: Older releases write it so.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Rename one, or make it an alias of the other.
    pub(super) RULE { code: "W0305", name: "case-twins", category: Names, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    twins(contract.hooks.iter().map(|hook| &hook.name), Role::Hook, findings);
    twins(contract.types.iter().map(|def| &def.name), Role::Type, findings);
    for members in walk::scopes(contract) {
        twins(members.iter().map(|member| &member.name), Role::Member, findings);
    }
    for def in &contract.types {
        twins(walk::values(def).iter().map(|value| &value.wire), Role::Variant, findings);
    }
}

fn twins<'a>(names: impl Iterator<Item = &'a Name>, role: Role, findings: &mut Findings) {
    let mut seen: HashMap<String, &Name> = HashMap::new();
    for name in names {
        let Some(first) = seen.get(&name.value.to_lowercase()) else {
            seen.insert(name.value.to_lowercase(), name);
            continue;
        };
        // Two that become one identifier are told of as such.
        if names::rust(&first.value, role) != names::rust(&name.value, role) {
            let message = format!("`{}` and `{}` differ in case alone", first.value, name.value);
            findings.push(
                Diagnostic::new(RULE, name.span, message)
                    .label(first.span, "the other one")
                    .help("rename one of them, or make it an alias of the other"),
            );
        }
    }
}
