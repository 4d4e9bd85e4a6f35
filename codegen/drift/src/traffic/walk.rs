//! One body compared with the contract.

use serde_json::{Map, Value};

use super::input::Line;
use super::shapes::described;
use crate::vocabulary;
use wcs_contract::model::{Contract, Hook, Parameter, Presence, Scalar, Sensitivity, Type, TypeKind};
use wcs_contract::pointer::member as joined;

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) kind: Kind,
    /// JSON Pointer with `*` for items.
    pub(super) pointer: String,
    /// The word or the JSON type that was found; empty where there is nothing to tell, or where it is secret.
    pub(super) found: String,
}

/// Kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    UnknownMember,
    AnswerOnly,
    UnknownValue,
    WrongType,
    Missing,
}

/// A request.
pub(super) struct Request<'a> {
    /// The hook as the sender calls it.
    pub(super) hook: &'a str,
    pub(super) body: &'a Map<String, Value>,
    /// JSON Pointers of values that are not those that were sent.
    pub(super) redacted: Vec<String>,
    /// The lines that it stands in.
    pub(super) lines: &'a [Line],
}

/// What is told: a difference, and the value that it is about.
type Tell<'t> = dyn FnMut(Key, Option<&Value>) + 't;

/// Deepest nesting that is looked at: records may hold themselves.
const DEEPEST: usize = 32;

/// Compares the body of a hook.
pub(super) fn body(contract: &Contract, hook: &Hook, request: &Request<'_>, tell: &mut Tell<'_>) {
    let walk = Walk { contract, hook, redacted: &request.redacted };
    // A member that could not be read has findings of its own.
    let mut tell = |key: Key, value: Option<&Value>| {
        if !hook.broken.iter().any(|broken| joined("", broken) == key.pointer) {
            tell(key, value);
        }
    };
    walk.members(&hook.parameters, request.body, "", Sensitivity::Plain, 0, &mut tell);
}

/// The members of a hook that the contract does not have, besides the context.
pub(super) fn unknown(contract: &Contract, request: &Request<'_>, tell: &mut Tell<'_>) {
    for (name, value) in request.body {
        if contract.context.iter().all(|context| context.value != *name) {
            tell(key(Kind::UnknownMember, &joined("", name), ""), Some(value));
        }
    }
}

struct Walk<'a> {
    contract: &'a Contract,
    hook: &'a Hook,
    redacted: &'a [String],
}

impl Walk<'_> {
    fn members(
        &self,
        members: &[Parameter],
        object: &Map<String, Value>,
        at: &str,
        above: Sensitivity,
        depth: usize,
        tell: &mut Tell<'_>,
    ) {
        for (name, value) in object {
            let pointer = joined(at, name);
            match vocabulary::member(members, name) {
                None => tell(key(Kind::UnknownMember, &pointer, ""), Some(value)),
                Some(member) if !member.is_received() => tell(key(Kind::AnswerOnly, &pointer, ""), None),
                // Null says the same as nothing.
                Some(_) if value.is_null() || self.redacted.contains(&pointer) => {}
                Some(member) => self.value(&member.ty, value, &pointer, above.max(member.sensitive), depth, tell),
            }
        }
        for member in members.iter().filter(|member| is_due(member)) {
            let members = std::slice::from_ref(member);
            let is_there =
                |(name, value): (&String, &Value)| !value.is_null() && vocabulary::member(members, name).is_some();
            if !object.iter().any(is_there) {
                tell(key(Kind::Missing, &joined(at, &member.name.value), ""), None);
            }
        }
    }

    fn value(&self, ty: &Type, value: &Value, at: &str, sensitive: Sensitivity, depth: usize, tell: &mut Tell<'_>) {
        if depth > DEEPEST {
            return;
        }
        match (ty, value) {
            (Type::Scalar(scalar), _) if fits(*scalar, value) => {}
            (Type::Array(item), Value::Array(items)) => {
                let at = joined(at, "*");
                for value in items.iter().filter(|value| !value.is_null()) {
                    self.value(item, value, &at, sensitive, depth + 1, tell);
                }
            }
            (Type::Map(item), Value::Object(entries)) => {
                let at = joined(at, "*");
                for value in entries.values().filter(|value| !value.is_null()) {
                    self.value(item, value, &at, sensitive, depth + 1, tell);
                }
            }
            (Type::List(item), Value::String(text)) => {
                for part in text.split(',').map(str::trim) {
                    self.word(item, part, at, sensitive, tell);
                }
            }
            (Type::Named(id), _) => match (&self.contract.type_def(*id).kind, value) {
                (TypeKind::Record(members), Value::Object(object)) => {
                    self.members(members, object, at, sensitive, depth + 1, tell);
                }
                (TypeKind::Enum { .. }, Value::String(word)) => self.word(ty, word, at, sensitive, tell),
                _ => tell(key(Kind::WrongType, at, described(value)), None),
            },
            _ => tell(key(Kind::WrongType, at, described(value)), None),
        }
    }

    /// A word where an enum is expected. An empty one says nothing, and one that an example has is known.
    fn word(&self, ty: &Type, word: &str, at: &str, sensitive: Sensitivity, tell: &mut Tell<'_>) {
        let Some((_, values)) = vocabulary::enum_of(self.contract, ty) else { return };
        let is_known = vocabulary::value(values, word).is_some() || vocabulary::in_example(self.hook, at, word);
        if !word.is_empty() && !is_known {
            let found = match sensitive {
                Sensitivity::Plain => word.chars().take(LONGEST_WORD).collect(),
                Sensitivity::Sensitive => String::new(),
            };
            tell(key(Kind::UnknownValue, at, &found), None);
        }
    }
}

/// Characters of a word that are kept.
const LONGEST_WORD: usize = 100;

/// Whether a member has to be in every body of any release.
fn is_due(member: &Parameter) -> bool {
    let in_all = member.lifetime.since.is_none() && member.lifetime.until.is_none() && member.by_release.is_empty();
    member.presence == Presence::Always && member.is_received() && member.sent_if.is_none() && in_all
}

fn fits(scalar: Scalar, value: &Value) -> bool {
    match scalar {
        Scalar::String => value.is_string(),
        Scalar::Bool => value.is_boolean(),
        Scalar::Int32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Scalar::Int64 => value.is_i64(),
        Scalar::Float => value.is_number(),
        Scalar::Object => value.is_object(),
        Scalar::StringOrNumber => value.is_string() || value.is_number(),
    }
}

fn key(kind: Kind, pointer: &str, found: &str) -> Key {
    Key { kind, pointer: pointer.to_owned(), found: found.to_owned() }
}
