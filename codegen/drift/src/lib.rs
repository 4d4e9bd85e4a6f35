//! Noticing that the sender has changed: what its vendor's documents say ([`docs`]) and what it really sends
//! ([`traffic`]) compared with the contract, and what would bring the contract up to date ([`propose`]).
//!
//! What is known to differ is no drift. The contract itself says what is known: aliases, recorded conflicts, sources.

mod difference;
pub mod docs;
pub mod propose;
mod recorded;
mod rules;
pub mod traffic;
mod vocabulary;

pub use difference::{Drift, Gap, Missing, NewMember, Owner, Seen};
pub use rules::rules;
