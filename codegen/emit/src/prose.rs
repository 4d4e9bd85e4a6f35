//! Sentences about a contract that several targets share.

mod hook_type;
mod member;

pub use hook_type::{TypeProse, of_type};
pub use member::{LIST, SENSITIVE, brought, calls, condition, conditions, deprecation, note, origin, versions};
