//! The value is of another kind than its key takes.
//!
//! ## Why
//!
//! A key takes a mapping, a sequence, a word, a number, or `true` and `false`. Anything else has no meaning there.
//!
//! ## Example
//!
//! ```yaml
//! parameters:
//!   name: {type: string, doc: What the stream is called., sensitive: "true"}
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
//!   name: {type: string, doc: What the stream is called., sensitive: true}
//! hooks:
//!   start:
//!     type: direct
//!     parameters: {name: {}}
//! ```
//!
//! ## What to do
//!
//! Write what the message expects. Numbers, `true` and `false` stand without quotes; versions and texts that look like
//! numbers stand in quotes.

crate::rule::rule!("wrong_kind.rs", "W0105", "wrong-kind", Language, Error, Sometimes);
