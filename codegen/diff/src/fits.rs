//! Whether values of one type can be read as another. Knows the wire, not the languages.

use super::compare::Comparison;
use wcs_contract::model::{Contract, Openness, Scalar, Type, TypeDef, TypeId, TypeKind};

/// Which values can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// None.
    Never,
    /// Some.
    Partly,
    /// All.
    Wholly,
}

/// A type and the contract that its names belong to.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a> {
    pub(super) contract: &'a Contract,
    pub(super) ty: &'a Type,
}

/// How deep records are compared that are not the same one.
const DEPTH: u8 = 6;

/// Whether values of a type can be read as another.
pub(super) fn fits(written: Typed<'_>, read: Typed<'_>) -> Fit {
    fit(written, read, DEPTH)
}

/// Whether a member has the same type in both contracts.
pub(super) fn is_same(all: &Comparison<'_>, old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::Scalar(old), Type::Scalar(new)) => old == new,
        (Type::Array(old), Type::Array(new))
        | (Type::Map(old), Type::Map(new))
        | (Type::List(old), Type::List(new)) => is_same(all, old, new),
        (Type::Named(old), Type::Named(new)) => all.is_same(*old, *new),
        _ => false,
    }
}

/// A type as it is written.
pub(super) fn written(contract: &Contract, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => scalar.word().to_owned(),
        Type::Array(item) => format!("array<{}>", written(contract, item)),
        Type::Map(item) => format!("map<{}>", written(contract, item)),
        Type::List(item) => format!("list<{}>", written(contract, item)),
        Type::Named(id) => contract.type_def(*id).name.value.clone(),
    }
}

fn fit(written: Typed<'_>, read: Typed<'_>, depth: u8) -> Fit {
    let Some(deeper) = depth.checked_sub(1) else { return Fit::Partly };
    let inside =
        |written_item, read_item| fit(Typed { ty: written_item, ..written }, Typed { ty: read_item, ..read }, deeper);
    match (written.ty, read.ty) {
        (Type::Scalar(from), Type::Scalar(into)) => scalars(*from, *into),
        (Type::Array(from), Type::Array(into)) | (Type::Map(from), Type::Map(into)) => inside(from, into),
        (Type::List(from), Type::List(into)) => item_texts(Typed { ty: from, ..written }, Typed { ty: into, ..read }),
        (Type::Map(_), Type::Scalar(Scalar::Object)) => Fit::Wholly,
        (Type::Scalar(Scalar::Object), Type::Map(_)) => Fit::Partly,
        (Type::List(_), Type::Scalar(Scalar::String | Scalar::StringOrNumber)) => Fit::Wholly,
        (Type::Scalar(Scalar::String), Type::List(into)) => {
            item_texts(Typed { ty: &Type::Scalar(Scalar::String), ..written }, Typed { ty: into, ..read })
        }
        (Type::Scalar(Scalar::StringOrNumber), Type::List(_)) => Fit::Partly,
        (Type::Named(from), _) => match (def(written.contract, *from), read.ty) {
            (from, Type::Named(into)) => named(written, from, read, def(read.contract, *into), deeper),
            (TypeKind::Record(_), Type::Scalar(Scalar::Object)) => Fit::Wholly,
            (TypeKind::Record(_), Type::Map(_)) => Fit::Partly,
            (TypeKind::Enum { .. }, Type::Scalar(Scalar::String | Scalar::StringOrNumber)) => Fit::Wholly,
            (TypeKind::Enum { .. }, Type::List(_)) => Fit::Partly,
            _ => Fit::Never,
        },
        (_, Type::Named(into)) => match (written.ty, def(read.contract, *into)) {
            (Type::Scalar(Scalar::Object) | Type::Map(_), TypeKind::Record(_)) => Fit::Partly,
            (Type::Scalar(Scalar::String), TypeKind::Enum { openness: Openness::Open, .. }) => Fit::Wholly,
            (Type::Scalar(Scalar::String | Scalar::StringOrNumber) | Type::List(_), TypeKind::Enum { .. }) => {
                Fit::Partly
            }
            _ => Fit::Never,
        },
        _ => Fit::Never,
    }
}

fn scalars(from: Scalar, into: Scalar) -> Fit {
    use Scalar::{Float, Int32, Int64, String, StringOrNumber};
    match (from, into) {
        (from, into) if from == into => Fit::Wholly,
        (Int32, Int64 | Float | StringOrNumber)
        | (Int64, Float | StringOrNumber)
        | (String | Float, StringOrNumber) => Fit::Wholly,
        (Int64, Int32) | (Float, Int32 | Int64) | (StringOrNumber, String | Int32 | Int64 | Float) => Fit::Partly,
        _ => Fit::Never,
    }
}

/// Items of a comma-separated list are texts, whatever they mean.
fn item_texts(written: Typed<'_>, read: Typed<'_>) -> Fit {
    match (written.ty, read.ty) {
        (_, Type::Scalar(Scalar::String | Scalar::StringOrNumber)) => Fit::Wholly,
        (Type::Scalar(from), Type::Scalar(into)) => match scalars(*from, *into) {
            Fit::Never => Fit::Partly,
            fit => fit,
        },
        (Type::Named(from), Type::Named(into)) => {
            enums(def(written.contract, *from), def(read.contract, *into)).unwrap_or(Fit::Partly)
        }
        (_, Type::Named(into))
            if matches!(def(read.contract, *into), TypeKind::Enum { openness: Openness::Open, .. }) =>
        {
            Fit::Wholly
        }
        _ => Fit::Partly,
    }
}

fn named(written: Typed<'_>, from: &TypeKind, read: Typed<'_>, into: &TypeKind, depth: u8) -> Fit {
    let (TypeKind::Record(from), TypeKind::Record(into)) = (from, into) else {
        return enums(from, into).unwrap_or(Fit::Never);
    };
    let member = |wanted: &wcs_contract::model::Parameter| {
        let found = from.iter().find(|member| member.name.value == wanted.name.value);
        let pair = found.map(|found| (Typed { ty: &found.ty, ..written }, Typed { ty: &wanted.ty, ..read }));
        // A member that is not there reads as absent.
        pair.map_or(Fit::Partly, |(written, read)| fit(written, read, depth).max(Fit::Partly))
    };
    into.iter().map(member).min().unwrap_or(Fit::Wholly)
}

fn enums(from: &TypeKind, into: &TypeKind) -> Option<Fit> {
    let (TypeKind::Enum { values: from, openness: unlisted }, TypeKind::Enum { values: into, openness }) = (from, into)
    else {
        return None;
    };
    let known = |word: &str| {
        into.iter().any(|value| value.wire.value == word || value.aliases.iter().any(|(alias, _)| alias.value == word))
    };
    let all_known = from.iter().all(|value| known(&value.wire.value)) && *unlisted == Openness::Closed;
    Some(if *openness == Openness::Open || all_known { Fit::Wholly } else { Fit::Partly })
}

fn def(contract: &Contract, id: TypeId) -> &TypeKind {
    let def: &TypeDef = contract.type_def(id);
    &def.kind
}
