//! Whether two files say the same: what every reader of the language would see is equal.

use crate::load::{Node, NodeKind};
use crate::syntax::{Form, Json, Syntax};

/// Whether two values at the same place of the language mean the same.
pub(super) fn same(a: &Node, b: &Node, form: Form) -> bool {
    if a.is_null() || b.is_null() {
        return a.is_null() && b.is_null();
    }
    match (&a.kind, &b.kind) {
        (NodeKind::Mapping(left), NodeKind::Mapping(right)) if !matches!(form, Form::Value) => {
            left.len() == right.len()
                && left.iter().enumerate().all(|(at, (key, value))| {
                    let (counterpart, form) = match form {
                        Form::Keys(keys) => {
                            let known = keys.iter().find(|(known, _)| *known == key.value);
                            let found = right.iter().find(|(other, _)| other.value == key.value);
                            (found, known.map_or(Form::Value, |(_, form)| form()))
                        }
                        Form::Names(form) => (right.get(at), form()),
                        _ => (right.get(at), Form::Value),
                    };
                    counterpart.is_some_and(|(other, found)| other.value == key.value && same(value, found, form))
                })
        }
        (NodeKind::Sequence(left), NodeKind::Sequence(right)) => {
            let form = if let Form::Items(form) = form { form() } else { Form::Value };
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same(a, b, form))
        }
        (NodeKind::Scalar { text: left, .. }, NodeKind::Scalar { text: right, .. }) => match form {
            Form::Text => left.trim() == right.trim(),
            Form::Word | Form::Version => left == right,
            _ => json(a) == json(b),
        },
        (NodeKind::Mapping(_), NodeKind::Mapping(_)) => json(a) == json(b),
        _ => false,
    }
}

fn json(node: &Node) -> Option<serde_json::Value> {
    Json::read(node, &mut crate::diagnostic::Findings::default()).map(|json| json.value)
}
