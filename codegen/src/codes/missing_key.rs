//! A key that is always needed is absent.
//!
//! ## Why
//!
//! What is generated needs it: a hook without a type has no answer, a type without a text has no documentation.
//!
//! ## Example
//!
//! ```yaml
//! types:
//!   State:
//!     enum: open
//!     values:
//!       NEW: {name: Fresh}
//! hooks:
//!   start:
//!     type: direct
//!     parameters: {state: {type: State, doc: What the stream does.}}
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! types:
//!   State:
//!     doc: What a stream does.
//!     enum: open
//!     values:
//!       NEW: {doc: It has been made., name: Fresh}
//! hooks:
//!   start:
//!     type: direct
//!     parameters: {state: {type: State, doc: What the stream does.}}
//! ```
//!
//! ## What to do
//!
//! Add the keys that the help lists.

crate::rule::rule!("missing_key.rs", "W0107", "missing-key", Language, Error, Never);
