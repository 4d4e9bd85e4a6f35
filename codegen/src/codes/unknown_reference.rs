//! A name refers to something that is declared nowhere.
//!
//! ## Why
//!
//! Parameters, types, hooks, groups, documents, settings and values are named where they are used. A name that nothing
//! stands behind is a slip, or something was removed.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     leads_to: [startd]
//!   started:
//!     type: event
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     leads_to: [started]
//!   started:
//!     type: event
//! ```
//!
//! ## What to do
//!
//! Correct the name, or declare what it means.

crate::rule::rule!("unknown_reference.rs", "W0201", "unknown-reference", Names, Error, Sometimes);
