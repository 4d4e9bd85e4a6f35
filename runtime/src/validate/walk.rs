//! The one walk over a body's values. It allocates nothing while the body keeps to the contract.

use std::borrow::Cow;

use super::Path;
use crate::constraint::{Demand, Limit};
use crate::decode::{self, Arrived, Span};
use crate::descriptor::{Direction, EnumDescriptor, Kind, Member, Openness, Presence, Rule};
use crate::json::{self, is_text, unescape_key};
use crate::limits;
use crate::rules;
use crate::splice::Changes;
use crate::value::{self, FromJson as _, Json};

/// What a walk tells.
pub(crate) trait Watcher {
    /// Something is not as the contract has it.
    fn found(&mut self, at: &Path<'_>, finding: &Finding<'_>);
}

/// What is not as the contract has it.
pub(crate) enum Finding<'a> {
    /// A member that is always sent has no value.
    Missing { null: bool },
    /// A value that can't be read as its type.
    WrongType { kind: &'a Kind, json: &'a str },
    /// A word that a closed list lacks.
    NotInList { words: &'a EnumDescriptor, word: &'a str },
    /// A word that an open list lacks.
    UnknownWord { word: &'a str },
    /// A member that the contract lacks; the path ends with its key.
    UnknownMember { json: &'a str },
    /// A value beyond a limit.
    Limit { demand: Demand, limit: Limit, kind: &'a Kind, json: &'a str },
    /// A member without value whose rule holds.
    Unsent { rule: &'static Rule },
    /// A member with a value whose rule does not hold.
    Unused { rule: &'static Rule, kind: &'a Kind, json: &'a str },
}

/// Walks over a decoded body, unless it is known that nothing would be found.
pub(crate) fn inspect(members: &'static [Member], arrived: &Arrived<'_>, watcher: &mut dyn Watcher) {
    if arrived.decoded.is_sound {
        return;
    }
    if let Ok(text) = std::str::from_utf8(&arrived.body) {
        object(&Object { text, members, spans: arrived.spans }, &Path::BODY, watcher);
        if arrived.decoded.unknown > 0 {
            unknown_members(members, text, &Path::BODY, watcher);
        }
    }
}

/// Walks over the members that an answer brings; rules look at the answer as it will be.
pub(crate) fn inspect_changes(
    members: &'static [Member],
    body: &[u8],
    spans: &[Span],
    changes: &Changes,
    watcher: &mut dyn Watcher,
) {
    let Ok(text) = std::str::from_utf8(body) else { return };
    let before = Object { text, members, spans };
    for (name, json) in changes.iter() {
        let Some(table) = decode::position(members, name.as_bytes()).and_then(|index| members.get(index)) else {
            continue;
        };
        let at = Path::BODY.member(table.name, table.sensitive);
        let value_of = |other: &str| match changes.iter().find(|(name, _)| *name == other) {
            Some((_, json)) => Some(json),
            None => before.value_of(other),
        };
        member(table, Some(json), &value_of, &at, watcher);
    }
}

/// An object that has been decoded.
struct Object<'a> {
    text: &'a str,
    members: &'static [Member],
    spans: &'a [Span],
}

impl<'a> Object<'a> {
    fn json(&self, index: usize) -> Option<&'a str> {
        self.text.get(self.spans.get(index)?.range()?)
    }

    /// The JSON text of another member, by its name in the contract.
    fn value_of(&self, name: &str) -> Option<&'a str> {
        self.json(self.members.iter().position(|member| member.name == name)?)
    }
}

fn object(object: &Object<'_>, at: &Path<'_>, watcher: &mut dyn Watcher) {
    for (index, table) in object.members.iter().enumerate() {
        let at = at.member(table.name, table.sensitive);
        member(table, object.json(index), &|other| object.value_of(other), &at, watcher);
    }
}

/// Checks one member; `None` and null are no value.
fn member<'a>(
    table: &'static Member,
    json: Option<&str>,
    value_of: &dyn Fn(&str) -> Option<&'a str>,
    at: &Path<'_>,
    watcher: &mut dyn Watcher,
) {
    let Some(json) = json.filter(|json| *json != "null") else {
        if table.presence == Presence::Always && table.direction != Direction::Answer {
            watcher.found(at, &Finding::Missing { null: json.is_some() });
        } else if let Some(rule) = table.sent_if
            && rules::holds(rule, value_of(rule.member))
        {
            watcher.found(at, &Finding::Unsent { rule });
        }
        return;
    };
    let fits = check(&table.kind, json, at, watcher);
    if let (true, Some(limits)) = (fits, table.limits) {
        limits::check(limits, &table.kind, json, &mut |demand, limit| {
            watcher.found(at, &Finding::Limit { demand, limit, kind: &table.kind, json });
        });
    }
    if let Some(rule) = table.used_if
        && !rules::is_unset(json.as_bytes())
        && !rules::holds(rule, value_of(rule.member))
    {
        watcher.found(at, &Finding::Unused { rule, kind: &table.kind, json });
    }
}

/// Checks a value and what is inside it; says whether the value itself, though not all inside it, is of its type.
fn check(kind: &Kind, json: &str, at: &Path<'_>, watcher: &mut dyn Watcher) -> bool {
    let fits = match kind {
        Kind::Array(item) => {
            let mut index = 0;
            json::each_item(json, |one| {
                check(item, one, &at.item(index), watcher);
                index += 1;
            });
            json.starts_with('[')
        }
        Kind::Map(value) => {
            json::each_entry(json, |key, one| {
                check(value, one, &at.key(key), watcher);
            });
            json.starts_with('{')
        }
        Kind::Record(record) => {
            record_inside(record.members, json, at, watcher);
            json.starts_with('{')
        }
        // Its inside is not described, so that it need not be read.
        Kind::Object => json.starts_with('{'),
        Kind::Enum(words) => {
            if is_text(json) {
                word(words, &text(json), at, watcher);
            }
            is_text(json)
        }
        Kind::List(item) => return list(kind, item, json, at, watcher),
        _ => value::fits(kind, Json::new(json)),
    };
    if !fits {
        watcher.found(at, &Finding::WrongType { kind, json });
    }
    fits
}

fn record_inside(members: &'static [Member], json: &str, at: &Path<'_>, watcher: &mut dyn Watcher) {
    decode::with_spans(members.len(), |spans| {
        // Only objects can be decoded; the depth was checked with the body.
        if let Ok(decoded) = decode::decode_within(members, json.as_bytes(), spans, usize::MAX) {
            object(&Object { text: json, members, spans }, at, watcher);
            if decoded.unknown > 0 {
                unknown_members(members, json, at, watcher);
            }
        }
    });
}

fn unknown_members(members: &'static [Member], json: &str, at: &Path<'_>, watcher: &mut dyn Watcher) {
    json::each_entry(json, |key, json| {
        if decode::position(members, unescape_key(key).as_bytes()).is_none() {
            watcher.found(&at.key(key), &Finding::UnknownMember { json });
        }
    });
}

fn list(kind: &Kind, item: &Kind, json: &str, at: &Path<'_>, watcher: &mut dyn Watcher) -> bool {
    if !is_text(json) {
        watcher.found(at, &Finding::WrongType { kind, json });
        return false;
    }
    let text = text(json);
    for part in value::split(&text) {
        match item {
            Kind::Enum(words) => word(words, part, at, watcher),
            _ if !value::fits_text(item, part) => {
                watcher.found(at, &Finding::WrongType { kind, json });
                return false;
            }
            _ => {}
        }
    }
    true
}

fn word(words: &EnumDescriptor, word: &str, at: &Path<'_>, watcher: &mut dyn Watcher) {
    // Senders write an empty text for no word.
    let unset = word.is_empty() && words.openness == Openness::Open;
    if !unset && words.value(word).is_none() {
        watcher.found(
            at,
            &match words.openness {
                Openness::Open => Finding::UnknownWord { word },
                Openness::Closed => Finding::NotInList { words, word },
            },
        );
    }
}

/// The text that a JSON string says.
fn text(json: &str) -> Cow<'_, str> {
    Cow::from_json(Json::new(json)).unwrap_or_default()
}
