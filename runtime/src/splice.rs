//! Answers by splicing: what is overwritten changes, every other byte of the body stays.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use crate::decode::{self, Span};
use crate::descriptor::Member;
use crate::value::{json_type, unescape_key};
use crate::write::write_str;

/// Members to be replaced or added, as JSON text.
#[derive(Clone, Default)]
pub struct Changes(Vec<(Cow<'static, str>, String)>);

impl Changes {
    /// Nothing to change.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is to be changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members by name, each with its JSON text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_ref(), text.as_str()))
    }

    /// Sets a member; what was set before under the same name is forgotten.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, write: impl FnOnce(&mut String)) {
        let name = name.into();
        let mut text = String::new();
        write(&mut text);
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, value)) => *value = text,
            None => self.0.push((name, text)),
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

/// The body with some members replaced in place, and those that it lacked appended. `spans` are those of its decoding.
///
/// A member that stands in the body several times is changed where it counts, at its last place.
#[must_use]
pub fn splice(body: &Bytes, members: &[Member], spans: &[Span], changes: &Changes) -> Bytes {
    if changes.is_empty() {
        return body.clone();
    }
    let mut places = Vec::new();
    let mut added = String::new();
    for (name, text) in &changes.0 {
        match place(body, members, spans, name) {
            Some(range) => places.push((range, text)),
            None => {
                added.push(',');
                write_str(name, &mut added);
                added.push(':');
                added.push_str(text);
            }
        }
    }
    places.sort_by_key(|(range, _)| range.start);
    let mut answer =
        Vec::with_capacity(body.len() + added.len() + places.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut copied = 0;
    for (range, text) in places {
        answer.extend_from_slice(body.get(copied..range.start).unwrap_or_default());
        answer.extend_from_slice(text.as_bytes());
        copied = range.end;
    }
    let end = end_of_members(body).max(copied);
    answer.extend_from_slice(body.get(copied..end).unwrap_or_default());
    let first = answer.last() == Some(&b'{');
    answer.extend_from_slice(added.as_bytes().get(usize::from(first)..).unwrap_or_default());
    answer.extend_from_slice(body.get(end..).unwrap_or_default());
    Bytes::from(answer)
}

/// Where the value of a member stands.
fn place(body: &Bytes, members: &[Member], spans: &[Span], name: &str) -> Option<std::ops::Range<usize>> {
    if let Some(index) = decode::position(members, name.as_bytes()) {
        return spans.get(index)?.range();
    }
    let entries = decode::entries(std::str::from_utf8(body).ok()?);
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
