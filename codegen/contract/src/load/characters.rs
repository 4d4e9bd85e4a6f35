//! Characters that are not what they look like.

use super::Style;
use crate::codes;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{FileId, Span};

/// A carriage return that ends a line by itself: nobody counts lines by it any more, we neither.
pub(super) fn lone_return(file: FileId, text: &str) -> Option<Diagnostic> {
    let bytes = text.as_bytes();
    let is_lone = |at: &usize| bytes.get(*at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n');
    let place = |at: usize| {
        let start = u32::try_from(at).unwrap_or(u32::MAX);
        Span { file, start, end: start.saturating_add(1) }
    };
    let first = (0..bytes.len()).find(is_lone)?;
    let edits = (first..bytes.len()).filter(is_lone).map(|at| Edit { span: place(at), text: "\n".to_owned() });
    let message = "a carriage return ends this line, without a line feed behind it";
    let found = Diagnostic::error(codes::LOOK_ALIKE, place(first), message);
    Some(found.help("save the file with the line ends of Unix or Windows").fix_by("write line feeds", edits.collect()))
}

/// A value or a key that begins or ends with what looks like a space or like quotes.
pub(super) fn look_alike(text: &str, style: Style, span: Span, file: &str) -> Option<Diagnostic> {
    if style != Style::Plain {
        return None;
    }
    let written = file.get(span.start as usize..span.end as usize)?;
    let is_blank = |c: char| c != ' ' && (c.is_whitespace() || ZERO_WIDTH.contains(&c));
    let (leading, trailing) = (run(written.chars(), is_blank), run(written.chars().rev(), is_blank));
    let at = match (leading, trailing) {
        (0, 0) => return quotes(text, span, written),
        (0, length) => span.slice(written.len() - length, written.len()),
        (length, _) => span.slice(0, length),
    };
    let shown = file.get(at.start as usize..at.end as usize)?;
    let c = shown.chars().next()?;
    let what = format!("the character U+{:04X} looks like a space and is none", u32::from(c));
    let spaces: String = shown.chars().filter(|c| !ZERO_WIDTH.contains(c)).map(|_| ' ').collect();
    let found = Diagnostic::error(codes::LOOK_ALIKE, at, what);
    Some(found.help("type a space; put the text into quotes if the character belongs to it").fix(
        "write spaces",
        at,
        spaces,
    ))
}

/// Not even as wide as a space.
const ZERO_WIDTH: [char; 3] = ['\u{200b}', '\u{2060}', '\u{feff}'];

/// Bytes of the characters at one end.
fn run(text: impl Iterator<Item = char>, is_blank: impl Fn(char) -> bool) -> usize {
    text.take_while(|c| is_blank(*c)).map(char::len_utf8).sum()
}

/// Quotes of a word processor around a whole value.
fn quotes(text: &str, span: Span, written: &str) -> Option<Diagnostic> {
    let is_quote = |c: char| "“”„‟«»‘’‚".contains(c);
    let inner = text.strip_prefix(is_quote)?.strip_suffix(is_quote)?;
    if inner.contains(is_quote) || inner.contains(['"', '\\']) || text != written {
        return None;
    }
    let message = "these quotes belong to the text: YAML knows only straight ones";
    let found = Diagnostic::warning(codes::LOOK_ALIKE, span, message);
    let help = "write straight quotes, or put the whole text into them if the others are meant";
    let found = found.help(help).fix("write straight quotes", span, format!("\"{inner}\""));
    Some(found.left("the text would be another one"))
}
