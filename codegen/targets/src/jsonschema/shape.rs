//! Objects, members and types.

use serde_json::{Map, Value, json};

use wcs_codegen::{limits, prose};
use wcs_contract::model::{
    Constraints, Contract, EnumValue, Openness, Parameter, Presence, Scalar, Side, Type, TypeId, TypeKind,
};

/// Keywords of an object with these members. Each other spelling is a member too.
pub(super) fn object(contract: &Contract, members: &[Parameter], side: Side) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for parameter in members.iter().filter(|parameter| side.has(parameter)) {
        properties.insert(parameter.name.value.clone(), member(contract, parameter, side, None));
        for (alias, _) in &parameter.aliases {
            properties.insert(alias.value.clone(), member(contract, parameter, side, Some(&parameter.name.value)));
        }
        if requires(side, parameter) {
            required.push(&parameter.name.value);
        }
    }
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        object.insert("required".to_owned(), json!(required));
    }
    object.insert("additionalProperties".to_owned(), json!(side == Side::Request));
    object
}

/// A member with other spellings can't be required: each of them alone is enough.
fn requires(side: Side, parameter: &Parameter) -> bool {
    side == Side::Request && parameter.presence == Presence::Always && parameter.aliases.is_empty()
}

fn member(contract: &Contract, parameter: &Parameter, side: Side, alias_of: Option<&str>) -> Value {
    let null = side == Side::Request && !requires(side, parameter);
    let mut schema = Map::new();
    schema.insert("description".to_owned(), json!(describe(parameter, alias_of)));
    schema.extend(shape(contract, &parameter.ty, parameter.constraints.as_ref(), side));
    if null {
        schema = or_null(schema);
    }
    let default = parameter.default.as_ref().filter(|_| alias_of.is_none());
    schema.extend(default.map(|default| ("default".to_owned(), default.value.clone())));
    schema.extend(parameter.example.as_ref().map(|example| ("examples".to_owned(), json!([example.value]))));
    schema.extend(parameter.lifetime.deprecated.as_ref().map(|_| ("deprecated".to_owned(), json!(true))));
    Value::Object(schema)
}

fn describe(parameter: &Parameter, alias_of: Option<&str>) -> String {
    let mut text = match alias_of {
        Some(name) => format!("Other spelling of `{name}`. {}", parameter.doc.value),
        None => parameter.doc.value.clone(),
    };
    if matches!(parameter.ty, Type::List(_)) {
        text = format!("{text} {}", prose::LIST);
    }
    text
}

/// Lets null pass where a type is named or several are offered.
fn or_null(mut schema: Map<String, Value>) -> Map<String, Value> {
    let nothing = json!({ "type": "null" });
    if let Some(name) = schema.get_mut("type") {
        *name = json!([name.clone(), "null"]);
    } else if let Some(Value::Array(branches)) = schema.get_mut("anyOf") {
        branches.push(nothing);
    } else if let Some(reference) = schema.shift_remove("$ref") {
        schema.insert("anyOf".to_owned(), json!([{ "$ref": reference }, nothing]));
    }
    schema
}

/// Keywords of a type.
fn shape(contract: &Contract, ty: &Type, limits: Option<&Constraints>, side: Side) -> Map<String, Value> {
    let mut schema = Map::new();
    let mut set = |key: &str, value: Value| schema.insert(key.to_owned(), value);
    match ty {
        Type::Scalar(Scalar::String) | Type::List(_) => drop(set("type", json!("string"))),
        Type::Scalar(Scalar::Bool) => drop(set("type", json!("boolean"))),
        Type::Scalar(Scalar::Int32) => {
            set("type", json!("integer"));
            set("minimum", json!(i32::MIN));
            set("maximum", json!(i32::MAX));
        }
        Type::Scalar(Scalar::Int64) => {
            set("type", json!("integer"));
            set("minimum", json!(i64::MIN));
            set("maximum", json!(i64::MAX));
        }
        Type::Scalar(Scalar::Float) => drop(set("type", json!("number"))),
        Type::Scalar(Scalar::Object) => drop(set("type", json!("object"))),
        Type::Scalar(Scalar::StringOrNumber) => drop(set("anyOf", json!([{ "type": "string" }, { "type": "number" }]))),
        Type::Array(item) => {
            set("type", json!("array"));
            set("items", Value::Object(shape(contract, item, None, side)));
        }
        Type::Map(item) => {
            set("type", json!("object"));
            set("additionalProperties", Value::Object(shape(contract, item, None, side)));
        }
        Type::Named(id) => drop(set("$ref", json!(format!("#/$defs/{}", key(contract, *id, side))))),
    }
    schema.extend(limits.into_iter().flat_map(|limits| limits::keywords(ty, limits)));
    schema
}

/// The records and enums that members name.
pub(super) fn references(members: &[Parameter], side: Side) -> Vec<TypeId> {
    members.iter().filter(|parameter| side.has(parameter)).filter_map(|parameter| named(&parameter.ty)).collect()
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Array(item) | Type::Map(item) => named(item),
        // The items of a list are part of a text, which is not taken apart here.
        Type::List(_) | Type::Scalar(_) => None,
    }
}

/// The key of a type's definition. Records differ by side, enums don't.
pub(super) fn key(contract: &Contract, id: TypeId, side: Side) -> String {
    let def = contract.type_def(id);
    match def.kind {
        TypeKind::Record(_) => format!("{}.{}", def.name.value, side.word()),
        TypeKind::Enum { .. } => def.name.value.clone(),
    }
}

/// A record or an enum.
pub(super) fn definition(contract: &Contract, id: TypeId, side: Side) -> Map<String, Value> {
    let def = contract.type_def(id);
    let mut schema = Map::new();
    schema.insert("title".to_owned(), json!(def.name.value));
    schema.insert("description".to_owned(), json!(def.doc.value));
    match &def.kind {
        TypeKind::Record(members) => schema.extend(object(contract, members, side)),
        TypeKind::Enum { openness, values } => {
            let unlisted = match openness {
                Openness::Open => Some(json!({ "type": "string", "description": "A value that is not listed." })),
                Openness::Closed => None,
            };
            schema.insert("type".to_owned(), json!("string"));
            schema.insert("anyOf".to_owned(), values.iter().flat_map(constants).chain(unlisted).collect());
        }
    }
    schema
}

/// A value in all its spellings. The type stands beside the constant for tools that don't infer it.
fn constants(value: &EnumValue) -> impl Iterator<Item = Value> {
    let constant = |text: &str, description: String| {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("string"));
        schema.insert("const".to_owned(), json!(text));
        schema.insert("description".to_owned(), json!(description));
        schema.extend(value.lifetime.deprecated.as_ref().map(|_| ("deprecated".to_owned(), json!(true))));
        Value::Object(schema)
    };
    let other = format!("Other spelling of `{}`.", value.wire.value);
    let aliases = value.aliases.iter().map(move |(alias, _)| constant(&alias.value, other.clone()));
    std::iter::once(constant(&value.wire.value, value.doc.value.clone())).chain(aliases)
}
