//! The rules that reading and resolving report, by category.

mod docs;
mod examples;
mod language;
mod names;
mod overlays;
mod types;
mod versions;
mod yaml;

pub use docs::{EMPTY_DOC, MISSING_DOC};
pub use examples::{EXAMPLE, SCENARIO};
pub use language::{ALLOW, LEVEL, MISSING_KEY, NO_CONTRACT, UNKNOWN_KEY, UNKNOWN_WORD, UNUSED_ALLOW, WRONG_KIND};
pub use names::{DUPLICATE_NAME, UNKNOWN_REFERENCE};
pub use overlays::{OVERLAY_BASE, OVERLAY_CONTRADICTS, OVERLAY_IDLE};
pub use types::{CYCLE, MISSING_TYPE, TYPE_SHAPE, WRONG_TYPE};
pub use versions::VERSION;
pub use yaml::{
    ALIAS, AMBIGUOUS, COMPLEX_KEY, DEPTH, DOCUMENTS, DUPLICATE_KEY, ENCODING, FILE, LOOK_ALIKE, NOT_LISTED, TAB, TAG,
    YAML,
};

use crate::rule::Rule;

/// Those that reading and resolving report; [`EXAMPLE`] and [`SCENARIO`] belong to checks of the model.
pub(crate) static ALL: &[&Rule] = &[
    YAML,
    DUPLICATE_KEY,
    ALIAS,
    UNKNOWN_KEY,
    WRONG_KIND,
    UNKNOWN_WORD,
    MISSING_KEY,
    EMPTY_DOC,
    FILE,
    NO_CONTRACT,
    NOT_LISTED,
    LOOK_ALIKE,
    UNKNOWN_REFERENCE,
    DUPLICATE_NAME,
    CYCLE,
    MISSING_DOC,
    MISSING_TYPE,
    TYPE_SHAPE,
    WRONG_TYPE,
    VERSION,
    AMBIGUOUS,
    TAB,
    DOCUMENTS,
    TAG,
    DEPTH,
    COMPLEX_KEY,
    ENCODING,
    LEVEL,
    ALLOW,
    UNUSED_ALLOW,
    OVERLAY_BASE,
    OVERLAY_CONTRADICTS,
    OVERLAY_IDLE,
];
