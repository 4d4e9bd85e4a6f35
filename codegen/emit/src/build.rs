//! The door for build scripts: a schema of one's own, compiled to `OUT_DIR`.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use wcs_contract::render::{self, Color, Format};
use wcs_contract::{Input, compile};

use crate::output;

/// Compiles a schema and writes its Rust module to `OUT_DIR/hooks.rs`, to be included with
/// `include!(concat!(env!("OUT_DIR"), "/hooks.rs"));`.
///
/// Cargo is told to run the script again when a file of the schema changes. Findings are printed; warnings do not stop
/// the build.
///
/// # Errors
///
/// A text for people when the schema has errors, or a file can't be read or written. In a build script, return it from
/// `main`: the build then fails and shows it.
///
/// ```no_run
/// fn main() -> Result<(), wcs_codegen::build::BuildError> {
///     wcs_codegen::build::to_out_dir("schema")
/// }
/// ```
pub fn to_out_dir(schema: impl AsRef<Path>) -> Result<(), BuildError> {
    build(schema.as_ref()).map_err(BuildError)
}

/// Why a schema could not be compiled. Its `Debug` is the text itself, since that is what `main` shows.
pub struct BuildError(String);

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BuildError {}

fn build(schema: &Path) -> Result<(), String> {
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: call this from a build script")?;
    let compiled = compile(&Input::at(schema)).map_err(|error| error.to_string())?;
    let mut told = String::new();
    let watched = schema.is_dir().then(|| schema.to_owned());
    for path in watched.iter().chain(&compiled.paths) {
        told.push_str(&format!("cargo::rerun-if-changed={}\n", path.display()));
    }
    let findings = render::render(&compiled.findings, &compiled.sources, Format::Text(Color::Never));
    let Some(contract) = compiled.contract else {
        let count = render::count(&compiled.findings);
        return Err(format!("the schema {} has {count}\n\n{findings}", schema.display()));
    };
    for found in &compiled.findings {
        told.push_str(&format!("cargo::warning={}: {}\n", found.rule.code, found.message));
    }
    let _ = std::io::stdout().write_all(told.as_bytes());
    let path = PathBuf::from(out).join("hooks.rs");
    output::write(&path, &crate::rust_module(&contract)).map_err(|error| error.to_string())
}
