//! Session policies that pages show as examples.

use serde_json::{Map, Value};
use wcs_contract::model::{Contract, DenyEffect, Hook, Parameter, SessionPolicy};

/// The first hook that can be forbidden, the first with a member to replace, the first whose denial ends a stream.
pub(super) struct Chosen<'a> {
    pub(super) forbidden: Option<&'a Hook>,
    pub(super) replaced: Option<(&'a Hook, &'a Parameter)>,
    pub(super) ended: Option<&'a Hook>,
}

pub(super) fn chosen(contract: &Contract) -> Chosen<'_> {
    let mut others = contract.hooks.iter().filter(|hook| !hook.kind.is_opening());
    let replaced = others.clone().find_map(|hook| {
        let member = hook.parameters.iter().find(|member| member.overwritable.is_some())?;
        Some((hook, member))
    });
    let is_other = |hook: &&Hook| replaced.is_none_or(|(taken, _)| taken.name.value != hook.name.value);
    Chosen {
        forbidden: others.clone().filter(is_other).find(|hook| hook.deny.effect.value == DenyEffect::Forbids),
        replaced,
        ended: others.find(|hook| hook.deny.effect.value == DenyEffect::EndsStream),
    }
}

/// A policy that forbids, replaces and ends.
pub(super) fn example(contract: &Contract, policy: &SessionPolicy) -> Value {
    let Chosen { forbidden, replaced, ended } = chosen(contract);
    let fail = (policy.on_error.member.value.as_str(), policy.on_error.fail.value.as_str());
    let fails = [fail];
    let overwrite = replaced.map(|(hook, member)| {
        let word = (policy.policy.member.value.as_str(), policy.policy.overwrite.value.as_str());
        (hook.name.value.as_str(), [fail, word, (policy.overwrite.value.as_str(), member.name.value.as_str())])
    });
    let mut entries: Vec<(&str, &[(&str, &str)])> = Vec::new();
    entries.extend(forbidden.map(|hook| (hook.name.value.as_str(), &fails[..])));
    entries.extend(overwrite.iter().map(|(hook, entry)| (*hook, &entry[..])));
    entries.extend(ended.map(|hook| (hook.name.value.as_str(), &fails[..])));
    policy_json(policy, &entries)
}

/// A session policy in JSON, the member around it included.
pub(super) fn policy_json(policy: &SessionPolicy, entries: &[(&str, &[(&str, &str)])]) -> Value {
    let object = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    let hooks: Map<_, _> = entries.iter().map(|(hook, entry)| ((*hook).to_owned(), object(entry))).collect();
    Value::Object(Map::from_iter([(policy.member.value.clone(), Value::Object(hooks))]))
}
