//! The two ways in which an object of the model is described: as declared in the language, and as declared here.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value};

use super::values::describe;
use crate::syntax::Definitions;

/// A key of an object: its name, its text and the schema of its value.
pub type Field = (&'static str, &'static str, Schema);

/// Puts an object into the table once and refers to it.
pub(crate) fn fields(
    definitions: &mut Definitions,
    name: &str,
    doc: &str,
    fields: fn(&mut Definitions) -> Vec<Field>,
) -> Schema {
    define(definitions, name, doc, Vec::new(), fields)
}

/// The same for an object that stands under a name.
pub(crate) fn named_fields(
    definitions: &mut Definitions,
    name: &str,
    doc: &str,
    fields: fn(&mut Definitions) -> Vec<Field>,
) -> Schema {
    let first = ("name", "The name under which it stands.", json_schema!({ "type": "string" }));
    define(definitions, name, doc, vec![first], fields)
}

fn define(
    definitions: &mut Definitions,
    name: &str,
    doc: &str,
    mut all: Vec<Field>,
    fields: fn(&mut Definitions) -> Vec<Field>,
) -> Schema {
    // Where the language ends and the model begins is nothing that a reader of the JSON sees.
    let name = name.trim_end_matches("Syntax");
    if !definitions.contains_key(name) {
        definitions.insert(name.to_owned(), Value::Null);
        all.extend(fields(definitions));
        definitions.insert(name.to_owned(), object(doc, all).to_value());
    }
    json_schema!({ "$ref": format!("#/$defs/{name}") })
}

fn object(doc: &str, fields: Vec<Field>) -> Schema {
    let required: Vec<&str> = fields.iter().map(|(key, ..)| *key).collect();
    let mut schema = json_schema!({ "type": "object", "required": required });
    let mut properties: Map<String, Value> = Map::new();
    for (key, doc, mut value) in fields {
        describe(&mut value, doc);
        properties.insert(key.to_owned(), value.to_value());
    }
    let place = "Where it was written: file, line and column with colons between them. Only on request.";
    properties.insert("place".to_owned(), serde_json::json!({ "type": "string", "description": place }));
    schema.insert("properties".into(), Value::Object(properties));
    describe(&mut schema, doc);
    schema
}

/// An object of the model. The pattern names every field of the Rust type, so that none is forgotten.
macro_rules! exported {
    (
        $(#[doc = $doc:literal])*
        $Type:ty as $name:literal, $this:ident: $pattern:pat, at $place:expr, {
            $( $(#[doc = $field_doc:literal])* $key:literal: $Field:ty = $value:expr, )*
        }
    ) => {
        impl $crate::syntax::export::Export for $Type {
            fn json(&self, scope: $crate::syntax::export::Scope<'_>) -> serde_json::Value {
                let $this = self;
                let $pattern = $this;
                scope.object($place, [$( ($key, <$Field as $crate::syntax::export::Export>::json($value, scope)) ),*])
            }

            fn schema(definitions: &mut $crate::syntax::Definitions) -> schemars::Schema {
                $crate::syntax::export::fields(definitions, $name, concat!($($doc, "\n"),*), Self::fields)
            }

            fn fields(definitions: &mut $crate::syntax::Definitions) -> Vec<$crate::syntax::export::Field> {
                vec![$( (
                    $key,
                    concat!($($field_doc, "\n"),*),
                    <$Field as $crate::syntax::export::Export>::schema(definitions),
                ) ),*]
            }
        }
    };
}

pub(crate) use exported;
