//! What the tests of several crates share: where things are, and how an expectation is kept.
//!
//! `UPDATE=1 cargo test -p wcs-tests` rewrites every expectation; read the difference before you commit it.

pub mod answering;
pub mod arbitrary;
pub mod backend;
pub mod mutations;

use std::path::{Path, PathBuf};

use wcs_codegen::output;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder of cases of one kind.
pub fn cases(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(kind)
}

/// The folders in a folder, by name.
///
/// # Panics
///
/// If the folder can't be listed.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_dir()).collect()
}

/// All YAML files below a folder, by path.
///
/// # Panics
///
/// If a folder can't be listed.
pub fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
    found
}

pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let listing = match std::fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) => panic!("can't list {}: {error}", folder.display()),
    };
    let mut paths: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Compares a text with the file that holds what is expected; with `UPDATE=1` the file is rewritten instead.
///
/// # Errors
///
/// How the two differ, line by line.
pub fn expect(file: &Path, actual: &str) -> Result<(), String> {
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    if expected == actual {
        return Ok(());
    }
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        return output::write(file, actual).map_err(|error| error.to_string());
    }
    let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
    let diff = diff.unified_diff().context_radius(3).header("expected", "actual").to_string();
    Err(format!("{} is not as expected; UPDATE=1 rewrites it\n{diff}", file.display()))
}

/// What an answer has after the request's last member, if every other byte is the request's.
#[must_use]
pub fn added<'a>(sent: &str, answer: &'a str) -> Option<&'a str> {
    let head = sent.trim_end().strip_suffix('}')?.trim_end();
    let (_, tail) = sent.split_at(head.len());
    answer.strip_prefix(head)?.strip_suffix(tail)
}

/// Fails with all of some complaints at once.
///
/// # Panics
///
/// If there is one.
pub fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} of them:\n\n{}", complaints.len(), complaints.join("\n\n"));
}

/// The README's programs, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The program in the document about own targets, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/own-targets.md")]
pub struct OwnTargets;
