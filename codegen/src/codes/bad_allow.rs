//! A comment that allows a finding gives no reason, or names a rule that does not exist or can't be allowed.
//!
//! ## Why
//!
//! A finding that is hidden without a reason is one that nobody dares to touch later.
//!
//! ## Example
//!
//! ```yaml
//! parameters:
//!   name: {type: string, doc: What the stream is called.} # wcs:allow unused-parameter
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! parameters:
//!   name: {type: string, doc: What the stream is called.} # wcs:allow unused-parameter -- the next release sends it
//! ```
//!
//! ## What to do
//!
//! Write `# wcs:allow CODE -- reason`, at the end of the line that is told of or on a line of its own above it.

crate::rule::rule!("bad_allow.rs", "W0902", "bad-allow", Language, Error, Sometimes);
