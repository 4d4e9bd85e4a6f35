use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name, TypeKind};
use crate::names::{self, Role};

crate::rule! {
    /// Two names become the same identifier in a target language.
    ///
    /// ## Why
    ///
    /// Case is converted to what each language is used to, and `streamName` and `stream_name` are then the same.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       streamName: {type: string, doc: What the stream is called.}
    ///       stream_name: {type: string, doc: What it was called before.}
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
    ///         aliases: {stream_name: The older spelling.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Rename one of them, make one an alias of the other, or give an enum's value another `name`.
    pub(super) RULE { code: "W0207", name: "name-collision", category: Names, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let hooks = contract.hooks.iter().map(|hook| (hook.name.value.as_str(), &hook.name, Role::Hook));
    let types = contract.types.iter().map(|def| (def.name.value.as_str(), &def.name, Role::Type));
    distinct(hooks.chain(types), findings);
    distinct(contract.groups.iter().map(|(name, _)| (name.value.as_str(), name, Role::Member)), findings);
    for hook in &contract.hooks {
        let members = hook.parameters.iter().map(|member| (member.name.value.as_str(), &member.name, Role::Member));
        distinct(members, findings);
    }
    for def in &contract.types {
        match &def.kind {
            TypeKind::Record(members) => {
                let members = members.iter().map(|member| (member.name.value.as_str(), &member.name, Role::Member));
                distinct(members, findings);
            }
            TypeKind::Enum { values, .. } => {
                distinct(values.iter().map(|value| (value.stem(), &value.wire, Role::Variant)), findings);
            }
        }
    }
}

fn distinct<'a>(names: impl Iterator<Item = (&'a str, &'a Name, Role)>, findings: &mut Findings) {
    let mut seen: HashMap<String, &Name> = HashMap::new();
    for (stem, name, role) in names {
        let Some(ident) = names::rust(stem, role) else { continue };
        if let Some(first) = seen.get(&ident) {
            let message = format!("`{}` and `{}` both become `{ident}` in Rust", first.value, name.value);
            let help = match role {
                Role::Variant => "give one of them another `name:`",
                Role::Hook | Role::Type | Role::Member => "rename one of them, or make one an alias of the other",
            };
            findings.push(Diagnostic::new(RULE, name.span, message).label(first.span, "the other one").help(help));
        } else {
            seen.insert(ident, name);
        }
    }
}
