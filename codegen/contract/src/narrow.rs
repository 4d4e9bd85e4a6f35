//! Whether one type allows only what another allows, so that it may be said of some senders.

use crate::model::{Openness, Scalar, Type, TypeDef, TypeId, TypeKind};

/// Whether every value of the second type is one of the first; a type is no narrower than itself by this.
///
/// A record narrows `object`, an enum `string`, and a collection another of its kind whose items are wider.
pub(crate) fn narrows(types: &[TypeDef], wide: &Type, narrow: &Type) -> bool {
    let kind = |id: &TypeId| types.get(id.0).map(|def| &def.kind);
    let is_enum = |ty: &Type| match ty {
        Type::Named(id) => matches!(kind(id), Some(TypeKind::Enum { .. })),
        _ => false,
    };
    match (wide, narrow) {
        (Type::Scalar(Scalar::Object), Type::Map(_)) => true,
        (Type::Scalar(Scalar::Object), Type::Named(_)) => !is_enum(narrow),
        (Type::Scalar(Scalar::String), Type::List(_)) => true,
        (Type::Scalar(Scalar::String), Type::Named(_)) => is_enum(narrow),
        (Type::Scalar(Scalar::StringOrNumber), Type::Scalar(scalar)) => {
            matches!(scalar, Scalar::String | Scalar::Int32 | Scalar::Int64 | Scalar::Float)
        }
        (Type::Scalar(Scalar::StringOrNumber), Type::List(_)) => true,
        (Type::Scalar(Scalar::StringOrNumber), Type::Named(_)) => is_enum(narrow),
        (Type::Scalar(Scalar::Float), Type::Scalar(scalar)) => matches!(scalar, Scalar::Int32 | Scalar::Int64),
        (Type::Scalar(Scalar::Int64), Type::Scalar(Scalar::Int32)) => true,
        (Type::Array(wide), Type::Array(narrow))
        | (Type::Map(wide), Type::Map(narrow))
        | (Type::List(wide), Type::List(narrow)) => narrows(types, wide, narrow),
        (Type::Named(wide), Type::Named(narrow)) if wide != narrow => match (kind(wide), kind(narrow)) {
            (Some(TypeKind::Enum { openness: Openness::Open, .. }), Some(TypeKind::Enum { .. })) => true,
            (
                Some(TypeKind::Enum { values: many, .. }),
                Some(TypeKind::Enum { openness: Openness::Closed, values }),
            ) => values.iter().all(|value| many.iter().any(|known| known.wire.value == value.wire.value)),
            _ => false,
        },
        _ => false,
    }
}
