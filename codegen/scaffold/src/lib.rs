//! New backends: the files of a project that answers a contract's hooks, and what is added when the contract grows.
//!
//! What is printed is said by templates (`scaffold/templates`, one folder a language); here stands only what they are
//! told. A folder of one's own takes the place of built-in templates file by file, or adds to them.

mod context;
mod create;
mod handled;
mod insert;
mod plan;
mod python;
mod record;
mod sync;
mod templates;

pub use create::{base_path, create, default_hooks};
pub use plan::{Crates, Language, Layout, Operator, Plan};
pub use record::{RECORD, Record};
pub use sync::{Addition, Sync, project_at, sync};
pub use templates::{TEMPLATES, Template};
