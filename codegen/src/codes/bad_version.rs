//! A version is written as numbers with dots between them, and what ends does not end before it begins.
//!
//! ## Why
//!
//! Versions are compared, number by number. Of anything else nobody can say which is newer.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     since: "5.x"
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     since: "5.2"
//! ```
//!
//! ## What to do
//!
//! Write numbers with dots between them, in quotes; swap `since` and `until` if they are in the wrong order.

crate::rule::rule!("bad_version.rs", "W0211", "bad-version", Versions, Error, Never);
