//! What a body says, by the types of the contract.

use serde_json::{Map, Value};

use wcs_contract::model::{Contract, Openness, Parameter, Scalar, Type, TypeKind};

/// What is to be read from an object: each known member that stands in it, by its proper name.
pub(super) fn members(contract: &Contract, known: &[Parameter], object: &Map<String, Value>) -> Map<String, Value> {
    let mut reading = Map::new();
    for (name, value) in object {
        if let Some(member) = find(known, name) {
            let value = of(contract, &member.ty, value).unwrap_or(Value::Null);
            reading.insert(member.name.value.clone(), value);
        }
    }
    reading
}

/// A member by any of its spellings.
pub(super) fn find<'p>(known: &'p [Parameter], name: &str) -> Option<&'p Parameter> {
    known.iter().find(|member| member.name.value == name || member.aliases.iter().any(|(alias, _)| alias.value == name))
}

/// What a value says as a type; `None` if it can't be read as one.
pub(super) fn of(contract: &Contract, ty: &Type, value: &Value) -> Option<Value> {
    let same = |fits: bool| fits.then(|| value.clone());
    match ty {
        Type::Scalar(Scalar::String) => same(value.is_string()),
        Type::Scalar(Scalar::Bool) => same(value.is_boolean()),
        Type::Scalar(Scalar::Int32) => whole(value).filter(|number| i32::try_from(*number).is_ok()).map(Value::from),
        Type::Scalar(Scalar::Int64) => whole(value).map(Value::from),
        Type::Scalar(Scalar::Float) => same(value.is_number()),
        Type::Scalar(Scalar::Object) => same(value.is_object()),
        Type::Scalar(Scalar::StringOrNumber) => same(value.is_string() || value.is_number()),
        Type::List(item) => {
            let mut parts = value.as_str()?.split(',').map(str::trim).filter(|part| !part.is_empty());
            same(parts.all(|part| part_fits(contract, item, part)))
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

/// A whole number, however it is written.
fn whole(value: &Value) -> Option<i64> {
    /// Below it floats tell all whole numbers apart.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    value.as_i64().or_else(|| {
        let number = value.as_f64().filter(|number| value.is_f64() && number.fract() == 0.0 && number.abs() < EXACT)?;
        format!("{number:.0}").parse().ok()
    })
}

/// Whether an item of a comma-separated text can be read.
fn part_fits(contract: &Contract, ty: &Type, part: &str) -> bool {
    match ty {
        Type::Scalar(Scalar::Bool) => matches!(part, "true" | "false"),
        Type::Scalar(Scalar::Int32) => part.parse::<i32>().is_ok(),
        Type::Scalar(Scalar::Int64) => part.parse::<i64>().is_ok(),
        Type::Scalar(Scalar::Float) => part.parse::<f64>().is_ok(),
        Type::Scalar(Scalar::String | Scalar::StringOrNumber) => true,
        Type::Named(_) => word(contract, ty, part).is_some(),
        Type::Scalar(Scalar::Object) | Type::Array(_) | Type::Map(_) | Type::List(_) => false,
    }
}

/// A word in its proper spelling. Words that an open enum does not list stay as they are.
fn word(contract: &Contract, ty: &Type, text: &str) -> Option<String> {
    let Type::Named(id) = ty else { return None };
    let TypeKind::Enum { openness, values } = &contract.type_def(*id).kind else { return None };
    let known = values
        .iter()
        .find(|value| value.wire.value == text || value.aliases.iter().any(|(alias, _)| alias.value == text));
    match (known, openness) {
        (Some(value), _) => Some(value.wire.value.clone()),
        (None, Openness::Open) => Some(text.to_owned()),
        (None, Openness::Closed) => None,
    }
}
