//! An overlay denies what the contract below it says.
//!
//! ## Why
//!
//! The contract describes what every known sender does. A team can know more of its own: that a text is never longer than
//! ten characters, that an object always has the same members. It can't know that the sender breaks the contract; what was
//! generated would then refuse or misread bodies that do arrive, or print secrets.
//!
//! ## Example
//!
//! ```yaml
//! change:
//!   hooks:
//!     start:
//!       parameters:
//!         name: {type: int32}
//! ```
//!
//! ## Instead
//!
//! ```yaml
//! types:
//!   Channel:
//!     doc: Names of our streams.
//!     enum: open
//!     values: {LOBBY: {doc: The lobby.}}
//! change:
//!   hooks:
//!     start:
//!       parameters:
//!         name: {type: Channel}
//! ```
//!
//! ## What to do
//!
//! Narrow instead: an `object` can become a record or a map, a `string` an enum, a list or a limited text, a
//! `string_or_number` one of the two; limits can become tighter, members sensitive or withheld from the client, open enums
//! longer. If the contract is wrong, correct the contract.

crate::rule::rule!("overlay_contradicts.rs", "W0852", "overlay-contradicts", Overlays, Error, Never);
