//! A comment allows something that is not told on its line.
//!
//! ## Why
//!
//! The mistake is mended, or the comment stands at the wrong line. It would hide the next one.
//!
//! ## Example
//!
//! ```yaml
//! parameters:
//!   name: {type: string, doc: What the stream is called.} # wcs:allow unused-parameter -- the next release sends it
//! hooks:
//!   start:
//!     type: direct
//!     parameters: {name: {}}
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! parameters:
//!   name: {type: string, doc: What the stream is called.}
//! hooks:
//!   start:
//!     type: direct
//!     parameters: {name: {}}
//! ```
//!
//! ## What to do
//!
//! Remove the comment, or move it to the line that it was meant for. `wcs check --fix` removes it, unless there are errors
//! or the rule reports something else in the same file.

crate::rule::rule!("unused_allow.rs", "W0903", "unused-allow", Language, Warning, Sometimes);
