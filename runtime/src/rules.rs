//! Rules across members: one that is used, or sent, if another one has some value.

use std::borrow::Cow;

use crate::descriptor::Rule;
use crate::value::{FromJson as _, Json};

/// Whether the other member has one of the values.
pub(crate) fn holds(rule: &Rule, other: Option<&str>) -> bool {
    other.is_some_and(|other| rule.is.iter().any(|value| same(value, other)))
}

/// Whether two JSON texts say the same: strings may be escaped, numbers written in several ways.
fn same(one: &str, other: &str) -> bool {
    let text = |json| Cow::<str>::from_json(Json::new(json));
    let number = |json| f64::from_json(Json::new(json));
    one == other
        || text(one).is_some_and(|one| text(other).is_some_and(|other| one == other))
        || number(one).is_some_and(|one| number(other).is_some_and(|other| one == other))
}

/// Whether a value is what senders write for nothing: such a one is not used, whatever the rule says.
pub(crate) fn is_unset(json: &[u8]) -> bool {
    matches!(json, b"null" | b"false" | b"\"\"" | b"0" | b"0.0" | b"{}" | b"[]")
}

pub(crate) fn in_words(rule: &Rule) -> String {
    format!("`{}` is {}", rule.member, rule.is.join(" or "))
}
