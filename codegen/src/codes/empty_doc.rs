//! A text for people is empty.
//!
//! ## Why
//!
//! The text is what a reader gets in the documents, in Rust and in other languages. An empty one says that nobody knows.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     summary: ""
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     summary: A client wants to publish a stream.
//! ```
//!
//! ## What to do
//!
//! Say in a sentence what a reader needs to know.

crate::rule::rule!("empty_doc.rs", "W0108", "empty-doc", Docs, Error, Never);
