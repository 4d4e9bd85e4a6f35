use crate::diagnostic::{Diagnostic, Findings};
use crate::fit;
use crate::model::Side;
use crate::model::{Condition, Contract, Parameter, TypeKind};

crate::rule! {
    /// A condition asks for a value that the other member never has, or for none at all.
    ///
    /// ## Why
    ///
    /// A member that is sent or used under such a condition is never sent or used.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       live: {type: bool, doc: Whether it is sent as it happens.}
    ///       name: {type: string, doc: What the stream is called., sent_if: {member: live, is: ["yes"]}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       live: {type: bool, doc: Whether it is sent as it happens.}
    ///       name: {type: string, doc: What the stream is called., sent_if: {member: live, is: [true]}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Name values that the other member can have.
    pub(super) RULE { code: "W0501", name: "impossible-condition", category: Types, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        conditions(contract, &hook.parameters, findings);
    }
    for def in &contract.types {
        if let TypeKind::Record(members) = &def.kind {
            conditions(contract, members, findings);
        }
    }
}

fn conditions(contract: &Contract, members: &[Parameter], findings: &mut Findings) {
    for member in members {
        for condition in member.used_if.iter().chain(&member.sent_if) {
            values(contract, condition, member, members, findings);
        }
    }
}

fn values(
    contract: &Contract,
    condition: &Condition,
    member: &Parameter,
    members: &[Parameter],
    findings: &mut Findings,
) {
    if condition.member.value == member.name.value {
        let message = format!("`{}` can't depend on itself", member.name.value);
        findings.push(Diagnostic::new(RULE, condition.member.span, message).help("name another member"));
        return;
    }
    if condition.is.is_empty() && condition.broken.is_empty() {
        let message = format!("the condition on `{}` names no value", condition.member.value);
        findings.push(
            Diagnostic::new(RULE, condition.head, message).help("list under `is` the values with which it holds"),
        );
    }
    let Some(other) = members.iter().find(|other| other.name.value == condition.member.value) else { return };
    for value in &condition.is {
        for mismatch in fit::mismatches(contract, &other.ty, None, &value.node, &value.value, Side::Request) {
            let message = format!("`{}` never has this value: {}", other.name.value, mismatch.message);
            findings.push(
                Diagnostic::new(RULE, mismatch.span, message)
                    .label(other.name.span, "the member")
                    .help("name a value that it can have"),
            );
        }
    }
}
