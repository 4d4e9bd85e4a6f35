//! A YAML file lies in the contract's folder, but the root does not list it.
//!
//! ## Why
//!
//! Nothing in it counts, although it looks as if it did.
//!
//! ## Example
//!
//! ```text
//! # contract.yaml, with hooks/streams.yaml beside it
//! contract:
//!   name: demo
//!   title: Demo hooks
//!   version: 1.0.0
//!   doc: Hooks of a small media server.
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
//! List it under `contract.files`, or move it out of the folder.

crate::rule::rule!("file_not_listed.rs", "W0111", "file-not-listed", Yaml, Warning, Never);
