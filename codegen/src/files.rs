//! Which files belong to a contract, and their text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::load::{self, Node};
use crate::source::{FileId, Sources, Span, display_path};
use crate::syntax::{self, FileSyntax, Name};

/// Largest file that is read: 64 MiB, far above any contract.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The files of a contract as they were written, and a hash over them.
#[derive(Debug, Default)]
pub struct Files {
    /// The files that could be read.
    pub parsed: Vec<(FileId, FileSyntax)>,
    /// SHA-256 over paths and texts, in hex.
    pub hash: String,
    /// Every file that belongs to the contract, for build scripts and watchers.
    pub paths: Vec<PathBuf>,
}

/// Reads the contract whose root is a file, or the one file with a `contract` section in a folder.
///
/// # Errors
///
/// A text that says what is wrong with the path itself; everything else is a finding.
pub fn read(path: &Path, sources: &mut Sources, findings: &mut Findings) -> Result<Files, String> {
    let mut reader = Reader { sources, findings, files: Files::default(), hasher: Sha256::new() };
    if path.is_dir() {
        reader.folder(path)?;
    } else {
        let root = reader.file(path, path.parent().unwrap_or(Path::new("")))?;
        reader.listed(root, path.parent().unwrap_or(Path::new("")));
    }
    let Reader { mut files, hasher, .. } = reader;
    files.hash = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(files)
}

struct Reader<'a> {
    sources: &'a mut Sources,
    findings: &'a mut Findings,
    files: Files,
    hasher: Sha256,
}

impl Reader<'_> {
    /// Finds the root of the contract in a folder and reads it and what it lists.
    fn folder(&mut self, folder: &Path) -> Result<(), String> {
        let candidates = yaml_files(folder, Depth::Here)?;
        let roots: Vec<&PathBuf> = candidates.iter().filter(|path| has_contract(path)).collect();
        let root = match roots.as_slice() {
            [root] => (*root).clone(),
            [] => {
                return Err(format!(
                    "no YAML file in {} has the section `contract`; name the contract's folder or its root file",
                    folder.display()
                ));
            }
            several => {
                let names: Vec<String> = several.iter().map(|path| display_path(path, folder)).collect();
                return Err(format!(
                    "several files in {} have the section `contract` ({}); name one of them",
                    folder.display(),
                    names.join(", ")
                ));
            }
        };
        let found = self.file(&root, folder)?;
        self.listed(found, folder);
        let known: BTreeSet<PathBuf> = self.files.paths.iter().cloned().collect();
        for path in yaml_files(folder, Depth::Below)?.into_iter().filter(|path| !known.contains(path)) {
            if let Some((file, _)) = self.files.parsed.first() {
                let place = self.files_key(*file);
                let shown = display_path(&path, folder);
                let message = format!("{shown} is not listed, so nothing in it counts");
                let found = Diagnostic::warning(codes::NOT_LISTED, place, message);
                self.findings.push(found.help("add it under `contract.files`, or move it out of the folder"));
            }
        }
        Ok(())
    }

    fn files_key(&self, file: FileId) -> Span {
        let start = self.sources.get(file).text.find("files:").unwrap_or(0);
        let start = u32::try_from(start).unwrap_or(0);
        Span { file, start, end: start + 5 }
    }

    /// Reads the files that the root lists.
    fn listed(&mut self, root: Option<FileId>, folder: &Path) {
        let Some(root) = root else { return };
        let listed: Vec<Name> = self
            .files
            .parsed
            .iter()
            .filter(|(file, _)| *file == root)
            .filter_map(|(_, syntax)| syntax.contract.as_ref())
            .flat_map(|contract| contract.files.iter().cloned())
            .collect();
        for name in listed {
            let path = folder.join(&name.value);
            if self.files.paths.contains(&path) {
                let message = format!("`{}` is listed twice", name.value);
                self.findings.push(Diagnostic::error(codes::DUPLICATE_NAME, name.span, message).help("remove one"));
            } else if let Err(reason) = self.file(&path, folder) {
                self.findings.push(
                    Diagnostic::error(codes::FILE, name.span, reason)
                        .help("correct the path, which is relative to this file, or remove it from the list"),
                );
            }
        }
    }

    fn file(&mut self, path: &Path, folder: &Path) -> Result<Option<FileId>, String> {
        let shown = path.display();
        let size = fs::metadata(path).map_err(|error| format!("can't read {shown}: {error}"))?.len();
        if size > MAX_BYTES {
            return Err(format!("{shown} has {size} bytes; at most {MAX_BYTES} are read"));
        }
        let bytes = fs::read(path).map_err(|error| format!("can't read {shown}: {error}"))?;
        let text = String::from_utf8(bytes)
            .map_err(|error| format!("{shown} is not UTF-8 at byte {}", error.utf8_error().valid_up_to()))?;
        for part in [display_path(path, folder).as_bytes(), text.as_bytes()] {
            self.hasher.update(part.len().to_le_bytes());
            self.hasher.update(part);
        }
        let id = self.sources.add(display_path(path, Path::new(".")), text);
        self.files.paths.push(path.to_owned());
        let node = load::load(id, &self.sources.get(id).text, self.findings);
        if let Some(syntax) = node.and_then(|node: Node| syntax::read_file(&node, self.findings)) {
            self.files.parsed.push((id, syntax));
        }
        Ok(Some(id))
    }
}

/// How far to look for files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Here,
    Below,
}

fn yaml_files(folder: &Path, depth: Depth) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let listing = fs::read_dir(folder).map_err(|error| format!("can't list {}: {error}", folder.display()))?;
    for entry in listing.flatten() {
        let path = entry.path();
        if path.is_dir() && depth == Depth::Below {
            found.extend(yaml_files(&path, depth)?);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file looks like the root of a contract; what it really holds is read later, with findings.
fn has_contract(path: &Path) -> bool {
    fs::read_to_string(path)
        .is_ok_and(|text| text.trim_start_matches('\u{feff}').lines().any(|line| line.starts_with("contract:")))
}
