//! The OpenAPI documents: complete, equivalent, and true to the bodies that are known.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use crate::contracts;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use contracts::{parcel, root, wcs};
use serde_json::{Map, Value, json};
use wcs_codegen::Artifact;
use wcs_contract::model::{Contract, Openness, Type, TypeKind};

/// A contract with what is made of it.
struct Case {
    contract: Contract,
    artifacts: Vec<Artifact>,
    /// 3.0 and 3.1.
    documents: [Value; 2],
}

impl Case {
    fn new(contract: Contract) -> Self {
        let artifacts = wcs_targets::find("openapi").unwrap().emit(&contract);
        let documents = ["3.0", "3.1"].map(|version| serde_json::from_str(json(&artifacts, version)).unwrap());
        Self { contract, artifacts, documents }
    }
}

fn json<'a>(artifacts: &'a [Artifact], version: &str) -> &'a str {
    text(artifacts, &format!("openapi-{version}.json"))
}

fn text<'a>(artifacts: &'a [Artifact], path: &str) -> &'a str {
    &artifacts.iter().find(|artifact| artifact.path == path).unwrap().text
}

static WCS: LazyLock<Case> = LazyLock::new(|| Case::new(wcs()));
static PARCEL: LazyLock<Case> = LazyLock::new(|| Case::new(parcel()));

fn cases() -> [&'static Case; 2] {
    [&WCS, &PARCEL]
}

/// The operation of a hook, in either document.
fn operation<'a>(document: &'a Value, hook: &str) -> &'a Value {
    let paths = document["paths"].get(format!("/{hook}"));
    let item = paths.or_else(|| document["webhooks"].get(hook));
    &item.unwrap_or_else(|| panic!("no operation for {hook}"))["post"]
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(pointer) => document.pointer(pointer.strip_prefix('#').unwrap()).unwrap(),
        None => schema,
    }
}

fn only_content(body: &Value) -> &Value {
    let content = body["content"].as_object().unwrap();
    assert_eq!(content.len(), 1);
    content.values().next().unwrap()
}

fn request<'a>(document: &'a Value, hook: &str) -> &'a Value {
    resolve(document, &only_content(&operation(document, hook)["requestBody"])["schema"])
}

fn answer<'a>(document: &'a Value, contract: &Contract, hook: &str) -> &'a Value {
    let status = contract.sender.as_ref().unwrap().answer.accept_status.value.to_string();
    resolve(document, &only_content(&operation(document, hook)["responses"][status])["schema"])
}

/// One form for both versions: types as a set with null in it, references followed, a single example as a list.
fn neutral(document: &Value, schema: &Value) -> Value {
    let Some(object) = schema.as_object() else { return schema.clone() };
    let mut types = BTreeSet::new();
    let mut result = Map::new();
    let mut merge = |part: &Value, result: &mut Map<String, Value>| {
        for (key, value) in neutral(document, part).as_object().unwrap() {
            if key == "types" {
                types.extend(value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()));
            } else {
                result.insert(key.clone(), value.clone());
            }
        }
    };
    if object.contains_key("$ref") {
        merge(resolve(document, schema), &mut result);
    }
    for part in ["allOf", "anyOf"].iter().filter_map(|key| object.get(*key)).flat_map(|parts| parts.as_array().unwrap())
    {
        merge(part, &mut result);
    }
    for (key, value) in object {
        match key.as_str() {
            "$ref" | "allOf" | "anyOf" => {}
            "type" if value.is_string() => drop(types.insert(value.as_str().unwrap().to_owned())),
            "type" => types.extend(value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned())),
            "nullable" => drop(types.insert("null".to_owned())),
            "example" => drop(result.insert("examples".to_owned(), json!([value]))),
            "enum" => {
                let values: Vec<&Value> = value.as_array().unwrap().iter().filter(|value| !value.is_null()).collect();
                result.insert("enum".to_owned(), json!(values));
            }
            "properties" => {
                let members = value.as_object().unwrap().iter();
                let members = members.map(|(name, member)| (name.clone(), neutral(document, member)));
                result.insert(key.clone(), Value::Object(members.collect()));
            }
            "items" | "additionalProperties" => drop(result.insert(key.clone(), neutral(document, value))),
            _ => drop(result.insert(key.clone(), value.clone())),
        }
    }
    result.insert("types".to_owned(), json!(types));
    Value::Object(result)
}

/// Known values of an enum, as a property's schema lists them.
fn listed<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a str> {
    let mut found = Vec::new();
    if schema.get("$ref").is_some() {
        found.extend(listed(document, resolve(document, schema)));
    }
    for key in ["x-extensible-enum", "enum"] {
        found.extend(schema[key].as_array().into_iter().flatten().filter_map(Value::as_str));
    }
    let nested = ["allOf", "anyOf"].iter().flat_map(|key| schema[*key].as_array().into_iter().flatten());
    found.extend(nested.flat_map(|part| listed(document, resolve(document, part))));
    for key in ["items", "additionalProperties"] {
        if schema[key].is_object() {
            found.extend(listed(document, resolve(document, &schema[key])));
        }
    }
    found
}

fn enum_of<'a>(contract: &'a Contract, ty: &Type) -> Option<&'a TypeKind> {
    match ty {
        Type::Named(id) => Some(&contract.type_def(*id).kind).filter(|kind| matches!(kind, TypeKind::Enum { .. })),
        Type::Array(item) | Type::Map(item) => enum_of(contract, item),
        Type::List(_) | Type::Scalar(_) => None,
    }
}

#[test]
fn every_hook_member_and_value_is_in_both_documents() {
    for Case { contract, documents, .. } in cases() {
        for document in documents {
            let operations = document["paths"].as_object().or_else(|| document["webhooks"].as_object()).unwrap();
            assert_eq!(operations.len(), contract.hooks.len());
            for hook in &contract.hooks {
                let name = &hook.name.value;
                let (request, answer) = (request(document, name), answer(document, contract, name));
                for parameter in &hook.parameters {
                    let member = &parameter.name.value;
                    let received = request["properties"].get(member);
                    assert_eq!(received.is_some(), parameter.is_received(), "{name}.{member}");
                    let answered = &answer["properties"][member];
                    assert!(answered.is_object(), "{name}.{member}");
                    let Some(TypeKind::Enum { openness, values }) = enum_of(contract, &parameter.ty) else { continue };
                    for schema in received.into_iter().chain([answered]) {
                        let listed = listed(document, schema);
                        for value in values {
                            assert!(
                                listed.contains(&value.wire.value.as_str()),
                                "{name}.{member}: {}",
                                value.wire.value
                            );
                        }
                        if *openness == Openness::Open {
                            let text = schema.to_string();
                            assert!(!text.contains("\"enum\":"), "{name}.{member} would refuse new values: {text}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn both_documents_say_the_same_of_every_hook() {
    for Case { contract, documents: [old, new], .. } in cases() {
        for key in ["servers", "tags", "security"] {
            assert_eq!(old[key], new[key], "{key}");
        }
        assert_eq!(old["components"]["securitySchemes"], new["components"]["securitySchemes"]);
        assert_eq!(old["components"]["responses"], new["components"]["responses"]);
        assert_eq!(old["info"]["description"], new["info"]["description"]);
        for hook in &contract.hooks {
            let name = &hook.name.value;
            assert_eq!(operation(old, name), operation(new, name), "{name}");
            let (older, newer) = (request(old, name), request(new, name));
            assert_eq!(neutral(old, older), neutral(new, newer), "request of {name}");
            let order = |schema: &Value| schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            assert_eq!(order(older), order(newer), "{name}");
            let (older, newer) = (answer(old, contract, name), answer(new, contract, name));
            assert_eq!(neutral(old, older), neutral(new, newer), "answer of {name}");
        }
        let schemas = |document: &Value| document["components"]["schemas"].as_object().unwrap().clone();
        let older: BTreeSet<String> = schemas(old).keys().cloned().collect();
        let newer: BTreeSet<String> = schemas(new).keys().cloned().collect();
        assert!(older.is_subset(&newer));
    }
}

#[test]
fn old_readers_find_every_hook_as_a_webhook_too() {
    let Case { contract, documents: [old, _], .. } = &*WCS;
    for hook in &contract.hooks {
        let name = &hook.name.value;
        let pointer = old["x-webhooks"][name]["$ref"].as_str().unwrap();
        assert_eq!(old.pointer(&pointer[1..]).unwrap()["post"]["operationId"], *name);
    }
}

#[test]
fn yaml_and_json_are_the_same_document() {
    for Case { artifacts, documents, .. } in cases() {
        for (version, json) in ["3.0", "3.1"].iter().zip(documents) {
            let yaml: Value = serde_yaml::from_str(text(artifacts, &format!("openapi-{version}.yaml"))).unwrap();
            assert!(json["openapi"].as_str().unwrap().starts_with(version));
            assert_eq!(yaml, *json, "{version}");
        }
    }
}

#[test]
fn nothing_is_null_and_no_schema_is_unused() {
    fn nulls(value: &Value, place: &str, found: &mut Vec<String>) {
        match value {
            // A body may have null in it, and a list of values too.
            Value::Object(object) => {
                for (key, value) in
                    object.iter().filter(|(key, _)| !["value", "example", "enum"].contains(&key.as_str()))
                {
                    nulls(value, &format!("{place}/{key}"), found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| nulls(item, place, found)),
            Value::Null => found.push(place.to_owned()),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    for Case { documents, .. } in cases() {
        for document in documents {
            let mut found = Vec::new();
            nulls(document, "", &mut found);
            assert_eq!(found, Vec::<String>::new());
            let text = document.to_string();
            for key in document["components"]["schemas"].as_object().unwrap().keys() {
                assert!(text.contains(&format!("\"#/components/schemas/{key}\"")), "{key}");
            }
        }
    }
}

/// A validator for a schema of the 3.1 document, whose schemas are JSON Schema.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let all = document["components"]["schemas"].as_object().unwrap();
    let mut used = Map::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let text = schema.to_string();
        for (key, value) in all.iter().filter(|(key, _)| text.contains(&format!("\"#/components/schemas/{key}\""))) {
            if used.insert(key.clone(), value.clone()).is_none() {
                open.push(value);
            }
        }
    }
    let mut root = schema.as_object().unwrap().clone();
    root.insert("components".to_owned(), json!({ "schemas": used }));
    jsonschema::draft202012::new(&Value::Object(root)).unwrap()
}

#[test]
fn examples_and_known_bodies_fit() {
    let Case { contract, documents: [_, document], .. } = &*WCS;
    let mut seen = 0;
    for hook in &contract.hooks {
        let name = &hook.name.value;
        let received = validator(document, request(document, name));
        let answered = validator(document, answer(document, contract, name));
        for example in &hook.examples {
            assert!(received.is_valid(&example.body.value), "{name}: {}", example.title.value);
            if let Some(body) = &example.answer {
                assert!(answered.is_valid(&body.value), "answer to {name}: {}", example.title.value);
            }
        }
        for folder in ["captured", "derived"] {
            for (file, body) in bodies(folder, name) {
                seen += 1;
                assert!(received.is_valid(&body), "{file}: {:?}", received.validate(&body).err());
            }
        }
    }
    let files =
        ["captured", "derived"].map(|folder| root().join("tests/payloads").join(folder).read_dir().unwrap().count());
    assert_eq!(seen, files.iter().sum::<usize>(), "a file's name begins with no hook's name");
}

/// The bodies of a hook in a folder, by file name.
fn bodies(folder: &str, hook: &str) -> Vec<(String, Value)> {
    let files = root().join("tests/payloads").join(folder).read_dir().unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let ours = files.into_iter().filter(|path| name(path).split('.').next() == Some(hook));
    ours.map(|path| (name(&path), serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap())).collect()
}

#[test]
fn requests_are_lenient_and_answers_require_nothing() {
    let Case { contract, documents, .. } = &*WCS;
    for document in documents {
        for hook in &contract.hooks {
            let name = &hook.name.value;
            for schema in [request(document, name), answer(document, contract, name)] {
                assert_eq!(schema["additionalProperties"], json!(true), "{name}");
            }
            assert!(answer(document, contract, name).get("required").is_none(), "{name}");
        }
    }
}

#[test]
fn roles_come_from_the_contract() {
    let Case { contract, documents, .. } = &*PARCEL;
    for document in documents {
        let open = operation(document, "openDoor");
        assert_eq!(open["x-locker-type"], "direct");
        assert_eq!(open["x-locker-dispatch"], json!({ "path": "/openDoor", "aliases": [] }));
        assert_eq!(open["x-locker-overwritable"], json!(["wanted", "message"]));
        assert_eq!(open["tags"], json!(["doors"]));
        let statuses: Vec<&String> = open["responses"].as_object().unwrap().keys().collect();
        assert_eq!(
            BTreeSet::from_iter(statuses.iter().map(|status| status.as_str())),
            BTreeSet::from(["202", "409", "401", "default"])
        );
        assert!(open["requestBody"]["content"].get("application/vnd.locker+json").is_some());
        assert_eq!(document["info"]["version"], "3.1.4");
        assert_eq!(document["servers"][0]["url"], "http://{host}/lockers");
        assert_eq!(document["security"], json!([{}, { "signature": [] }]));
        let scheme = &document["components"]["securitySchemes"]["signature"];
        assert_eq!(scheme["name"], "X-Locker-Signature");
        assert_eq!(scheme["in"], "header");

        let schema = request(document, "openDoor");
        // The context member has another spelling, so neither of the two can be required.
        assert_eq!(schema["required"], json!(["size", "door"]));
        let members = &schema["properties"];
        assert_eq!(members["lockerId"]["x-locker-aliases"]["locker_id"], "Firmware before 2.");
        assert_eq!(members["code"]["x-locker-sensitive"], true);
        assert_eq!(members["photo"]["deprecated"], true);
        assert_eq!(members["photo"]["x-locker-replacement"], "mood");
        assert_eq!(members["moods"]["x-locker-list"], "Mood");
        assert_eq!(members["tries"]["x-locker-default"], 1);
        assert_eq!(members["mood"]["x-enumDescriptions"]["no"], "It does not want to.");
        assert!(members.get("message").is_none());
        let answered = &answer(document, contract, "openDoor")["properties"];
        assert!(!document["components"].to_string().contains("\"default\":"), "models would fill it in");
        assert_eq!(answered["message"]["x-locker-in"], "answer");
        let size = &document["components"]["schemas"]["Size"];
        assert_eq!(size["enum"], json!(["S", "L", "XL"]));
        assert_eq!(size["x-locker-enum-aliases"], json!({ "XL": "L" }));
    }
}

#[test]
fn null_means_absent() {
    let Case { contract, documents: [old, new], .. } = &*PARCEL;
    let received = validator(new, request(new, "openDoor"));
    let body = |member: &str, value: Value| {
        let mut body = json!({ "size": "S", "door": 7 });
        body[member] = value;
        body
    };
    for parameter in &contract.find_hook("openDoor").unwrap().parameters {
        let name = &parameter.name.value;
        let required = ["size", "door"].contains(&name.as_str());
        assert_eq!(received.is_valid(&body(name, Value::Null)), !required, "{name}");
        if let Some(schema) = request(old, "openDoor")["properties"].get(name) {
            let types = neutral(old, schema)["types"].clone();
            assert_eq!(types.as_array().unwrap().contains(&json!("null")), !required, "{name}: {schema}");
            // `nullable` says something only beside `type`.
            assert!(schema.get("nullable").is_none() || schema.get("type").is_some(), "{name}: {schema}");
        }
    }
    // An echo returns null where it came; what only answers have, and what always came with a value, is never null.
    let answered = validator(new, answer(new, contract, "openDoor"));
    for parameter in &contract.find_hook("openDoor").unwrap().parameters {
        let name = &parameter.name.value;
        let echoed = parameter.is_received() && !["size", "door"].contains(&name.as_str());
        assert_eq!(answered.is_valid(&json!({ name: null })), echoed, "{name}");
    }
    for (member, value) in [("code", "1234"), ("wanted", "S"), ("mood", "giddy")] {
        assert!(answered.is_valid(&json!({ member: value })), "{member}");
    }
    assert!(received.is_valid(&body("mood", json!("giddy"))), "an open enum grows");
    assert!(received.is_valid(&body("unheardOf", json!([1]))));
    for (member, wrong) in [("size", json!("M")), ("tries", json!("1")), ("door", json!(true)), ("parcel", json!({}))] {
        assert!(!received.is_valid(&body(member, wrong)), "{member}");
    }
}
