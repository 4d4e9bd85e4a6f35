//! The model as JSON: it is what its schema says, and nothing that was written in the contract is missing from it.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use wcs_contract::diagnostic::Findings;
use wcs_contract::load::{Node, NodeKind, load};
use wcs_contract::model::{Contract, TypeKind};
use wcs_contract::source::Sources;
use wcs_contract::{Input, compile, export};

fn contracts() -> [PathBuf; 3] {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = crate_folder.join("../..");
    let parcel = root.join("codegen/targets/tests/openapi/parcel.yaml");
    [root.join("schema"), root.join("examples/own-schema/schema"), parcel]
}

/// The schema, with no key allowed that it does not describe.
fn closed_schema() -> Value {
    let mut schema = export::schema();
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    if let Value::Object(object) = schema {
        if object.get("properties").is_some_and(Value::is_object) && object.get("type") == Some(&"object".into()) {
            object.insert("additionalProperties".to_owned(), false.into());
        }
        object.values_mut().for_each(close);
    } else if let Value::Array(items) = schema {
        items.iter_mut().for_each(close);
    }
}

#[test]
fn the_json_is_what_its_schema_says() {
    let schema = closed_schema();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    for path in contracts() {
        let compiled = compile(&Input::at(&path)).unwrap();
        let contract = compiled.contract.unwrap();
        for document in [export::document(&contract), export::document_with_places(&contract, &compiled.sources)] {
            let errors: Vec<String> =
                validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{errors:#?}");
            assert_eq!(document["version"], export::VERSION);
        }
    }
}

#[test]
fn every_key_is_described() {
    let schema = export::schema();
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        for (key, property) in definition["properties"].as_object().unwrap() {
            let described = property["description"].as_str().is_some_and(|text| !text.is_empty());
            assert!(described, "{name}.{key}");
        }
    }
}

#[test]
fn every_hook_member_and_value_is_there() {
    for path in contracts() {
        let contract = compile(&Input::at(&path)).unwrap().contract.unwrap();
        let document = export::document(&contract);
        let hooks: Vec<&str> = contract.hooks.iter().map(|hook| &*hook.name.value).collect();
        assert_eq!(names(&document["hooks"], "name"), hooks);
        for (hook, shown) in contract.hooks.iter().zip(document["hooks"].as_array().unwrap()) {
            let members: Vec<&str> = hook.parameters.iter().map(|member| &*member.name.value).collect();
            assert_eq!(names(&shown["parameters"], "name"), members, "{}", hook.name.value);
        }
        types(&contract, &document);
    }
}

fn types(contract: &Contract, document: &Value) {
    for (def, shown) in contract.types.iter().zip(document["types"].as_array().unwrap()) {
        assert_eq!(shown["name"], *def.name.value);
        match &def.kind {
            TypeKind::Record(members) => {
                let members: Vec<&str> = members.iter().map(|member| &*member.name.value).collect();
                assert_eq!(names(&shown["members"], "name"), members);
            }
            TypeKind::Enum { values, openness } => {
                let values: Vec<&str> = values.iter().map(|value| &*value.wire.value).collect();
                assert_eq!((names(&shown["values"], "wire"), &shown["openness"]), (values, &openness.word().into()));
            }
        }
    }
}

fn names<'a>(items: &'a Value, key: &str) -> Vec<&'a str> {
    items.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap()).collect()
}

/// What a schema file says is said in the model: every scalar of every file is found in the JSON.
#[test]
fn nothing_that_was_written_is_missing() {
    for path in contracts() {
        let compiled = compile(&Input::at(&path)).unwrap();
        let mut said = BTreeSet::new();
        leaves(&export::document(&compiled.contract.unwrap()), &mut said);
        let mut missing = Vec::new();
        for (_, source) in compiled.sources.iter() {
            let mut sources = Sources::default();
            let id = sources.add(source.path.clone(), source.text.clone());
            let node = load(id, &source.text, &mut Findings::default()).unwrap();
            scalars(&node, "", &mut |at, text| {
                // Which files there are is nothing about the hooks; that the client has no part is an empty list; and
                // the text of a shared parameter may be overridden wherever it is used.
                let shared_text = at.starts_with("/parameters/") && at.ends_with("/doc");
                let waived = at.starts_with("/contract/files") || at.ends_with("/sdk") || shared_text;
                if !waived && !said.contains(text.trim()) {
                    missing.push(format!("{}{at}: {text}", source.path));
                }
            });
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }
}

fn leaves(value: &Value, said: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| leaves(item, said)),
        Value::Object(entries) => entries.iter().for_each(|(key, item)| {
            said.insert(key.clone());
            leaves(item, said);
        }),
        Value::String(text) => _ = said.insert(text.trim().to_owned()),
        other => _ = said.insert(other.to_string()),
    }
}

fn scalars(node: &Node, at: &str, visit: &mut impl FnMut(&str, &str)) {
    match &node.kind {
        NodeKind::Mapping(entries) => {
            for (key, value) in entries {
                scalars(value, &format!("{at}/{}", key.value), visit);
            }
        }
        NodeKind::Sequence(items) => items.iter().for_each(|item| scalars(item, at, visit)),
        NodeKind::Scalar { text, .. } if !node.is_null() => visit(at, text),
        _ => {}
    }
}
