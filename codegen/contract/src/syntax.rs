//! What can be written: the schema language, one struct for each mapping of it.
//!
//! `syntax!` and `words!` turn one declaration into three things that therefore can't disagree: the Rust
//! struct, its reader from YAML with diagnostics, and its part of `hook-schema.json` for editors.

mod ambiguous;
mod approvals;
pub mod constraint;
mod contract;
pub mod export;
mod hook;
mod hook_type;
mod lint;
mod macros;
mod mapping;
mod overlay;
mod parameter;
mod part;
mod read;
mod scenario;
mod schema;
mod sender;
mod type_ref;
mod value;
mod written;

pub use approvals::*;
pub use constraint::Constraints;
pub use contract::*;
pub use hook::*;
pub use hook_type::*;
pub use lint::*;
pub use overlay::*;
pub use parameter::*;
pub use part::{Keyed, Part};
pub use read::{Definitions, Form, KeyForm, Syntax, language_schema, overlay_schema, read_file, read_overlay};
pub use scenario::*;
pub use sender::*;
pub use value::*;
pub(crate) use written::{Written, written};

use crate::source::Name;
