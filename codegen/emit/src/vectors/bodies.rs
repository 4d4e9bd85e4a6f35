//! Bodies made from the types of the contract, and values that are none of a type.

use serde_json::{Map, Value, json};

use super::reading;
use wcs_contract::model::{Contract, Hook, Openness, Parameter, Presence, Scalar, Type, TypeKind};
use wcs_contract::sample::{self, LATER_WORD};

/// The members that every known release sends.
pub(super) fn least(contract: &Contract, hook: &Hook) -> Map<String, Value> {
    body(contract, hook, |member| member.presence == Presence::Always)
}

/// Every member that can arrive.
pub(super) fn most(contract: &Contract, hook: &Hook) -> Map<String, Value> {
    body(contract, hook, |_| true)
}

/// The wanted members that can arrive, as far as they have a value.
fn body(contract: &Contract, hook: &Hook, wanted: impl Fn(&Parameter) -> bool) -> Map<String, Value> {
    let members = hook.parameters.iter().filter(|member| member.is_received() && wanted(member));
    members.filter_map(|member| Some((member.name.value.clone(), sample::value(contract, member)?))).collect()
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
            let fine = sample::of_type(contract, item, None);
            let bad = wrong(contract, item).into_iter().next();
            let mixed = bad.map(|bad| fine.into_iter().chain([bad]).collect());
            [Some(json!("text")), mixed].into_iter().flatten().collect()
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
