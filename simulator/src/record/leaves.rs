//! The places of a JSON text's values, so that single ones can be replaced and every other byte stays.

use std::ops::Range;

use serde::de::IgnoredAny;
use wcs_contract::pointer;

/// Deepest nesting that is looked into.
const MAX_DEPTH: usize = 100;

/// A value without parts, or a member's name.
#[derive(Debug)]
pub(crate) struct Leaf {
    /// Where it stands, quotes included.
    pub(crate) range: Range<usize>,
    /// Names and indices that lead to it.
    pub(crate) path: Vec<String>,
    /// What it is.
    pub(crate) kind: Kind,
    /// A text without quotes and escapes; anything else as it is written.
    pub(crate) value: String,
}

/// What a leaf is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Name of a member.
    Name,
    /// Text.
    Text,
    /// A number.
    Number,
    /// true, false or null.
    Word,
}

impl Leaf {
    /// Its JSON Pointer.
    pub(crate) fn pointer(&self) -> String {
        self.path.iter().map(|part| pointer::member("", part)).collect()
    }
}

enum Frame {
    Object { name: String, names_next: bool },
    Array(usize),
}

/// The leaves of a JSON text in their order; `None` if it is no JSON, or is nested too deeply.
pub(crate) fn leaves(text: &str) -> Option<Vec<Leaf>> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut stack: Vec<Frame> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let mut end = at + 1;
        match byte {
            b'{' => stack.push(Frame::Object { name: String::new(), names_next: true }),
            b'[' => stack.push(Frame::Array(0)),
            b'}' | b']' => {
                stack.pop();
            }
            b',' => match stack.last_mut() {
                Some(Frame::Object { names_next, .. }) => *names_next = true,
                Some(Frame::Array(index)) => *index += 1,
                None => {}
            },
            b':' | b' ' | b'\t' | b'\n' | b'\r' => {}
            b'"' => {
                end = string_end(bytes, at);
                let written = text.get(at..end)?;
                let value = serde_json::from_str(written).unwrap_or_else(|_| written.trim_matches('"').to_owned());
                let mut kind = Kind::Text;
                if let Some(Frame::Object { name, names_next }) = stack.last_mut()
                    && std::mem::take(names_next)
                {
                    name.clone_from(&value);
                    kind = Kind::Name;
                }
                found.push(Leaf { range: at..end, path: path(&stack), kind, value });
            }
            _ => {
                let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
                end = bytes.iter().skip(at).position(ends).map_or(bytes.len(), |length| at + length);
                let kind = if matches!(byte, b'-' | b'0'..=b'9') { Kind::Number } else { Kind::Word };
                let value = text.get(at..end)?.to_owned();
                found.push(Leaf { range: at..end, path: path(&stack), kind, value });
            }
        }
        if stack.len() > MAX_DEPTH {
            return None;
        }
        at = end;
    }
    Some(found)
}

/// Where a string ends whose opening quote is known.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn path(stack: &[Frame]) -> Vec<String> {
    let part = |frame: &Frame| match frame {
        Frame::Object { name, .. } => name.clone(),
        Frame::Array(index) => index.to_string(),
    };
    stack.iter().map(part).collect()
}

/// The text with some of its parts replaced; these are in order and apart from each other.
pub(crate) fn spliced(text: &str, changes: &[(Range<usize>, String)]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in changes {
        new.push_str(text.get(at..range.start).unwrap_or_default());
        new.push_str(replacement);
        at = range.end;
    }
    new.push_str(text.get(at..).unwrap_or_default());
    new
}

/// A text as JSON writes it.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
