//! What `benches/crate/run` writes: types, and functions that decode and encode each of them.

#[allow(warnings)]
mod generated;
pub use generated::*;
