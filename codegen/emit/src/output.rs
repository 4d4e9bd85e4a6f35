//! The disk: writing, checking, stale files. The only place that writes. Knows nothing of contents.
//!
//! Each emitter's folder has a manifest, `.generated`, that lists the files it owns. Files of the last run that are no
//! longer made are removed; files that the manifest does not list are never touched.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::Artifact;

/// Name of the manifest in an emitter's folder.
pub const MANIFEST: &str = ".generated";

/// What a run does to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Writes what differs.
    Write,
    /// Only reports what would be written.
    Compare,
}

/// What happened, or would happen, to one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is as it should be.
    Unchanged,
    /// It was not there.
    Created,
    /// Its contents differ.
    Updated,
    /// It is made no longer.
    Removed,
}

/// One file of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Path below the emitter's folder.
    pub path: String,
    /// What happened.
    pub change: Change,
    /// Lines of the new text.
    pub lines: usize,
}

/// A file operation that failed.
#[derive(Debug)]
pub struct OutputError {
    /// What was tried.
    pub operation: &'static str,
    /// On which path.
    pub path: PathBuf,
    /// Why it failed.
    pub error: io::Error,
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "can't {} {}: {}", self.operation, self.path.display(), self.error)
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// Brings an emitter's folder up to date, or says how it differs.
///
/// # Errors
///
/// The first file operation that failed; also a file that is in the way and was not generated, before anything is
/// written. Files are written one by one and each atomically, so that none is half-written.
pub fn apply(folder: &Path, artifacts: &[Artifact], mode: Mode) -> Result<Vec<FileReport>, OutputError> {
    let owned = owned(folder)?;
    let mut reports = Vec::with_capacity(artifacts.len());
    for artifact in artifacts {
        let path = folder.join(&artifact.path);
        let change = compare(&path, &artifact.text)?;
        if mode == Mode::Write && change == Change::Updated && !owned.contains(&artifact.path) {
            let why = "it is there, but the manifest does not list it; move it away, or choose another folder";
            return Err(failed("replace", &path, io::Error::new(io::ErrorKind::AlreadyExists, why)));
        }
        reports.push(FileReport { path: artifact.path.clone(), change, lines: artifact.text.lines().count() });
    }
    let made: BTreeSet<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    for stale in owned.into_iter().filter(|path| !made.contains(path.as_str())) {
        if folder.join(&stale).exists() {
            reports.push(FileReport { path: stale, change: Change::Removed, lines: 0 });
        }
    }
    let manifest = manifest(&made);
    let change = compare(&folder.join(MANIFEST), &manifest)?;
    if change != Change::Unchanged {
        reports.push(FileReport { path: MANIFEST.to_owned(), change, lines: manifest.lines().count() });
    }
    if mode == Mode::Write {
        carry_out(folder, artifacts, &manifest, &reports)?;
    }
    Ok(reports)
}

/// Does what was found to be needed. The manifest comes last: until then the old one still says which files are ours.
fn carry_out(folder: &Path, artifacts: &[Artifact], manifest: &str, reports: &[FileReport]) -> Result<(), OutputError> {
    let differs = |path: &str| reports.iter().any(|report| report.path == path && report.change != Change::Unchanged);
    for artifact in artifacts.iter().filter(|artifact| differs(&artifact.path)) {
        write(&folder.join(&artifact.path), &artifact.text)?;
    }
    for stale in reports.iter().filter(|report| report.change == Change::Removed) {
        let path = folder.join(&stale.path);
        fs::remove_file(&path).map_err(|error| failed("remove", &path, error))?;
    }
    if differs(MANIFEST) {
        write(&folder.join(MANIFEST), manifest)?;
    }
    Ok(())
}

/// Writes one file atomically: beside its place first, then moved there.
///
/// # Errors
///
/// The file operation that failed.
pub fn write(path: &Path, text: &str) -> Result<(), OutputError> {
    write_bytes(path, text.as_bytes())
}

/// The same for a file that is no text.
///
/// # Errors
///
/// The file operation that failed.
#[expect(clippy::disallowed_methods, reason = "the one place that writes")]
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| failed("create the folder", parent, error))?;
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    fs::write(&beside, bytes).map_err(|error| failed("write", &beside, error))?;
    fs::rename(&beside, path).map_err(|error| failed("replace", path, error))
}

/// Makes a folder with files in it, all of them or none: they are written beside its place first, then moved there. The
/// folder may be there if it is empty.
///
/// # Errors
///
/// The file operation that failed.
pub fn create_folder(folder: &Path, artifacts: &[Artifact]) -> Result<(), OutputError> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = folder.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = artifacts.iter().try_for_each(|artifact| write(&beside.join(&artifact.path), &artifact.text));
    let moved = written.and_then(|()| {
        if folder.exists() {
            fs::remove_dir(folder).map_err(|error| failed("replace", folder, error))?;
        }
        fs::rename(&beside, folder).map_err(|error| failed("create", folder, error))
    });
    moved.inspect_err(|_| {
        let _ = fs::remove_dir_all(&beside);
    })
}

fn failed(operation: &'static str, path: &Path, error: io::Error) -> OutputError {
    OutputError { operation, path: path.to_owned(), error }
}

fn compare(path: &Path, text: &str) -> Result<Change, OutputError> {
    match fs::read(path) {
        Ok(old) if old == text.as_bytes() => Ok(Change::Unchanged),
        Ok(_) => Ok(Change::Updated),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Change::Created),
        Err(error) => Err(failed("read", path, error)),
    }
}

/// The text of the manifest that lists these files.
pub fn manifest_of(artifacts: &[Artifact]) -> String {
    manifest(&artifacts.iter().map(|artifact| artifact.path.as_str()).collect())
}

fn manifest(made: &BTreeSet<&str>) -> String {
    let mut text = String::from("# Files that `wcs generate` owns in this folder. Do not edit.\n");
    for path in made {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The files that the last run made. Paths that lead out of the folder are ignored: nobody but us writes the manifest,
/// but removing files on its word deserves the doubt.
fn owned(folder: &Path) -> Result<BTreeSet<String>, OutputError> {
    let path = folder.join(MANIFEST);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(failed("read", &path, error)),
    };
    let inside = |line: &&str| Path::new(line).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    Ok(text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter(inside)
        .map(str::to_owned)
        .collect())
}
