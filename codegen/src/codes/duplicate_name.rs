//! Two declarations have the same name, perhaps in two files, or one is another's alias.
//!
//! ## Why
//!
//! Nobody could tell which of the two is meant by the name, or by the spelling on the wire.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     aliases: {begin: The older spelling.}
//!   begin:
//!     type: direct
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     aliases: {begin: The older spelling.}
//! ```
//!
//! ## What to do
//!
//! Rename or remove one of them.

crate::rule::rule!("duplicate_name.rs", "W0202", "duplicate-name", Names, Error, Never);
