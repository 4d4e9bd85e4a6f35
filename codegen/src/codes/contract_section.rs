//! Exactly one file of a contract has the section `contract`, and each section that stands alone stands once.
//!
//! ## Why
//!
//! The section says what the contract is called and which files belong to it. Without it, or with two, that is open.
//!
//! ## Example
//!
//! ```text
//! groups:
//!   media: {title: Media, doc: Streams that clients publish.}
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
//! groups:
//!   media: {title: Media, doc: Streams that clients publish.}
//! ```
//!
//! ## What to do
//!
//! Add the section to the root file, or remove the second one.

crate::rule::rule!("contract_section.rs", "W0110", "contract-section", Language, Error, Never);
