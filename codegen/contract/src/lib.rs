//! Reads, checks and models a YAML schema of HTTP hooks.
//!
//! ```text
//! files ─► syntax ─► overlay ─► resolve ─► rules ─►│gate│─► Contract
//! ```
//!
//! [`compile`] is this pipeline. What comes after it, from the model to files, is `wcs-codegen` and `wcs-targets`.

pub mod catalogue;
pub mod codes;
mod compile;
pub mod diagnostic;
pub mod export;
pub mod files;
pub mod fit;
pub mod fix;
pub mod fmt;
mod input;
mod judge;
mod layers;
pub mod load;
pub mod model;
pub mod names;
mod naming;
mod narrow;
mod overlay;
pub mod parallel;
pub mod pattern;
pub mod pointer;
mod project;
pub mod releases;
pub mod render;
mod resolve;
pub mod rule;
pub mod rules;
pub mod sample;
pub mod scenarios;
pub mod source;
mod subset;
pub mod syntax;
pub mod text;
pub mod value;

pub use compile::{Compiled, compile, read};
pub use input::{Edited, Input, InputError};
pub use project::{ReleaseError, project, release};
pub use syntax::constraint;
