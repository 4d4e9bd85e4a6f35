//! Limits of a value as JSON Schema has them. OpenAPI's schemas use the same keywords.

use serde_json::{Value, json};

use wcs_contract::model::{Constraints, Scalar, Type};

/// The keywords and their values, in a fixed order.
pub fn keywords(ty: &Type, limits: &Constraints) -> impl Iterator<Item = (String, Value)> {
    let (fewest, most) = match ty {
        Type::Map(_) | Type::Scalar(Scalar::Object) => ("minProperties", "maxProperties"),
        Type::Scalar(_) | Type::Array(_) | Type::List(_) | Type::Named(_) => ("minItems", "maxItems"),
    };
    let limits = [
        ("minLength", limits.min_length.as_ref().map(|limit| json!(limit.value))),
        ("maxLength", limits.max_length.as_ref().map(|limit| json!(limit.value))),
        ("pattern", limits.pattern.as_ref().map(|pattern| json!(pattern.value))),
        ("minimum", limits.minimum.as_ref().map(|limit| json!(limit.value))),
        ("maximum", limits.maximum.as_ref().map(|limit| json!(limit.value))),
        (fewest, limits.min_items.as_ref().map(|limit| json!(limit.value))),
        (most, limits.max_items.as_ref().map(|limit| json!(limit.value))),
    ];
    limits.into_iter().filter_map(|(key, limit)| Some((key.to_owned(), limit?)))
}
