//! Records and enums.

use super::{Names, merge};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Belonging, Confidence, EnumValue, Known, Openness, Parameter, Type, TypeDef, TypeId, TypeKind};
use crate::naming;
use crate::source::Name;
use crate::syntax::{Entries, Keyed, Text, TypeSyntax, ValueSyntax};

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
        let (notes, sources, conflicts) = (Vec::new(), Vec::new(), Vec::new());
        return TypeDef {
            name,
            doc,
            replaces: None,
            kind,
            notes,
            sources,
            conflicts,
            layer: None,
            known: Known::Partly,
        };
    };
    let readable = |key| !syntax.broken.contains(&key);
    let mut known = if ["record", "enum", "values"].into_iter().all(readable) { Known::Wholly } else { Known::Partly };
    let lacks = match (&syntax.record, &syntax.openness, &syntax.values) {
        (None, None, None) => "is neither a record nor an enum",
        (None, Some(_), None) => "is an enum without `values`",
        (None, None, Some(_)) => "has `values`, but does not say whether the enum is `open` or `closed`",
        _ => "is both a record and an enum",
    };
    let kind = match (syntax.record, syntax.openness, syntax.values) {
        (Some(members), None, None) => TypeKind::Record(record(&members, names, &mut known, findings)),
        (None, Some(openness), Some(values)) => {
            TypeKind::Enum { openness: openness.value, values: enum_values(values, &mut known, findings) }
        }
        (record_members, ..) => {
            if known == Known::Wholly {
                let message = format!("the type `{}` {lacks}", name.value);
                findings.push_absent(
                    Diagnostic::error(codes::TYPE_SHAPE, name.span, message)
                        .help("give it either `record:` with members, or `enum: open` (or `closed`) and `values:`"),
                );
            }
            known = Known::Partly;
            let mut members = |members| record(&members, names, &mut known, findings);
            TypeKind::Record(record_members.map(&mut members).unwrap_or_default())
        }
    };
    let is_empty = match &kind {
        TypeKind::Record(members) => members.is_empty(),
        TypeKind::Enum { values, openness } => values.is_empty() && *openness == Openness::Closed,
    };
    if is_empty && known == Known::Wholly {
        let message = format!("the type `{}` has nothing in it", name.value);
        findings.push_absent(Diagnostic::error(codes::TYPE_SHAPE, name.span, message).help("add a member or a value"));
    }
    TypeDef {
        name,
        doc: syntax.doc,
        replaces: syntax.replaces,
        kind,
        notes: syntax.notes,
        sources: super::entries(syntax.sources),
        conflicts: syntax.conflicts,
        layer: None,
        known,
    }
}

fn record(
    members: &Entries<crate::syntax::Parameter>,
    names: &Names,
    known: &mut Known,
    findings: &mut Findings,
) -> Vec<Parameter> {
    let resolved: Vec<Parameter> = members
        .iter()
        .filter_map(|(name, own)| merge::parameter(name, own, Belonging::Own, None, names, findings))
        .collect();
    if resolved.len() < members.items.len() {
        *known = Known::Partly;
    }
    merge::distinct_spellings(&resolved, findings);
    resolved
}

fn enum_values(values: Entries<ValueSyntax>, known: &mut Known, findings: &mut Findings) -> Vec<EnumValue> {
    let declared = values.items.len();
    let values: Vec<EnumValue> = super::entries(values)
        .into_iter()
        .map(|(wire, value)| EnumValue {
            lifetime: value.lifetime(),
            replaces: value.replaces,
            wire,
            name: value.name,
            doc: value.doc,
            aliases: super::entries(value.aliases),
            sip: value.sip,
            next: value.next,
            by_release: value.by_release,
            sources: super::entries(value.sources),
            confidence: value.confidence.map_or(Confidence::High, |said| said.value),
            layer: None,
        })
        .collect();
    if values.len() < declared {
        *known = Known::Partly;
    }
    let mut spellings: Vec<&Name> = values.iter().map(|value| &value.wire).collect();
    for value in &values {
        for (alias, _) in &value.aliases {
            match spellings.iter().find(|known| known.value == alias.value) {
                Some(first) => findings.push(naming::taken(alias, first.span, "value")),
                None => spellings.push(alias),
            }
        }
        for next in &value.next {
            if *known == Known::Wholly && !values.iter().any(|value| value.wire.value == next.value) {
                naming::unknown(next, "value", values.iter().map(|value| &value.wire.value), findings);
            }
        }
    }
    values
}

/// A record that contains itself directly could never be written down.
fn refuse_cycles(defs: &[TypeDef], findings: &mut Findings) {
    let mut done = vec![false; defs.len()];
    for start in 0..defs.len() {
        // The records from the first one to the one that is looked at, each with the member looked at in it. Not by
        // recursion: a contract may be as deep as it is long.
        let mut path: Vec<(usize, usize)> = if done[start] { Vec::new() } else { vec![(start, 0)] };
        while let Some((at, member)) = path.last_mut() {
            let members: &[Parameter] = match &defs[*at].kind {
                TypeKind::Record(members) => members,
                TypeKind::Enum { .. } => &[],
            };
            let Some(looked_at) = members.get(*member) else {
                done[*at] = true;
                path.pop();
                continue;
            };
            *member += 1;
            let Type::Named(TypeId(next)) = looked_at.ty else { continue };
            match path.iter().position(|(on_path, _)| *on_path == next) {
                Some(first) => report_cycle(defs, &path[first..], findings),
                None if !done[next] => path.push((next, 0)),
                None => {}
            }
        }
    }
}

/// Tells of a circle at its first record, wherever it was entered.
fn report_cycle(defs: &[TypeDef], circle: &[(usize, usize)], findings: &mut Findings) {
    let first = circle.iter().enumerate().min_by_key(|(_, (at, _))| *at).map_or(0, |(place, _)| place);
    let circle: Vec<(usize, usize)> = circle.iter().cycle().skip(first).take(circle.len()).copied().collect();
    let names: Vec<&str> = circle.iter().map(|(at, _)| defs[*at].name.value.as_str()).collect();
    let (Some((at, next)), Some(name)) = (circle.first(), names.first()) else { return };
    let TypeKind::Record(members) = &defs[*at].kind else { return };
    let message = format!("the record `{name}` contains itself: {} → {name}", names.join(" → "));
    findings.push(
        // The member after the one that leads on is the next to be looked at.
        Diagnostic::error(codes::CYCLE, members[next - 1].name.span, message)
            .label(defs[*at].name.span, "the record")
            .help("put an `array<…>` or a `map<…>` in between, or take the member out"),
    );
}
