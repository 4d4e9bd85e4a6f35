//! The table of all kinds of changes, and the comparison that applies it.

use wcs_contract::model::Contract;
use wcs_contract::source::Sources;

use crate::change::{Change, Changes, Owner};
use crate::compare::{Comparison, HookPair, TypePair};
use crate::part::{Find, Part};
use crate::rule::ChangeRule;
use crate::{
    advice, alias, approvals, base_path, by_release, client, command, condition, context, contract, default, deny,
    direction, enums, error_effect, follow_up, hook, hook_type, lifetime, limit, member, member_type, order,
    overwriting, policy, presence, rename, sender, sensitivity, setting, shape, signature, text, types, value,
};

/// All parts.
static PARTS: &[&Part] = &[
    &hook::PART,
    &alias::OF_HOOK,
    &hook_type::PART,
    &deny::PART,
    &setting::OF_HOOK,
    &follow_up::PART,
    &contract::OF_HOOK,
    &shape::PART,
    &member::OF_HOOK,
    &member::OF_RECORD,
    &member::RENAMED,
    &alias::OF_MEMBER,
    &member_type::PART,
    &presence::PART,
    &direction::PART,
    &overwriting::PART,
    &client::PART,
    &sensitivity::PART,
    &limit::PART,
    &condition::PART,
    &default::PART,
    &context::PART,
    &order::PART,
    &order::OF_HOOK,
    &order::OF_TYPE,
    &types::PART,
    &types::OF_BOTH,
    &enums::PART,
    &value::PART,
    &value::OF_BOTH,
    &alias::OF_VALUE,
    &base_path::PART,
    &sender::PART,
    &signature::PART,
    &policy::PART,
    &setting::PART,
    &command::PART,
    &error_effect::PART,
    &lifetime::OF_HOOK,
    &lifetime::OF_MEMBER,
    &lifetime::OF_VALUE,
    &by_release::OF_MEMBER,
    &by_release::OF_VALUE,
    &contract::PART,
    &text::PART,
    &text::OF_HOOK,
    &text::OF_TYPE,
    &text::OF_MEMBER,
    &text::OF_VALUE,
];

/// All kinds of changes, in the order of their codes.
pub fn rules() -> Vec<&'static ChangeRule> {
    let mut rules: Vec<&ChangeRule> = PARTS.iter().flat_map(|part| part.rules).copied().collect();
    rules.extend(rename::RULES);
    rules.extend(advice::RULES);
    rules.extend(approvals::RULES);
    rules.sort_by_key(|rule| rule.rule.code);
    rules.dedup_by_key(|rule| rule.rule.code);
    rules
}

/// All differences: hooks in the order of the new contract, then types, the sender, the contract; the worst first in each.
///
/// Both contracts must have been read into the same sources, by [`wcs_contract::read`].
pub fn compare(old: &Contract, new: &Contract, sources: &Sources) -> Vec<Change> {
    let all = Comparison::of(old, new);
    let mut changes = Changes::default();
    let hooks: Vec<HookPair<'_>> = all.hook_pairs().collect();
    let types: Vec<TypePair<'_>> = all.type_pairs().collect();
    for part in PARTS {
        match part.find {
            Find::Contract(find) => find(&all, &mut changes),
            Find::Hook(find) => hooks.iter().for_each(|hook| find(hook, &mut changes)),
            Find::Type(find) => types.iter().for_each(|def| find(def, &mut changes)),
            Find::Member(find) => {
                hooks.iter().flat_map(HookPair::member_pairs).for_each(|member| find(&member, &mut changes));
                types.iter().flat_map(|def| def.member_pairs(&all)).for_each(|member| find(&member, &mut changes));
            }
            Find::Value(find) => {
                types.iter().flat_map(TypePair::value_pairs).for_each(|value| find(&value, &mut changes));
            }
        }
    }
    rename::suspect(&all, sources, &mut changes);
    let mut changes = changes.into_merged();
    let place = |change: &Change| match &change.owner {
        Owner::Hook(name) => (0, new.hooks.iter().position(|hook| hook.name.value == *name).unwrap_or(new.hooks.len())),
        Owner::Hooks => (1, 0),
        Owner::Type(name) => (2, new.types.iter().position(|def| def.name.value == *name).unwrap_or(new.types.len())),
        Owner::Sender => (3, 0),
        Owner::Contract => (4, 0),
    };
    changes.sort_by_key(|change| (place(change), std::cmp::Reverse(change.impact())));
    changes
}
