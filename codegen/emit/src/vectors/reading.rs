//! What a body says, by the types of the contract.

use serde_json::{Map, Value};

use wcs_contract::model::{Contract, Openness, Parameter, Scalar, Type, TypeKind};
use wcs_contract::value;

/// What is to be read from an object: each known member that stands in it, by its proper name.
pub(super) fn members(contract: &Contract, known: &[Parameter], object: &Map<String, Value>) -> Map<String, Value> {
    let mut reading = Map::new();
    for (name, value) in object {
        if let Some(member) = value::member(known, name) {
            let value = of(contract, &member.ty, value).unwrap_or(Value::Null);
            reading.insert(member.name.value.clone(), value);
        }
    }
    reading
}

/// What a value says as a type; `None` if it can't be read as one.
pub(super) fn of(contract: &Contract, ty: &Type, value: &Value) -> Option<Value> {
    match ty {
        Type::Scalar(scalar) if !value::is_scalar(*scalar, value) => None,
        Type::Scalar(Scalar::Int32 | Scalar::Int64) => value::integer(value).map(Value::from),
        Type::Scalar(_) => Some(value.clone()),
        Type::List(item) => {
            let fits = value::items(value.as_str()?).all(|part| value::is_item(contract, item, part));
            fits.then(|| value.clone())
        }
        Type::Array(item) => {
            let items = value.as_array()?.iter().map(|value| of(contract, item, value));
            items.collect::<Option<Vec<Value>>>().map(Value::Array)
        }
        Type::Map(item) => {
            let entries = value.as_object()?.iter().map(|(key, value)| Some((key.clone(), of(contract, item, value)?)));
            entries.collect::<Option<Map<String, Value>>>().map(Value::Object)
        }
        Type::Named(id) => match &contract.type_def(*id).kind {
            TypeKind::Enum { .. } => word(contract, ty, value.as_str()?).map(Value::from),
            // What can't be read inside a record does not make the record unreadable.
            TypeKind::Record(known) => Some(Value::Object(members(contract, known, value.as_object()?))),
        },
    }
}

/// A word in its proper spelling. Words that an open enum does not list stay as they are.
fn word(contract: &Contract, ty: &Type, text: &str) -> Option<String> {
    let Type::Named(id) = ty else { return None };
    let TypeKind::Enum { openness, values } = &contract.type_def(*id).kind else { return None };
    match (value::listed(values, text), openness) {
        (Some(value), _) => Some(value.wire.value.clone()),
        (None, Openness::Open) => Some(text.to_owned()),
        (None, Openness::Closed) => None,
    }
}
