//! A lossless view: the body's bytes once, a span for each known member.
//!
//! Nothing is converted when a body comes in. An accessor decodes its value when it is read; `as_bytes` is what came in,
//! byte for byte, with everything in it that the contract does not know.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::builder::Builder;
use crate::decode::{self, Arrived, DecodeError, Decoded, Span};
use crate::descriptor::Member;
use crate::fields::Fields;
pub use crate::fields::MemberState;
use crate::validate::{self, Violation};
use crate::value::FromJson;
use crate::{show, transcode};

/// A body, read against a table of `N` members.
#[derive(Clone)]
pub struct View<const N: usize> {
    body: Bytes,
    members: &'static [Member],
    spans: [Span; N],
    decoded: Decoded,
}

impl<const N: usize> View<N> {
    /// Reads a body; see [`decode::decode`] for what is accepted.
    ///
    /// # Errors
    ///
    /// When the body is not a JSON object in UTF-8, or nested too deep.
    pub fn decode(members: &'static [Member], body: Bytes) -> Result<Self, DecodeError> {
        let mut spans = [Span::ABSENT; N];
        let decoded = decode::decode(members, &body, &mut spans)?;
        Ok(Self { body, members, spans, decoded })
    }

    /// What has been decoded already. The spans must come from the same table.
    #[doc(hidden)]
    #[must_use]
    pub fn from_arrived(members: &'static [Member], arrived: Arrived<'_>) -> Self {
        let mut spans = [Span::ABSENT; N];
        for (span, known) in spans.iter_mut().zip(arrived.spans) {
            *span = *known;
        }
        Self { body: arrived.body, members, spans, decoded: arrived.decoded }
    }

    /// What a builder has collected.
    #[must_use]
    pub fn build(builder: &Builder) -> Self {
        let mut spans = [Span::ABSENT; N];
        let (body, decoded) = builder.write(&mut spans);
        Self { body, members: builder.members(), spans, decoded }
    }

    /// The value at an index of the table. Absent, null and unreadable all give `None`; [`View::member_state`] tells them apart.
    #[must_use]
    pub fn get<'a, T: FromJson<'a>>(&'a self, index: usize) -> Option<T> {
        T::from_json(self.fields().json_at(index)?)
    }

    /// The JSON text of a member, by any of its names; also of one that the contract does not know.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.fields().raw(name)
    }

    /// The JSON text at an index of the table.
    #[must_use]
    pub fn raw_at(&self, index: usize) -> Option<&str> {
        Some(self.fields().json_at(index)?.text())
    }

    /// Whether a member is there and can be read. One that the contract does not know has no type and is never wrong.
    #[must_use]
    pub fn member_state(&self, name: &str) -> MemberState {
        self.fields().member_state(name)
    }

    /// The value of a member as any type that serde can read: for objects whose inside the contract does not describe.
    ///
    /// Its error is safe in a log, other than that of a JSON library, which quotes the value that does not fit.
    ///
    /// # Errors
    ///
    /// When the value is there but does not fit `T`. The error does not repeat the value.
    pub fn read_as<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ReadError> {
        match self.raw(name) {
            None | Some("null") => Ok(None),
            Some(text) => serde_json::from_str(text).map(Some).map_err(|error| ReadError::new::<T>(name, &error)),
        }
    }

    /// The members that the contract does not know, in the order of the body: name and JSON text.
    pub fn unknown_members(&self) -> impl Iterator<Item = (Cow<'_, str>, &str)> {
        self.fields().unknown().into_iter()
    }

    /// Where the body does not keep to the contract, all at once; a server looks at it under its own strictness.
    ///
    /// At most [`MOST_VIOLATIONS`](crate::validate::MOST_VIOLATIONS) are listed.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        let arrived = Arrived { body: self.body.clone(), spans: &self.spans, decoded: self.decoded };
        validate::violations(self.members, &arrived)
    }

    /// How many members the contract does not know.
    #[must_use]
    pub fn unknown_count(&self) -> u32 {
        self.decoded.unknown
    }

    /// How often a known member stood again. The last one counts.
    #[must_use]
    pub fn duplicate_count(&self) -> u32 {
        self.decoded.duplicates
    }

    /// The body.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body, to be shared without a copy.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body, given away.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.body
    }

    /// The table that it was read against.
    #[must_use]
    pub fn members(&self) -> &'static [Member] {
        self.members
    }

    /// A span per member of the table.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Writes it as `name { member: value … }`: sensitive values are hidden, and of what the contract does not describe
    /// only the JSON type is shown.
    #[doc(hidden)]
    pub fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show::show(name, &self.fields(), f)
    }

    /// Reads any self-describing format.
    #[doc(hidden)]
    pub fn deserialize_against<'de, D: serde::Deserializer<'de>>(
        members: &'static [Member],
        format: D,
    ) -> Result<Self, D::Error> {
        let text = transcode::to_json(format)?;
        Self::decode(members, Bytes::from(text)).map_err(serde::de::Error::custom)
    }

    fn fields(&self) -> Fields<'_> {
        Fields { body: &self.body, members: self.members, spans: &self.spans }
    }
}

impl<const N: usize> fmt::Debug for View<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show("View", f)
    }
}

/// Equal when the bodies are, byte for byte.
impl<const N: usize> PartialEq for View<N> {
    fn eq(&self, other: &Self) -> bool {
        self.body == other.body
    }
}

impl<const N: usize> Eq for View<N> {}

impl<const N: usize> serde::Serialize for View<N> {
    fn serialize<S: serde::Serializer>(&self, format: S) -> Result<S::Ok, S::Error> {
        transcode::object(&self.fields().text(), format)
    }
}

/// That the value of a member does not fit the type as which it was to be read. It goes into logs, so it says where and
/// which type was expected, and of the value nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    member: String,
    expected: &'static str,
    missing: Option<String>,
    line: usize,
    column: usize,
}

impl ReadError {
    fn new<T>(member: &str, error: &serde_json::Error) -> Self {
        // The name of a field is the program's own; all other messages may quote the value.
        let text = error.to_string();
        let missing = text.strip_prefix("missing field `").and_then(|rest| Some(rest.split_once('`')?.0.to_owned()));
        Self {
            member: member.to_owned(),
            expected: std::any::type_name::<T>(),
            missing,
            line: error.line(),
            column: error.column(),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { member, expected, missing, line, column } = self;
        write!(f, "the member `{member}` can't be read as `{expected}`: ")?;
        match missing {
            Some(field) => write!(f, "it lacks `{field}`"),
            None => write!(f, "the value does not fit at line {line}, column {column} of it"),
        }
    }
}

impl std::error::Error for ReadError {}
