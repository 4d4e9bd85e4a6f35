//! The rules that comparing a contract with its sender tells of. One rule, one file, one row.

pub(super) mod citation;
pub(super) mod hook;
pub(super) mod meaning;
pub(super) mod member;
pub(super) mod presence;
pub(super) mod shape;
pub(super) mod unread;
pub(super) mod value;

use wcs_contract::rule::Rule;

static ALL: &[&Rule] =
    &[hook::RULE, member::RULE, value::RULE, shape::RULE, presence::RULE, meaning::RULE, citation::RULE, unread::RULE];

/// All of them.
pub fn rules() -> &'static [&'static Rule] {
    ALL
}
