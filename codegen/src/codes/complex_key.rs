//! A key is a collection, or a value has no key.
//!
//! ## Why
//!
//! Keys are names. Most often a text that starts with a bracket lacks its quotes.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     ? [a, b]
//!     : c
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//! ```
//!
//! ## What to do
//!
//! Write a single word before the colon, in quotes if it starts with a bracket.

crate::rule::rule!("complex_key.rs", "W0117", "complex-key", Yaml, Error, Never);
