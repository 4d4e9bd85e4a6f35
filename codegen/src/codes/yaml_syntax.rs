//! The file is not YAML at this place.
//!
//! ## Why
//!
//! What follows the mistake can't be read, so nothing can be said about it, and nothing can be generated.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     summary: Start: a client wants to publish.
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     summary: "Start: a client wants to publish."
//! ```
//!
//! ## What to do
//!
//! Mend the place that is shown. Most often a text needs quotes, because it contains `: ` or ` #`, or starts with one of
//! `*&!|>%@{[`; or a line is not indented as deep as its neighbours.

crate::rule::rule!("yaml_syntax.rs", "W0101", "yaml-syntax", Yaml, Error, Sometimes);
