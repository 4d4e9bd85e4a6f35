//! Limits of a value as JSON Schema has them. OpenAPI's schemas use the same keywords.

use serde_json::{Value, json};

use wcs_contract::constraint::{JsonKind, Limit};
use wcs_contract::model::{Constraints, Scalar, Type};

/// The keywords and their values, in a fixed order.
pub fn keywords(ty: &Type, limits: &Constraints) -> impl Iterator<Item = (String, Value)> {
    let kind = match ty {
        Type::Map(_) | Type::Scalar(Scalar::Object) => JsonKind::Object,
        Type::Scalar(_) | Type::Array(_) | Type::List(_) | Type::Named(_) => JsonKind::Other,
    };
    limits.given().map(move |(constraint, limit)| {
        let value = match limit.value {
            Limit::Count(count) => json!(count),
            Limit::Number(number) => json!(number),
            Limit::Pattern(pattern) => json!(pattern),
        };
        (constraint.keyword(kind).to_owned(), value)
    })
}
