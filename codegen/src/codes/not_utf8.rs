//! A file is not UTF-8.
//!
//! ## Why
//!
//! Its letters can't be told apart. Old editors save in the encoding of their own machine.
//!
//! ## Example
//!
//! ```text
//! doc: Stra<byte DF>e
//! ```
//!
//! ## Instead
//!
//! ```text
//! doc: Straße
//! ```
//!
//! ## What to do
//!
//! Save the file as UTF-8; the message says where the first wrong byte is.

crate::rule::rule!("not_utf8.rs", "W0118", "not-utf8", Yaml, Error, Never);
