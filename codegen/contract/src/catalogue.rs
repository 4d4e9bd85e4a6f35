//! All rules that `check` applies.

use crate::rule::Rule;
use crate::{codes, rules};

/// Every rule that a schema is checked by, in the order of the codes.
pub fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<&Rule> = codes::ALL.iter().copied().chain(rules::rules()).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// A rule that a schema is checked by, by its code or its name.
pub fn find(word: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.is_called(word))
}
