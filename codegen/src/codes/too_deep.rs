//! The file is nested deeper than any contract.
//!
//! ## Why
//!
//! Nothing in the language is that deep, and readers of the file may run out of memory.
//!
//! ## Example
//!
//! ```text
//! a: [[[[[[[[ and so on, more than 64 levels ]]]]]]]]
//! ```
//!
//! ## Instead
//!
//! ```text
//! a: [1, 2]
//! ```
//!
//! ## What to do
//!
//! Remove the brackets. An example's body that is really so deep is shortened.

crate::rule::rule!("too_deep.rs", "W0116", "too-deep", Yaml, Error, Never);
