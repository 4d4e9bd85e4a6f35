use serde_json::Value;

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Constraints, Contract, Name, Parameter, Type};
use crate::value;

crate::rule! {
    /// A constraint refuses a value of the enum that it limits.
    ///
    /// ## Why
    ///
    /// The value is declared and can't be sent.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       NEW: {doc: It has been made.}
    ///       PUBLISHING: {doc: It is being sent.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       state: {type: State, doc: What the stream does now., constraints: {max_length: 5}}
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
    ///       NEW: {doc: It has been made.}
    ///       PUBLISHING: {doc: It is being sent.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       state: {type: State, doc: What the stream does now., constraints: {max_length: 20}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Loosen the constraint, or take the value out of the enum.
    pub(super) RULE { code: "W0509", name: "constraint-excludes-value", category: Types, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for member in walk::scopes(contract).flatten() {
        if let (Some(limits), Type::Named(id)) = (&member.constraints, &member.ty) {
            for value in walk::values(contract.type_def(*id)) {
                excluded(member, limits, &value.wire, findings);
            }
        }
    }
}

fn excluded(member: &Parameter, limits: &Constraints, value: &Name, findings: &mut Findings) {
    let text = Value::from(value.value.as_str());
    for (constraint, ..) in value::broken(limits, &member.ty, &text) {
        let Some(limit) = constraint.of(limits) else { continue };
        let message = format!("this limit of `{}` refuses the value `{}`", member.name.value, value.value);
        findings.push(
            Diagnostic::new(RULE, limit.span, message)
                .label(value.span, "a value of its enum")
                .help("loosen it, or take the value out of the enum"),
        );
    }
}
