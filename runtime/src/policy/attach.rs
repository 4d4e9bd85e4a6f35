//! Puts a policy into the answer to the hook that opens a session.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::SessionPolicy;
use crate::decode;
use crate::descriptor::PolicyDescriptor;
use crate::splice::{Changes, splice};
use crate::value::unescape_key;

/// The answer with the policy; every other byte of it stays. One that the handler has put in is laid over the computed
/// one. One that came with the request is not the handler's word, so it is replaced.
pub(crate) fn attach(
    request: &[u8],
    answer: Bytes,
    words: &PolicyDescriptor,
    computed: &SessionPolicy,
) -> (Bytes, Option<Value>) {
    let received = member(request, words.member);
    let given = member(&answer, words.member).filter(|given| received != Some(*given));
    let given = given.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
    if computed.is_empty() && given.is_none() {
        return (answer, None);
    }
    let Value::Object(mut merged) = computed.to_json(words) else { return (answer, None) };
    let changed = given.is_some();
    for (hook, said) in given.unwrap_or_default() {
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
    (splice(&answer, &[], &[], &changes), changed.then_some(merged))
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
