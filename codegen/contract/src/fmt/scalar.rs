//! How a single value is written: plain, quoted or as a block.
//!
//! Quotes stay away where they mean nothing and no YAML reader, old or new, could take the text for something else.

use std::sync::LazyLock;

use granit_parser::ScalarStyle;
use regex::Regex;

use super::WIDTH;
use crate::syntax::Form;

/// A value, ready to be written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Printed {
    /// On the line of its key.
    Line(String),
    /// Below its key.
    Block {
        /// What stands on the line of the key.
        header: String,
        /// The lines below, without their indentation.
        lines: Vec<String>,
    },
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// On a line or more of its own: the column at which its text would begin, and the one at which a block would.
    Block {
        /// Column after the key.
        line: usize,
        /// Column of lines below the key.
        below: usize,
    },
    /// Between `{` and `}` or `[` and `]`.
    Flow,
}

/// Writes a value.
pub(super) fn scalar(text: &str, style: ScalarStyle, form: Form, context: Context) -> Printed {
    let plain = style == ScalarStyle::Plain;
    if plain && matches!(text, "" | "~" | "null") {
        let flow_needs_it = text.is_empty() && context == Context::Flow;
        return Printed::Line(if flow_needs_it { "null".to_owned() } else { text.to_owned() });
    }
    match form {
        Form::Text if !text.trim().is_empty() => prose(text.trim(), style, context),
        Form::Version => Printed::Line(quoted(text)),
        Form::Word if plain || is_simple(text) => Printed::Line(word(text, context)),
        _ if plain => Printed::Line(value(text, context)),
        _ => block(text, style, context).unwrap_or_else(|| in_quotes(text, context)),
    }
}

/// Writes a word that is the same with and without quotes, such as a key.
pub(super) fn word(text: &str, context: Context) -> String {
    if can_be_plain(text, context) && !is_ambiguous(text) { text.to_owned() } else { quoted(text) }
}

/// A plain value stays plain if it is a number or the like; other words that a reader could take for one get quotes.
fn value(text: &str, context: Context) -> String {
    let special = matches!(text, "true" | "false") || serde_json::from_str::<serde_json::Number>(text).is_ok();
    if special { text.to_owned() } else { word(text, context) }
}

/// Letters, digits and what stands between them in names and paths.
fn is_simple(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '<' | '>'))
}

/// Prose on one line if it fits, else as a block.
fn prose(text: &str, style: ScalarStyle, context: Context) -> Printed {
    let Context::Block { line, .. } = context else { return Printed::Line(word(text, context)) };
    if !text.contains('\n') {
        let written = word(text, context);
        if line + written.chars().count() <= WIDTH || !text.contains(' ') {
            return Printed::Line(written);
        }
    }
    let style =
        if text.contains('\n') && style != ScalarStyle::Folded { ScalarStyle::Literal } else { ScalarStyle::Folded };
    block(text, style, context).unwrap_or_else(|| in_quotes(text, context))
}

/// A block scalar. `None` if the text was not one, or can't be one.
fn block(text: &str, style: ScalarStyle, context: Context) -> Option<Printed> {
    let Context::Block { below, .. } = context else { return None };
    let sign = match style {
        ScalarStyle::Literal => '|',
        ScalarStyle::Folded => '>',
        _ => return None,
    };
    let (body, chomping) = match text.strip_suffix('\n') {
        None => (text, "-"),
        Some(body) => (body, ""),
    };
    let can_be = |line: &str| line.is_empty() || !line.trim().is_empty();
    if body.is_empty()
        || body.starts_with(char::is_whitespace)
        || body.ends_with('\n')
        || !body.chars().all(|c| c == '\n' || is_printable(c))
        || !body.split('\n').all(can_be)
    {
        return None;
    }
    let foldable = !body.split('\n').any(|line| line.starts_with([' ', '\t']));
    if sign == '>' && foldable {
        let room = WIDTH.saturating_sub(below).max(MIN_ROOM);
        // In a folded block a line break is written as an empty line.
        let lines = body.split('\n').enumerate().flat_map(|(at, line)| {
            let gap = if at > 0 && !line.is_empty() { Some(String::new()) } else { None };
            gap.into_iter().chain(fold(line, room))
        });
        return Some(Printed::Block { header: format!(">{chomping}"), lines: lines.collect() });
    }
    let lines = body.split('\n').map(str::to_owned).collect();
    Some(Printed::Block { header: format!("|{chomping}"), lines })
}

/// Deep nesting must leave a few words a line.
const MIN_ROOM: usize = 40;

/// Breaks a line at single spaces: where there are several, a break would lose some.
fn fold(line: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0;
    for piece in pieces(line) {
        let length = piece.chars().count();
        match lines.last_mut() {
            Some(last) if last.is_empty() || width + 1 + length <= room => {
                if !last.is_empty() {
                    last.push(' ');
                    width += 1;
                }
                last.push_str(piece);
                width += length;
            }
            _ => {
                lines.push(piece.to_owned());
                width = length;
            }
        }
    }
    lines
}

/// The parts of a line between single spaces.
fn pieces(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(' ') {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + 1..).and_then(|text| text.chars().next());
        if before.zip(after).is_some_and(|(before, after)| !before.is_whitespace() && !after.is_whitespace()) {
            found.extend(line.get(start..at));
            start = at + 1;
        }
    }
    found.extend(line.get(start..));
    found
}

/// Whether a text can stand without quotes.
fn can_be_plain(text: &str, context: Context) -> bool {
    let first = text.chars().next();
    let second = text.chars().nth(1);
    let starts_well = match first {
        None => false,
        Some('-' | '?' | ':') => second.is_some_and(|c| c.is_alphanumeric()),
        Some(c) => !"!&*|>@`%\"'#,[]{}".contains(c),
    };
    starts_well
        && text.trim() == text
        && text.chars().all(|c| is_printable(c) && c != '\t')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !["---", "..."].iter().any(|mark| text.starts_with(mark))
        && (context != Context::Flow || !(text.contains([',', '[', ']', '{', '}']) || text.starts_with(':')))
}

/// Whether a YAML reader, of version 1.1 or 1.2, might take a plain text for a number, a date, a truth value or nothing.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: [&str; 14] =
        ["null", "true", "false", "yes", "no", "on", "off", "~", "<<", "=", ".nan", ".inf", "-.inf", "+.inf"];
    static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NUMBER).ok());
    let lower = text.to_ascii_lowercase();
    WORDS.contains(&lower.as_str()) || NUMBERS.as_ref().is_none_or(|numbers| numbers.is_match(&lower))
}

/// Integers, with underscores and in any base; fractions; times and angles (`1:30`); dates.
const NUMBER: &str = r"(?x)^(
    [-+]?[0-9][0-9_]* | [-+]?0[xob][0-9a-f_]+ |
    [-+]?([0-9][0-9_]*)?\.?[0-9_]*(e[-+]?[0-9]+)? |
    [-+]?[0-9][0-9_]*(:[0-9]{1,2})+(\.[0-9_]*)? |
    [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t\ ].*)?
)$";

/// Whether a character can stand in a file as it is: no control character, and nothing that a reader might take for the
/// end of a line.
fn is_printable(c: char) -> bool {
    c == '\t' || !(c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
}

/// A text in quotes. Where it is too long for its line, it goes on below after the ends of its own lines.
fn in_quotes(text: &str, context: Context) -> Printed {
    let whole = quoted(text);
    let Context::Block { line, below } = context else { return Printed::Line(whole) };
    if line + whole.chars().count() <= WIDTH || !whole.starts_with('"') || !text.contains('\n') {
        return Printed::Line(whole);
    }
    let mut lines = vec![String::from("\"")];
    let mut width = line + 1;
    for piece in text.split_inclusive('\n') {
        let mut escaped = String::new();
        piece.chars().for_each(|c| escape(&mut escaped, c));
        let length = escaped.chars().count();
        match lines.last_mut() {
            // One column is left for the backslash or the quote.
            Some(last) if width + length < WIDTH || last == "\"" => {
                last.push_str(&escaped);
                width += length;
            }
            last => {
                last.into_iter().for_each(|last| last.push('\\'));
                // Spaces at the beginning would be taken for indentation.
                let start = if escaped.starts_with(' ') { "\\" } else { "" };
                lines.push(format!("{start}{escaped}"));
                width = below + start.len() + length;
            }
        }
    }
    lines.iter_mut().last().into_iter().for_each(|last| last.push('"'));
    let header = lines.remove(0);
    if lines.is_empty() { Printed::Line(header) } else { Printed::Block { header, lines } }
}

/// A text in quotes on one line: double ones, unless they would need backslashes and single ones don't.
fn quoted(text: &str) -> String {
    let printable = text.chars().all(|c| is_printable(c) && c != '\t');
    if printable && text.contains(['"', '\\']) && !text.contains('\'') {
        return format!("'{text}'");
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    text.chars().for_each(|c| escape(&mut out, c));
    out.push('"');
    out
}

/// Writes a character as it stands in double quotes.
fn escape(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        // A space that is none must be seen.
        c if is_printable(c) && (c == ' ' || !c.is_whitespace()) => out.push(c),
        c if u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(c))),
        c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
    }
}
