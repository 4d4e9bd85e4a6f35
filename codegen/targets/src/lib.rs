//! All targets. One target, one file, one row in the table.

pub mod bundle;
pub mod docs;
pub mod inject;
mod jsonschema;
mod openapi;
pub mod templates;
mod typescript;

pub use docs::sample::{handler_name, shown_members as readable_members};
pub use openapi::model_names as open_api_names;

use wcs_codegen::vectors::Vectors;
use wcs_codegen::{Emitter, Rust};

/// All targets.
pub static EMITTERS: &[&dyn Emitter] =
    &[&jsonschema::JsonSchema, &openapi::OpenApi, &typescript::TypeScript, &Vectors, &docs::Docs, &Rust];

/// A target by name.
pub fn find(name: &str) -> Option<&'static dyn Emitter> {
    EMITTERS.iter().copied().find(|emitter| emitter.name() == name)
}
