//! Records and enums, and every parameter with the hooks that carry it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::common::{ConflictView, NoteView, aliases, anchor_id, cell_or_dash, conflicts, notes, or_dash, sources};
use super::link::{Links, Target, parameter_names};
use super::member::{self, MemberView, Owner};
use super::text::{cell, code, codes, hanging};
use super::words;
use wcs_contract::model::{Belonging, Contract, EnumValue, Hook, Parameter, Type, TypeDef, TypeId, TypeKind};

/// The page of the types.
#[derive(Serialize)]
pub(super) struct TypesPage {
    header: String,
    records: Vec<TypeView>,
    enums: Vec<TypeView>,
}

#[derive(Serialize)]
struct TypeView {
    id: String,
    link: String,
    name: String,
    short: String,
    doc: String,
    used_by: String,
    openness: Option<&'static str>,
    values: Vec<ValueView>,
    ordered: bool,
    sip: bool,
    members: Vec<MemberView>,
    notes: Vec<NoteView>,
    conflicts: Vec<ConflictView>,
    sources: String,
}

#[derive(Serialize)]
struct ValueView {
    id: String,
    wire: String,
    doc: String,
    also: String,
    next: String,
    sip: String,
    releases: String,
    confidence: &'static str,
    sources: String,
    /// Whether there is something to say of each.
    sip_known: bool,
    also_known: bool,
    releases_known: bool,
}

pub(super) fn types_page<'a>(header: &str, links: Links<'a>) -> TypesPage {
    let types = &links.contract().types;
    let of_kind = |wanted: fn(&TypeKind) -> bool| -> Vec<TypeView> {
        types.iter().filter(|ty| wanted(&ty.kind)).map(|ty| type_view(ty, links)).collect()
    };
    TypesPage {
        header: header.to_owned(),
        records: of_kind(|kind| matches!(kind, TypeKind::Record(_))),
        enums: of_kind(|kind| matches!(kind, TypeKind::Enum { .. })),
    }
}

fn type_view<'a>(ty: &'a TypeDef, links: Links<'a>) -> TypeView {
    let (openness, values, members) = match &ty.kind {
        TypeKind::Record(members) => (None, &[][..], member::members(members, Owner::Record(ty), links)),
        TypeKind::Enum { openness, values } => (Some(words::openness(*openness)), values.as_slice(), Vec::new()),
    };
    TypeView {
        id: anchor_id(Target::Type, &ty.name.value, links),
        link: links.type_def(ty),
        name: code(&ty.name.value),
        short: links.prose_cell(super::text::first_sentence(&ty.doc.value)),
        doc: links.prose(&ty.doc.value),
        used_by: used_by(ty, links),
        openness,
        ordered: values.iter().any(|value| !value.next.is_empty()),
        sip: values.iter().any(|value| value.sip.is_some()),
        values: values.iter().map(|value| value_view(ty, value, links)).collect(),
        members,
        notes: notes(&ty.notes, links),
        conflicts: conflicts(&ty.conflicts, links),
        sources: sources(&ty.sources, links),
    }
}

fn value_view<'a>(ty: &'a TypeDef, value: &'a EnumValue, links: Links<'a>) -> ValueView {
    ValueView {
        id: links.anchors.value(ty, value).to_owned(),
        wire: cell(&code(&value.wire.value)),
        doc: links.prose_cell(&value.doc.value),
        also: cell_or_dash(&aliases(&value.aliases)),
        next: or_dash(cell(&codes(value.next.iter().map(|next| &next.value)))),
        sip: value.sip.as_ref().map_or_else(|| or_dash(String::new()), |sip| links.prose_cell(&sip.value)),
        releases: cell_or_dash(&words::lifetime(&value.lifetime)),
        confidence: words::confidence(value.confidence),
        sources: cell_or_dash(&sources(&value.sources, links)),
        sip_known: value.sip.is_some(),
        also_known: !value.aliases.is_empty(),
        releases_known: !words::lifetime(&value.lifetime).is_empty(),
    }
}

/// The members that have a type, in hooks and in records.
fn used_by<'a>(ty: &TypeDef, links: Links<'a>) -> String {
    let contract = links.contract();
    let uses = |member: &&Parameter| mentions(&member.ty, &ty.name.value, contract);
    let in_hooks = contract.hooks.iter().flat_map(|hook| {
        let members = hook.parameters.iter().filter(uses);
        members.map(move |member| links.member(hook, member, &format!("`{}.{}`", hook.name.value, member.name.value)))
    });
    let in_records = contract.types.iter().filter_map(|record| match &record.kind {
        TypeKind::Record(members) if members.iter().any(|member| uses(&member)) => Some(links.type_def(record)),
        _ => None,
    });
    in_hooks.chain(in_records).collect::<Vec<_>>().join(", ")
}

fn mentions(ty: &Type, name: &str, contract: &Contract) -> bool {
    let is_it = |id: &TypeId| contract.type_def(*id).name.value == name;
    match ty {
        Type::Scalar(_) => false,
        Type::Array(item) | Type::Map(item) | Type::List(item) => mentions(item, name, contract),
        Type::Named(id) => is_it(id),
    }
}

/// The page of the parameters.
#[derive(Serialize)]
pub(super) struct ParametersPage {
    header: String,
    context: String,
    parameters: Vec<ParameterView>,
}

#[derive(Serialize)]
struct ParameterView {
    id: String,
    name: String,
    meanings: Vec<Meaning>,
}

/// One meaning of a parameter, and where it has that one.
#[derive(Serialize)]
struct Meaning {
    ty: String,
    doc: String,
    carriers: String,
}

pub(super) fn parameters_page<'a>(header: &str, links: Links<'a>) -> ParametersPage {
    let contract = links.contract();
    let view = |name: &'a str| ParameterView {
        id: anchor_id(Target::Parameter, name, links),
        name: code(name),
        meanings: meanings(name, links),
    };
    ParametersPage {
        header: header.to_owned(),
        context: codes(contract.context.iter().map(|name| &name.value)),
        parameters: parameter_names(contract).into_iter().map(view).collect(),
    }
}

/// The meanings of a name, the most frequent one first.
fn meanings<'a>(name: &str, links: Links<'a>) -> Vec<Meaning> {
    let contract = links.contract();
    let mut found: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    let mut order: Vec<(String, &str)> = Vec::new();
    let mut add = |member: &'a Parameter, carrier: String| {
        let key = (links.ty(&member.ty), member.doc.value.as_str());
        if !order.contains(&key) {
            order.push(key.clone());
        }
        found.entry(key).or_default().push(carrier);
    };
    for hook in &contract.hooks {
        if let Some(member) = hook.parameter(name) {
            add(member, links.member(hook, member, &carrier_text(hook, member)));
        }
    }
    for ty in &contract.types {
        if let TypeKind::Record(members) = &ty.kind
            && let Some(member) = members.iter().find(|member| member.name.value == name)
        {
            add(member, format!("{} (a record)", links.type_def(ty)));
        }
    }
    let everywhere = contract.hooks.len();
    let is_context = contract.context.iter().any(|known| known.value == name);
    let mut meanings: Vec<(usize, Meaning)> = order
        .into_iter()
        .map(|key| {
            let carriers = found.remove(&key).unwrap_or_default();
            let count = carriers.len();
            let every = if is_context && count == everywhere { "every hook: " } else { "" };
            let doc = hanging(&links.prose(key.1));
            (count, Meaning { ty: key.0, doc, carriers: format!("{every}{}", carriers.join(", ")) })
        })
        .collect();
    meanings.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    meanings.into_iter().map(|(_, meaning)| meaning).collect()
}

fn carrier_text(hook: &Hook, member: &Parameter) -> String {
    let marked = member.belonging == Belonging::Own && member.is_settable();
    if marked { format!("{} (replaceable)", code(&hook.name.value)) } else { code(&hook.name.value) }
}
