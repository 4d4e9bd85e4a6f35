use crate::diagnostic::{Diagnostic, Edit, Findings};
use crate::model::{Constraints, Contract, Parameter, Scalar, Type, TypeKind};
use crate::source::{Span, Spanned};

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
    ordered(limits.min_length.as_ref(), limits.max_length.as_ref(), "length", findings);
    ordered(limits.minimum.as_ref(), limits.maximum.as_ref(), "value", findings);
    ordered(limits.min_items.as_ref(), limits.max_items.as_ref(), "number of items", findings);
    if let Some(pattern) = &limits.pattern
        && let Err(error) = regex::Regex::new(&pattern.value)
    {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let message = format!("`{}` is not a regular expression: {reason}", pattern.value);
        let help = "put a backslash before a character that stands for itself, and the pattern into single quotes";
        findings.push(Diagnostic::new(RULE, pattern.span, message).help(help));
    }
    suits(contract, member, limits, findings);
}

fn ordered<T: PartialOrd + std::fmt::Display>(
    least: Option<&Spanned<T>>,
    most: Option<&Spanned<T>>,
    what: &str,
    findings: &mut Findings,
) {
    if let (Some(least), Some(most)) = (least, most)
        && least.value > most.value
    {
        let message = format!("no {what} is at least {} and at most {}", least.value, most.value);
        findings.push(
            Diagnostic::new(RULE, most.span, message)
                .label(least.span, "the lower limit")
                .help("swap them")
                .fix_by("swap them", swapped(least, most))
                .left("one of the two may be wrong by itself"),
        );
    }
}

/// Each of the two limits in the place of the other.
fn swapped<T: std::fmt::Display>(least: &Spanned<T>, most: &Spanned<T>) -> Vec<Edit> {
    let mut edits = vec![
        Edit { span: least.span, text: most.value.to_string() },
        Edit { span: most.span, text: least.value.to_string() },
    ];
    edits.sort_by_key(|edit| edit.span);
    edits
}

fn suits(contract: &Contract, member: &Parameter, limits: &Constraints, findings: &mut Findings) {
    let is_enum = |ty: &Type| match ty {
        Type::Named(id) => matches!(contract.type_def(*id).kind, TypeKind::Enum { .. }),
        _ => false,
    };
    let text = matches!(member.ty, Type::Scalar(Scalar::String | Scalar::StringOrNumber)) || is_enum(&member.ty);
    let number =
        matches!(member.ty, Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Float | Scalar::StringOrNumber));
    let items = matches!(member.ty, Type::Array(_) | Type::List(_) | Type::Map(_));
    let mut refuse = |place: Option<Span>, suitable, kind: &str| {
        if let (Some(place), false) = (place, suitable) {
            let message = format!("this limit is for {kind}, but `{}` is none", member.name.value);
            findings.push(Diagnostic::new(RULE, place, message).help("remove it, or change the type"));
        }
    };
    refuse(limits.min_length.as_ref().map(|limit| limit.span), text, "text");
    refuse(limits.max_length.as_ref().map(|limit| limit.span), text, "text");
    refuse(limits.pattern.as_ref().map(|limit| limit.span), text, "text");
    refuse(limits.minimum.as_ref().map(|limit| limit.span), number, "numbers");
    refuse(limits.maximum.as_ref().map(|limit| limit.span), number, "numbers");
    refuse(limits.min_items.as_ref().map(|limit| limit.span), items, "collections");
    refuse(limits.max_items.as_ref().map(|limit| limit.span), items, "collections");
}
