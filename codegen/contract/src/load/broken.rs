//! What is said about text that is not YAML: where, what the parser expected, and what to do.

use granit_parser::ErrorKind;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// Where reading had to stop, and what stands around it.
pub(super) struct Place<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The bracket that is open.
    pub(super) bracket: Option<Span>,
    /// The key whose value is being read.
    pub(super) value_of: Option<Span>,
    /// The key of a block of text that has just ended, and its end.
    pub(super) block: Option<(Span, usize)>,
}

/// The finding for text that is not YAML.
pub(super) fn broken(kind: &ErrorKind, info: &str, place: &Place<'_>) -> Diagnostic {
    let rest = place.text.get(place.at..).unwrap_or_default();
    if let ErrorKind::UnexpectedCharacter { character } = kind
        && character.is_control()
        && let Some(ahead) = rest.find(*character)
    {
        return control(*character, &Place { at: place.at + ahead, ..*place });
    }
    if rest.starts_with('\u{feff}') {
        let found = error(place, "a byte order mark stands inside the file");
        let at = found.span;
        return found.help("remove it; it was probably pasted with a text").fix("remove it", at, "");
    }
    if let (Some((key, _)), ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation) = (place.block, kind) {
        return error(place, "this line belongs to no key: the text above it has ended")
            .label(key, "the text of this key")
            .help("indent every line of the text deeper than its key");
    }
    if let Some(found) = glued_colon(kind, place) {
        return found;
    }
    let info = if matches!(kind, ErrorKind::DirectiveDisallowed) { "a directive can't stand here" } else { info };
    match (remedy(kind), place.bracket, place.value_of) {
        (Remedy::Tab, ..) => Diagnostic::new(codes::TAB, tab(place), "this is not YAML: a tab can't indent")
            .help("indent with spaces instead"),
        (Remedy::Other(help), ..) => error(place, format!("this is not YAML: {info}")).help(help),
        (Remedy::Close, Some(bracket), _) => error(place, format!("this is not YAML: {info}"))
            .label(bracket, "opened here")
            .help("close it where it ends"),
        (Remedy::Close, None, Some(key)) => error(place, format!("this is not YAML: {info}"))
            .label(key, "the value of this key")
            .help("close its quotes where it ends"),
        (Remedy::Close, None, None) => error(place, format!("this is not YAML: {info}"))
            .help("close the quotes or the bracket that was opened before"),
    }
}

/// The tab that is meant: the parser may have stopped before it or behind it.
fn tab(place: &Place<'_>) -> Span {
    let (before, rest) = place.text.split_at_checked(place.at).unwrap_or((place.text, ""));
    let indent = before.len() - before.rsplit('\n').next().map_or(0, str::len);
    let behind = || before.get(indent..)?.find('\t').map(|tab| indent + tab);
    match behind().or_else(|| rest.find('\t').map(|tab| place.at + tab)) {
        Some(tab) => span(place, tab, tab + 1),
        None => span(place, place.at, place.at),
    }
}

/// An error at the character where reading had to stop.
fn error(place: &Place<'_>, message: impl Into<String>) -> Diagnostic {
    let length = place.text.get(place.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Diagnostic::error(codes::YAML, span(place, place.at, place.at + length), message)
}

fn span(place: &Place<'_>, start: usize, end: usize) -> Span {
    let clamp = |at: usize| u32::try_from(at.min(place.text.len())).unwrap_or(u32::MAX);
    Span { file: place.file, start: clamp(start), end: clamp(end) }
}

fn control(c: char, place: &Place<'_>) -> Diagnostic {
    let number = u32::from(c);
    let found = error(place, format!("the control character U+{number:04X} can't stand in a file"));
    let at = found.span;
    found
        .help(format!("remove it; where it is meant, write `\\x{number:02x}` in double quotes"))
        .fix("remove it", at, "")
        .left("it may stand in place of a character that was lost")
}

/// `key:value`, which is one word without a value.
fn glued_colon(kind: &ErrorKind, place: &Place<'_>) -> Option<Diagnostic> {
    if !matches!(kind, ErrorKind::SimpleKeyExpected) {
        return None;
    }
    let line = place.text.get(place.at..)?.lines().next()?;
    if line.chars().count() > MAX_KEY {
        let found = error(place, format!("a key has at most {MAX_KEY} characters"));
        return Some(found.help("put the text into quotes if it is a value; a key is a short name"));
    }
    let (key, value) = line.split_once(':')?;
    let is_word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    // An address is no key, but a line of a text.
    if !is_word || !value.starts_with(|c: char| !c.is_whitespace()) || value.starts_with("//") {
        return None;
    }
    let behind = place.at + key.len() + 1;
    Some(
        Diagnostic::error(
            codes::YAML,
            span(place, place.at, behind),
            format!("`{key}:` needs a space behind the colon"),
        )
        .help("without it the whole line is one word")
        .fix("put a space behind the colon", span(place, behind, behind), " "),
    )
}

/// Longest key that YAML allows without a question mark before it.
const MAX_KEY: usize = 1024;

/// What to do about text that is not YAML.
enum Remedy {
    /// To take the tab away.
    Tab,
    /// To close what was opened.
    Close,
    /// What it says.
    Other(&'static str),
}

/// What to do about each kind of mistake.
fn remedy(kind: &ErrorKind) -> Remedy {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => Remedy::Tab,
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::InvalidColonPlacement => Remedy::Close,
        ErrorKind::UnknownAnchor => Remedy::Other("a value that starts with `*` needs quotes"),
        ErrorKind::UnknownQuotedScalarEscape => {
            Remedy::Other("write a backslash twice, or use single quotes, where it stands for itself")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::InvalidIndentation => {
            Remedy::Other("indent this line as deep as its neighbours")
        }
        ErrorKind::MappingValueNotAllowed => Remedy::Other(
            "put the value in quotes if the colon belongs to it, or indent the line as deep as its neighbours",
        ),
        ErrorKind::DirectiveDisallowed => {
            Remedy::Other("remove the line: every contract is YAML 1.2, and tags have no meaning")
        }
        _ => Remedy::Other("a value that contains `: ` or ` #`, or starts with one of `*&!|>%@{[`, needs quotes"),
    }
}
