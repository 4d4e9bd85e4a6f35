//! The language has no such key at this place.
//!
//! ## Why
//!
//! A key that nobody reads is a fact that gets lost. Most often it is misspelt, or stands one level too deep.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     sumary: A client wants to publish.
//!     summary: A client wants to publish.
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
//! Write the key that the help names, or one of those that it lists. Editors that know `schema/hook-schema.json` complete
//! them.

crate::rule::rule!("unknown_key.rs", "W0104", "unknown-key", Language, Error, Sometimes);
