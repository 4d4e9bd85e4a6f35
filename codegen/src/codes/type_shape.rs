//! A type is either a record or an enum, and has at least one member or value.
//!
//! ## Why
//!
//! A type that is neither or both has no JSON.
//!
//! ## Example
//!
//! ```yaml
//! types:
//!   State:
//!     doc: What a stream does.
//!     values:
//!       NEW: {doc: It has been made.}
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
//!       NEW: {doc: It has been made.}
//! hooks:
//!   start:
//!     type: direct
//!     parameters: {state: {type: State, doc: What the stream does.}}
//! ```
//!
//! ## What to do
//!
//! Give it `record:` with members, or `enum: open` (or `closed`) and `values:`.

crate::rule::rule!("type_shape.rs", "W0209", "type-shape", Types, Error, Never);
