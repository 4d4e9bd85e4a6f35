//! JSON Schema of the language's declarations.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value};

use super::read::Definitions;

/// Puts a definition into the table once and refers to it.
pub(super) fn define(
    definitions: &mut Definitions,
    name: &str,
    schema: impl FnOnce(&mut Definitions) -> Schema,
) -> Schema {
    if !definitions.contains_key(name) {
        definitions.insert(name.to_owned(), Value::Null);
        let made = schema(definitions).to_value();
        definitions.insert(name.to_owned(), made);
    }
    json_schema!({ "$ref": format!("#/$defs/{name}") })
}

/// Adds a text for people.
pub(super) fn describe(mut schema: Schema, doc: &str) -> Schema {
    schema.insert("description".into(), doc.split_whitespace().collect::<Vec<_>>().join(" ").into());
    schema
}

/// A mapping with fixed keys.
pub(super) fn object_schema<const N: usize>(doc: &str, fields: [(&'static str, bool, Schema); N]) -> Schema {
    let required: Vec<&str> = fields.iter().filter(|(_, required, _)| *required).map(|(key, ..)| *key).collect();
    let properties: Map<String, Value> =
        fields.iter().map(|(key, _, schema)| ((*key).to_owned(), schema.clone().to_value())).collect();
    let mut schema = json_schema!({ "properties": properties, "additionalProperties": false });
    if required.is_empty() {
        schema.insert("type".into(), serde_json::json!(["object", "null"]));
    } else {
        schema.insert("type".into(), "object".into());
        schema.insert("required".into(), required.into());
    }
    describe(schema, doc)
}

/// One of a few words.
pub(super) fn word_schema(words: &[(&str, &str)]) -> Schema {
    let values: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let docs: Vec<&str> = words.iter().map(|(_, doc)| doc.trim()).collect();
    json_schema!({ "enum": values, "markdownEnumDescriptions": docs })
}
