//! Two contracts compared, and every difference judged from the receiver's seat.
//!
//! A request is made by the owner of the contract, and an answer is what the owner consumes. So a member that goes away
//! breaks who reads it in requests, and one that is added does not; in answers it is the other way round. Each change is
//! judged for three audiences ([`Audience`]): the wire, Rust source, other languages.
//!
//! Models are compared, not texts. One kind of change is one file with its rules and their manual pages, and one row in
//! the table; each rule names its mirror, which is what the same edit is when it is undone.

pub mod advice;
pub mod approvals;
mod change;
pub mod changelog;
mod compare;
mod fits;
mod pair;
mod part;
mod rename;
pub mod render;
mod rule;
mod table;
mod usage;
mod verdict;

mod alias;
mod base_path;
mod by_release;
mod client;
mod command;
mod condition;
mod context;
mod contract;
mod default;
mod deny;
mod direction;
mod enums;
mod error_effect;
mod follow_up;
mod hook;
mod hook_type;
mod lifetime;
mod limit;
mod member;
mod member_type;
mod order;
mod overwriting;
mod policy;
mod presence;
mod sender;
mod sensitivity;
mod setting;
mod shape;
mod signature;
mod text;
mod types;
mod value;

pub use change::{Change, Owner};
pub use rule::{ChangeRule, Mirror};
pub use table::{compare, rules};
pub use verdict::{Audience, Impact, Sides, Verdict};
