//! What the values of a member look like, over all bodies.

use std::collections::BTreeSet;

use serde_json::Value;
use wcs_contract::value;

/// Kinds of values that were seen, and how large numbers were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shapes {
    kinds: BTreeSet<Kind>,
    items: BTreeSet<Kind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Bool,
    Int32,
    Int64,
    Float,
    Text,
    Array,
    Object,
}

/// What a value is, in words.
pub(super) fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(number) => match value::integer(value).map(i32::try_from) {
            Some(Ok(_)) => "an integer",
            Some(Err(_)) => "an integer beyond 32 bits",
            None if number.as_f64().is_some_and(|number| number.fract() == 0.0) => "an integer beyond 64 bits",
            None => "a fraction",
        },
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

impl Shapes {
    pub(super) fn add(&mut self, value: &Value) {
        self.kinds.extend(kind(value));
        if let Value::Array(items) = value {
            self.items.extend(items.iter().filter_map(kind));
        }
    }

    /// A kind as a drift report names it. It does not tell the sizes of numbers.
    pub(super) fn add_named(&mut self, json_type: &str) {
        let kind = match json_type {
            "boolean" => Kind::Bool,
            "number" => Kind::Float,
            "string" => Kind::Text,
            "array" => Kind::Array,
            "object" => Kind::Object,
            _ => return,
        };
        self.kinds.insert(kind);
    }

    /// What was seen, in words.
    pub(super) fn words(&self) -> String {
        let words: Vec<&str> = self.kinds.iter().map(|kind| kind.words()).collect();
        if words.is_empty() { "null".to_owned() } else { words.join(" or ") }
    }

    /// The type that holds all of it, as the language writes it, if one does.
    pub(super) fn ty(&self) -> Option<String> {
        let whole = one(&self.kinds)?;
        if whole != "array" {
            return Some(whole.to_owned());
        }
        // Of an array that was always empty nobody knows what it holds.
        let item = one(&self.items).filter(|item| *item != "array")?;
        Some(format!("array<{item}>"))
    }
}

/// The one type that holds all kinds.
fn one(kinds: &BTreeSet<Kind>) -> Option<&'static str> {
    let is_number = |kind: &Kind| matches!(kind, Kind::Int32 | Kind::Int64 | Kind::Float);
    let numbers = kinds.iter().filter(|kind| is_number(kind)).count();
    match kinds.iter().next_back()? {
        Kind::Text if numbers > 0 && numbers + 1 == kinds.len() => Some("string_or_number"),
        // In their order the widest comes last.
        widest if is_number(widest) && numbers == kinds.len() => Some(widest.word()),
        only if kinds.len() == 1 => Some(only.word()),
        _ => None,
    }
}

fn kind(value: &Value) -> Option<Kind> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => Kind::Bool,
        Value::Number(number) if number.is_f64() => Kind::Float,
        Value::Number(number) => match number.as_i64().map(i32::try_from) {
            Some(Ok(_)) => Kind::Int32,
            Some(Err(_)) => Kind::Int64,
            None => Kind::Float,
        },
        Value::String(_) => Kind::Text,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    })
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Float => "float",
            Self::Text => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Int32 => "an integer",
            Self::Int64 => "an integer beyond 32 bits",
            Self::Float => "a number",
            Self::Text => "a text",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}
