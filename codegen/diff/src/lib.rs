//! Two contracts compared, and every difference judged from the receiver's seat.
//!
//! A request is made by the owner of the contract, and an answer is what the owner consumes. So a member that goes away
//! breaks who reads it in requests, and one that is added does not; in answers it is the other way round. Each change is
//! judged for three audiences ([`Audience`]): the wire, Rust source, other languages.
//!
//! Models are compared, not texts. One kind of change is one file with its rules and their manual pages, and one row in
//! the table; each rule names its mirror, which is what the same edit is when it is undone.

pub mod advice;
pub mod approvals;
mod change;
pub mod changelog;
mod compare;
mod fits;
mod pair;
mod rename;
pub mod render;
mod rule;
mod usage;
mod verdict;

mod alias;
mod base_path;
mod by_release;
mod client;
mod command;
mod condition;
mod context;
mod contract;
mod default;
mod deny;
mod direction;
mod enums;
mod error_effect;
mod follow_up;
mod hook;
mod hook_type;
mod lifetime;
mod limit;
mod member;
mod member_type;
mod order;
mod overwriting;
mod policy;
mod presence;
mod sender;
mod sensitivity;
mod setting;
mod shape;
mod signature;
mod text;
mod types;
mod value;

pub use change::{Change, Owner};
pub use rule::{ChangeRule, Mirror};
pub use verdict::{Audience, Impact, Sides, Verdict};

use change::Changes;
use compare::{Comparison, HookPair, MemberPair, TypePair, ValuePair};

use wcs_contract::model::Contract;
use wcs_contract::source::Sources;

/// A kind of change, or a few that belong together: the rules, and what finds them.
struct Part {
    rules: &'static [&'static ChangeRule],
    find: Find,
}

/// What finds changes, by what it looks at.
enum Find {
    Contract(fn(&Comparison<'_>, &mut Changes)),
    Hook(fn(&HookPair<'_>, &mut Changes)),
    Type(fn(&TypePair<'_>, &mut Changes)),
    Member(fn(&MemberPair<'_>, &mut Changes)),
    Value(fn(&ValuePair<'_>, &mut Changes)),
}

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
