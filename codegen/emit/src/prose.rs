//! Sentences about a contract that several targets share.

mod hook_type;

pub use hook_type::{TypeProse, of_type};
