//! The models of a Python backend: a class for each body and each record, with nothing that could refuse a value.

use super::context::python_word;
use wcs_codegen::header;
use wcs_contract::model::{Contract, Openness, Parameter, Scalar, Type, TypeKind};
use wcs_targets::open_api_names;

/// The module, for pydantic and the lenient base class that a backend brings.
pub(super) fn models(contract: &Contract) -> String {
    let mut text = format!(
        "# {}\n\"\"\"A model for each body and each record of the contract.\"\"\"\n\nfrom __future__ import annotations\n\n\
         from typing import Any, Literal\n\nfrom pydantic import Field\n\nfrom reading import Hook\n\n__all__ = [\"Any\", \"Field\", \"Literal\"]\n",
        header(contract)
    );
    for (hook, (request, answer)) in contract.hooks.iter().zip(open_api_names(contract)) {
        let received = hook.parameters.iter().filter(|member| member.is_received());
        class(&mut text, &request, &hook.summary.value, received, contract);
        let answered = format!("What the backend answers to {}.", hook.name.value);
        class(&mut text, &answer, &answered, hook.parameters.iter(), contract);
    }
    for def in &contract.types {
        if let TypeKind::Record(members) = &def.kind {
            class(&mut text, &def.name.value, &def.doc.value, members.iter(), contract);
        }
    }
    text
}

fn class<'a>(
    text: &mut String,
    name: &str,
    doc: &str,
    members: impl Iterator<Item = &'a Parameter>,
    contract: &Contract,
) {
    let doc = doc.split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "\\\\").replace("\"\"\"", "'''");
    text.push_str(&format!("\n\nclass {name}(Hook):\n    \"\"\"{doc}\"\"\"\n\n"));
    for member in members {
        let wire = &member.name.value;
        let field = field(wire);
        let ty = python_type(&member.ty, contract);
        let default = if field == *wire { "None".to_owned() } else { format!("Field(None, alias={wire:?})") };
        text.push_str(&format!("    {field}: {ty} | None = {default}\n"));
    }
}

/// A name that pydantic takes for a field.
fn field(wire: &str) -> String {
    // What the base class has itself.
    let taken = ["copy", "dict", "json", "schema", "construct", "validate", "reading"];
    let plain: String = wire.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let plain = plain.trim_start_matches('_');
    let led = if plain.starts_with(|c: char| c.is_ascii_digit()) || plain.is_empty() { "field_" } else { "" };
    let word = python_word(&format!("{led}{plain}"));
    if taken.contains(&word.as_str()) || word.starts_with("model_") { format!("{word}_") } else { word }
}

fn python_type(ty: &Type, contract: &Contract) -> String {
    match ty {
        Type::Scalar(Scalar::String) | Type::List(_) => "str".to_owned(),
        Type::Scalar(Scalar::Bool) => "bool".to_owned(),
        Type::Scalar(Scalar::Int32 | Scalar::Int64) => "int".to_owned(),
        Type::Scalar(Scalar::Float) => "float".to_owned(),
        Type::Scalar(Scalar::StringOrNumber) => "str | int | float".to_owned(),
        Type::Scalar(Scalar::Object) => "dict[str, Any]".to_owned(),
        Type::Array(item) => format!("list[{}]", python_type(item, contract)),
        Type::Map(item) => format!("dict[str, {}]", python_type(item, contract)),
        Type::Named(id) => {
            let def = contract.type_def(*id);
            match &def.kind {
                TypeKind::Record(_) => def.name.value.clone(),
                TypeKind::Enum { openness: Openness::Open, .. } => "str".to_owned(),
                TypeKind::Enum { values, .. } => {
                    let values: Vec<String> = values.iter().map(|value| format!("{:?}", value.wire.value)).collect();
                    format!("Literal[{}]", values.join(", "))
                }
            }
        }
    }
}
