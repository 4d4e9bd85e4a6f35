//! Overlays and what they lie over.

use std::path::{Component, Path, PathBuf};

use super::{Depth, Reader, Role, entry, has_section, yaml_files};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::input::InputError;
use crate::load::Node;
use crate::source::{Name, display_path};

/// The overlay at a path: the file itself, or the only one in a folder without a contract.
pub(super) fn at(path: &Path) -> Result<Option<PathBuf>, InputError> {
    if !path.is_dir() {
        return Ok(has_section(path, "overlay").then(|| path.to_owned()));
    }
    let files = yaml_files(path, Depth::Here)?;
    if files.iter().any(|file| has_section(file, "contract")) {
        return Ok(None);
    }
    let mut overlays = files.into_iter().filter(|file| has_section(file, "overlay"));
    match (overlays.next(), overlays.next()) {
        (Some(first), Some(second)) => Err(InputError::SeveralOverlays { first, second }),
        (only, _) => Ok(only),
    }
}

impl Reader<'_> {
    /// Reads an overlay, what it lies over, and so on down to a contract.
    pub(super) fn overlay_and_base(&mut self, path: &Path) -> Result<(), InputError> {
        // The base is read before the overlays over it, so the chain is turned round in the end.
        let first = self.files.trees.len();
        let mut chain: Vec<PathBuf> = Vec::new();
        let mut next = path.to_owned();
        while let Some(head) = self.overlay(&next)? {
            chain.push(next.clone());
            let Some(base) = head.base else {
                let Some(name) = head.name else { break };
                let message = format!("the overlay `{}` does not say where the contract is", name.value);
                let help = "add `base: PATH`, or name the overlay beside the contract: `--overlay FILE`";
                self.findings.push(Diagnostic::error(codes::OVERLAY_BASE, name.span, message).help(help));
                self.findings.some_unread();
                break;
            };
            let below = beside(&next, &base.value);
            if chain.contains(&below) {
                let message = format!("`{}` lies over itself", base.value);
                let help = "let the lowest overlay name the contract under `base`";
                self.findings.push(Diagnostic::error(codes::OVERLAY_BASE, base.span, message).help(help));
                self.findings.some_unread();
                break;
            }
            match at(&below) {
                Ok(Some(overlay)) => next = overlay,
                found => {
                    let overlays = self.files.trees.split_off(first);
                    if let Err(error) = found.and_then(|_| self.contract(&below)) {
                        let help = "correct the path, which is relative to this file";
                        let found = Diagnostic::error(codes::OVERLAY_BASE, base.span, error.to_string());
                        self.findings.push(found.help(help));
                        self.findings.some_unread();
                    }
                    self.files.trees.extend(overlays.into_iter().rev());
                    return Ok(());
                }
            }
        }
        let overlays = self.files.trees.split_off(first);
        self.files.trees.extend(overlays.into_iter().rev());
        Ok(())
    }

    /// Reads an overlay that lies over what was read so far.
    pub(super) fn overlay_above(&mut self, path: &Path) -> Result<(), InputError> {
        if self.files.paths.iter().any(|known| known == path) {
            return Err(InputError::Repeated { overlay: path.to_owned() });
        }
        self.overlay(path)?;
        Ok(())
    }

    /// Reads an overlay. `None` if its head can't be found, which is reported when the tree is read.
    fn overlay(&mut self, path: &Path) -> Result<Option<Head>, InputError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let text = self.content(path)?;
        self.files.paths.push(path.to_owned());
        let shown = display_path(path, Path::new("."));
        let (_, node) = self.tree(Role::Overlay, &display_path(path, folder), shown, text);
        let head = node.and_then(|node| entry(node, "overlay"));
        Ok(head.map(|(_, head)| Head { name: word(head, "name"), base: word(head, "base") }))
    }
}

/// What an overlay says of itself, as far as its base has to be found.
struct Head {
    name: Option<Name>,
    base: Option<Name>,
}

fn word(head: &Node, key: &str) -> Option<Name> {
    let (_, node) = entry(head, key)?;
    node.word()
}

/// A path that is relative to a file's folder, without the detours.
fn beside(file: &Path, path: &str) -> PathBuf {
    let mut found = PathBuf::new();
    for part in file.parent().unwrap_or(Path::new("")).join(path).components() {
        match part {
            Component::ParentDir if matches!(found.components().next_back(), Some(Component::Normal(_))) => {
                found.pop();
            }
            Component::CurDir => {}
            part => found.push(part),
        }
    }
    if found.as_os_str().is_empty() { PathBuf::from(".") } else { found }
}
