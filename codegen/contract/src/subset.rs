//! A part of a contract: some hooks are left out, and nothing that stays refers to them.

use std::collections::{HashMap, HashSet};

use crate::model::{Contract, Flow, Hook, HookId, Name, Parameter, ScenarioStep, Step, Type, TypeId, TypeKind};

/// A contract without the hooks that its overlays hide.
pub(crate) fn without_hidden(mut contract: Contract) -> Contract {
    let hidden = std::mem::take(&mut contract.hidden);
    if !hidden.is_empty() {
        let names: HashSet<String> = hidden.iter().map(|id| contract.hook(*id).name.value.clone()).collect();
        keep_hooks(&mut contract, |hook| !names.contains(&hook.name.value));
    }
    contract
}

/// Leaves out the hooks that are not wanted, and what is about them alone: groups and types that only they used, flows
/// that can't go without them, problems that concern no others.
pub(crate) fn keep_hooks(contract: &mut Contract, wanted: impl Fn(&Hook) -> bool) {
    let used_types = reachable(contract);
    let used_groups: HashSet<String> = contract.hooks.iter().map(|hook| hook.group.value.clone()).collect();
    let mut places: HashMap<HookId, HookId> = HashMap::new();
    let mut kept = Vec::new();
    for (at, hook) in std::mem::take(&mut contract.hooks).into_iter().enumerate() {
        if wanted(&hook) {
            places.insert(HookId(at), HookId(kept.len()));
            kept.push(hook);
        }
    }
    contract.hooks = kept;
    contract.hooks_by_name.retain(|_, id| match places.get(id) {
        Some(place) => {
            *id = *place;
            true
        }
        None => false,
    });
    for hook in &mut contract.hooks {
        hook.leads_to = hook.leads_to.iter().filter_map(|id| places.get(id).copied()).collect();
        hook.error_event = hook.error_event.take().and_then(|(id, event)| Some((*places.get(&id)?, event)));
    }
    let names = &contract.hooks_by_name;
    let exists = |name: &Name| names.contains_key(&name.value);
    for hook in &mut contract.hooks {
        if let Some(deprecated) = &mut hook.lifetime.deprecated {
            deprecated.replacement = deprecated.replacement.take().filter(exists);
        }
    }
    contract.flows.retain_mut(|(_, flow)| still_goes(flow, exists));
    let flows: HashSet<&str> = contract.flows.iter().map(|(name, _)| name.value.as_str()).collect();
    contract.scenarios.retain_mut(|(_, scenario)| {
        scenario.plays.retain(|flow| flows.contains(flow.value.as_str()));
        drop_steps(&mut scenario.steps, &exists);
        !scenario.steps.is_empty()
    });
    contract.troubleshooting.retain_mut(|(_, trouble)| {
        let concerned_all = trouble.hooks.is_empty();
        trouble.hooks.retain(exists);
        concerned_all || !trouble.hooks.is_empty()
    });
    let still_used: HashSet<&str> = contract.hooks.iter().map(|hook| hook.group.value.as_str()).collect();
    contract.groups.retain(|(name, _)| still_used.contains(name.value.as_str()) || !used_groups.contains(&name.value));
    drop_types(contract, &used_types);
}

/// Leaves out the steps that can't happen; whether the flow goes on without them, as they happened at times only.
fn still_goes(flow: &mut Flow, exists: impl Fn(&Name) -> bool) -> bool {
    let is_needed = |step: &Step| step.when.is_none() && !exists(&step.hook);
    if flow.steps.iter().any(is_needed) {
        return false;
    }
    flow.steps.retain(|step| exists(&step.hook));
    !flow.steps.is_empty()
}

/// Leaves out steps that can't happen, with what follows from them.
fn drop_steps(steps: &mut Vec<ScenarioStep>, exists: &impl Fn(&Name) -> bool) {
    steps.retain(|step| exists(&step.hook));
    for step in steps {
        step.then.iter_mut().for_each(|then| drop_steps(then, exists));
        drop_steps(&mut step.otherwise, exists);
    }
}

/// Records and enums that a body or the session policy may hold.
pub(crate) fn reachable(contract: &Contract) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    let mut open: Vec<TypeId> = Vec::new();
    contract.hooks.iter().flat_map(|hook| &hook.parameters).for_each(|member| member_types(member, &mut open));
    if let Some(policy) = contract.session_policy() {
        let record = contract.types.iter().position(|def| def.name.value == policy.record.value);
        open.extend(record.map(TypeId));
    }
    while let Some(id) = open.pop() {
        if found.insert(id)
            && let TypeKind::Record(members) = &contract.type_def(id).kind
        {
            members.iter().for_each(|member| member_types(member, &mut open));
        }
    }
    found
}

fn member_types(member: &Parameter, found: &mut Vec<TypeId>) {
    found.extend(named(&member.ty));
    found.extend(member.by_release.iter().filter_map(|said| named(&said.ty.as_ref()?.0)));
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Scalar(_) => None,
        Type::Array(item) | Type::Map(item) | Type::List(item) => named(item),
        Type::Named(id) => Some(*id),
    }
}

/// Leaves out types that were in use and no longer are.
pub(crate) fn drop_types(contract: &mut Contract, used: &HashSet<TypeId>) {
    let still_used = reachable(contract);
    let mut places: HashMap<TypeId, TypeId> = HashMap::new();
    let mut kept = Vec::new();
    for (at, def) in std::mem::take(&mut contract.types).into_iter().enumerate() {
        if still_used.contains(&TypeId(at)) || !used.contains(&TypeId(at)) {
            places.insert(TypeId(at), TypeId(kept.len()));
            kept.push(def);
        }
    }
    contract.types = kept;
    let move_type = |ty: &mut Type| {
        let mut inner = ty;
        while let Type::Array(item) | Type::Map(item) | Type::List(item) = inner {
            inner = item;
        }
        if let Type::Named(id) = inner {
            *id = places.get(id).copied().unwrap_or(*id);
        }
    };
    let records = contract.types.iter_mut().filter_map(|def| match &mut def.kind {
        TypeKind::Record(members) => Some(members),
        TypeKind::Enum { .. } => None,
    });
    let hooks = contract.hooks.iter_mut().map(|hook| &mut hook.parameters);
    for member in records.chain(hooks).flatten() {
        move_type(&mut member.ty);
        member.by_release.iter_mut().filter_map(|said| said.ty.as_mut()).for_each(|(ty, _)| move_type(ty));
    }
}
