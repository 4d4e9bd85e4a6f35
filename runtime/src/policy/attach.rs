//! Puts a policy into the answer to the hook that opens a session.

use std::ops::Range;

use bytes::Bytes;
use serde_json::{Map, Value};

use super::SessionPolicy;
use crate::decode::Span;
use crate::descriptor::{Member, PolicyDescriptor};
use crate::splice;

/// The policy of a server, written once for all sessions.
pub(crate) struct Computed {
    json: Map<String, Value>,
    text: String,
}

impl Computed {
    pub(crate) fn of(policy: &SessionPolicy, words: &PolicyDescriptor) -> Self {
        let json = match policy.to_json(words) {
            Value::Object(json) => json,
            _ => Map::new(),
        };
        Self { text: Value::Object(json.clone()).to_string(), json }
    }
}

/// The body that opens a session, and where a policy stands in it, if it brought one.
pub(crate) struct Received {
    body: Bytes,
    place: Option<Range<usize>>,
}

impl Received {
    pub(crate) fn new(body: Bytes, members: &[Member], spans: &[Span], words: &PolicyDescriptor) -> Self {
        let place = splice::place(&body, members, spans, words.member);
        Self { body, place }
    }

    /// Most answers are the request itself, so that nothing was put in.
    fn is_echoed(&self, answer: &Bytes) -> bool {
        (self.body.as_ptr(), self.body.len()) == (answer.as_ptr(), answer.len())
    }

    fn policy(&self) -> Option<&str> {
        std::str::from_utf8(self.body.get(self.place.clone()?)?).ok()
    }
}

/// The answer with the policy; every other byte of it stays. One that the handler has put in is laid over the computed
/// one. One that came with the request is not the handler's word, so it is replaced.
pub(crate) fn attach(
    request: &Received,
    answer: Bytes,
    words: &PolicyDescriptor,
    computed: &Computed,
) -> (Bytes, Option<Value>) {
    if request.is_echoed(&answer) {
        let put = || splice::put(&answer, request.place.clone(), words.member, &computed.text);
        return (if computed.json.is_empty() { answer } else { put() }, None);
    }
    let place = splice::place(&answer, &[], &[], words.member);
    let Some(given) = given(request, &answer, place.clone()) else {
        let put = || splice::put(&answer, place, words.member, &computed.text);
        return (if computed.json.is_empty() { answer } else { put() }, None);
    };
    let mut merged = computed.json.clone();
    for (hook, said) in given {
        match (merged.get_mut(&hook), said) {
            (Some(Value::Object(entry)), Value::Object(said)) => lay_over(entry, said, words),
            (_, said) => {
                merged.insert(hook, said);
            }
        }
    }
    let merged = Value::Object(merged);
    (splice::put(&answer, place, words.member, &merged.to_string()), Some(merged))
}

/// What a handler has put into its answer.
fn given(request: &Received, answer: &Bytes, place: Option<Range<usize>>) -> Option<Map<String, Value>> {
    let given = std::str::from_utf8(answer.get(place?)?).ok()?;
    if request.policy() == Some(given) { None } else { serde_json::from_str(given).ok() }
}

/// What is said twice holds as said last; lists of what is left out are joined, since one of them may guard a secret.
fn lay_over(entry: &mut Map<String, Value>, said: Map<String, Value>, words: &PolicyDescriptor) {
    for (member, value) in said {
        let joined = match (entry.get(&member), &value) {
            (Some(Value::String(known)), Value::String(more))
                if member == words.request_exclude || member == words.client_exclude =>
            {
                Some(join(known, more))
            }
            _ => None,
        };
        entry.insert(member, joined.map_or(value, Value::String));
    }
    let overwrites = entry.get(words.policy.member).is_some_and(|word| word == words.policy.overwrite);
    if !overwrites {
        entry.shift_remove(words.overwrite);
    }
}

fn join(known: &str, more: &str) -> String {
    let mut names: Vec<&str> = known.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    for name in more.split(',').map(str::trim) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(",")
}
