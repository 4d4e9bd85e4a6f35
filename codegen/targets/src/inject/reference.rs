//! What markers print of this program itself, for its own documents.

use serde_json::Value;

use super::marker::{Given, Made};
use super::print::{cell, code, table};
use crate::templates::HELPERS;
use wcs_contract::export;
use wcs_contract::model::Contract;

pub(super) fn helpers(_: &Contract, _: &Given<'_>) -> Result<Made, String> {
    let rows = HELPERS.iter().map(|(name, about, _)| [code(&format!("{{{{{name} VALUE}}}}")), cell(about)]);
    let lines = [code("{{lines BEFORE TEXT width=100}}"), cell("Text, wrapped, with something before each line")];
    Ok(table(["Helper", "What it prints"], rows.chain([lines])))
}

pub(super) fn model(_: &Contract, _: &Given<'_>) -> Result<Made, String> {
    let schema = export::schema();
    let definitions = schema.get("$defs").and_then(Value::as_object).into_iter().flatten();
    let mut text = String::new();
    for (name, definition) in definitions {
        let about = definition.get("description").and_then(Value::as_str).unwrap_or_default();
        text.push_str(&format!("### {name}\n\n{about}\n\n"));
        let properties = definition.get("properties").and_then(Value::as_object).into_iter().flatten();
        let rows = properties.filter(|(key, _)| *key != "place").map(|(key, value)| {
            let about = value.get("description").and_then(Value::as_str).unwrap_or_default();
            [code(key), form(value), cell(about)]
        });
        if let Made::Lines(rows) = table(["Key", "Value", "Meaning"], rows) {
            text.push_str(&rows);
            text.push('\n');
        }
    }
    Ok(Made::Lines(text.trim_end().to_owned() + "\n"))
}

/// What a value is, in a few words.
fn form(schema: &Value) -> String {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    if let Some(name) = text("$ref").and_then(|reference| reference.strip_prefix("#/$defs/")) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(either) = schema.get("anyOf").and_then(Value::as_array) {
        let forms: Vec<String> = either.iter().map(form).collect();
        return forms.join(" or ");
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<String> = words.iter().filter_map(Value::as_str).map(code).collect();
        return words.join(", ");
    }
    match schema.get("type") {
        Some(Value::String(kind)) if kind == "array" => {
            format!("array of {}", schema.get("items").map(form).unwrap_or_default())
        }
        Some(Value::String(kind)) if kind == "object" => {
            let keys = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            let keys: Vec<String> = keys.map(|(key, _)| code(key)).collect();
            format!("object with {}", keys.join(", "))
        }
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => {
            let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
            kinds.join(" or ")
        }
        _ => "any JSON".to_owned(),
    }
}
