//! A decoded body, member by member.

use std::borrow::Cow;

use bytes::Bytes;

use crate::decode::{self, Span};
use crate::descriptor::Member;
use crate::json;
use crate::value::{self, Json};

/// Whether a member is there and can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberState {
    /// Not in the body.
    Absent,
    /// In the body, as `null`.
    Null,
    /// In the body, but its value can't be read as the type that the contract gives it.
    WrongType,
    /// In the body, and readable.
    Present,
}

/// A body and its members: a [`View`](crate::View) without its number of members, so that it is compiled once.
pub(crate) struct Fields<'a> {
    pub(crate) body: &'a Bytes,
    pub(crate) members: &'static [Member],
    pub(crate) spans: &'a [Span],
}

impl<'a> Fields<'a> {
    pub(crate) fn json_at(&self, index: usize) -> Option<Json<'a>> {
        let bytes = self.body.get(self.spans.get(index)?.range()?)?;
        Some(Json::within(std::str::from_utf8(bytes).ok()?, self.body))
    }

    /// The whole body; it was checked when it was decoded.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.body)
    }

    pub(crate) fn raw(&self, name: &str) -> Option<&'a str> {
        match decode::position(self.members, name.as_bytes()) {
            Some(index) => Some(self.json_at(index)?.text()),
            None => self.unknown().into_iter().rev().find(|(key, _)| key == name).map(|(_, text)| text),
        }
    }

    pub(crate) fn member_state(&self, name: &str) -> MemberState {
        let member = self.members.iter().find(|member| member.is_called(name));
        match (self.raw(name), member) {
            (None, _) => MemberState::Absent,
            (Some("null"), _) => MemberState::Null,
            (Some(text), Some(member)) if !value::fits(&member.kind, Json::new(text)) => MemberState::WrongType,
            (Some(_), _) => MemberState::Present,
        }
    }

    pub(crate) fn unknown(&self) -> Vec<(Cow<'a, str>, &'a str)> {
        let Ok(text) = std::str::from_utf8(self.body) else { return Vec::new() };
        let named = json::entries(text).into_iter().map(|(key, value)| (json::unescape_key(key), value));
        named.filter(|(key, _)| decode::position(self.members, key.as_bytes()).is_none()).collect()
    }
}
