//! JSON text, without any type of a contract: its values one by one, its strings, and writing a string.
//!
//! Texts have been checked when their body was decoded, unless a function says that it checks.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use memchr::memmem;
use serde::de::{Deserializer as _, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// How deep arrays and objects may be nested, the body itself counted, unless a caller says otherwise.
pub const DEPTH_LIMIT: usize = 128;

pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The members of a decoded body, in the order in which they stand: each key as it is written between its quotes, and
/// the JSON text of its value.
pub(crate) fn entries(body: &str) -> Vec<(&str, &str)> {
    let mut entries = Vec::new();
    each_entry(body, |key, value| entries.push((key, value)));
    entries
}

/// As [`entries`], one after the other. Nothing happens when the text is no object.
pub(crate) fn each_entry<'a>(body: &'a str, mut each: impl FnMut(&'a str, &'a str)) {
    let json = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
    let part = |range| json.get(range).unwrap_or_default();
    let mut done = 0_usize;
    let scanned = wcs_scan::members(json, DEPTH_LIMIT, |key, value| {
        each(part(key), part(value));
        done += 1;
    });
    if scanned.is_err() {
        // The text has been checked, so that there is no mistake to report; but a key may have escapes.
        let rest = after(done, each);
        let _ = serde_json::Deserializer::from_str(json).deserialize_map(Each(rest));
    }
}

/// The items of an array, as JSON text, one after the other. Nothing happens when the text is no array.
pub(crate) fn each_item<'a>(array: &'a str, mut each: impl FnMut(&'a str)) {
    let mut done = 0_usize;
    let scanned = wcs_scan::items(array, DEPTH_LIMIT, |item| {
        each(array.get(item).unwrap_or_default());
        done += 1;
    });
    if scanned.is_err() {
        let rest = after(done, |_, item| each(item));
        let _ = serde_json::Deserializer::from_str(array).deserialize_seq(Each(rest));
    }
}

/// Leaves out the calls that have been made already.
fn after<'a>(mut done: usize, mut each: impl FnMut(&'a str, &'a str)) -> impl FnMut(&'a str, &'a str) {
    move |key, value| match done.checked_sub(1) {
        Some(left) => done = left,
        None => each(key, value),
    }
}

struct Each<F>(F);

impl<'de, F: FnMut(&'de str, &'de str)> Visitor<'de> for Each<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object or array")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<RawKey<'de>>()? {
            (self.0)(key.0, map.next_value::<&'de RawValue>()?.get());
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<&'de RawValue>()? {
            (self.0)("", item.get());
        }
        Ok(())
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

pub(crate) fn check_json(text: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<IgnoredAny>(text).map(drop)
}

/// The JSON type of valid JSON text.
pub(crate) fn json_type(text: &str) -> &'static str {
    match text.as_bytes().first() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        _ => "number",
    }
}

/// A key as it is written between its quotes, without escapes; one that is no text in Rust stays as it is written.
pub(crate) fn unescape_key(written: &str) -> Cow<'_, str> {
    if !written.contains('\\') {
        return Cow::Borrowed(written);
    }
    serde_json::from_str(&format!("\"{written}\"")).map_or(Cow::Borrowed(written), Cow::Owned)
}

/// Whether there is a `\u` in a string, also one that means something else. Long texts have many escapes, but not that.
fn may_hold_code_units(inner: &[u8]) -> bool {
    static CODE_UNIT: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(b"\\u"));
    if inner.len() < 64 { inner.contains(&b'\\') } else { CODE_UNIT.find(inner).is_some() }
}

/// Whether JSON text is a string that Rust can hold: one without half of a surrogate pair. Allocates nothing.
pub(crate) fn is_text(json: &str) -> bool {
    json.strip_prefix('"').is_some_and(|inner| is_text_inside(inner.as_bytes()))
}

/// The same of what stands between the quotes; the closing one makes no difference.
pub(crate) fn is_text_inside(inner: &[u8]) -> bool {
    if !may_hold_code_units(inner) {
        return true;
    }
    let mut rest = inner;
    let mut high = false;
    while let Some((byte, after)) = rest.split_first() {
        let (unit, after) = match (byte, after) {
            (b'\\', [b'u', hex @ ..]) => (code_unit(hex), hex.get(4..).unwrap_or_default()),
            (b'\\', [_, after @ ..]) => (None, after),
            _ => (None, after),
        };
        let low = unit.is_some_and(|unit| (0xdc00..0xe000).contains(&unit));
        if high != low {
            return false;
        }
        high = unit.is_some_and(|unit| (0xd800..0xdc00).contains(&unit));
        rest = after;
    }
    !high
}

/// How many characters the text of a JSON string has, without unescaping it.
pub(crate) fn text_length(json: &str) -> usize {
    let inner = json.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default();
    let mut characters = inner.chars();
    let mut length = 0;
    while let Some(character) = characters.next() {
        length += 1;
        if character == '\\' && characters.next() == Some('u') {
            let unit = code_unit(characters.as_str().as_bytes());
            characters.by_ref().take(4).for_each(drop);
            // The second half of a pair belongs to the character that the first half began.
            length -= usize::from(unit.is_some_and(|unit| (0xdc00..0xe000).contains(&unit)));
        }
    }
    length
}

fn code_unit(hex: &[u8]) -> Option<u16> {
    u16::from_str_radix(std::str::from_utf8(hex.get(..4)?).ok()?, 16).ok()
}

/// Appends text as a JSON string.
pub(crate) fn write_str(text: &str, json: &mut String) {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        json.push('"');
        json.push_str(text);
        json.push('"');
        return;
    }
    // Serialising a string has no way to fail: it is only escaped.
    json.push_str(&serde_json::to_string(text).unwrap_or_default());
}
