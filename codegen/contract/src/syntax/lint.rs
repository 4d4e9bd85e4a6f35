//! How a contract wants its findings judged.

use super::Entries;
use super::macros::{syntax, words};
use crate::source::Spanned;

syntax! {
    /// How findings about this contract are judged.
    pub struct LintSyntax {
        /// Levels of rules, by code or name; `wcs rules` lists both. What is an error by nature stays one.
        "levels" => levels: Entries<Spanned<RuleLevel>>,
    }
}

words! {
    /// What a rule's findings are.
    pub enum RuleLevel {
        /// Nothing is generated.
        Error = "error",
        /// Worth a look.
        Warning = "warning",
        /// Good to know.
        Note = "note",
        /// Not told.
        Allow = "allow",
    }
}
