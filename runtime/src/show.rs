//! Printing a body for logs: sensitive values are hidden, and of what the contract does not describe only the type shows.

use std::fmt;

use crate::decode::{self, Span};
use crate::descriptor::{Kind, Member};
use crate::value::{self, FromJson, Json};
use crate::view::Fields;

/// Longest text that is shown whole, in characters.
const LONGEST: usize = 120;

pub(crate) fn show(name: &str, fields: &Fields<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (index, member) in fields.members.iter().enumerate() {
        if let Some(json) = fields.json_at(index) {
            shown.field(member.name, &Shown { member, json });
        }
    }
    for (name, json) in fields.unknown() {
        shown.field(&name, &format_args!("<unknown {}>", json_type(json)));
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
            return f.write_str("<hidden>");
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

fn json_type(text: &str) -> &'static str {
    match text.as_bytes().first() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "bool",
        Some(b'n') => "null",
        _ => "number",
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
