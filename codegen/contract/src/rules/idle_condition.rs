use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Condition, Contract, Known, Openness, Scalar, Type, TypeKind};

crate::rule! {
    /// A condition names a value twice, or all values that the other member can have.
    ///
    /// ## Why
    ///
    /// It says less than it seems to: one of the values is a slip, or the condition always holds.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       live: {type: bool, doc: Whether it is sent as it happens.}
    ///       name: {type: string, doc: What the stream is called., sent_if: {member: live, is: [true, false]}}
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
    /// Remove what stands twice, or the whole condition if it always holds.
    pub(super) RULE { code: "W0502", name: "idle-condition", category: Types, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for members in walk::scopes(contract) {
        for member in members {
            for condition in member.used_if.iter().chain(&member.sent_if) {
                repeated(condition, findings);
                let other = members.iter().find(|other| other.name.value == condition.member.value);
                if let Some(values) = other.and_then(|other| values(contract, &other.ty)) {
                    exhaustive(condition, &values, findings);
                }
            }
        }
    }
}

fn repeated(condition: &Condition, findings: &mut Findings) {
    for (at, value) in condition.is.iter().enumerate() {
        if let Some(first) = condition.is.iter().take(at).find(|first| first.value == value.value) {
            let message = format!("the condition names {} twice", value.value);
            findings.push(
                Diagnostic::new(RULE, value.node.span, message).label(first.node.span, "first here").help("remove one"),
            );
        }
    }
}

fn exhaustive(condition: &Condition, values: &[serde_json::Value], findings: &mut Findings) {
    if !values.is_empty() && values.iter().all(|value| condition.is.iter().any(|known| known.value == *value)) {
        let message = format!("the condition on `{}` names all its values, so it always holds", condition.member.value);
        findings.push(
            Diagnostic::new(RULE, condition.head, message)
                .help("remove the values with which it does not hold, or the condition"),
        );
    }
}

/// All values of a type, if it has only so many.
fn values(contract: &Contract, ty: &Type) -> Option<Vec<serde_json::Value>> {
    match ty {
        Type::Scalar(Scalar::Bool) => Some(vec![false.into(), true.into()]),
        Type::Named(id) => {
            let def = contract.type_def(*id);
            match &def.kind {
                TypeKind::Enum { openness: Openness::Closed, values } if def.known == Known::Wholly => {
                    Some(values.iter().map(|value| value.wire.value.as_str().into()).collect())
                }
                _ => None,
            }
        }
        _ => None,
    }
}
