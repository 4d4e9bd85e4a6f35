//! A parameter has neither a type of its own nor one that it inherits.
//!
//! ## Why
//!
//! Without a type nothing can read it.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     parameters:
//!       bitrate: {doc: Rate of the video in kilobits a second.}
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     parameters:
//!       bitrate: {type: int32, doc: Rate of the video in kilobits a second.}
//! ```
//!
//! ## What to do
//!
//! Give it a `type`, or declare a shared parameter of the same name under `parameters`.

crate::rule::rule!("missing_type.rs", "W0205", "missing-type", Types, Error, Never);
