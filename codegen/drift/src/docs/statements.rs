//! Statements of a document with their places, and the pieces of text that they are read from.

use wcs_contract::model::HookType;
use wcs_contract::source::{FileId, Span, Spanned};

/// What stands below the name of a hook.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) name: Spanned<String>,
    pub(super) rows: Vec<Row>,
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: Spanned<String>,
    /// What is said about it; may be empty.
    pub(super) text: Spanned<String>,
    /// Values that are listed for it.
    pub(super) values: Vec<Spanned<String>>,
}

/// A row that says which call, hook and events belong together.
#[derive(Debug)]
pub(super) struct CallRow {
    pub(super) call: Call,
    pub(super) hook: Spanned<String>,
    pub(super) events: Vec<Spanned<String>>,
}

/// What the client has to do with a hook.
#[derive(Debug)]
pub(super) enum Call {
    /// It calls or handles this, as it is written in a program.
    Known(Spanned<String>),
    /// Nothing: words in place of a call say so.
    Unused,
    /// The cell is empty.
    Unsaid,
}

impl Call {
    pub(super) fn known(&self) -> Option<&Spanned<String>> {
        match self {
            Self::Known(call) => Some(call),
            Self::Unused | Self::Unsaid => None,
        }
    }
}

/// A hook in a list or in running text.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) name: Spanned<String>,
    /// The type of hooks that the list is about.
    pub(super) kind: Option<HookType>,
}

/// Lines of a text with their places, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// A piece of a text, trimmed, with its place. `start` is where the piece stands in the file.
pub(super) fn piece(file: FileId, start: usize, text: &str) -> Spanned<String> {
    let trimmed = text.trim_start();
    let start = start + (text.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    Spanned::new(trimmed.to_owned(), span(file, start, start + trimmed.len()))
}

/// A place by byte offsets.
pub(super) fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: offset(start), end: offset(end) }
}

/// Whether a piece of text may be a name: one word of letters, digits, underscores and hyphens.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
