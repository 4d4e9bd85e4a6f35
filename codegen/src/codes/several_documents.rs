//! A file has more than one YAML document.
//!
//! ## Why
//!
//! What stands behind `---` is a document of its own, which most readers never look at.
//!
//! ## Example
//!
//! ```yaml
//! contract:
//!   name: demo
//!   title: Demo hooks
//!   version: 1.0.0
//!   doc: Hooks of a small media server.
//! ---
//! groups:
//!   media: {title: Media, doc: Streams that clients publish.}
//! ```
//!
//! ## Instead
//!
//! ```yaml
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
//! Remove the line with the dashes, or put the second document into a file of its own and list that.

crate::rule::rule!("several_documents.rs", "W0114", "several-documents", Yaml, Error, Never);
