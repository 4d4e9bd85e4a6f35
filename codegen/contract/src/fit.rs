//! Whether a JSON value fits a declared type, with the place of each mismatch.

use serde_json::Value;

use crate::diagnostic::nearest;
use crate::load::{Node, NodeKind};
use crate::model::{Constraints, Contract, Known, Openness, Parameter, Scalar, Type, TypeKind};
use crate::source::{Span, Spanned};

/// A place where a value doesn't fit.
#[derive(Debug)]
pub struct Mismatch {
    /// Where it was written.
    pub span: Span,
    /// What was expected and what was found.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

const CORRECT: &str = "correct the value or the declaration";

/// Compares a value, written at `node`, with a type and its limits.
pub fn mismatches(
    contract: &Contract,
    ty: &Type,
    limits: Option<&Constraints>,
    node: &Node,
    value: &Value,
) -> Vec<Mismatch> {
    let mut found = Vec::new();
    if matches!(node.kind, NodeKind::Refused) {
        return found;
    }
    compare(contract, ty, node, value, &mut found);
    if let (true, Some(limits)) = (found.is_empty(), limits) {
        limit(limits, ty, node, value, &mut found);
    }
    found
}

fn compare(contract: &Contract, ty: &Type, node: &Node, value: &Value, found: &mut Vec<Mismatch>) {
    if matches!(node.kind, NodeKind::Refused) {
        return;
    }
    let mut expect = |fits: bool, what: &str| {
        if !fits {
            let help = match (ty, value) {
                (Type::Scalar(Scalar::String) | Type::List(_), Value::Number(_) | Value::Bool(_)) => {
                    "put the text into quotes"
                }
                (Type::Scalar(Scalar::Bool | Scalar::Int32 | Scalar::Int64 | Scalar::Float), Value::String(text))
                    if serde_json::from_str::<Value>(text)
                        .is_ok_and(|value| value.is_number() || value.is_boolean()) =>
                {
                    "remove the quotes, or correct the declaration"
                }
                _ => CORRECT,
            };
            let message = format!("expected {what}, found {}", found_value(value));
            found.push(Mismatch { span: node.span, message, help });
        }
    };
    match ty {
        Type::Scalar(Scalar::String) => expect(value.is_string(), "text"),
        Type::Scalar(Scalar::Bool) => expect(value.is_boolean(), "`true` or `false`"),
        Type::Scalar(Scalar::Int32) => {
            expect(value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()), "an integer of 32 bits");
        }
        Type::Scalar(Scalar::Int64) => expect(value.is_i64(), "an integer of 64 bits"),
        Type::Scalar(Scalar::Float) => expect(value.is_number(), "a number"),
        Type::Scalar(Scalar::Object) => expect(value.is_object(), "an object"),
        Type::Scalar(Scalar::StringOrNumber) => expect(value.is_string() || value.is_number(), "text or a number"),
        Type::List(item) => match value {
            Value::String(text) => {
                for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                    compare(contract, item, node, &list_item(item, part), found);
                }
            }
            _ => expect(false, "text with commas"),
        },
        Type::Array(item) => match (&node.kind, value) {
            (NodeKind::Sequence(nodes), Value::Array(values)) => {
                for (node, value) in nodes.iter().zip(values) {
                    compare(contract, item, node, value, found);
                }
            }
            _ => expect(false, "an array"),
        },
        Type::Map(item) => match (&node.kind, value) {
            (NodeKind::Mapping(nodes), Value::Object(values)) => {
                for (key, node) in nodes {
                    let value = values.get(&key.value).unwrap_or(&Value::Null);
                    compare(contract, item, node, value, found);
                }
            }
            _ => expect(false, "an object"),
        },
        Type::Named(id) => {
            let def = contract.type_def(*id);
            if def.known == Known::Wholly {
                named(contract, &def.kind, node, value, found);
            }
        }
    }
}

/// An item of a comma-separated list as the JSON that it would be alone.
pub(crate) fn list_item(ty: &Type, text: &str) -> Value {
    let parsed = match ty {
        Type::Scalar(Scalar::Bool | Scalar::Int32 | Scalar::Int64 | Scalar::Float) => serde_json::from_str(text).ok(),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

fn named(contract: &Contract, kind: &TypeKind, node: &Node, value: &Value, found: &mut Vec<Mismatch>) {
    let mut wrong = |message: String| found.push(Mismatch { span: node.span, message, help: CORRECT });
    match (kind, value) {
        (TypeKind::Enum { openness, values }, Value::String(text)) => {
            let known = values
                .iter()
                .any(|known| known.wire.value == *text || known.aliases.iter().any(|(alias, _)| alias.value == *text));
            if !known && *openness == Openness::Closed {
                let listed: Vec<String> = values.iter().map(|known| format!("`{}`", known.wire.value)).collect();
                wrong(format!("`{text}` is none of {}", listed.join(", ")));
            }
        }
        (TypeKind::Enum { .. }, _) => wrong(format!("expected text, found {}", found_value(value))),
        (TypeKind::Record(members), Value::Object(values)) => {
            let NodeKind::Mapping(nodes) = &node.kind else { return };
            for (key, node) in nodes {
                let member = members.iter().find(|member| spelt(member, &key.value));
                match (member, values.get(&key.value)) {
                    // Null says the same as nothing.
                    (Some(_), Some(Value::Null)) => {}
                    (Some(member), Some(value)) => {
                        let limits = member.constraints.as_ref();
                        found.extend(mismatches(contract, &member.ty, limits, node, value));
                    }
                    _ => found.push(Mismatch {
                        span: key.span,
                        message: format!("the record has no member `{}`{}", key.value, suggestion(&key.value, members)),
                        help: "declare it in the record, or correct the value",
                    }),
                }
            }
        }
        (TypeKind::Record(_), _) => wrong(format!("expected an object, found {}", found_value(value))),
    }
}

/// Whether a member is written so.
fn spelt(member: &Parameter, name: &str) -> bool {
    member.name.value == name || member.aliases.iter().any(|(alias, _)| alias.value == name)
}

fn suggestion(written: &str, members: &[Parameter]) -> String {
    nearest(written, members.iter().map(|member| member.name.value.as_str()))
        .map_or(String::new(), |name| format!("; did you mean `{name}`?"))
}

fn limit(limits: &Constraints, ty: &Type, node: &Node, value: &Value, found: &mut Vec<Mismatch>) {
    let mut wrong = |message: String| found.push(Mismatch { span: node.span, message, help: CORRECT });
    let items = match (ty, value) {
        (Type::List(_), Value::String(text)) => Some(text.split(',').filter(|part| !part.trim().is_empty()).count()),
        (_, Value::Array(items)) => Some(items.len()),
        (_, Value::Object(members)) => Some(members.len()),
        _ => None,
    };
    if let Some(items) = items.map(|items| items as u64) {
        let items_text = if items == 1 { "1 item".to_owned() } else { format!("{items} items") };
        if let Some(side) = wrong_side(&items, limits.min_items.as_ref(), limits.max_items.as_ref()) {
            wrong(format!("{items_text}; there must be {side}"));
        }
    } else if let Value::String(text) = value {
        let length = text.chars().count() as u64;
        if let Some(side) = wrong_side(&length, limits.min_length.as_ref(), limits.max_length.as_ref()) {
            wrong(format!("`{text}` has the length {length}; it must be {side}"));
        }
        if let Some(pattern) = &limits.pattern
            && let Ok(regex) = regex::Regex::new(&pattern.value)
            && !regex.is_match(text)
        {
            wrong(format!("`{text}` does not match `{}`", pattern.value));
        }
    } else if let Value::Number(number) = value {
        let exact = number.as_i64();
        let side = match exact {
            Some(number) => wrong_side(&number, limits.minimum.as_ref(), limits.maximum.as_ref()),
            None => {
                let float = |limit: &Spanned<i64>| Spanned::new(limit.value as f64, limit.span);
                let (least, most) = (limits.minimum.as_ref().map(float), limits.maximum.as_ref().map(float));
                number.as_f64().and_then(|number| wrong_side(&number, least.as_ref(), most.as_ref()))
            }
        };
        if let Some(side) = side {
            wrong(format!("{number}; it must be {side}"));
        }
    }
}

/// Which limit a value breaks, in words.
fn wrong_side<T: PartialOrd + std::fmt::Display>(
    value: &T,
    least: Option<&Spanned<T>>,
    most: Option<&Spanned<T>>,
) -> Option<String> {
    match (least, most) {
        (Some(least), _) if *value < least.value => Some(format!("at least {}", least.value)),
        (_, Some(most)) if *value > most.value => Some(format!("at most {}", most.value)),
        _ => None,
    }
}

/// A value as messages name it: numbers in full, as they may be too large.
fn found_value(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
        Value::String(_) => "text".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
