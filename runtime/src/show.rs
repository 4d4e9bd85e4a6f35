//! Printing a body for logs: sensitive values are hidden, and of what the contract does not describe only the type shows.

use std::fmt;

use crate::decode::{self, Span};
use crate::descriptor::{Kind, Member};
use crate::fields::Fields;
use crate::json::json_type;
use crate::value::{self, FromJson, Json};

/// Stands for a sensitive value.
pub(crate) const HIDDEN: &str = "<hidden>";

/// Longest text that is shown whole, in characters.
const LONGEST: usize = 120;

/// Longest key of the sender's that is shown whole, in characters.
pub(crate) const LONGEST_KEY: usize = 64;

/// A value that is not sensitive, on one line and not too long; of what may hold something sensitive only the type.
pub(crate) fn value_in_words(kind: &Kind, json: &str) -> String {
    struct Value<'a>(&'a Kind, &'a str);

    impl fmt::Display for Value<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let Self(kind, json) = self;
            let flat = !json.starts_with(['{', '['])
                && !matches!(kind, Kind::Object | Kind::Record(_))
                && !holds_records(kind);
            if flat { show_text(json, f) } else { write!(f, "<{}>", json_type(json)) }
        }
    }

    Value(kind, json).to_string()
}

/// A key that the sender chose, on one line and not too long.
pub(crate) fn key(key: &str) -> String {
    let mut shown: String = key.chars().take(LONGEST_KEY).flat_map(escaped).collect();
    if key.chars().nth(LONGEST_KEY).is_some() {
        shown.push('…');
    }
    shown
}

fn escaped(found: char) -> impl Iterator<Item = char> {
    let plain = (!found.is_control()).then_some(found);
    plain.into_iter().chain(plain.is_none().then(|| found.escape_default()).into_iter().flatten())
}

pub(crate) fn show(name: &str, fields: &Fields<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (index, member) in fields.members.iter().enumerate() {
        if let Some(json) = fields.json_at(index) {
            shown.field(member.name, &Shown { member, json });
        }
    }
    for (name, json) in fields.unknown() {
        shown.field(&key(&name), &format_args!("<unknown {}>", json_type(json)));
    }
    shown.finish()
}

struct Shown<'a> {
    member: &'a Member,
    json: Json<'a>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.member.sensitive {
            return f.write_str(HIDDEN);
        }
        show_kind(&self.member.kind, self.json, f)
    }
}

fn show_kind(kind: &Kind, json: Json<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match kind {
        _ if json.text() == "null" => f.write_str("null"),
        _ if !value::fits(kind, json) => write!(f, "<unexpected {}>", json_type(json.text())),
        Kind::Record(record) => show_record(record.members, json, f),
        Kind::Array(item) if holds_records(item) => {
            let items = Vec::<Part<'_>>::from_json(json).unwrap_or_default();
            f.debug_list().entries(items.iter().map(|part| One { kind: item, json: part.0 })).finish()
        }
        Kind::Map(item) if holds_records(item) => {
            let entries = value::Entries::<Part<'_>>::from_json(json).unwrap_or_default();
            f.debug_map().entries(entries.iter().map(|(key, part)| (key, One { kind: item, json: part.0 }))).finish()
        }
        Kind::Object => f.write_str("<object>"),
        _ => show_text(json.text(), f),
    }
}

fn holds_records(kind: &Kind) -> bool {
    match kind {
        Kind::Record(_) | Kind::Object => true,
        Kind::Array(item) | Kind::Map(item) => holds_records(item),
        _ => false,
    }
}

fn show_record(members: &'static [Member], json: Json<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut spans = vec![Span::ABSENT; members.len()];
    let body = json.to_bytes();
    match decode::decode(members, &body, &mut spans) {
        Ok(_) => show("", &Fields { body: &body, members, spans: &spans }, f),
        Err(_) => f.write_str("<unexpected object>"),
    }
}

fn show_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match text.char_indices().nth(LONGEST) {
        None => f.write_str(text),
        Some((end, _)) => write!(f, "{}… ({} bytes)", text.get(..end).unwrap_or_default(), text.len()),
    }
}

/// The JSON text of an item, not read.
struct Part<'a>(Json<'a>);

impl<'a> FromJson<'a> for Part<'a> {
    fn from_json(json: Json<'a>) -> Option<Self> {
        Some(Self(json))
    }
}

struct One<'a> {
    kind: &'a Kind,
    json: Json<'a>,
}

impl fmt::Debug for One<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show_kind(self.kind, self.json, f)
    }
}
