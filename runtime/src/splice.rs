//! Answers by splicing: what is overwritten changes, every other byte of the body stays.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use serde::Serialize;

use crate::decode::{self, Span};
use crate::descriptor::Member;
use crate::json::{self, json_type, unescape_key, write_str};

/// Members to be replaced or added, as JSON text.
#[derive(Clone, Default)]
pub struct Changes {
    members: Vec<Change>,
    /// The texts of all of them, one behind the other.
    texts: String,
}

#[derive(Clone)]
struct Change {
    name: Cow<'static, str>,
    text: Range<usize>,
}

/// What most sets of changes take.
const TEXTS: usize = 64;

impl Changes {
    /// Nothing to change.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is to be changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The members by name, each with its JSON text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members
            .iter()
            .map(|change| (change.name.as_ref(), self.texts.get(change.text.clone()).unwrap_or_default()))
    }

    /// Sets a member; what was set before under the same name is forgotten.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, write: impl FnOnce(&mut String)) {
        let name = name.into();
        let start = self.texts.len();
        self.texts.reserve(TEXTS.saturating_sub(start));
        write(&mut self.texts);
        let text = start..self.texts.len();
        match self.members.iter_mut().find(|change| change.name == name) {
            Some(change) => change.text = text,
            None => self.members.push(Change { name, text }),
        }
    }

    /// Sets the member at an index of a table.
    pub fn set_at(&mut self, members: &'static [Member], index: usize, write: impl FnOnce(&mut String)) {
        if let Some(member) = members.get(index) {
            self.set(member.name, write);
        }
    }

    /// Sets a member to anything that serde can write.
    ///
    /// # Errors
    ///
    /// When the value can't be written as JSON.
    pub fn set_named(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: &impl Serialize,
    ) -> Result<(), serde_json::Error> {
        let text = serde_json::to_string(value)?;
        self.set(name, |json| json.push_str(&text));
        Ok(())
    }
}

/// Values may be secrets, so only their JSON types show.
impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(name, text)| (name, json_type(text)))).finish()
    }
}

/// So many changes are laid out on the stack.
const FEW: usize = 8;

/// The body with some members replaced in place, and those that it lacked appended. `spans` are those of its decoding.
///
/// A member that stands in the body several times is changed where it counts, at its last place.
#[must_use]
pub fn splice(body: &Bytes, members: &[Member], spans: &[Span], changes: &Changes) -> Bytes {
    if changes.is_empty() {
        return body.clone();
    }
    let count = changes.members.len();
    let nothing = Piece { place: None, name: "", text: "" };
    let (mut few, mut many) = ([nothing; FEW], Vec::new());
    let pieces = if count <= FEW {
        few.get_mut(..count).unwrap_or_default()
    } else {
        many.resize(count, nothing);
        &mut many[..]
    };
    for (piece, (name, text)) in pieces.iter_mut().zip(changes.iter()) {
        let place = place(body, members, spans, name).map(|range| (range.start, range.end));
        *piece = Piece { place, name, text };
    }
    join(body, pieces)
}

/// The body with one member replaced where it stands, or appended if it has no place.
#[cfg(feature = "server")]
pub(crate) fn put(body: &Bytes, place: Option<Range<usize>>, name: &str, text: &str) -> Bytes {
    join(body, &mut [Piece { place: place.map(|range| (range.start, range.end)), name, text }])
}

/// A text that comes into a body.
#[derive(Clone, Copy)]
struct Piece<'a> {
    /// From where to where it replaces what stands there; `None` if it is added.
    place: Option<(usize, usize)>,
    name: &'a str,
    text: &'a str,
}

fn join(body: &[u8], pieces: &mut [Piece<'_>]) -> Bytes {
    // Those that are added come first, and are written last.
    pieces.sort_by_key(|piece| piece.place);
    let added = pieces.partition_point(|piece| piece.place.is_none());
    let (added, replaced) = pieces.split_at(added);
    let grown: usize = pieces.iter().map(|piece| piece.text.len() + piece.name.len() + r#","":"#.len()).sum();
    let mut answer = Vec::with_capacity(body.len() + grown);
    let mut copied = 0;
    for (at, piece) in replaced.iter().enumerate() {
        // Two names of one member stand for one place, and what was set last holds.
        if replaced.get(at + 1).is_some_and(|next| next.place == piece.place) {
            continue;
        }
        let (start, end) = piece.place.unwrap_or_default();
        answer.extend_from_slice(body.get(copied..start).unwrap_or_default());
        answer.extend_from_slice(piece.text.as_bytes());
        copied = end;
    }
    if !added.is_empty() {
        let end = end_of_members(body).max(copied);
        answer.extend_from_slice(body.get(copied..end).unwrap_or_default());
        append(added, &mut answer);
        copied = end;
    }
    answer.extend_from_slice(body.get(copied..).unwrap_or_default());
    Bytes::from(answer)
}

fn append(added: &[Piece<'_>], answer: &mut Vec<u8>) {
    for piece in added {
        if answer.last() != Some(&b'{') {
            answer.push(b',');
        }
        let mut key = String::new();
        write_str(piece.name, &mut key);
        answer.extend_from_slice(key.as_bytes());
        answer.push(b':');
        answer.extend_from_slice(piece.text.as_bytes());
    }
}

/// Where the value of a member stands.
pub(crate) fn place(body: &Bytes, members: &[Member], spans: &[Span], name: &str) -> Option<Range<usize>> {
    if let Some(index) = decode::position(members, name.as_bytes()) {
        return spans.get(index)?.range();
    }
    let entries = json::entries(std::str::from_utf8(body).ok()?);
    let (_, value) = entries.into_iter().rev().find(|(key, _)| unescape_key(key) == name)?;
    let start = value.as_ptr() as usize - body.as_ptr() as usize;
    Some(start..start + value.len())
}

/// The end of the last member, or of the opening brace: what is added goes there, before white space and the closing one.
fn end_of_members(body: &[u8]) -> usize {
    let brace = body.iter().rposition(|byte| *byte == b'}').unwrap_or(body.len());
    let before = body.get(..brace).unwrap_or_default();
    before.iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(brace, |last| last + 1)
}
