//! A file of the contract can't be read, is not UTF-8, or is too large.
//!
//! ## Why
//!
//! Nothing is known of what it declares, so that references to it look like mistakes.
//!
//! ## Example
//!
//! ```text
//! contract:
//!   name: demo
//!   title: Demo hooks
//!   version: 1.0.0
//!   doc: Hooks of a small media server.
//!   files: [hooks/misspelt.yaml]
//! ```
//!
//! ## Instead
//!
//! ```text
//! contract:
//!   name: demo
//!   title: Demo hooks
//!   version: 1.0.0
//!   doc: Hooks of a small media server.
//!   files: [hooks/streams.yaml]
//! ```
//!
//! ## What to do
//!
//! Correct the path, which is relative to the file that lists it; save the file as UTF-8; divide it if it is too large.

crate::rule::rule!("unreadable_file.rs", "W0109", "unreadable-file", Yaml, Error, Never);
