//! Enums and records, and the members that records and hooks have.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::scope::Scope;
use super::{comment, literal};
use wcs_codegen::prose;
use wcs_contract::constraint::Bound;
use wcs_contract::model::{
    Constraints, EnumValue, Lifetime, Note, Openness, Parameter, Presence, Scalar, Sensitivity, Side, Type, TypeDef,
    TypeKind,
};
use wcs_contract::names::{self, Role};
use wcs_contract::text::codes;

/// All enums, then all records.
pub(super) fn write(text: &mut String, scope: &Scope<'_>) {
    for (def, name) in scope.enums() {
        if let TypeKind::Enum { openness, values } = &def.kind {
            words(text, def, name, *openness, values);
        }
    }
    for (def, side, name) in scope.records() {
        if let TypeKind::Record(members) = &def.kind {
            let mut doc = vec![def.doc.value.clone()];
            doc.extend(notes(&def.notes));
            comment::write(text, 0, &doc);
            let _ = writeln!(text, "export interface {name} {{");
            interface(text, scope, members.iter(), side);
            text.push_str("}\n\n");
        }
    }
}

/// A union, and a constant of the same name that has a comment for each value.
fn words(text: &mut String, def: &TypeDef, name: &str, openness: Openness, values: &[EnumValue]) {
    let mut doc = vec![def.doc.value.clone()];
    if openness == Openness::Open {
        doc.push("More values than these may come.".to_owned());
    }
    doc.extend(notes(&def.notes));
    comment::write(text, 0, &doc);
    let mut union = String::new();
    let mut constant = String::new();
    let mut taken = BTreeSet::new();
    for value in values {
        let spellings =
            std::iter::once((&value.wire, None)).chain(value.aliases.iter().map(|(alias, doc)| (alias, Some(doc))));
        for (spelling, origin) in spellings {
            let _ = write!(union, "\n  | {}", literal(&spelling.value));
            let key = if origin.is_none() { value.stem() } else { &spelling.value };
            if !taken.insert(key) {
                continue;
            }
            let doc = match origin {
                None => value_doc(value),
                Some(origin) => vec![format!("Other spelling of `{}`. {}", value.wire.value, origin.value)],
            };
            comment::write(&mut constant, 2, &doc);
            let _ = writeln!(constant, "  {}: {},", names::typescript(key, Role::Variant), literal(&spelling.value));
        }
    }
    if openness == Openness::Open {
        union.push_str("\n  | (string & {})");
    }
    let _ = writeln!(text, "export type {name} ={union};\n");
    comment::write(text, 0, &[format!("Known values of {name}.")]);
    let _ = writeln!(text, "export const {name} = {{\n{constant}}} as const;\n");
}

fn value_doc(value: &EnumValue) -> Vec<String> {
    let mut doc = vec![value.doc.value.clone()];
    doc.extend(value.sip.as_ref().map(|sip| format!("SIP: {}.", sip.value.trim_end_matches('.'))));
    if !value.next.is_empty() {
        doc.push(format!("May be followed by {}.", codes(value.next.iter().map(|next| &next.value))));
    }
    doc.extend(lifetime(&value.lifetime));
    doc
}

/// The inside of an interface. A request keeps what the contract does not know.
pub(super) fn interface<'p>(
    text: &mut String,
    scope: &Scope<'_>,
    members: impl Iterator<Item = &'p Parameter>,
    side: Side,
) {
    for parameter in members.filter(|parameter| side.has(parameter)) {
        let doc = documentation(scope, parameter, side);
        let required = side == Side::Request && parameter.presence == Presence::Always && parameter.aliases.is_empty();
        property(text, scope, parameter, &parameter.name.value, side, &doc, required);
        if side == Side::Request {
            for (alias, origin) in &parameter.aliases {
                let doc = vec![format!("Other spelling of `{}`. {}", parameter.name.value, origin.value)];
                property(text, scope, parameter, &alias.value, side, &doc, false);
            }
        }
    }
    if side == Side::Request {
        comment::write(text, 2, &["Whatever else a release sends.".to_owned()]);
        text.push_str("  [member: string]: unknown;\n");
    }
}

fn property(
    text: &mut String,
    scope: &Scope<'_>,
    parameter: &Parameter,
    name: &str,
    side: Side,
    doc: &[String],
    required: bool,
) {
    comment::write(text, 2, doc);
    let (optional, null) = match (required, side) {
        (true, _) => ("", ""),
        (false, Side::Request) => ("?", " | null"),
        (false, Side::Answer) => ("?", ""),
    };
    let name = names::typescript(name, Role::Member);
    let _ = writeln!(text, "  {name}{optional}: {}{null};", scope.ty(&parameter.ty, side));
}

fn documentation(scope: &Scope<'_>, parameter: &Parameter, side: Side) -> Vec<String> {
    let mut doc = vec![parameter.doc.value.clone()];
    let mut facts: Vec<String> = Vec::new();
    if side == Side::Request {
        facts.push(format!("Presence: {}.", presence(parameter.presence)));
    }
    facts.extend(prose::conditions(parameter));
    facts.extend(list(scope, &parameter.ty));
    facts.extend(limits(parameter.constraints.as_ref()));
    if names_int64(&parameter.ty) {
        facts.push("A whole number of up to 64 bits.".to_owned());
    }
    if parameter.sensitive == Sensitivity::Sensitive {
        facts.push(prose::SENSITIVE.to_owned());
    }
    if let Some(overwritable) = &parameter.overwritable {
        facts.push(format!("An answer may replace it: {}", overwritable.reason.value));
    }
    facts.extend(prose::brought(parameter.direction).map(str::to_owned));
    facts.extend(prose::origin(parameter));
    doc.push(facts.join(" "));
    doc.extend(notes(&parameter.notes));
    doc.extend(lifetime(&parameter.lifetime));
    doc.extend(parameter.default.as_ref().map(|default| format!("@defaultValue `{}`", default.value)));
    doc.extend(parameter.example.as_ref().map(|example| format!("@example `{}`", example.value)));
    doc
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Always => "every known release sends it in every body",
        Presence::Usually => "recent releases send it, or most bodies have it",
        Presence::Sometimes => "at times",
    }
}

fn list(scope: &Scope<'_>, ty: &Type) -> Option<String> {
    let Type::List(item) = ty else { return None };
    let known = match &**item {
        Type::Named(id) => match &scope.contract.type_def(*id).kind {
            TypeKind::Enum { values, .. } => {
                format!(" Known: {}.", codes(values.iter().map(|value| &value.wire.value)))
            }
            TypeKind::Record(_) => String::new(),
        },
        Type::Scalar(_) | Type::Array(_) | Type::Map(_) | Type::List(_) => String::new(),
    };
    Some(format!("{}{known}", prose::LIST))
}

fn limits(limits: Option<&Constraints>) -> Option<String> {
    let (patterns, others): (Vec<_>, Vec<_>) =
        limits?.given().partition(|(constraint, _)| constraint.bound == Bound::Match);
    let quote = |pattern: &str| format!("`{pattern}`");
    let parts: Vec<String> =
        others.iter().chain(&patterns).map(|(constraint, limit)| constraint.in_words(&limit.value, quote)).collect();
    (!parts.is_empty()).then(|| format!("Limits: {}.", parts.join(", ")))
}

fn names_int64(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => *scalar == Scalar::Int64,
        Type::Array(item) | Type::Map(item) | Type::List(item) => names_int64(item),
        Type::Named(_) => false,
    }
}

/// Facts with what follows from them.
pub(super) fn notes(notes: &[Note]) -> Option<String> {
    let lines: Vec<String> = notes.iter().map(|note| format!("- {}", prose::note(note))).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Since, until and deprecated, the last as a tag.
pub(super) fn lifetime(lifetime: &Lifetime) -> Vec<String> {
    let mut doc = Vec::new();
    doc.extend(prose::versions(lifetime));
    if let Some(deprecated) = &lifetime.deprecated {
        doc.push(format!("@deprecated {}", prose::deprecation(deprecated)));
    }
    doc
}
