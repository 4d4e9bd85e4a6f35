//! A word without quotes is `true`, `false` or a number for other readers of YAML.
//!
//! ## Why
//!
//! Readers of YAML 1.1 take `no` for false, `1:30` for 90 and `012` for 10. A script or an editor that writes the file back
//! changes the contract.
//!
//! ## Example
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     parameters:
//!       country: {type: string, doc: Where the client is., example: no}
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! hooks:
//!   start:
//!     type: direct
//!     parameters:
//!       country: {type: string, doc: Where the client is., example: "no"}
//! ```
//!
//! ## What to do
//!
//! Put it into quotes.

crate::rule::rule!("ambiguous_word.rs", "W0112", "ambiguous-word", Yaml, Warning, Sometimes);
