//! The published test vectors, held against our own runtime: over a real port, through the types, and by splicing.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bytes::Bytes;
use serde_json::{Map, Value};
use wcs_contract::{Input, compile};
use wcs_hooks::*;
use wcs_runtime::descriptor::{DenyEffect, EnumDescriptor, HookDescriptor, HookType, Kind, Member};
use wcs_runtime::hook::Hook;
use wcs_runtime::splice::{Changes, splice};
use wcs_runtime::validate::Violation;
use wcs_runtime::{Answer, DecodeError, Reply};
use wcs_tests::backend::Backend;
use wcs_tests::{none, root};

static VECTORS: LazyLock<Value> = LazyLock::new(|| {
    let contract = compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap();
    let artifacts = wcs_targets::find("vectors").unwrap().emit(&contract);
    serde_json::from_str(&artifacts.iter().find(|artifact| artifact.path == "vectors.json").unwrap().text).unwrap()
});

/// All vectors of one kind, each with the name of its hook.
fn vectors(wanted: impl Fn(&Value) -> bool) -> Vec<(&'static str, &'static Value)> {
    let hooks = VECTORS["hooks"].as_array().unwrap();
    let all = hooks.iter().flat_map(|hook| {
        let name = hook["name"].as_str().unwrap();
        hook["vectors"].as_array().unwrap().iter().map(move |vector| (name, vector))
    });
    all.filter(|(_, vector)| wanted(vector)).collect()
}

fn body(vector: &Value) -> Bytes {
    match vector["body_hex"].as_str() {
        None => Bytes::from(vector["body"].as_str().unwrap().to_owned()),
        Some(digits) => {
            let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
            pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
        }
    }
}

/// What was read from a body, and what came that the contract does not know.
type Reading = (Map<String, Value>, Vec<String>);

/// What the tests do with a hook's type.
struct Door {
    read: fn(Bytes) -> Result<Reading, DecodeError>,
    overwrite: fn(Bytes, &Map<String, Value>) -> Bytes,
    violations: fn(Bytes) -> Result<Vec<Violation>, DecodeError>,
    /// For hooks that ask; an event has no such method.
    deny: Option<fn(Bytes, &str) -> Reply>,
    about: &'static HookDescriptor,
}

macro_rules! deny {
    ($Hook:ident, event) => {
        None
    };
    ($Hook:ident, $kind:ident) => {
        Some(|body, reason| {
            Answer::<$Hook>::deny(reason).into_reply(&$Hook::from_body(body).unwrap(), &contract().sender)
        })
    };
}

macro_rules! doors {
    ($($name:ident: $Hook:ident, $kind:ident;)*) => {
        fn doors() -> BTreeMap<&'static str, Door> {
            BTreeMap::from([$(
                (<$Hook as Hook>::DESCRIPTOR.name, Door {
                    read: |body| {
                        let hook = $Hook::from_body(body)?;
                        let members = <$Hook as Hook>::DESCRIPTOR.members;
                        let raw = members.iter().filter_map(|member| Some((member, hook.raw(member.name)?)));
                        let unknown = hook.unknown_members().map(|(name, _)| name.into_owned()).collect();
                        Ok((raw.map(|(member, text)| (member.name.to_owned(), read(member, text))).collect(), unknown))
                    },
                    overwrite: |body, members| overwrite(&$Hook::from_body(body).unwrap(), members),
                    violations: |body| Ok($Hook::from_body(body)?.violations()),
                    deny: deny!($Hook, $kind),
                    about: <$Hook as Hook>::DESCRIPTOR,
                }),
            )*])
        }
    };
}

for_each_hook!(doors);

fn overwrite<H: Hook>(hook: &H, members: &Map<String, Value>) -> Bytes {
    let mut changes = Changes::new();
    for (name, value) in members {
        changes.set_named(name.clone(), value).unwrap();
    }
    splice(hook.body(), H::DESCRIPTOR.members, hook.member_spans(), &changes)
}

/// A member as our own decoder reads it: through a view of a body that holds nothing else.
fn read(member: &Member, text: &str) -> Value {
    let table: &'static [Member] = Box::leak(Box::new([*member]));
    let body = format!("{{{}:{text}}}", Value::from(member.name));
    let view = wcs_runtime::View::<1>::decode(table, Bytes::from(body)).unwrap();
    if view.member_state(member.name) != wcs_runtime::MemberState::Present {
        return Value::Null;
    }
    proper(&member.kind, &serde_json::from_str(text).unwrap())
}

/// A readable value with the words of enums in their proper spelling and the numbers as whole as their kind.
fn proper(kind: &Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Enum(words), Value::String(word)) => proper_word(words, word),
        (Kind::Int32 | Kind::Int64, Value::Number(number)) => {
            number.as_i64().map_or_else(|| Value::from(number.as_f64().unwrap() as i64), Value::from)
        }
        (Kind::Array(item), Value::Array(items)) => items.iter().map(|value| proper(item, value)).collect(),
        (Kind::Map(item), Value::Object(entries)) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), proper(item, value))).collect())
        }
        (Kind::Record(record), Value::Object(entries)) => {
            let known = record.members.iter().filter_map(|member| {
                let key = entries.keys().rev().find(|key| member.is_called(key))?;
                Some((member.name.to_owned(), read(member, &entries[key].to_string())))
            });
            Value::Object(known.collect())
        }
        _ => value.clone(),
    }
}

fn proper_word(words: &EnumDescriptor, word: &str) -> Value {
    Value::from(words.value(word).map_or(word, |known| known.name))
}

/// The answer without what it may have besides.
fn without_additions(answer: &[u8], expected: &Value) -> Value {
    let mut answer: Value = serde_json::from_slice(answer).unwrap();
    for member in expected["may_add"].as_array().into_iter().flatten() {
        answer.as_object_mut().unwrap().shift_remove(member.as_str().unwrap());
    }
    answer
}

#[test]
fn bodies_are_read_as_expected() {
    let doors = doors();
    let mut complaints = Vec::new();
    for (hook, vector) in vectors(|_| true) {
        let id = &vector["id"];
        match (vector.get("reading"), (doors[hook].read)(body(vector))) {
            (None, Err(_)) => {}
            (None, Ok(_)) => complaints.push(format!("{id}: was accepted")),
            (Some(_), Err(error)) => complaints.push(format!("{id}: {error}")),
            (Some(expected), Ok((reading, unknown))) => {
                if *expected != Value::Object(reading.clone()) {
                    complaints.push(format!("{id}: read {} instead of {expected}", Value::Object(reading)));
                }
                if vector["unknown"] != Value::from(unknown.clone()) {
                    complaints.push(format!("{id}: {unknown:?} are unknown instead of {}", vector["unknown"]));
                }
            }
        }
    }
    none(&complaints);
}

/// Most bodies are judged while they are read; one whose first key is escaped is walked over afterwards.
#[test]
fn however_a_body_is_read_its_violations_are_the_same() {
    let doors = doors();
    let mut compared = 0;
    for (hook, vector) in vectors(|_| true) {
        let body = body(vector);
        let Some((first, rest)) =
            std::str::from_utf8(&body).ok().and_then(|text| text.strip_prefix("{\"")?.split_at_checked(1))
        else {
            continue;
        };
        if !first.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            continue;
        }
        let escaped = format!("{{\"\\u{:04x}{rest}", first.as_bytes()[0]);
        let judged = (doors[hook].violations)(body.clone()).map_err(|error| error.message);
        let walked = (doors[hook].violations)(Bytes::from(escaped)).map_err(|error| error.message);
        assert_eq!(judged, walked, "{}", vector["id"]);
        compared += 1;
    }
    assert!(compared > 200, "{compared} bodies");
}

#[test]
fn a_backend_answers_as_expected() {
    let backend = Backend::of_package("all-hooks").unwrap();
    let mut complaints = Vec::new();
    let undecided = vectors(|vector| vector.get("deny").is_none() && vector.get("overwrite").is_none());
    for (_, vector) in undecided {
        let (id, answer) = (&vector["id"], &vector["answer"]);
        let reply = backend.post(vector["path"].as_str().unwrap(), body(vector)).unwrap();
        if answer["status"] != reply.status {
            complaints.push(format!("{id}: status {} instead of {}", reply.status, answer["status"]));
        } else if answer.get("echo").is_some() {
            let sent: Value = serde_json::from_slice(&body(vector)).unwrap();
            let got = without_additions(&reply.body, answer);
            if got != sent {
                complaints.push(format!("{id}: {got} instead of {sent}"));
            } else if answer.get("may_add").is_none() && reply.body != body(vector) {
                complaints.push(format!("{id}: not byte for byte"));
            }
        }
    }
    none(&complaints);
}

#[test]
fn changes_come_out_as_expected() {
    let doors = doors();
    let mut complaints = Vec::new();
    let changing = vectors(|vector| vector.get("overwrite").is_some());
    for (hook, vector) in &changing {
        let answer = &vector["answer"];
        let got = (doors[hook].overwrite)(body(vector), vector["overwrite"].as_object().unwrap());
        let got: Value = serde_json::from_slice(&got).unwrap();
        if got != answer["body"] {
            complaints.push(format!("{}: {got} instead of {}", vector["id"], answer["body"]));
        }
        let differs = |name: &Value| got[name.as_str().unwrap()] != vector["reading"][name.as_str().unwrap()];
        if !answer["changed"].as_array().unwrap().iter().all(differs) {
            complaints.push(format!("{}: not all of {} changed", vector["id"], answer["changed"]));
        }
    }
    none(&complaints);
    for (name, door) in &doors {
        let settable = door
            .about
            .members
            .iter()
            .any(|member| member.overwritable || member.direction != wcs_runtime::descriptor::Direction::Request);
        assert_eq!(changing.iter().any(|(hook, _)| hook == name), settable, "{name}");
    }
}

#[test]
fn denials_come_out_as_expected() {
    let doors = doors();
    let denying = vectors(|vector| vector.get("deny").is_some());
    for (hook, vector) in &denying {
        let reason = vector["deny"].as_str().unwrap();
        let reply = match doors[hook].deny {
            Some(deny) => deny(body(vector), reason),
            // Which events have this method is known to the compiler alone; there is one.
            None => {
                let event = StreamKeepAliveEvent::from_body(body(vector)).unwrap();
                assert_eq!(StreamKeepAliveEvent::DESCRIPTOR.name, *hook);
                Answer::<StreamKeepAliveEvent>::end_stream(reason).into_reply(&event, &contract().sender)
            }
        };
        assert_eq!(Value::from(reply.status), vector["answer"]["status"], "{}", vector["id"]);
        assert!(serde_json::from_slice::<Map<String, Value>>(&reply.body).is_ok(), "{}", vector["id"]);
    }
    for (name, door) in &doors {
        let deniable = door.about.kind != HookType::Event || door.about.deny == DenyEffect::EndsStream;
        assert_eq!(denying.iter().any(|(hook, _)| hook == name), deniable, "{name}");
    }
}
