//! Reading by the JSON library: everything that JSON may be, and what is wrong with what is none.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{DecodeError, Decoded, Span, check_utf8, find};
use crate::descriptor::Member;
use crate::json::{BYTE_ORDER_MARK, check_json};

/// Reads a body against a table of members.
pub(super) fn parse(
    members: &'static [Member],
    body: &[u8],
    spans: &mut [Span],
    depth_limit: usize,
) -> Result<Decoded, DecodeError> {
    let text = check_utf8(body)?;
    let json = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    check_start(body, json)?;
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

/// Whether it starts as an object does: the JSON library would repeat another value in its message.
fn check_start(body: &[u8], json: &str) -> Result<(), DecodeError> {
    let start = json.trim_start_matches([' ', '\t', '\r', '\n']);
    let found = match start.as_bytes().first() {
        Some(b'{') => return Ok(()),
        None if json.is_empty() => "nothing",
        None => "only white space",
        Some(b'[') => "an array",
        Some(b'"') => "a text",
        Some(b'-' | b'0'..=b'9') => "a number",
        Some(_) => "something else",
    };
    let message = format!("expected a JSON object, found {found}");
    Err(DecodeError::at(body, body.len() - start.len(), message))
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
    // One level takes two bytes, so short text needs no look. Few brackets, also counting those in strings, need none
    // either, and a mere count is many times as fast as the look.
    let brackets = || text.bytes().map(|byte| usize::from((byte == b'{') | (byte == b'['))).sum::<usize>();
    if text.len() / 2 <= limit || brackets() <= limit {
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
        Ok(match find(self.members, self.expected, key) {
            Some(index) => Found::Member(index),
            None if key.iter().any(|byte| *byte < b' ') => Found::Doubtful,
            None => Found::Unknown,
        })
    }
}
