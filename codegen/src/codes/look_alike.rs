//! A character is not what it looks like: a space that is none, quotes of a word processor, a lone carriage return.
//!
//! ## Why
//!
//! Nobody sees it. To YAML such a space is a letter, so that a key with one is another key, and such quotes are a part of
//! the text. A carriage return alone ends a line for some programs and not for others.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     console: “begin”
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     console: "begin"
//! ```
//!
//! ## What to do
//!
//! Type plain spaces, straight quotes and plain line ends; `wcs check --fix` does it for spaces and line ends. If the
//! character is meant, put the whole text into straight quotes.

crate::rule::rule!("look_alike.rs", "W0119", "look-alike", Yaml, Error, Sometimes);
