//! A mapping has the same key twice.
//!
//! ## Why
//!
//! Most readers of YAML take the last one without a word, so that what stands in the first one is lost.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     summary: A client wants to publish.
//!     summary: A client wants to play.
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     summary: A client wants to publish.
//! ```
//!
//! ## What to do
//!
//! Remove one of the two, or rename it if it was meant for something else.

crate::rule::rule!("duplicate_key.rs", "W0102", "duplicate-key", Yaml, Error, Never);
