//! What the tests of all crates share: where things are, and how an expectation is kept.
//!
//! `UPDATE=1 cargo test --workspace` rewrites every expectation; read the difference before you commit it.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_path_buf).unwrap_or_default()
}

/// The folder of cases of one kind, below the folder of tests that they belong to.
pub fn cases(tests: &str, kind: &str) -> PathBuf {
    root().join(tests).join("cases").join(kind)
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

/// What is in a folder, by name.
///
/// # Panics
///
/// If the folder can't be listed.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
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
        return write(file, actual);
    }
    let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
    let diff = diff.unified_diff().context_radius(3).header("expected", "actual").to_string();
    Err(format!("{} is not as expected; UPDATE=1 rewrites it\n{diff}", file.display()))
}

/// Writes a file of a test, and the folders above it.
///
/// # Errors
///
/// What the system says.
pub fn write(file: &Path, text: &str) -> Result<(), String> {
    #[expect(clippy::disallowed_methods, reason = "a file of a test is no output of the program")]
    let written = std::fs::create_dir_all(file.parent().unwrap_or(file)).and_then(|()| std::fs::write(file, text));
    written.map_err(|error| format!("can't write {}: {error}", file.display()))
}

/// Fails with all of some complaints at once.
///
/// # Panics
///
/// If there is one.
pub fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} of them:\n\n{}", complaints.len(), complaints.join("\n\n"));
}
