//! Reading what has a notation of its own: types, and the calls of an SDK.

use schemars::{Schema, json_schema};

use super::read::{Definitions, Form, Syntax, scalar, word};
use super::{List, Name, Scalar, SdkCall, SdkSyntax, TypeRef};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::load::{Node, NodeKind, Style};
use crate::source::Span;

impl Syntax for TypeRef {
    fn read(node: &Node, findings: &mut Findings) -> Option<Self> {
        let text = scalar(node, "a type", findings)?;
        let offset = usize::from(matches!(node.kind, NodeKind::Scalar { style: Style::Quoted, .. }));
        let parsed = type_ref(text, node.span, offset, MAX_NESTING);
        if parsed.is_none() {
            findings.push(
                Diagnostic::error(codes::WRONG_KIND, node.span, format!("`{text}` is not a type"))
                    .help("write a scalar type, `array<T>`, `map<T>`, `list<T>`, or the name of a record or enum"),
            );
        }
        parsed
    }

    fn schema(_: &mut Definitions) -> Schema {
        // A regular expression can't count brackets: one level more for each.
        let name = "[A-Za-z][A-Za-z0-9_]*";
        let nested = (0..MAX_NESTING).fold(name.to_owned(), |inner, _| format!("({name}|(array|map|list)<{inner}>)"));
        json_schema!({ "type": "string", "pattern": format!("^{nested}$") })
    }

    fn form() -> Form {
        Form::Word
    }
}

/// Most collections that a type may have around a name.
const MAX_NESTING: usize = 6;

fn type_ref(text: &str, span: Span, offset: usize, deeper: usize) -> Option<TypeRef> {
    let place = span.slice(offset, offset + text.len());
    let inner = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    let nested =
        |rest: &str, prefix: &str| type_ref(rest, span, offset + prefix.len(), deeper.checked_sub(1)?).map(Box::new);
    if let Some(rest) = inner("array<") {
        return Some(TypeRef::Array(nested(rest, "array<")?, place));
    }
    if let Some(rest) = inner("map<") {
        return Some(TypeRef::Map(nested(rest, "map<")?, place));
    }
    if let Some(rest) = inner("list<") {
        return Some(TypeRef::List(nested(rest, "list<")?, place));
    }
    if let Some(scalar) = Scalar::ALL.iter().find(|scalar| scalar.word() == text) {
        return Some(TypeRef::Scalar(*scalar, place));
    }
    let named = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    named.then(|| TypeRef::Named(Name::new(text.to_owned(), place)))
}

impl Syntax for SdkSyntax {
    fn read(node: &Node, findings: &mut Findings) -> Option<Self> {
        match &node.kind {
            NodeKind::Sequence(_) => List::<SdkCall>::read(node, findings).map(Self::Used),
            NodeKind::Refused => None,
            _ => word(node, &["unused"], findings).map(|_| Self::Unused(node.span)),
        }
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        json_schema!({ "anyOf": [List::<SdkCall>::schema(definitions), { "const": "unused" }] })
    }

    fn form() -> Form {
        List::<SdkCall>::form()
    }
}
