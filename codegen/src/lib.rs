//! Compiles a YAML schema of HTTP hooks into Rust, OpenAPI, JSON Schema and reference pages.
//!
//! ```text
//! files ─► load ─► syntax ─► resolve ─► model ─► lint ─►│gate│─► emit ─► output
//! ```
//!
//! [`compile`] is the line up to the gate; [`emit`] and [`output`] are what follows. After the gate nothing can fail
//! but the disk.

pub mod build;
pub mod bundle;
pub mod codes;
pub mod diagnostic;
pub mod diff;
pub mod drift;
pub mod emit;
pub mod export;
pub mod files;
pub mod fit;
pub mod fix;
pub mod fmt;
pub mod inject;
mod judge;
mod lint;
pub mod load;
pub mod model;
pub mod names;
mod narrow;
pub mod output;
mod overlay;
pub mod parallel;
pub mod pattern;
mod project;
pub mod releases;
pub mod render;
mod resolve;
pub mod rule;
pub mod scaffold;
pub mod scenarios;
pub mod seal;
pub mod source;
mod subset;
pub mod syntax;
pub mod templates;
pub mod text;

pub use lint::lint;
pub use project::{project, release};

use std::path::{Path, PathBuf};

use diagnostic::{Allowed, Diagnostic, Findings, Level};
use model::Contract;
use source::Sources;

/// What compiling gave.
#[derive(Debug)]
pub struct Compiled {
    /// The contract, if there was no error.
    pub contract: Option<Contract>,
    /// All findings of all files, in the order of their places.
    pub findings: Vec<Diagnostic>,
    /// What was found and is allowed where it stands.
    pub allowed: Vec<Allowed>,
    /// The texts that the findings point into.
    pub sources: Sources,
    /// Every file that was read.
    pub paths: Vec<PathBuf>,
}

impl Compiled {
    /// Whether nothing may be generated.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|found| found.level == Level::Error)
    }
}

/// Reads and checks a contract: a folder, its root file, or an overlay over one.
///
/// # Errors
///
/// A text about the path itself. Mistakes in the files are findings.
pub fn compile(path: &Path) -> Result<Compiled, String> {
    compile_with(path, &[])
}

/// The same with overlays on top, the lowest first. A path that is an overlay itself brings what it lies over along.
///
/// # Errors
///
/// A text about a path itself. Mistakes in the files are findings.
pub fn compile_with(path: &Path, overlays: &[PathBuf]) -> Result<Compiled, String> {
    compile_edited(path, overlays, &files::Edited::new())
}

/// As [`compile_with`], with some files as they would be after an edit.
///
/// # Errors
///
/// A text about a path itself. Mistakes in the files are findings.
pub fn compile_edited(path: &Path, overlays: &[PathBuf], edited: &files::Edited) -> Result<Compiled, String> {
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let files = files::read_edited(path, overlays, edited, &mut sources, &mut findings)?;
    Ok(checked(files, sources, findings))
}

/// Checks a contract whose texts are at hand, each under its display path; nothing is read from the disk.
pub fn compile_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Compiled {
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let files = files::read_texts(texts, &mut sources, &mut findings);
    checked(files, sources, findings)
}

/// As [`compile_with`]; besides, the contract as far as it is understood, errors or not, unless a part of it could not be
/// read at all. For what only looks at it.
///
/// # Errors
///
/// A text about a path itself. Mistakes in the files are findings.
pub fn understand(path: &Path, overlays: &[PathBuf]) -> Result<(Compiled, Option<Contract>), String> {
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let files = files::read(path, overlays, &mut sources, &mut findings)?;
    Ok(judged(files, sources, findings))
}

/// What is done with the files once they are read.
fn checked(files: files::Files, sources: Sources, findings: Findings) -> Compiled {
    let (mut compiled, contract) = judged(files, sources, findings);
    compiled.contract = contract.filter(|_| !compiled.has_errors());
    compiled
}

/// The findings, and the contract with or without errors.
fn judged(files: files::Files, sources: Sources, mut findings: Findings) -> (Compiled, Option<Contract>) {
    let paths = files.paths.clone();
    let contract = resolve::resolve(files, &mut findings);
    let contract = contract.inspect(|contract| lint(contract, &mut findings));
    let is_partial = findings.is_partial();
    let (findings, allowed) = judge::judge(findings, contract.as_ref(), &sources);
    let compiled = Compiled { contract: None, findings, allowed, sources, paths };
    // What is left out is checked all the same: it belongs to what lies below.
    (compiled, contract.filter(|_| !is_partial).map(subset::without_hidden))
}
