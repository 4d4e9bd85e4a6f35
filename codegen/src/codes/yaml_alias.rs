//! Anchors, aliases and merge keys are refused.
//!
//! ## Why
//!
//! They hide where a fact stands, other tools support them in part only, and a few lines of them can unfold to gigabytes.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     parameters:
//!       name: &name {type: string, doc: What the stream is called.}
//!       other: *name
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! parameters:
//!   name: {type: string, doc: What the stream is called.}
//! hooks:
//!   start:
//!     type: direct
//!     parameters:
//!       name: {}
//! ```
//!
//! ## What to do
//!
//! Declare a shared parameter or a type once and name it, or write the value out at each place.

crate::rule::rule!("yaml_alias.rs", "W0103", "yaml-alias", Yaml, Error, Never);
