//! Values and bodies made from the types of the contract.

use serde_json::{Map, Value, json};

use super::reading;
use wcs_contract::model::{Constraints, Contract, Hook, Openness, Parameter, Presence, Scalar, Type, TypeKind};

/// A word that no contract lists.
pub const LATER_WORD: &str = "A_VALUE_OF_A_LATER_RELEASE";

/// The members that every known release sends.
pub(super) fn least(contract: &Contract, hook: &Hook) -> Map<String, Value> {
    let always = hook.parameters.iter().filter(|member| member.is_received() && member.presence == Presence::Always);
    always.map(|member| (member.name.value.clone(), sample(contract, member))).collect()
}

/// Every member that can arrive.
pub(super) fn most(contract: &Contract, hook: &Hook) -> Map<String, Value> {
    let received = hook.parameters.iter().filter(|member| member.is_received());
    received.map(|member| (member.name.value.clone(), sample(contract, member))).collect()
}

/// A value of a member: its example, or else one of its type.
pub(super) fn sample(contract: &Contract, member: &Parameter) -> Value {
    member
        .example
        .as_ref()
        .map_or_else(|| of_type(contract, &member.ty, member.constraints.as_ref()), |example| example.value.clone())
}

fn of_type(contract: &Contract, ty: &Type, limits: Option<&Constraints>) -> Value {
    match ty {
        Type::Scalar(Scalar::String | Scalar::StringOrNumber) => json!(text(limits)),
        Type::Scalar(Scalar::Bool) => json!(true),
        Type::Scalar(Scalar::Int32 | Scalar::Int64) => json!(number(limits)),
        Type::Scalar(Scalar::Float) => json!(1.5),
        Type::Scalar(Scalar::Object) => json!({ "key": "value" }),
        Type::Array(item) => json!([of_type(contract, item, None)]),
        Type::Map(item) => json!({ "key": of_type(contract, item, None) }),
        Type::List(item) => match of_type(contract, item, None) {
            Value::String(text) => Value::String(text),
            other => json!(other.to_string()),
        },
        Type::Named(id) => match &contract.type_def(*id).kind {
            TypeKind::Enum { values, .. } => json!(values.first().map(|value| &value.wire.value)),
            TypeKind::Record(members) => Value::Object(
                members.iter().map(|member| (member.name.value.clone(), sample(contract, member))).collect(),
            ),
        },
    }
}

/// Digits fit most patterns; where they don't, the contract has an example.
fn text(limits: Option<&Constraints>) -> String {
    const DIGITS: usize = 4;
    let least = limits.and_then(|limits| limits.min_length.as_ref()).map_or(0, |limit| limit.value);
    let most = limits.and_then(|limits| limits.max_length.as_ref()).map_or(u64::MAX, |limit| limit.value);
    let length = usize::try_from(least).unwrap_or(DIGITS).max(DIGITS).min(usize::try_from(most).unwrap_or(DIGITS));
    "1234567890".chars().cycle().take(length).collect()
}

fn number(limits: Option<&Constraints>) -> i64 {
    let least = limits.and_then(|limits| limits.minimum.as_ref()).map_or(i64::MIN, |limit| limit.value);
    let most = limits.and_then(|limits| limits.maximum.as_ref()).map_or(i64::MAX, |limit| limit.value);
    7.min(most).max(least)
}

/// Another value of the same type.
pub(super) fn other(contract: &Contract, ty: &Type, value: &Value) -> Value {
    match (ty, value) {
        (Type::Named(id), _) => match &contract.type_def(*id).kind {
            TypeKind::Enum { values, .. } => {
                json!(values.iter().map(|known| &known.wire.value).find(|known| Some(known.as_str()) != value.as_str()))
            }
            TypeKind::Record(members) => {
                let fields = members.iter().map(|member| {
                    let name = &member.name.value;
                    (name.clone(), other(contract, &member.ty, value.get(name).unwrap_or(&Value::Null)))
                });
                Value::Object(fields.collect())
            }
        },
        (Type::Array(item), _) => json!([other(contract, item, value.get(0).unwrap_or(&Value::Null))]),
        (Type::Map(item), _) => json!({ "another": other(contract, item, &Value::Null) }),
        (Type::Scalar(Scalar::Object), _) => json!({ "another": [1, "two", null] }),
        (_, Value::Bool(value)) => json!(!value),
        (_, Value::Number(number)) => number.as_i64().map_or(json!(2.5), |number| json!(number ^ 1)),
        (Type::Scalar(Scalar::String | Scalar::StringOrNumber), Value::String(text)) => json!(format!("{text}-2")),
        (_, value) => {
            let first = of_type(contract, ty, None);
            if first == *value { other(contract, ty, &first) } else { first }
        }
    }
}

/// Values that can't be read as a type, most likely confusions first.
pub(super) fn wrong(contract: &Contract, ty: &Type) -> Vec<Value> {
    let close = match ty {
        Type::Scalar(Scalar::String) => vec![json!(7)],
        Type::Scalar(Scalar::Bool) => vec![json!("true"), json!(1)],
        Type::Scalar(Scalar::Int32) => vec![json!("7"), json!(1.5), json!(i64::from(i32::MAX) + 1)],
        Type::Scalar(Scalar::Int64) => vec![json!("7"), json!(1.5), json!(i64::MAX.unsigned_abs() + 1)],
        Type::Scalar(Scalar::Float) => vec![json!("1.5")],
        Type::Scalar(Scalar::Object) => vec![json!("{}"), json!([])],
        Type::Scalar(Scalar::StringOrNumber) => vec![json!(true)],
        Type::Array(item) => {
            let fine = of_type(contract, item, None);
            let bad = wrong(contract, item).into_iter().next();
            [Some(json!("text")), bad.map(|bad| json!([fine, bad]))].into_iter().flatten().collect()
        }
        Type::Map(item) => {
            let bad = wrong(contract, item).into_iter().next();
            [Some(json!([])), bad.map(|bad| json!({ "key": bad }))].into_iter().flatten().collect()
        }
        Type::List(item) => {
            let bad = wrong(contract, item).into_iter().find_map(|bad| bad.as_str().map(str::to_owned));
            [Some(json!(["text"])), bad.map(|bad| json!(bad))].into_iter().flatten().collect()
        }
        Type::Named(id) => match &contract.type_def(*id).kind {
            TypeKind::Enum { openness: Openness::Open, .. } => vec![json!(7)],
            TypeKind::Enum { openness: Openness::Closed, .. } => vec![json!(LATER_WORD), json!(7)],
            TypeKind::Record(_) => vec![json!("text"), json!([])],
        },
    };
    close.into_iter().filter(|value| reading::of(contract, ty, value).is_none()).collect()
}
