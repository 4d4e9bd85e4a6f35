//! The rules of all verbs: of `check`, then the kinds of changes of `diff`, then the kinds of drift.

use serde_json::{Value, json};
use wcs_contract::catalogue;
use wcs_contract::rule::Rule;

/// Every rule, by verb and in the order of the codes.
pub(crate) fn every() -> Vec<&'static Rule> {
    let changes = wcs_diff::rules().into_iter().map(|change| &change.rule);
    catalogue::all().into_iter().chain(changes).chain(wcs_drift::rules().iter().copied()).collect()
}

/// A rule by its code or its name.
pub(crate) fn find(word: &str) -> Option<&'static Rule> {
    every().into_iter().find(|rule| rule.is_called(word))
}

/// A rule for programs.
pub(crate) fn describe(rule: &Rule) -> Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "category": rule.category.word(),
        "level": rule.level.word(),
        "adjustable": !rule.is_fixed(),
        "fixes": rule.fixes.word(),
        "summary": rule.summary(),
        "page": rule.page(),
    })
}
