//! Records and enums.

use super::{Names, merge};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Belonging, Confidence, EnumValue, Openness, Type, TypeDef, TypeId, TypeKind};
use crate::syntax::{Entries, HasLifetime, Name, Text, TypeSyntax, ValueSyntax};

/// Resolves all records and enums; each stands at the place that its id names.
pub(super) fn resolve(types: Entries<TypeSyntax>, names: &Names, findings: &mut Findings) -> Vec<TypeDef> {
    let defs: Vec<TypeDef> =
        types.items.into_iter().map(|(name, syntax)| type_def(name, syntax, names, findings)).collect();
    refuse_cycles(&defs, findings);
    defs
}

fn type_def(name: Name, syntax: Option<TypeSyntax>, names: &Names, findings: &mut Findings) -> TypeDef {
    let Some(syntax) = syntax else {
        let doc = Text { value: String::new(), span: name.span };
        let kind = TypeKind::Record(Vec::new());
        return TypeDef { name, doc, kind, notes: Vec::new(), sources: Vec::new(), conflicts: Vec::new() };
    };
    let kind = match (syntax.record, syntax.openness, syntax.values) {
        (Some(members), None, None) => TypeKind::Record(record(&members, names, findings)),
        (None, Some(openness), Some(values)) => {
            TypeKind::Enum { openness: openness.value, values: enum_values(values, findings) }
        }
        (record_members, ..) => {
            let message = format!("the type `{}` is neither a record nor an enum", name.value);
            findings.push(
                Diagnostic::error(codes::TYPE_SHAPE, name.span, message)
                    .help("give it either `record:` with members, or `enum: open` (or `closed`) and `values:`"),
            );
            let members = record_members.map(|members| record(&members, names, findings)).unwrap_or_default();
            TypeKind::Record(members)
        }
    };
    let is_empty = match &kind {
        TypeKind::Record(members) => members.is_empty(),
        TypeKind::Enum { values, openness } => values.is_empty() && *openness == Openness::Closed,
    };
    if is_empty && !findings.has_errors() {
        let message = format!("the type `{}` has nothing in it", name.value);
        findings.push(Diagnostic::error(codes::TYPE_SHAPE, name.span, message).help("add a member or a value"));
    }
    TypeDef {
        name,
        doc: syntax.doc,
        kind,
        notes: syntax.notes,
        sources: super::entries(syntax.sources),
        conflicts: syntax.conflicts,
    }
}

fn record(members: &Entries<crate::syntax::Parameter>, names: &Names, findings: &mut Findings) -> Vec<crate::model::Parameter> {
    members
        .iter()
        .filter_map(|(name, own)| merge::parameter(name, own, Belonging::Own, None, names, findings))
        .collect()
}

fn enum_values(values: Entries<ValueSyntax>, findings: &mut Findings) -> Vec<EnumValue> {
    let values: Vec<EnumValue> = super::entries(values)
        .into_iter()
        .map(|(wire, value)| EnumValue {
            lifetime: value.lifetime(),
            wire,
            name: value.name,
            doc: value.doc,
            aliases: super::entries(value.aliases),
            sip: value.sip,
            next: value.next,
            sources: super::entries(value.sources),
            confidence: value.confidence.map_or(Confidence::High, |said| said.value),
        })
        .collect();
    let mut spellings: Vec<&Name> = values.iter().map(|value| &value.wire).collect();
    for value in &values {
        for (alias, _) in &value.aliases {
            match spellings.iter().find(|known| known.value == alias.value) {
                Some(first) => findings.push(super::duplicate(alias, first.span, "value")),
                None => spellings.push(alias),
            }
        }
        for next in &value.next {
            if !values.iter().any(|known| known.wire.value == next.value) {
                findings.push(super::unknown(next, "value", values.iter().map(|known| &known.wire.value)));
            }
        }
    }
    values
}

/// A record that contains itself directly could never be written down.
fn refuse_cycles(defs: &[TypeDef], findings: &mut Findings) {
    for (at, def) in defs.iter().enumerate() {
        let mut path = vec![at];
        if let Some(member) = reaches(defs, at, at, &mut path) {
            // Each circle is reported once, at its first record.
            if path.iter().min() == Some(&at) {
                let names: Vec<&str> =
                    path.iter().chain([&at]).filter_map(|at| defs.get(*at)).map(|def| def.name.value.as_str()).collect();
                let message = format!("the record `{}` contains itself: {}", def.name.value, names.join(" → "));
                findings.push(
                    Diagnostic::error(codes::CYCLE, member.span, message)
                        .label(def.name.span, "the record")
                        .help("put an `array<…>` or a `map<…>` in between, or take the member out"),
                );
            }
        }
    }
}

fn reaches<'a>(defs: &'a [TypeDef], from: usize, target: usize, path: &mut Vec<usize>) -> Option<&'a Name> {
    let TypeKind::Record(members) = &defs.get(from)?.kind else { return None };
    for member in members {
        let Type::Named(TypeId(next)) = member.ty else { continue };
        if next == target {
            return Some(&member.name);
        }
        if !path.contains(&next) {
            path.push(next);
            if reaches(defs, next, target, path).is_some() {
                return Some(&member.name);
            }
            path.pop();
        }
    }
    None
}
