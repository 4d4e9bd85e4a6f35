//! An overlay does not fit what it lies over: another contract, another version, or nothing at all.
//!
//! ## Why
//!
//! An overlay says what is otherwise on some servers. Over another contract, or over a version whose facts have moved, its
//! changes would land in the wrong place without anyone noticing.
//!
//! ## Example
//!
//! ```yaml
//! overlay: {name: team, title: Our servers, doc: What ours send., over: demo, version: "2", base: base}
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! overlay: {name: team, title: Our servers, doc: What ours send., over: demo, version: "1", base: base}
//! ```
//!
//! ## What to do
//!
//! Name the contract under `over` and, if its versions matter, a requirement under `version`, written as Cargo writes it.
//! `base` is the path to the contract or to another overlay, relative to this file; without it the overlay is named beside
//! the contract: `wcs check schema --overlay mine.yaml`.

crate::rule::rule!("overlay_base.rs", "W0851", "overlay-base", Overlays, Error, Never);
