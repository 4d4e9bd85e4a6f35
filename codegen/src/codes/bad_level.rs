//! A level is given to a rule that does not exist, or an error by nature is to be lowered.
//!
//! ## Why
//!
//! A misspelt rule stays as it was, unnoticed. What is an error by nature would break what is generated.
//!
//! ## Example
//!
//! ```yaml
//! lint:
//!   levels:
//!     unused-parametre: note
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! lint:
//!   levels:
//!     unused-parameter: note
//! ```
//!
//! ## What to do
//!
//! Correct the name; `wcs rules` lists names, codes and levels. An error by nature has to be mended.

crate::rule::rule!("bad_level.rs", "W0901", "bad-level", Language, Error, Sometimes);
