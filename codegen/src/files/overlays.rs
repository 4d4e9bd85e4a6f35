//! Overlays and what they lie over.

use std::path::{Component, Path, PathBuf};

use super::{Depth, Reader, has_section, yaml_files};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, display_path};
use crate::syntax::{self, OverlayFileSyntax};

/// The overlay at a path: the file itself, or the only one in a folder without a contract.
pub(super) fn at(path: &Path) -> Result<Option<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(has_section(path, "overlay").then(|| path.to_owned()));
    }
    let files = yaml_files(path, Depth::Here)?;
    if files.iter().any(|file| has_section(file, "contract")) {
        return Ok(None);
    }
    let mut overlays = files.into_iter().filter(|file| has_section(file, "overlay"));
    match (overlays.next(), overlays.next()) {
        (Some(first), Some(second)) => Err(format!(
            "both {} and {} are overlays; name the upper one, which names the other under `base`",
            first.display(),
            second.display()
        )),
        (only, _) => Ok(only),
    }
}

impl Reader<'_> {
    /// Reads an overlay, what it lies over, and so on down to a contract.
    pub(super) fn overlay_and_base(&mut self, path: &Path) -> Result<(), String> {
        let mut chain: Vec<(PathBuf, FileId, OverlayFileSyntax)> = Vec::new();
        let mut next = path.to_owned();
        loop {
            let Some((id, overlay)) = self.overlay(&next)? else { break };
            let head = &overlay.overlay;
            let Some(base) = head.base.clone() else {
                let message = format!("the overlay `{}` does not say where the contract is", head.name.value);
                let help = "add `base: PATH`, or name the overlay beside the contract: `--overlay FILE`";
                self.findings.push(Diagnostic::error(codes::OVERLAY_BASE, head.name.span, message).help(help));
                chain.push((next, id, overlay));
                self.findings.some_unread();
                break;
            };
            let below = beside(&next, &base.value);
            chain.push((next, id, overlay));
            if chain.iter().any(|(known, ..)| *known == below) {
                let message = format!("`{}` lies over itself", base.value);
                let help = "let the lowest overlay name the contract under `base`";
                self.findings.push(Diagnostic::error(codes::OVERLAY_BASE, base.span, message).help(help));
                self.findings.some_unread();
                break;
            }
            match at(&below) {
                Ok(Some(overlay)) => next = overlay,
                found => {
                    if let Err(reason) = found.and_then(|_| self.contract(&below)) {
                        let help = "correct the path, which is relative to this file";
                        self.findings.push(Diagnostic::error(codes::OVERLAY_BASE, base.span, reason).help(help));
                        self.findings.some_unread();
                    }
                    break;
                }
            }
        }
        self.files.overlays.extend(chain.into_iter().rev().map(|(_, id, overlay)| (id, overlay)));
        Ok(())
    }

    /// Reads an overlay that lies over what was read so far.
    pub(super) fn overlay_above(&mut self, path: &Path) -> Result<(), String> {
        if self.files.paths.iter().any(|known| known == path) {
            return Err(format!("{} is read already; name each overlay once", path.display()));
        }
        let overlay = self.overlay(path)?;
        self.files.overlays.extend(overlay);
        Ok(())
    }

    /// Takes the text of an overlay over what was read, whatever it names as its base.
    pub(super) fn overlay_text(&mut self, path: &str, text: &str) {
        let (id, node) = self.tree(path, path.to_owned(), text.to_owned());
        match node.and_then(|node| syntax::read_overlay(&node, self.findings)) {
            Some(overlay) => self.files.overlays.push((id, overlay)),
            None => self.findings.some_unread(),
        }
    }

    fn overlay(&mut self, path: &Path) -> Result<Option<(FileId, OverlayFileSyntax)>, String> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let text = self.content(path).map_err(|unreadable| unreadable.reason)?;
        self.files.paths.push(path.to_owned());
        let (id, node) = self.tree(&display_path(path, folder), display_path(path, Path::new(".")), text);
        let overlay = node.and_then(|node| syntax::read_overlay(&node, self.findings));
        if overlay.is_none() {
            self.findings.some_unread();
        }
        Ok(overlay.map(|overlay| (id, overlay)))
    }
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
