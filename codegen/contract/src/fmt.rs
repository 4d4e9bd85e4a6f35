//! The canonical layout of a schema file: the order of keys, indentation, quotes, blank lines, folded texts.
//!
//! The order of keys is the one in which the language declares them. What was written in brackets stays in brackets as
//! long as it fits on its line; comments stay with what they are about. The meaning never changes: the result is loaded
//! again and compared before anybody sees it.

mod comments;
mod print;
mod same;
mod scalar;
mod tree;

use crate::diagnostic::Findings;
use crate::load;
use crate::source::FileId;
use crate::syntax::{FileSyntax, OverlayFileSyntax, Syntax};

/// Longest line, in characters.
pub const WIDTH: usize = 120;

/// What came of laying a file out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formatted {
    /// The file in its canonical layout.
    Text(String),
    /// The file can't be read; findings say why.
    Broken,
    /// The layout would have changed what the file says or lost a comment. The fault is ours, and the file is left alone.
    Refused(&'static str),
}

/// Whether a file lies over a contract rather than being a part of one.
fn is_overlay(node: &load::Node) -> bool {
    let load::NodeKind::Mapping(entries) = &node.kind else { return false };
    entries.iter().any(|(key, _)| key.value == "overlay")
}

/// Lays a schema file out.
pub fn format(file: FileId, text: &str, findings: &mut Findings) -> Formatted {
    let mut mistakes = Findings::default();
    let before = load::load(file, text, &mut mistakes);
    if mistakes.has_errors() {
        findings.append(mistakes);
        return Formatted::Broken;
    }
    let (Some(before), Some(document)) = (before, read(text)) else {
        // Nothing but comments, or nothing at all.
        return Formatted::Text(text.to_owned());
    };
    let form = if is_overlay(&before) { OverlayFileSyntax::form() } else { FileSyntax::form() };
    let laid_out = print::print(&document, form);
    let after = load::load(file, &laid_out, &mut mistakes).filter(|_| !mistakes.has_errors());
    match (after, read(&laid_out)) {
        (Some(after), Some(again)) if same::same(&before, &after, form) => {
            if comments::all(&document) != comments::all(&again) {
                return Formatted::Refused("a comment would be lost");
            }
        }
        (Some(_), Some(_)) => return Formatted::Refused("what the file says would change"),
        _ => return Formatted::Refused("the result can't be read"),
    }
    let windows = text.find('\n').is_some_and(|at| text.get(..at).is_some_and(|line| line.ends_with('\r')));
    Formatted::Text(if windows { laid_out.replace('\n', "\r\n") } else { laid_out })
}

/// The tree of a text with the comments where they belong.
fn read(text: &str) -> Option<tree::Document> {
    let (mut document, comments) = tree::read(text)?;
    comments::attach(&mut document, comments, text);
    Some(document)
}
