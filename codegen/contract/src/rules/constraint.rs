use std::cmp::Ordering;

use crate::constraint::{Bound, Limit, Measure};
use crate::diagnostic::{Diagnostic, Edit, Findings};
use crate::model::{Contract, Parameter, Scalar, Type, TypeKind};
use crate::source::Spanned;

crate::rule! {
    /// A constraint can't hold, doesn't suit the type, or is not a regular expression.
    ///
    /// ## Why
    ///
    /// A limit that no value meets refuses everything; one that is for another type is never looked at.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       bitrate: {type: int32, doc: Kilobits a second., constraints: {minimum: 500, maximum: 50}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       bitrate: {type: int32, doc: Kilobits a second., constraints: {minimum: 50, maximum: 500}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Swap the limits, remove the one that doesn't suit, or correct the expression; a backslash goes before a character that
    /// stands for itself.
    pub(super) RULE { code: "W0212", name: "bad-constraint", category: Types, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        hook.parameters.iter().for_each(|member| parameter(contract, member, findings));
    }
    for def in &contract.types {
        if let TypeKind::Record(members) = &def.kind {
            members.iter().for_each(|member| parameter(contract, member, findings));
        }
    }
}

fn parameter(contract: &Contract, member: &Parameter, findings: &mut Findings) {
    let Some(limits) = &member.constraints else { return };
    for (constraint, limit) in limits.given() {
        let most = constraint.opposite().and_then(|opposite| opposite.of(limits));
        if let (Bound::Least, Some(most)) = (constraint.bound, most)
            && constraint.tightness(&limit.value, &most.value) == Some(Ordering::Greater)
        {
            findings.push(swapped(&limit, &most, constraint.measure.noun()));
        }
    }
    if let Some(pattern) = &limits.pattern
        && let Err(error) = regex::Regex::new(&pattern.value)
    {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let message = format!("`{}` is not a regular expression: {reason}", pattern.value);
        let help = "put a backslash before a character that stands for itself, and the pattern into single quotes";
        findings.push(Diagnostic::new(RULE, pattern.span, message).help(help));
    }
    for (constraint, limit) in limits.given() {
        let (suits, kind) = suits(contract, &member.ty, constraint.measure);
        if !suits {
            let message = format!("this limit is for {kind}, but `{}` is none", member.name.value);
            findings.push(Diagnostic::new(RULE, limit.span, message).help("remove it, or change the type"));
        }
    }
}

/// A lower limit above the upper one; the fix writes each of them in the place of the other.
fn swapped(least: &Spanned<Limit>, most: &Spanned<Limit>, what: &str) -> Diagnostic {
    let mut edits = vec![
        Edit { span: least.span, text: most.value.to_string() },
        Edit { span: most.span, text: least.value.to_string() },
    ];
    edits.sort_by_key(|edit| edit.span);
    let message = format!("no {what} is at least {} and at most {}", least.value, most.value);
    Diagnostic::new(RULE, most.span, message)
        .label(least.span, "the lower limit")
        .help("swap them")
        .fix_by("swap them", edits)
        .left("one of the two may be wrong by itself")
}

/// Whether a type has what is measured, and the values that have it, in words.
fn suits(contract: &Contract, ty: &Type, measure: Measure) -> (bool, &'static str) {
    let is_enum = |ty: &Type| match ty {
        Type::Named(id) => matches!(contract.type_def(*id).kind, TypeKind::Enum { .. }),
        _ => false,
    };
    match measure {
        Measure::Length | Measure::Text => {
            (matches!(ty, Type::Scalar(Scalar::String | Scalar::StringOrNumber)) || is_enum(ty), "text")
        }
        Measure::Number => {
            let numbers = [Scalar::Int32, Scalar::Int64, Scalar::Float, Scalar::StringOrNumber];
            (matches!(ty, Type::Scalar(scalar) if numbers.contains(scalar)), "numbers")
        }
        Measure::Items => (matches!(ty, Type::Array(_) | Type::List(_) | Type::Map(_)), "collections"),
    }
}
