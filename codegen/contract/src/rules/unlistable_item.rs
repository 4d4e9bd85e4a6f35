use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Scalar, Type, TypeKind};

crate::rule! {
    /// The items of a `list` can't stand between commas.
    ///
    /// ## Why
    ///
    /// A `list<…>` is one string with commas. Records, arrays and objects have no place in it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   Track:
    ///     doc: A track of a stream.
    ///     record:
    ///       number: {type: int32, doc: "Its number, from 1."}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       tracks: {type: list<Track>, doc: The tracks of the stream.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   Track:
    ///     doc: A track of a stream.
    ///     record:
    ///       number: {type: int32, doc: "Its number, from 1."}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       tracks: {type: array<Track>, doc: The tracks of the stream.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Write `array<…>`, or make the items scalars or an enum.
    pub(super) RULE { code: "W0510", name: "unlistable-item", category: Types, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for member in walk::scopes(contract).flatten() {
        if has_unlistable(contract, &member.ty) {
            let message = format!("the items of `{}` can't stand in one text with commas", member.name.value);
            findings.push(
                Diagnostic::new(RULE, member.name.span, message).help("write `array<…>`, or list scalars or an enum"),
            );
        }
    }
}

fn has_unlistable(contract: &Contract, ty: &Type) -> bool {
    match ty {
        Type::Scalar(_) | Type::Named(_) => false,
        Type::Array(item) | Type::Map(item) => has_unlistable(contract, item),
        Type::List(item) => match &**item {
            Type::Scalar(scalar) => *scalar == Scalar::Object,
            Type::Named(id) => matches!(contract.type_def(*id).kind, TypeKind::Record(_)),
            Type::Array(_) | Type::Map(_) | Type::List(_) => true,
        },
    }
}
