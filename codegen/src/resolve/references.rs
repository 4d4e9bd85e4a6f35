//! Names that refer to something, checked where nothing else needs to look them up.

use super::{Names, unknown};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Hook, Name, Parameter, TypeKind};
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
            TypeKind::Record(members) => check.members(members),
            TypeKind::Enum { values, .. } => values.iter().for_each(|value| check.sources(&value.sources)),
        }
    }
    for (_, flow) in &contract.flows {
        flow.steps.iter().for_each(|step| check.hook_name(&step.hook));
    }
    for (_, trouble) in &contract.troubleshooting {
        trouble.hooks.iter().for_each(|hook| check.hook_name(hook));
    }
    if let Some(sender) = &contract.sender {
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

impl Check<'_> {
    fn hook(&mut self, hook: &Hook) {
        if !self.names.groups.contains_key(&hook.group.value) {
            self.findings.push(unknown(&hook.group, "group", self.names.groups.keys()));
        }
        hook.requires.iter().for_each(|setting| self.setting(setting));
        self.sources(&hook.sources);
        self.conflicts(&hook.conflicts);
        self.members(&hook.parameters);
        for shape in &hook.shapes {
            for name in shape.backend.iter().chain(&shape.client) {
                self.member(name, &hook.parameters);
            }
        }
    }

    fn members(&mut self, members: &[Parameter]) {
        for parameter in members {
            self.sources(&parameter.sources);
            self.conflicts(&parameter.conflicts);
            for condition in parameter.used_if.iter().chain(&parameter.sent_if) {
                self.member(&condition.member, members);
            }
        }
    }

    fn member(&mut self, name: &Name, members: &[Parameter]) {
        if !members.iter().any(|member| member.name.value == name.value) {
            self.findings.push(unknown(name, "parameter", members.iter().map(|member| &member.name.value)));
        }
    }

    fn sources(&mut self, sources: &[(Name, Text)]) {
        for (document, _) in sources {
            if !self.names.documents.contains_key(&document.value) {
                self.findings.push(unknown(document, "document", self.names.documents.keys()));
            }
        }
    }

    fn conflicts(&mut self, conflicts: &[Conflict]) {
        for conflict in conflicts {
            for (document, _) in conflict.says.iter() {
                if !self.names.documents.contains_key(&document.value) {
                    self.findings.push(unknown(document, "document", self.names.documents.keys()));
                }
            }
        }
    }

    fn setting(&mut self, name: &Name) {
        if !self.names.settings.contains_key(&name.value) {
            self.findings.push(unknown(name, "setting", self.names.settings.keys()));
        }
    }

    fn hook_name(&mut self, name: &Name) {
        super::hooks::named(name, self.names, self.findings);
    }

    fn policy(&mut self, contract: &Contract, policy: &crate::model::SessionPolicy) {
        let record = contract.types.iter().find(|def| def.name.value == policy.record.value);
        match record.map(|def| &def.kind) {
            Some(TypeKind::Record(members)) => {
                for name in [
                    &policy.on_error.member,
                    &policy.policy.member,
                    &policy.overwrite,
                    &policy.request_exclude,
                    &policy.client_exclude,
                ] {
                    self.member(name, members);
                }
            }
            Some(TypeKind::Enum { .. }) => self.findings.push(
                Diagnostic::error(codes::WRONG_TYPE, policy.record.span, "a session policy is a record, not an enum")
                    .help("name a record with the members that `session_policy` lists"),
            ),
            None => self.findings.push(unknown(&policy.record, "record", self.names.types.keys())),
        }
    }
}
