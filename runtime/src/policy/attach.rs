//! Puts a policy into the answer to the hook that opens a session.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::SessionPolicy;
use crate::decode;
use crate::descriptor::PolicyDescriptor;
use crate::splice::{Changes, splice};
use crate::value::unescape_key;

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

/// The answer with the policy; every other byte of it stays. One that the handler has put in is laid over the computed
/// one. One that came with the request is not the handler's word, so it is replaced.
pub(crate) fn attach(
    request: &Bytes,
    answer: Bytes,
    words: &PolicyDescriptor,
    computed: &Computed,
) -> (Bytes, Option<Value>) {
    let Some(given) = given(request, &answer, words) else {
        if computed.json.is_empty() {
            return (answer, None);
        }
        let mut changes = Changes::new();
        changes.set(words.member, |text| text.push_str(&computed.text));
        return (splice(&answer, &[], &[], &changes), None);
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
    let mut changes = Changes::new();
    changes.set(words.member, |text| text.push_str(&merged.to_string()));
    (splice(&answer, &[], &[], &changes), Some(merged))
}

/// What a handler has put into its answer.
fn given(request: &Bytes, answer: &Bytes, words: &PolicyDescriptor) -> Option<Map<String, Value>> {
    // Most answers are the request itself, so that nothing was put in.
    if (request.as_ptr(), request.len()) == (answer.as_ptr(), answer.len()) {
        return None;
    }
    let received = member(request, words.member);
    let given = member(answer, words.member).filter(|given| received != Some(*given))?;
    serde_json::from_str(given).ok()
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

/// The JSON text of a member, where it counts: at its last place.
fn member<'a>(body: &'a [u8], name: &str) -> Option<&'a str> {
    let entries = decode::entries(std::str::from_utf8(body).ok()?);
    entries.into_iter().rev().find(|(key, _)| unescape_key(key) == name).map(|(_, value)| value)
}
