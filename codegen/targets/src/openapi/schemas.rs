//! The schemas under `components`: two for each hook, and the records and closed enums that they refer to.
//!
//! Open enums have none. They are plain text with a list of known values where they are used, because every generator
//! turns `enum` into a type that refuses values it does not list.

use std::collections::{BTreeSet, HashSet};

use heck::ToUpperCamelCase;
use serde_json::Value;

use super::extensions::Extensions;
use super::text;
use super::vendor::Vendor;
use wcs_contract::model::{
    Constraints, Contract, EnumValue, Hook, Openness, Parameter, Presence, Side, Type, TypeDef, TypeId, TypeKind,
};

/// A schema with its key.
pub(super) struct Schema<'a> {
    pub(super) key: String,
    /// The record or enum that it is of; none for bodies.
    pub(super) def: Option<TypeId>,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) kind: SchemaKind<'a>,
    pub(super) extensions: Extensions,
}

/// What a schema describes.
pub(super) enum SchemaKind<'a> {
    /// An object that may have members besides.
    Object(Vec<Member<'a>>),
    /// One of some strings, other spellings included.
    Closed(Vec<&'a str>),
}

/// A member of an object.
pub(super) struct Member<'a> {
    pub(super) name: &'a str,
    pub(super) ty: Type,
    pub(super) need: Need,
    pub(super) description: String,
    pub(super) example: Option<&'a Value>,
    pub(super) deprecated: bool,
    pub(super) limits: Option<&'a Constraints>,
    pub(super) extensions: Extensions,
}

/// Whether a member has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It is, and never null.
    Required,
    /// It may be absent; null means the same.
    Optional,
    /// It may be absent, but not null: no request has it, or every one has a value, so that null is no echo.
    Answered,
}

/// All schemas, and the keys of each hook's request and answer.
pub(super) fn schemas<'a>(contract: &'a Contract, vendor: &Vendor) -> (Vec<Schema<'a>>, Vec<(String, String)>) {
    let mut schemas = Vec::new();
    let mut keys = Vec::new();
    let types = used_types(contract, |_| true);
    let received = used_types(contract, Parameter::is_received);
    // Records and enums keep their names, so hooks get out of their way.
    let mut taken: HashSet<String> = types.iter().map(|id| type_key(contract, *id)).collect();
    for hook in &contract.hooks {
        let request = free_key(&hook.name.value, "Request", &mut taken);
        let answer = free_key(&hook.name.value, "Answer", &mut taken);
        schemas.push(body(contract, vendor, hook, Side::Request, request.clone()));
        schemas.push(body(contract, vendor, hook, Side::Answer, answer.clone()));
        keys.push((request, answer));
    }
    schemas.extend(types.into_iter().map(|id| {
        let side = if received.contains(&id) { Side::Request } else { Side::Answer };
        named(contract, vendor, id, side)
    }));
    (schemas, keys)
}

/// The key of a record's or closed enum's schema.
pub(super) fn type_key(contract: &Contract, id: TypeId) -> String {
    contract.type_def(id).name.value.clone()
}

fn free_key(name: &str, suffix: &str, taken: &mut HashSet<String>) -> String {
    let mut key = format!("{}{suffix}", name.to_upper_camel_case());
    key.retain(|c| c.is_ascii_alphanumeric());
    while !taken.insert(key.clone()) {
        key.push('_');
    }
    key
}

/// Records and closed enums that members refer to, directly or through others. A schema that nothing uses is noise.
fn used_types(contract: &Contract, counts: impl Fn(&Parameter) -> bool) -> BTreeSet<TypeId> {
    let mut used = BTreeSet::new();
    let members = contract.hooks.iter().flat_map(|hook| &hook.parameters).filter(|parameter| counts(parameter));
    let mut open: Vec<&Type> = members.map(|parameter| &parameter.ty).collect();
    while let Some(ty) = open.pop() {
        match ty {
            Type::Array(item) | Type::Map(item) => open.push(item),
            Type::Named(id) => match &contract.type_def(*id).kind {
                TypeKind::Record(members) if used.insert(*id) => open.extend(members.iter().map(|member| &member.ty)),
                TypeKind::Enum { openness: Openness::Closed, .. } => {
                    used.insert(*id);
                }
                TypeKind::Record(_) | TypeKind::Enum { openness: Openness::Open, .. } => {}
            },
            Type::Scalar(_) | Type::List(_) => {}
        }
    }
    used
}

fn body<'a>(contract: &'a Contract, vendor: &Vendor, hook: &'a Hook, side: Side, key: String) -> Schema<'a> {
    let members = hook.parameters.iter().filter(|parameter| side.has(parameter));
    let description = match side {
        Side::Request => text::request(hook),
        Side::Answer => text::answer(hook),
    };
    Schema {
        key,
        def: None,
        title: format!("{} {}", hook.name.value, side.word()),
        description,
        kind: SchemaKind::Object(members.map(|parameter| member(contract, vendor, parameter, side)).collect()),
        extensions: Extensions::new(),
    }
}

fn member<'a>(contract: &'a Contract, vendor: &Vendor, parameter: &'a Parameter, side: Side) -> Member<'a> {
    let (need, description, extensions) = match side {
        Side::Request => (need(parameter), text::received(contract, parameter), vendor.received(contract, parameter)),
        Side::Answer => {
            (answered(parameter), text::answered(contract, parameter), vendor.answered(contract, parameter))
        }
    };
    Member {
        name: &parameter.name.value,
        ty: parameter.ty.clone(),
        need,
        description,
        example: parameter.example.as_ref().map(|example| &example.value),
        deprecated: parameter.lifetime.deprecated.is_some(),
        limits: parameter.constraints.as_ref(),
        extensions,
    }
}

/// A member of a record. Its text and extensions are the full ones on either side, for they stand nowhere else.
fn record_member<'a>(contract: &'a Contract, vendor: &Vendor, parameter: &'a Parameter, side: Side) -> Member<'a> {
    let full = member(contract, vendor, parameter, Side::Request);
    match side {
        Side::Request => full,
        Side::Answer => Member { need: Need::Answered, ..full },
    }
}

/// A member with other spellings can't be required: each of them alone is enough.
fn need(parameter: &Parameter) -> Need {
    match parameter.presence {
        Presence::Always if parameter.is_received() && parameter.aliases.is_empty() => Need::Required,
        Presence::Always | Presence::Usually | Presence::Sometimes => Need::Optional,
    }
}

/// What came as null goes back as null; a backend's own values are never null.
fn answered(parameter: &Parameter) -> Need {
    match need(parameter) {
        Need::Optional if parameter.is_received() => Need::Optional,
        Need::Required | Need::Optional | Need::Answered => Need::Answered,
    }
}

fn named<'a>(contract: &'a Contract, vendor: &Vendor, id: TypeId, side: Side) -> Schema<'a> {
    let def: &TypeDef = contract.type_def(id);
    let (kind, extensions) = match &def.kind {
        TypeKind::Record(members) => {
            let members = members.iter().map(|parameter| record_member(contract, vendor, parameter, side));
            (SchemaKind::Object(members.collect()), Extensions::new())
        }
        TypeKind::Enum { values, .. } => (SchemaKind::Closed(spellings(values)), vendor.of_values(values)),
    };
    Schema {
        key: type_key(contract, id),
        def: Some(id),
        title: def.name.value.clone(),
        description: text::type_def(def),
        kind,
        extensions,
    }
}

fn spellings(values: &[EnumValue]) -> Vec<&str> {
    let aliases = values.iter().flat_map(|value| value.aliases.iter().map(|(alias, _)| alias.value.as_str()));
    values.iter().map(|value| value.wire.value.as_str()).chain(aliases).collect()
}

/// Whether a schema is that of a record which is the type of some optional member.
pub(super) fn stands_for_optional(schemas: &[Schema], schema: &Schema) -> bool {
    let optional = |member: &Member| member.need == Need::Optional && names(&member.ty, schema.def);
    matches!(schema.kind, SchemaKind::Object(_)) && members(schemas).any(optional)
}

/// Whether something refers to a schema, given that closed enums are spelt out in optional members.
pub(super) fn is_referred_to(schemas: &[Schema], schema: &Schema) -> bool {
    let refers = |member: &Member| match &member.ty {
        Type::Named(_) => member.need != Need::Optional && names(&member.ty, schema.def),
        Type::Array(item) | Type::Map(item) => contains(item, schema.def),
        Type::Scalar(_) | Type::List(_) => false,
    };
    matches!(schema.kind, SchemaKind::Object(_)) || members(schemas).any(refers)
}

fn members<'a>(schemas: &'a [Schema<'a>]) -> impl Iterator<Item = &'a Member<'a>> {
    let objects = schemas.iter().filter_map(|schema| match &schema.kind {
        SchemaKind::Object(members) => Some(members),
        SchemaKind::Closed(_) => None,
    });
    objects.flatten()
}

fn contains(ty: &Type, def: Option<TypeId>) -> bool {
    match ty {
        Type::Array(item) | Type::Map(item) => contains(item, def),
        Type::Named(_) => names(ty, def),
        Type::Scalar(_) | Type::List(_) => false,
    }
}

fn names(ty: &Type, def: Option<TypeId>) -> bool {
    matches!(ty, Type::Named(id) if def == Some(*id))
}
