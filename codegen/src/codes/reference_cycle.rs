//! A record contains itself.
//!
//! ## Why
//!
//! Such a value would have no end: no program could write it down.
//!
//! ## Example
//!
//! ```yaml
//! types:
//!   Call:
//!     doc: Two people who talk.
//!     record:
//!       parent: {type: Call, doc: The call that it came from.}
//! hooks:
//!   start:
//!     type: direct
//!     parameters: {call: {type: Call, doc: The call to be placed.}}
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! types:
//!   Call:
//!     doc: Two people who talk.
//!     record:
//!       parents: {type: array<Call>, doc: The calls that it came from.}
//! hooks:
//!   start:
//!     type: direct
//!     parameters: {call: {type: Call, doc: The call to be placed.}}
//! ```
//!
//! ## What to do
//!
//! Put an `array<…>` or a `map<…>` in between, or take the member out.

crate::rule::rule!("reference_cycle.rs", "W0203", "reference-cycle", Types, Error, Never);
