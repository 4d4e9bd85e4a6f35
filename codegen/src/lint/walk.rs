//! Ways through the model that several rules go.

use crate::model::{Contract, EnumValue, Known, Parameter, TypeDef, TypeKind};

/// Members that stand beside each other: those of each hook, then those of each record.
pub(super) fn scopes(contract: &Contract) -> impl Iterator<Item = &[Parameter]> {
    let hooks = contract.hooks.iter().map(|hook| hook.parameters.as_slice());
    let records = contract.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Record(members) => Some(members.as_slice()),
        TypeKind::Enum { .. } => None,
    });
    hooks.chain(records)
}

/// The values of an enum; none of a record.
pub(super) fn values(def: &TypeDef) -> &[EnumValue] {
    match &def.kind {
        TypeKind::Record(_) => &[],
        TypeKind::Enum { values, .. } => values,
    }
}

/// Whether all of a contract could be read and resolved, so that what is not used is used nowhere.
pub(super) fn is_whole(contract: &Contract) -> bool {
    contract.hooks_known == Known::Wholly
        && contract.types.iter().all(|def| def.known == Known::Wholly)
        && contract.hooks.iter().all(|hook| hook.broken.is_empty())
}
