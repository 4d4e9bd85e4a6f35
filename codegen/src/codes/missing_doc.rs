//! A parameter has neither a text of its own nor one that it inherits.
//!
//! ## Why
//!
//! A member that nobody explains is one that everybody guesses at.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     parameters:
//!       bitrate: {type: int32}
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     parameters:
//!       bitrate: {type: int32, doc: Rate of the video in kilobits a second; 0 if there is none.}
//! ```
//!
//! ## What to do
//!
//! Say under `doc` what it means: unit, range, default.

crate::rule::rule!("missing_doc.rs", "W0204", "missing-doc", Docs, Error, Never);
