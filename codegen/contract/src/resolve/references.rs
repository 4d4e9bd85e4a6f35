//! Names that refer to something, checked where nothing else needs to look them up.

use super::Names;
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{
    Contract, EnumValue, Hook, Known, Lifetime, Name, Parameter, SessionPolicy, Type, TypeDef, TypeKind,
};
use crate::naming::unknown;
use crate::syntax::{Conflict, Text};

/// Checks every reference of a resolved contract.
pub(super) fn check(contract: &Contract, names: &Names, findings: &mut Findings) {
    let mut check = Check { names, findings };
    check.conflicts(&contract.conflicts);
    for hook in &contract.hooks {
        check.hook(hook);
    }
    for def in &contract.types {
        check.sources(&def.sources);
        check.conflicts(&def.conflicts);
        match &def.kind {
            TypeKind::Record(members) => check.members("member", members, Unknown::of(def)),
            TypeKind::Enum { values, .. } => check.values(def, values),
        }
    }
    for (_, parameter) in names.parameters.values() {
        let Some(parameter) = parameter else { continue };
        parameter.sources.items.iter().for_each(|(document, _)| check.document(document));
        check.conflicts(&parameter.conflicts);
    }
    for (_, flow) in &contract.flows {
        flow.steps.iter().for_each(|step| check.hook_name(&step.hook));
    }
    for (_, trouble) in &contract.troubleshooting {
        trouble.hooks.iter().for_each(|hook| check.hook_name(hook));
    }
    if let Some(sender) = &contract.sender {
        check.setting(&sender.timeout.setting);
        if let Some(signature) = &sender.signature {
            signature.requires.iter().for_each(|setting| check.setting(setting));
        }
        if let Some(policy) = &sender.session_policy {
            check.policy(contract, policy);
        }
    }
}

struct Check<'a> {
    names: &'a Names,
    findings: &'a mut Findings,
}

/// Members that may exist although they are not listed, as they could not be read.
#[derive(Clone, Copy)]
enum Unknown<'a> {
    These(&'a [String]),
    Any,
}

impl Unknown<'_> {
    fn of(def: &TypeDef) -> Self {
        match def.known {
            Known::Wholly => Self::These(&[]),
            Known::Partly => Self::Any,
        }
    }
}

impl Check<'_> {
    fn hook(&mut self, hook: &Hook) {
        if !self.names.groups.contains_key(&hook.group.value) {
            unknown(&hook.group, "group", self.names.groups.keys(), self.findings);
        }
        hook.requires.iter().for_each(|setting| self.setting(setting));
        self.sources(&hook.sources);
        self.conflicts(&hook.conflicts);
        if let Some(replacement) = replacement(&hook.lifetime) {
            self.hook_name(replacement);
        }
        self.members("parameter", &hook.parameters, Unknown::These(&hook.broken));
        for shape in &hook.shapes {
            for name in shape.backend.iter().chain(&shape.client) {
                self.member(name, "parameter", &hook.parameters, Unknown::These(&hook.broken));
            }
        }
    }

    fn members(&mut self, what: &str, members: &[Parameter], broken: Unknown<'_>) {
        for parameter in members {
            self.sources(&parameter.sources);
            self.conflicts(&parameter.conflicts);
            for condition in parameter.used_if.iter().chain(&parameter.sent_if) {
                self.member(&condition.member, what, members, broken);
            }
            if let Some(replacement) = replacement(&parameter.lifetime) {
                self.member(replacement, what, members, broken);
            }
        }
    }

    fn member(&mut self, name: &Name, what: &str, members: &[Parameter], broken: Unknown<'_>) {
        let may_exist = match broken {
            Unknown::These(names) => names.contains(&name.value),
            Unknown::Any => true,
        };
        if !may_exist && !members.iter().any(|member| member.name.value == name.value) {
            unknown(name, what, members.iter().map(|member| &member.name.value), self.findings);
        }
    }

    fn values(&mut self, def: &TypeDef, values: &[EnumValue]) {
        for value in values {
            self.sources(&value.sources);
            let Some(replacement) = replacement(&value.lifetime) else { continue };
            if def.known == Known::Wholly && !values.iter().any(|known| known.wire.value == replacement.value) {
                unknown(replacement, "value", values.iter().map(|known| &known.wire.value), self.findings);
            }
        }
    }

    fn sources(&mut self, sources: &[(Name, Text)]) {
        sources.iter().for_each(|(document, _)| self.document(document));
    }

    fn conflicts(&mut self, conflicts: &[Conflict]) {
        for conflict in conflicts {
            conflict.says.items.iter().for_each(|(document, _)| self.document(document));
        }
    }

    fn document(&mut self, name: &Name) {
        if !self.names.documents.contains_key(&name.value) {
            unknown(name, "document", self.names.documents.keys(), self.findings);
        }
    }

    fn setting(&mut self, name: &Name) {
        if !self.names.settings.contains_key(&name.value) {
            unknown(name, "setting", self.names.settings.keys(), self.findings);
        }
    }

    fn hook_name(&mut self, name: &Name) {
        super::hooks::named(name, self.names, self.findings);
    }

    fn policy(&mut self, contract: &Contract, policy: &SessionPolicy) {
        let record = contract.types.iter().find(|def| def.name.value == policy.record.value);
        match record.map(|def| (def, &def.kind)) {
            Some((def, TypeKind::Record(members))) => {
                for name in [
                    &policy.on_error.member,
                    &policy.policy.member,
                    &policy.overwrite,
                    &policy.request_exclude,
                    &policy.client_exclude,
                ] {
                    self.member(name, "member", members, Unknown::of(def));
                }
                let (on_error, words) = (&policy.on_error, &policy.policy);
                self.words(contract, members, &on_error.member, &[&on_error.fail, &on_error.log]);
                self.words(contract, members, &words.member, &[&words.notify, &words.overwrite, &words.disable]);
            }
            Some((_, TypeKind::Enum { .. })) => self.findings.push(
                Diagnostic::error(codes::WRONG_TYPE, policy.record.span, "a session policy is a record, not an enum")
                    .help("name a record with the members that `session_policy` lists"),
            ),
            None => {
                let is_record = |def: &&TypeDef| matches!(def.kind, TypeKind::Record(_));
                let records = contract.types.iter().filter(is_record).map(|def| &def.name.value);
                unknown(&policy.record, "record", records, self.findings);
            }
        }
        one_of(&policy.on_error.default, &[&policy.on_error.fail, &policy.on_error.log], self.findings);
        let words = [&policy.policy.notify, &policy.policy.overwrite, &policy.policy.disable];
        one_of(&policy.policy.default, &words, self.findings);
    }

    /// The words of a policy's member are values of its enum, if it has one.
    fn words(&mut self, contract: &Contract, members: &[Parameter], member: &Name, words: &[&Name]) {
        let Some(member) = members.iter().find(|known| known.name.value == member.value) else { return };
        let Type::Named(id) = &member.ty else { return };
        let def = contract.type_def(*id);
        if let (TypeKind::Enum { values, .. }, Known::Wholly) = (&def.kind, def.known) {
            for word in words {
                let known = values.iter().map(|value| value.wire.value.as_str());
                if !known.clone().any(|value| value == word.value || word.value.is_empty()) {
                    let message = format!("the enum `{}` has no value `{}`", def.name.value, word.value);
                    self.findings.push(
                        Diagnostic::error(codes::UNKNOWN_REFERENCE, word.span, message)
                            .label(def.name.span, "the enum")
                            .help("add it to the enum's `values`, or name one that it has")
                            .did_you_mean(&word.value, known),
                    );
                }
            }
        }
    }
}

/// What holds when nothing is said is one of the words that can be said.
fn one_of(default: &Name, words: &[&Name], findings: &mut Findings) {
    if !words.iter().any(|word| word.value == default.value || word.value.is_empty()) {
        unknown(default, "policy word", words.iter().map(|word| &word.value), findings);
    }
}

fn replacement(lifetime: &Lifetime) -> Option<&Name> {
    lifetime.deprecated.as_ref()?.replacement.as_ref()
}
