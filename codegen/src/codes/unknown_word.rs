//! The key takes one of a few words, and this is none of them.
//!
//! ## Why
//!
//! The words decide what is generated. One that is not known decides nothing.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: directly
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
//! Write one of the words in the help. Case matters.

crate::rule::rule!("unknown_word.rs", "W0106", "unknown-word", Language, Error, Sometimes);
