//! Whether a JSON value fits a declared type, with the place of each mismatch.

use serde_json::Value;

use crate::load::{Node, NodeKind};
use crate::model::{Constraints, Contract, Openness, Parameter, Scalar, Type, TypeKind};
use crate::source::Span;

/// A place where a value doesn't fit.
#[derive(Debug)]
pub struct Mismatch {
    /// Where it was written.
    pub span: Span,
    /// What was expected and what was found.
    pub message: String,
}

/// Compares a value, written at `node`, with a type and its limits.
pub fn mismatches(
    contract: &Contract,
    ty: &Type,
    limits: Option<&Constraints>,
    node: &Node,
    value: &Value,
) -> Vec<Mismatch> {
    let mut found = Vec::new();
    compare(contract, ty, node, value, &mut found);
    if let (true, Some(limits)) = (found.is_empty(), limits) {
        limit(limits, node, value, &mut found);
    }
    found
}

fn compare(contract: &Contract, ty: &Type, node: &Node, value: &Value, found: &mut Vec<Mismatch>) {
    let mut expect = |fits: bool, what: &str| {
        if !fits {
            found.push(Mismatch { span: node.span, message: format!("expected {what}, found {}", kind_of(value)) });
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
        Type::List(_) => expect(value.is_string(), "text with commas"),
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
        Type::Named(id) => named(contract, &contract.type_def(*id).kind, node, value, found),
    }
}

fn named(contract: &Contract, kind: &TypeKind, node: &Node, value: &Value, found: &mut Vec<Mismatch>) {
    let mut wrong = |message: String| found.push(Mismatch { span: node.span, message });
    match (kind, value) {
        (TypeKind::Enum { openness, values }, Value::String(text)) => {
            let known = values.iter().any(|known| {
                known.wire.value == *text || known.aliases.iter().any(|(alias, _)| alias.value == *text)
            });
            if !known && *openness == Openness::Closed {
                let listed: Vec<String> = values.iter().map(|known| format!("`{}`", known.wire.value)).collect();
                wrong(format!("`{text}` is not one of {}", listed.join(", ")));
            }
        }
        (TypeKind::Enum { .. }, _) => wrong(format!("expected text, found {}", kind_of(value))),
        (TypeKind::Record(members), Value::Object(values)) => {
            let NodeKind::Mapping(nodes) = &node.kind else { return };
            for (key, node) in nodes {
                let member = members.iter().find(|member: &&Parameter| member.name.value == key.value);
                match (member, values.get(&key.value)) {
                    (Some(member), Some(value)) => compare(contract, &member.ty, node, value, found),
                    _ => found.push(Mismatch {
                        span: key.span,
                        message: format!("the record has no member `{}`", key.value),
                    }),
                }
            }
        }
        (TypeKind::Record(_), _) => wrong(format!("expected an object, found {}", kind_of(value))),
    }
}

fn limit(limits: &Constraints, node: &Node, value: &Value, found: &mut Vec<Mismatch>) {
    let mut wrong = |message: String| found.push(Mismatch { span: node.span, message });
    if let Value::String(text) = value {
        let length = text.chars().count() as u64;
        if limits.min_length.as_ref().is_some_and(|least| length < least.value)
            || limits.max_length.as_ref().is_some_and(|most| length > most.value)
        {
            wrong(format!("its length, {length}, is outside the limits"));
        }
        if let Some(pattern) = &limits.pattern
            && let Ok(regex) = regex::Regex::new(&pattern.value)
            && !regex.is_match(text)
        {
            wrong(format!("`{text}` does not match `{}`", pattern.value));
        }
    }
    if let Some(number) = value.as_i64()
        && (limits.minimum.as_ref().is_some_and(|least| number < least.value)
            || limits.maximum.as_ref().is_some_and(|most| number > most.value))
    {
        wrong(format!("{number} is outside the limits"));
    }
    let items = value.as_array().map(Vec::len).or(value.as_object().map(serde_json::Map::len));
    if let Some(items) = items.map(|items| items as u64)
        && (limits.min_items.as_ref().is_some_and(|least| items < least.value)
            || limits.max_items.as_ref().is_some_and(|most| items > most.value))
    {
        wrong(format!("{items} items are outside the limits"));
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
