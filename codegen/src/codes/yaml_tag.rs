//! A value has a tag.
//!
//! ## Why
//!
//! Tags make readers of YAML build objects of their own languages. A contract has plain values only.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: !!str direct
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//! ```
//!
//! ## What to do
//!
//! Remove the tag.

crate::rule::rule!("yaml_tag.rs", "W0115", "yaml-tag", Yaml, Error, Never);
