//! Which files belong to a contract, and their text.

mod overlays;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::codes;
use crate::diagnostic::{Diagnostic, Edit, Findings, plain_word};
use crate::input::{Edited, Input, InputError, Origin};
use crate::load::{self, Node, NodeKind};
use crate::rule::Rule;
use crate::source::Name;
use crate::source::{FileId, Sources, Span, display_path};

/// Largest file that is read: 4 MiB, far above any contract.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The files of a contract as YAML trees, and a hash over their texts.
#[derive(Debug, Default)]
pub struct Files {
    /// The trees: those of the contract, then the overlays over it, the lowest first.
    pub trees: Vec<Tree>,
    /// SHA-256 over paths and texts, in hex.
    pub hash: String,
    /// Every file that belongs to the contract, for build scripts and watchers.
    pub paths: Vec<PathBuf>,
}

/// A file that was read.
#[derive(Debug)]
pub struct Tree {
    /// Its place among the sources.
    pub file: FileId,
    /// What it is to the contract.
    pub role: Role,
    /// Its content; `None` if it is no YAML, which is reported.
    pub node: Option<Node>,
}

/// What a file is to a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A part of it.
    Contract,
    /// An overlay over it.
    Overlay,
}

/// Reads the files of a contract: of the one whose root is a file, of the one file with a `contract` section in a folder,
/// or of an overlay and its base; then the overlays over it, the lowest first. Of texts at hand the list of files in the
/// root is not looked at, and nothing is read from the disk.
///
/// # Errors
///
/// What is wrong with a path itself; everything else is a finding.
pub fn read(input: &Input, sources: &mut Sources, findings: &mut Findings) -> Result<Files, InputError> {
    let mut reader =
        Reader { edited: &input.edited, sources, findings, files: Files::default(), hasher: Sha256::new() };
    match &input.origin {
        Origin::Texts(texts) => {
            for (path, text) in texts {
                let role = if names_section(text, "overlay") { Role::Overlay } else { Role::Contract };
                reader.tree(role, path, path.clone(), text.clone());
            }
            // Overlays lie over the rest in the order in which they come.
            reader.files.trees.sort_by_key(|tree| tree.role == Role::Overlay);
        }
        Origin::Path(path) => match overlays::at(path)? {
            Some(overlay) => reader.overlay_and_base(&overlay)?,
            None => reader.contract(path)?,
        },
    }
    for overlay in &input.overlays {
        reader.overlay_above(overlay)?;
    }
    Ok(reader.into_files())
}

/// The YAML files that a path names: itself, or those in the folder and below.
///
/// # Errors
///
/// A folder that can't be listed.
pub fn yaml_below(path: &Path) -> Result<Vec<PathBuf>, InputError> {
    if path.is_dir() { yaml_files(path, Depth::Below) } else { Ok(vec![path.to_owned()]) }
}

/// The text of a file.
///
/// # Errors
///
/// Why it can't be read.
pub fn text(path: &Path) -> Result<String, InputError> {
    readable(path)
        .map_err(|Unreadable { reason, help, .. }| InputError::Unreadable { reason: format!("{reason}; {help}") })
}

struct Reader<'a> {
    edited: &'a Edited,
    sources: &'a mut Sources,
    findings: &'a mut Findings,
    files: Files,
    hasher: Sha256,
}

impl Reader<'_> {
    fn contract(&mut self, path: &Path) -> Result<(), InputError> {
        if path.is_dir() {
            return self.folder(path);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let root = self.file(path, folder).map_err(InputError::from)?;
        self.listed(&root, path, folder);
        Ok(())
    }

    /// Finds the root of the contract in a folder and reads it and what it lists.
    fn folder(&mut self, folder: &Path) -> Result<(), InputError> {
        let candidates = yaml_files(folder, Depth::Here)?;
        let roots: Vec<&PathBuf> = candidates.iter().filter(|path| has_section(path, "contract")).collect();
        let root = match (roots.as_slice(), candidates.as_slice()) {
            ([root], _) => (*root).clone(),
            // The only file is the root, whatever it lacks; findings tell what.
            ([], [only]) => only.clone(),
            ([], _) => {
                return Err(InputError::NoContract { folder: folder.to_owned() });
            }
            // Which of them is meant is open, and so is what belongs to the contract.
            (several, _) => {
                self.findings.some_unread();
                for root in several {
                    self.file(root, folder).map_err(InputError::from)?;
                }
                return Ok(());
            }
        };
        let place = root;
        let root = self.file(&place, folder).map_err(InputError::from)?;
        self.listed(&root, &place, folder);
        let known: BTreeSet<PathBuf> = self.files.paths.iter().cloned().collect();
        let unlisted = |path: &PathBuf| !known.contains(path) && !has_section(path, "overlay");
        for path in yaml_files(folder, Depth::Below)?.into_iter().filter(unlisted) {
            let shown = display_path(&path, folder);
            let message = format!("{shown} is not listed, so nothing in it counts");
            let found = Diagnostic::warning(codes::NOT_LISTED, root.files_key, message);
            let found = found.help("add it under `contract.files`, or move it out of the folder");
            self.findings.push_absent(match root.appended(&shown, self.sources) {
                Some(edit) => found
                    .fix_by(format!("list `{shown}`"), vec![edit])
                    .left("what is in the file would become a part of the contract"),
                None => found,
            });
        }
        Ok(())
    }

    /// Reads the files that the root lists.
    fn listed(&mut self, root: &Root, root_path: &Path, folder: &Path) {
        for name in &root.files {
            let path = folder.join(&name.value);
            if path == root_path {
                let message = format!("`{}` is the file that lists the others", name.value);
                let found = Diagnostic::error(codes::DUPLICATE_NAME, name.span, message);
                self.findings.push(found.help("remove it from the list; it belongs to the contract anyway"));
            } else if self.files.paths.contains(&path) {
                let message = format!("`{}` is listed twice", name.value);
                let first = root.files.iter().find(|first| folder.join(&first.value) == path);
                let found = Diagnostic::error(codes::DUPLICATE_NAME, name.span, message).help("remove one of them");
                self.findings.push(match first {
                    Some(first) => found.label(first.span, "first here"),
                    None => found,
                });
            } else if let Err(Unreadable { rule, reason, help }) = self.file(&path, folder) {
                self.findings.some_unread();
                self.findings.push(Diagnostic::new(rule, name.span, reason).help(help));
            }
        }
    }

    fn file(&mut self, path: &Path, folder: &Path) -> Result<Root, Unreadable> {
        let text = self.content(path)?;
        self.files.paths.push(path.to_owned());
        let shown = display_path(path, Path::new("."));
        let (file, node) = self.tree(Role::Contract, &display_path(path, folder), shown, text);
        let start = Span { file, start: 0, end: 0 };
        Ok(node.and_then(Root::of).unwrap_or(Root { files: Vec::new(), files_key: start }))
    }

    /// A file's text, as it would be after the edit.
    fn content(&self, path: &Path) -> Result<String, Unreadable> {
        self.edited.get(path).map_or_else(|| readable(path), |text| Ok(text.clone()))
    }

    /// Reads one file's text: its path as it counts for the hash, and as it is shown.
    fn tree(&mut self, role: Role, path: &str, shown: String, text: String) -> (FileId, Option<&Node>) {
        for part in [path.as_bytes(), text.as_bytes()] {
            self.hasher.update(part.len().to_le_bytes());
            self.hasher.update(part);
        }
        let file = self.sources.add(shown, text);
        let node = load::load(file, &self.sources.get(file).text, self.findings);
        self.files.trees.push(Tree { file, role, node });
        (file, self.files.trees.last().and_then(|tree| tree.node.as_ref()))
    }

    fn into_files(self) -> Files {
        let Self { mut files, hasher, .. } = self;
        files.hash = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        files
    }
}

/// Reads a file, within the limits of what is read at all.
fn readable(path: &Path) -> Result<String, Unreadable> {
    let shown = path.display();
    let unreadable = |reason, help| Unreadable { rule: codes::FILE, reason, help };
    let lacking = |error| {
        let help = "correct the path, which is relative to this file, or remove it from the list";
        unreadable(format!("can't read {shown}: {error}"), help)
    };
    let size = fs::metadata(path).map_err(lacking)?.len();
    if size > MAX_BYTES {
        let reason = format!("{shown} has {size} bytes; at most {MAX_BYTES} are read");
        return Err(unreadable(reason, "divide it into several files"));
    }
    String::from_utf8(fs::read(path).map_err(lacking)?).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        let byte = error.as_bytes().get(valid.len()).copied().unwrap_or_default();
        let hint = encoding(error.as_bytes(), byte);
        let reason = format!("{shown} is not UTF-8: line {line}, byte {} of the file{hint}", valid.len() + 1);
        Unreadable { rule: codes::ENCODING, reason, help: "save the file as UTF-8" }
    })
}

/// What the encoding of a file may be whose text is not UTF-8 at some byte.
fn encoding(bytes: &[u8], byte: u8) -> &'static str {
    match (bytes, byte) {
        ([0xff, 0xfe, ..] | [0xfe, 0xff, ..], _) => "; it looks like UTF-16",
        (_, 0x91..=0x97 | 0x85) => "; it looks like Windows-1252, with the quotes or dashes of a word processor",
        (_, 0xc0..) => "; it looks like Windows-1252 or Latin-1",
        _ => "",
    }
}

/// Why a file can't be read, and what to do.
struct Unreadable {
    rule: &'static Rule,
    reason: String,
    help: &'static str,
}

impl From<Unreadable> for InputError {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable { reason: unreadable.reason }
    }
}

/// What the root of a contract says of the other files.
struct Root {
    files: Vec<Name>,
    /// Where the list stands, or would.
    files_key: Span,
}

impl Root {
    /// The edit that lists one more file, in the notation of those that are listed. `None` if there is none yet.
    fn appended(&self, path: &str, sources: &Sources) -> Option<Edit> {
        let last = self.files.last()?.span;
        let end = Span { start: last.end, ..last };
        let before = sources.get(last.file).text.get(..last.start as usize)?;
        let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..)?;
        let is_block = line.trim() == "-";
        let text = if is_block { format!("\n{line}{}", plain_word(path)) } else { format!(", {}", plain_word(path)) };
        Some(Edit { span: end, text })
    }

    /// Looked up in the tree, so that a mistake elsewhere in the section does not hide the other files.
    fn of(node: &Node) -> Option<Self> {
        let (section, contract) = entry(node, "contract")?;
        let Some((files_key, list)) = entry(contract, "files") else {
            return Some(Self { files: Vec::new(), files_key: section.span });
        };
        let NodeKind::Sequence(items) = &list.kind else {
            return Some(Self { files: Vec::new(), files_key: files_key.span });
        };
        Some(Self { files: items.iter().filter_map(Node::word).collect(), files_key: files_key.span })
    }
}

fn entry<'a>(node: &'a Node, key: &str) -> Option<&'a (Name, Node)> {
    let NodeKind::Mapping(entries) = &node.kind else { return None };
    entries.iter().find(|(known, _)| known.value == key)
}

/// How far to look for files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Here,
    Below,
}

fn yaml_files(folder: &Path, depth: Depth) -> Result<Vec<PathBuf>, InputError> {
    let mut found = Vec::new();
    let listing = fs::read_dir(folder).map_err(|error| InputError::Unlisted { folder: folder.to_owned(), error })?;
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

/// Whether a file seems to have a section; what it really holds is read later, with findings.
fn has_section(path: &Path, section: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| names_section(&String::from_utf8_lossy(&bytes), section))
}

fn names_section(text: &str, section: &str) -> bool {
    text.trim_start_matches('\u{feff}').lines().any(|line| {
        let key = line.split(':').next().unwrap_or_default();
        line.contains(':') && key.trim_end().trim_matches(['"', '\'']) == section
    })
}
