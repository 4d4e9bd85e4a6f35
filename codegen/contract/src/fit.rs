//! Values that are written in YAML and do not fit their types, with the place of each mismatch.

use serde_json::Value;

use crate::constraint::{Measure, Measured};
use crate::diagnostic::nearest;
use crate::load::{Node, NodeKind};
use crate::model::Side;
use crate::model::{Constraints, Contract, Openness, Parameter, Scalar, Type};
use crate::source::Span;
use crate::value::{self, Problem, Step};

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
    side: Side,
) -> Vec<Mismatch> {
    let mut found = Vec::new();
    value::judge(contract, ty, limits, value, side, &mut |path, problem| {
        found.extend(place(node, path).and_then(|place| mismatch(&problem, &place, path.last())));
    });
    found
}

/// Null for a member that is always sent.
pub fn null(name: &str, node: &Node) -> Mismatch {
    let span = if node.span.start == node.span.end { node.key.unwrap_or(node.span) } else { node.span };
    let message = format!("`{name}` is always sent, and null is the same as absent");
    Mismatch { span, message, help: "give it a value, or say `presence: usually`" }
}

/// The YAML of a value or a key.
struct Place<'n> {
    node: &'n Node,
    key: Option<Span>,
}

/// The YAML at the end of some steps; of the record, where the last member is absent. `None` below what was refused.
fn place<'n>(mut node: &'n Node, path: &[Step<'_>]) -> Option<Place<'n>> {
    let mut key = None;
    for step in path {
        key = None;
        match (&node.kind, step) {
            (NodeKind::Sequence(items), Step::Item(index)) => node = items.get(*index)?,
            (NodeKind::Mapping(entries), _) => {
                let name = step.name();
                if let Some((written, inner)) = entries.iter().find(|(written, _)| written.value == *name) {
                    key = Some(written.span);
                    node = inner;
                }
            }
            _ => return None,
        }
    }
    (!matches!(node.kind, NodeKind::Refused)).then_some(Place { node, key })
}

fn mismatch(problem: &Problem<'_>, place: &Place<'_>, last: Option<&Step<'_>>) -> Option<Mismatch> {
    let span = place.node.span;
    let name = last.map(|step| step.name()).unwrap_or_default();
    let (message, help) = match problem {
        Problem::Type { ty, expected, found } => {
            (format!("expected {expected}, found {}", found_value(found)), quotes(ty, found))
        }
        Problem::Unlisted { openness: Openness::Open, .. } | Problem::AnswerOnly => return None,
        Problem::Unlisted { word, values, .. } => {
            let listed: Vec<String> = values.iter().map(|known| format!("`{}`", known.wire.value)).collect();
            (format!("`{word}` is none of {}", listed.join(", ")), CORRECT)
        }
        Problem::Limit { constraint, limit, measured, value } => {
            let demand = value::demand(constraint, limit);
            let text = value.as_str().unwrap_or_default();
            let message = match (constraint.measure, measured) {
                (Measure::Text, _) => format!("`{text}` {demand}"),
                (Measure::Items, Measured::Count(1)) => format!("1 item; {demand}"),
                (Measure::Items, Measured::Count(items)) => format!("{items} items; {demand}"),
                (Measure::Length, Measured::Count(length)) => format!("`{text}` has the length {length}; {demand}"),
                _ => format!("{value}; {demand}"),
            };
            (message, CORRECT)
        }
        Problem::Unknown { members, .. } => {
            let message = format!("the record has no member `{name}`{}", suggestion(&name, members));
            let help = "declare it in the record, or correct the value";
            return Some(Mismatch { span: place.key.unwrap_or(span), message, help });
        }
        Problem::Null => return Some(null(&name, place.node)),
        Problem::Absent if place.node.cut => return None,
        Problem::Absent => {
            (format!("the record lacks `{name}`, which is always sent"), "add it, or say `presence: usually`")
        }
    };
    Some(Mismatch { span, message, help })
}

/// Advice where only quotes are wrong.
fn quotes(ty: &Type, found: &Value) -> &'static str {
    match (ty, found) {
        (Type::Scalar(Scalar::String) | Type::List(_), Value::Number(_) | Value::Bool(_)) => "put the text into quotes",
        (Type::Scalar(Scalar::Bool | Scalar::Int32 | Scalar::Int64 | Scalar::Float), Value::String(text))
            if serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_number() || value.is_boolean()) =>
        {
            "remove the quotes, or correct the declaration"
        }
        _ => CORRECT,
    }
}

fn suggestion(written: &str, members: &[Parameter]) -> String {
    nearest(written, members.iter().map(|member| member.name.value.as_str()))
        .map_or(String::new(), |name| format!("; did you mean `{name}`?"))
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
