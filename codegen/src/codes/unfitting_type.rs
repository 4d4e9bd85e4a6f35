//! What is named here exists, but can't stand here.
//!
//! ## Why
//!
//! The policy of a session is an object with members of its own, so that only a record describes it.
//!
//! ## Example
//!
//! ```text
//! types:
//!   Policy: {doc: What is done with a hook., enum: closed, values: {NOTIFY: {doc: It is sent.}}}
//! sender:
//!   session_policy:
//!     record: Policy
//! ```
//!
//! ## Instead
//!
//! ```text
//! types:
//!   Policy:
//!     doc: What is done with a hook.
//!     record:
//!       policy: {type: string, doc: The word that says so.}
//! sender:
//!   session_policy:
//!     record: Policy
//! ```
//!
//! ## What to do
//!
//! Name a record with the members that `session_policy` lists.

crate::rule::rule!("unfitting_type.rs", "W0210", "unfitting-type", Types, Error, Never);
