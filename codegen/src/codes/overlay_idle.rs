//! An overlay says what holds without it.
//!
//! ## Why
//!
//! What is said twice is changed once: as soon as the contract learns better, the overlay brings back the old words.
//!
//! ## Example
//!
//! ```yaml
//! change:
//!   hooks:
//!     start:
//!       summary: A client wants to start a stream.
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! change:
//!   hooks:
//!     start:
//!       summary: One of our studios goes on air.
//! ```
//!
//! ## What to do
//!
//! Remove what is the same from the overlay, and entries that say nothing.

crate::rule::rule!("overlay_idle.rs", "W0853", "overlay-idle", Overlays, Warning, Never);
