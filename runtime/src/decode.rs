//! One table-driven decoder for every body: it checks the JSON once and notes where each known member's value stands.
//!
//! It is not generic over the hook, so it is compiled once. It allocates nothing, with two exceptions that the JSON
//! library brings: a few bytes for an object or array inside another one, and for keys with escapes.
//!
//! What a sender may write, and what becomes of it. Whatever is accepted is echoed byte for byte.
//!
//! | in the body | is |
//! |---|---|
//! | members in any order, white space between them, escapes in keys and values (`\u0063ount`, `\/`) | read as they are meant |
//! | a member that the contract does not know | kept, counted, found by [`View::raw`](crate::View::raw) |
//! | a member several times, in any of its spellings | counted; the last one counts, and an answer replaces that one |
//! | `null` | the same as nothing: accessors give `None`; [`View::member_state`](crate::View::member_state) tells them apart |
//! | a value of another type than the contract says | accepted; its accessor gives `None` |
//! | an integer of up to 64 bits, also beyond 2^53 | exact |
//! | a larger one; one beyond 32 bits where the contract has 32 | accepted; its accessor gives `None` |
//! | `1.0`, `1e3`, `-0` where an integer is expected | 1, 1000 and 0: the same numbers; `1.5` gives `None` |
//! | `1e400` where a number is expected | accepted; no float holds it, so its accessor gives `None` |
//! | half of a surrogate pair (`\ud800`) in a key or a value | accepted; it is no text in Rust, so an accessor gives `None` |
//! | `\u0000` | a character like any other |
//! | a byte order mark before the body | skipped |
//! | nesting deeper than the limit | refused |
//! | an empty body, only white space, an array, a text, two values | refused |
//! | a NUL byte or another raw control character | refused, as JSON does |
//! | bytes that are not UTF-8 | refused |
//!
//! A refusal ([`DecodeError`]) has a line and a column, and never repeats anything of the body.

mod exact;
mod pass;

use std::fmt;

use crate::descriptor::Member;
pub use crate::json::DEPTH_LIMIT;
use bytes::Bytes;

/// Where the text of a value stands in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// No value. A real one can't start at 0, where the body's brace stands.
    pub const ABSENT: Self = Self { start: 0, end: 0 };

    /// From `start` to before `end`. The decoder refuses bodies that 32 bits can't address.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    pub(crate) fn is_absent(self) -> bool {
        self.end == 0
    }

    /// The bytes that it covers, if there is a value.
    #[must_use]
    pub fn range(self) -> Option<std::ops::Range<usize>> {
        (self.end != 0).then_some(self.start as usize..self.end as usize)
    }
}

/// What the decoder saw besides the spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Decoded {
    /// Members that the table does not know.
    pub unknown: u32,
    /// Times that a known member stood again; the last one counts.
    pub duplicates: u32,
    /// Whether it is known that the body keeps to the contract everywhere, so that nobody need look again.
    pub(crate) is_sound: bool,
}

/// A body that was read, with where its members stand: what a server knows of a request before any type does.
#[derive(Debug, Clone)]
pub struct Arrived<'s> {
    /// The body.
    pub body: Bytes,
    /// A span per member of the hook's table.
    pub spans: &'s [Span],
    /// What the decoder saw besides.
    pub decoded: Decoded,
}

/// Tables up to this size are read with spans on the stack.
const SPANS_ON_STACK: usize = 64;

/// Calls with a span for each of so many members, on the stack if they are few.
pub(crate) fn with_spans<T>(members: usize, use_spans: impl FnOnce(&mut [Span]) -> T) -> T {
    let mut few = [Span::ABSENT; SPANS_ON_STACK];
    match few.get_mut(..members) {
        Some(spans) => use_spans(spans),
        None => use_spans(&mut vec![Span::ABSENT; members]),
    }
}

/// Reads a body against a table of members and sets a span for each that is there.
///
/// A byte order mark before the body is skipped. `spans` must be as long as `members`; spans beyond are ignored.
///
/// # Errors
///
/// When the body is no UTF-8, no JSON, no object, or nested deeper than [`DEPTH_LIMIT`].
pub fn decode(members: &'static [Member], body: &[u8], spans: &mut [Span]) -> Result<Decoded, DecodeError> {
    decode_within(members, body, spans, DEPTH_LIMIT)
}

/// As [`decode`], with another limit of nesting.
///
/// # Errors
///
/// As [`decode`].
pub fn decode_within(
    members: &'static [Member],
    body: &[u8],
    spans: &mut [Span],
    depth_limit: usize,
) -> Result<Decoded, DecodeError> {
    if !is_ascii(body) {
        check_utf8(body)?;
    }
    if u32::try_from(body.len()).is_err() {
        return Err(DecodeError::at(body, 0, "the body is larger than 4 GiB".into()));
    }
    spans.fill(Span::ABSENT);
    if let Ok(decoded) = pass::read(members, body, spans, depth_limit.min(DEPTH_LIMIT)) {
        return Ok(decoded);
    }
    // What the quick pass refuses is read again: by whoever can read more, and can say what is wrong.
    exact::parse(members, body, spans, depth_limit)
}

/// The library looks at blocks, and byte by byte at what is left of the last one; here it gets whole blocks alone.
fn is_ascii(body: &[u8]) -> bool {
    const BLOCK: usize = 32;
    match body.last_chunk::<BLOCK>() {
        Some(last) => last.is_ascii() && body.get(..body.len() / BLOCK * BLOCK).is_some_and(<[u8]>::is_ascii),
        None => body.is_ascii(),
    }
}

fn check_utf8(body: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(body).map_err(|error| {
        DecodeError::at(body, error.valid_up_to(), "the body is not UTF-8; hooks are sent as UTF-8 encoded JSON".into())
    })
}

/// Index of the member with that name. Those from the expected one on are tried first.
fn find(members: &[Member], expected: usize, key: &[u8]) -> Option<usize> {
    let (before, behind) = members.split_at_checked(expected).unwrap_or((members, &[]));
    match named(behind, key) {
        Some(index) => Some(expected + index),
        None => named(before, key).or_else(|| aliased(members, key)),
    }
}

/// Index of the member with that name; other spellings come after all names.
pub(crate) fn position(members: &[Member], key: &[u8]) -> Option<usize> {
    find(members, 0, key)
}

fn named(members: &[Member], key: &[u8]) -> Option<usize> {
    // Names of one length mostly differ at their start, which is cheaper to see than by a call.
    let is_name = |name: &[u8]| name.len() == key.len() && name.first() == key.first() && name == key;
    members.iter().position(|member| is_name(member.name.as_bytes()))
}

fn aliased(members: &[Member], key: &[u8]) -> Option<usize> {
    members.iter().position(|member| member.aliases.iter().any(|alias| alias.as_bytes() == key))
}

/// Why a body can't be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// Offset of the byte at which reading stopped; inside a string, of the one before.
    pub offset: usize,
    /// Its line, from 1.
    pub line: usize,
    /// Its character in the line, from 1.
    pub column: usize,
    /// What was wrong.
    pub message: String,
}

impl DecodeError {
    fn at(body: &[u8], offset: usize, message: String) -> Self {
        let before = body.get(..offset).unwrap_or(body);
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let in_line = before.get(line_start..).unwrap_or_default();
        Self {
            offset: before.len(),
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: String::from_utf8_lossy(in_line).chars().count() + 1,
            message,
        }
    }

    /// serde_json counts the bytes of a line up to and with the one that it did not like.
    fn from_json(body: &[u8], skipped: usize, error: &serde_json::Error) -> Self {
        let json = body.get(skipped..).unwrap_or_default();
        let mut newlines = json.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let line_start = if error.line() < 2 { 0 } else { newlines.nth(error.line() - 2).unwrap_or(0) };
        let offset = skipped + line_start + error.column().saturating_sub(1);
        let text = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        Self::at(body, offset.min(body.len()), text.strip_suffix(&place).unwrap_or(&text).to_owned())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for DecodeError {}
