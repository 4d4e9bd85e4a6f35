//! One table-driven decoder for every body: it checks the JSON once and notes where each known member's value stands.
//!
//! It is not generic over the hook, so it is compiled once; a body without nesting and without escapes in its keys is
//! decoded without an allocation.

use std::fmt;

use bytes::Bytes;
use serde::de::{DeserializeSeed, Deserializer as _, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::descriptor::Member;

/// How deep arrays and objects may be nested, the body itself counted, unless a caller says otherwise.
pub const DEPTH_LIMIT: usize = 128;

const BYTE_ORDER_MARK: &str = "\u{feff}";

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
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end) }
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
    let text = std::str::from_utf8(body).map_err(|error| {
        DecodeError::at(body, error.valid_up_to(), "the body is not UTF-8; hooks are sent as UTF-8 encoded JSON".into())
    })?;
    if u32::try_from(body.len()).is_err() {
        return Err(DecodeError::at(body, 0, "the body is larger than 4 GiB".into()));
    }
    let json = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    spans.fill(Span::ABSENT);
    let mut reader = serde_json::Deserializer::from_str(json);
    let seen = reader
        .deserialize_map(Members { members, base: body.as_ptr() as usize, spans, depth_limit })
        .and_then(|seen| reader.end().map(|()| seen))
        .and_then(|seen| if seen.doubtful_key { check_json(json).map(|()| seen) } else { Ok(seen) })
        .map_err(|error| DecodeError::from_json(body, body.len() - json.len(), &error))?;
    match seen.too_deep_at {
        None => Ok(seen.decoded),
        Some(offset) => {
            let message = format!("arrays and objects are nested deeper than {depth_limit} levels");
            Err(DecodeError::at(body, offset, message))
        }
    }
}

/// What the visitor brings back.
struct Seen {
    decoded: Decoded,
    too_deep_at: Option<usize>,
    doubtful_key: bool,
}

struct Members<'t> {
    members: &'static [Member],
    /// Address of the body's first byte: spans are differences of addresses.
    base: usize,
    spans: &'t mut [Span],
    depth_limit: usize,
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = Seen;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object, the body of a hook")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Seen, A::Error> {
        let mut seen = Seen { decoded: Decoded::default(), too_deep_at: None, doubtful_key: false };
        let mut expected = 0;
        while let Some(found) = map.next_key_seed(Key { members: self.members, expected })? {
            let value: &'de RawValue = map.next_value()?;
            let text = value.get();
            let start = text.as_ptr() as usize - self.base;
            if self.depth_limit == 0 || (nests(text) && deeper_than(text, self.depth_limit - 1)) {
                seen.too_deep_at.get_or_insert(start);
            }
            seen.doubtful_key |= matches!(found, Found::Doubtful);
            let Found::Member(index) = found else {
                seen.decoded.unknown += 1;
                continue;
            };
            expected = index + 1;
            if let Some(span) = self.spans.get_mut(index) {
                seen.decoded.duplicates += u32::from(*span != Span::ABSENT);
                *span = Span::new(start, start + text.len());
            }
        }
        Ok(seen)
    }
}

fn nests(text: &str) -> bool {
    text.starts_with(['{', '['])
}

/// Whether valid JSON text opens more than `limit` brackets at once. Reads it once, without recursion.
fn deeper_than(text: &str, limit: usize) -> bool {
    // One level takes two bytes, so short text needs no look.
    if text.len() / 2 <= limit {
        return false;
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > limit {
                    return true;
                }
            }
            b'}' | b']' => depth -= 1,
            _ => {}
        }
    }
    false
}

/// Finds a key in the table without copying it. Senders write members in the order of the contract, so the one after
/// the last is tried first.
struct Key {
    members: &'static [Member],
    expected: usize,
}

enum Found {
    Member(usize),
    Unknown,
    /// Unknown, with a control character that serde_json lets pass in what it reads as bytes. If it was not escaped, the
    /// body is no JSON.
    Doubtful,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Found;

    // As bytes, because a key may hold half of a surrogate pair, which is legal JSON and no legal `str`.
    fn deserialize<D: serde::Deserializer<'de>>(self, key: D) -> Result<Found, D::Error> {
        key.deserialize_bytes(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_bytes<E: serde::de::Error>(self, key: &[u8]) -> Result<Found, E> {
        if self.members.get(self.expected).is_some_and(|member| member.name.as_bytes() == key) {
            return Ok(Found::Member(self.expected));
        }
        Ok(match position(self.members, key) {
            Some(index) => Found::Member(index),
            None if key.iter().any(|byte| *byte < b' ') => Found::Doubtful,
            None => Found::Unknown,
        })
    }
}

/// Index of the member with that name; other spellings come after all names.
pub(crate) fn position(members: &[Member], key: &[u8]) -> Option<usize> {
    let named = members.iter().position(|member| member.name.as_bytes() == key);
    named.or_else(|| members.iter().position(|member| member.aliases.iter().any(|alias| alias.as_bytes() == key)))
}

/// The members of a decoded body, in the order in which they stand: each key as it is written between its quotes, and
/// the JSON text of its value.
pub(crate) fn entries(body: &str) -> Vec<(&str, &str)> {
    let json = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    serde_json::Deserializer::from_str(json).deserialize_map(AllEntries).unwrap_or_default()
}

struct AllEntries;

impl<'de> Visitor<'de> for AllEntries {
    type Value = Vec<(&'de str, &'de str)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<RawKey<'de>>()? {
            entries.push((key.0, map.next_value::<&'de RawValue>()?.get()));
        }
        Ok(entries)
    }
}

/// A key as it is written, without its quotes.
struct RawKey<'a>(&'a str);

impl<'de> serde::Deserialize<'de> for RawKey<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(key: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(key)?.get();
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        inner.map(RawKey).ok_or_else(|| D::Error::custom("a key is a string"))
    }
}

/// Whether `text` is one JSON value, and nothing else but white space.
pub(crate) fn is_json(text: &str) -> bool {
    check_json(text).is_ok()
}

fn check_json(text: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(text).map(drop)
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
