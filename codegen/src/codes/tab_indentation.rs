//! A tab stands where a line is indented.
//!
//! ## Why
//!
//! YAML counts spaces. How wide a tab is nobody can say, so that what belongs to what stays open.
//!
//! ## Example
//!
//! ```text
//! hooks:
//! <tab>start:
//! <tab><tab>type: direct
//! ```
//!
//! ## Instead
//!
//! ```text
//! hooks:
//!   start:
//!     type: direct
//! ```
//!
//! ## What to do
//!
//! Indent with spaces; most editors do it when they are told so for YAML.

crate::rule::rule!("tab_indentation.rs", "W0113", "tab-indentation", Yaml, Error, Never);
