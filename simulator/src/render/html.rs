//! A page with a sequence diagram.

use wcs_codegen::model::Contract;

use crate::trace::Entry;

/// The page.
#[must_use]
pub fn page(_contract: &Contract, _entries: &[Entry]) -> String {
    String::new()
}
