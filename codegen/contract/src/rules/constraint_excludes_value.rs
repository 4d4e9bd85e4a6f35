use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Constraints, Contract, Parameter, Type};
use crate::source::Span;

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

fn excluded(member: &Parameter, limits: &Constraints, value: &crate::model::Name, findings: &mut Findings) {
    let length = value.value.chars().count() as u64;
    let short = limits.min_length.as_ref().filter(|least| length < least.value).map(|least| least.span);
    let long = limits.max_length.as_ref().filter(|most| length > most.value).map(|most| most.span);
    let other: Option<Span> = limits.pattern.as_ref().and_then(|pattern| {
        let regex = regex::Regex::new(&pattern.value).ok()?;
        (!regex.is_match(&value.value)).then_some(pattern.span)
    });
    for place in [short, long, other].into_iter().flatten() {
        let message = format!("this limit of `{}` refuses the value `{}`", member.name.value, value.value);
        findings.push(
            Diagnostic::new(RULE, place, message)
                .label(value.span, "a value of its enum")
                .help("loosen it, or take the value out of the enum"),
        );
    }
}
