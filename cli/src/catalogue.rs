//! The rules of all verbs: of `check`, then the kinds of changes of `diff`, then the kinds of drift.

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
