//! Which hooks a record or an enum reaches, and whether requests or answers carry it.

use wcs_contract::model::{Contract, Hook, HookId, Parameter, Type, TypeId, TypeKind};

use super::verdict::Sides;

/// Where each type of a contract is used.
#[derive(Debug)]
pub(super) struct Usage {
    types: Vec<Used>,
}

/// Where a type is used.
#[derive(Debug, Clone, Default)]
pub(super) struct Used {
    /// On which sides.
    pub(super) sides: Sides,
    /// In which hooks, in the order of the contract.
    pub(super) hooks: Vec<HookId>,
}

/// Where a member of a hook stands.
pub(super) fn sides(member: &Parameter) -> Sides {
    Sides { request: member.is_received(), answer: member.is_settable() }
}

impl Usage {
    /// Follows every member of every hook.
    pub(super) fn of(contract: &Contract) -> Self {
        let mut usage = Self { types: vec![Used::default(); contract.types.len()] };
        for (at, hook) in contract.hooks.iter().enumerate() {
            usage.hook(contract, HookId(at), hook);
        }
        usage
    }

    /// Where a type is used.
    pub(super) fn get(&self, id: TypeId) -> Used {
        self.types.get(id.0).cloned().unwrap_or_default()
    }

    fn hook(&mut self, contract: &Contract, id: HookId, hook: &Hook) {
        for member in &hook.parameters {
            self.mark(contract, id, &member.ty, sides(member));
        }
    }

    fn mark(&mut self, contract: &Contract, hook: HookId, ty: &Type, sides: Sides) {
        // Not by recursion through records: a contract may be as deep as it is long.
        let mut open: Vec<TypeId> = named(ty).into_iter().collect();
        while let Some(id) = open.pop() {
            let Some(used) = self.types.get_mut(id.0) else { continue };
            let joined = used.sides.or(sides);
            let known = used.hooks.last() == Some(&hook);
            if known && joined == used.sides {
                continue;
            }
            used.sides = joined;
            if !known {
                used.hooks.push(hook);
            }
            if let TypeKind::Record(members) = &contract.type_def(id).kind {
                open.extend(members.iter().filter_map(|member| named(&member.ty)));
            }
        }
    }
}

/// The record or enum in a type.
pub(super) fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Scalar(_) => None,
        Type::Array(item) | Type::Map(item) | Type::List(item) => named(item),
        Type::Named(id) => Some(*id),
    }
}
