use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name, TypeKind};
use crate::names::{self, Role};

crate::rule! {
    /// A name gives no usable identifier in a target language.
    ///
    /// ## Why
    ///
    /// Keywords are escaped, but of a name without a letter or a digit nothing is left.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       "*": {doc: Anything.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does.}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       "*": {doc: Anything., name: Any}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does.}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Give an enum's value a `name`; use ASCII letters and digits in all other names.
    pub(super) RULE { code: "W0208", name: "reserved-word", category: Names, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        usable(&hook.name.value, &hook.name, Role::Hook, findings);
        for member in &hook.parameters {
            usable(&member.name.value, &member.name, Role::Member, findings);
        }
    }
    for def in &contract.types {
        usable(&def.name.value, &def.name, Role::Type, findings);
        match &def.kind {
            TypeKind::Record(members) => {
                members.iter().for_each(|member| usable(&member.name.value, &member.name, Role::Member, findings));
            }
            TypeKind::Enum { values, .. } => {
                values.iter().for_each(|value| usable(value.stem(), &value.wire, Role::Variant, findings));
            }
        }
    }
    for (name, _) in &contract.groups {
        usable(&name.value, name, Role::Member, findings);
    }
}

fn usable(stem: &str, name: &Name, role: Role, findings: &mut Findings) {
    if names::rust(stem, role).is_none() {
        let message = format!("no identifier can be made of `{stem}`");
        let help = match role {
            Role::Variant => "give it a `name:` of ASCII letters and digits",
            Role::Hook | Role::Type | Role::Member => "use ASCII letters, digits and underscores",
        };
        findings.push(Diagnostic::new(RULE, name.span, message).help(help));
    }
}
