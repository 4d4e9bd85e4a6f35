//! JSON Schema: lenient for what arrives, strict for what is answered.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use crate::contracts;
use std::collections::BTreeSet;

use contracts::{parcel, root, wcs};
use jsonschema::Validator;
use serde_json::{Value, json};
use wcs_codegen::Artifact;
use wcs_contract::model::{Contract, Hook, Openness, Presence, Type, TypeKind};

fn contracts() -> [Contract; 2] {
    [wcs(), parcel()]
}

fn artifacts(contract: &Contract) -> Vec<Artifact> {
    wcs_targets::find("jsonschema").unwrap().emit(contract)
}

fn schema(artifacts: &[Artifact], path: &str) -> Value {
    let artifact = artifacts.iter().find(|artifact| artifact.path == path).unwrap_or_else(|| panic!("no {path}"));
    serde_json::from_str(&artifact.text).unwrap()
}

/// The validators of a hook's request and answer.
fn validators(artifacts: &[Artifact], hook: &Hook) -> [Validator; 2] {
    ["request", "answer"].map(|side| {
        let schema = schema(artifacts, &format!("{}.{side}.json", hook.name.value));
        jsonschema::draft202012::new(&schema).unwrap()
    })
}

/// A body with the members that every request has, each of the right type.
fn least(contract: &Contract, hook: &Hook) -> Value {
    let always = hook.parameters.iter().filter(|p| p.presence == Presence::Always && p.is_received());
    Value::Object(always.map(|p| (p.name.value.clone(), sample(contract, &p.ty))).collect())
}

fn sample(contract: &Contract, ty: &Type) -> Value {
    use wcs_contract::model::Scalar;
    match ty {
        Type::Scalar(Scalar::Bool) => json!(true),
        Type::Scalar(Scalar::Int32 | Scalar::Int64) => json!(1),
        Type::Scalar(Scalar::Float) => json!(0.5),
        Type::Scalar(Scalar::Object) | Type::Map(_) => json!({}),
        Type::Scalar(Scalar::String | Scalar::StringOrNumber) | Type::List(_) => json!("1234"),
        Type::Array(item) => json!([sample(contract, item)]),
        Type::Named(id) => match &contract.type_def(*id).kind {
            TypeKind::Enum { values, .. } => json!(values[0].wire.value),
            TypeKind::Record(members) => {
                Value::Object(members.iter().map(|p| (p.name.value.clone(), sample(contract, &p.ty))).collect())
            }
        },
    }
}

#[test]
fn every_schema_is_one_and_has_an_address_of_its_own() {
    for contract in contracts() {
        let artifacts = artifacts(&contract);
        assert_eq!(artifacts.len(), contract.hooks.len() * 2 + 1);
        let major = contract.version.value.split('.').next().unwrap();
        let prefix = format!("urn:{}:{major}:", contract.name.value);
        let mut ids = BTreeSet::new();
        for artifact in &artifacts {
            let schema: Value = serde_json::from_str(&artifact.text).unwrap();
            assert!(jsonschema::meta::is_valid(&schema), "{}", artifact.path);
            let id = schema["$id"].as_str().unwrap().to_owned();
            let expected = artifact.path.strip_suffix(".json").unwrap().replace('.', ":");
            assert_eq!(id.strip_prefix(&prefix), Some(expected.as_str()));
            assert!(ids.insert(id));
            assert!(schema["title"].is_string() && schema["description"].is_string());
        }
    }
}

#[test]
fn the_bundle_holds_what_the_files_hold() {
    for contract in contracts() {
        let artifacts = artifacts(&contract);
        let bundle = schema(&artifacts, "bundle.json");
        for hook in &contract.hooks {
            for side in ["request", "answer"] {
                let name = format!("{}.{side}", hook.name.value);
                let mut file = schema(&artifacts, &format!("{name}.json"));
                let object = file.as_object_mut().unwrap();
                for key in ["$schema", "$id", "$comment"] {
                    object.shift_remove(key).unwrap();
                }
                for (key, definition) in object.shift_remove("$defs").iter().flat_map(|all| all.as_object().unwrap()) {
                    assert_eq!(bundle["$defs"][key], *definition, "{name}: {key}");
                }
                assert_eq!(bundle["$defs"][&name], file, "{name}");
            }
        }
    }
}

#[test]
fn known_bodies_and_examples_fit() {
    let [contract, _] = contracts();
    let artifacts = artifacts(&contract);
    for hook in &contract.hooks {
        let [request, answer] = validators(&artifacts, hook);
        for example in &hook.examples {
            let (name, title) = (&hook.name.value, &example.title.value);
            assert!(
                request.is_valid(&example.body.value),
                "{name}: {title}: {:?}",
                request.validate(&example.body.value)
            );
            if let Some(body) = &example.answer {
                assert!(answer.is_valid(&body.value), "answer to {name}: {title}: {:?}", answer.validate(&body.value));
            }
        }
    }
    for folder in ["captured", "derived", "answers"] {
        let mut seen = 0;
        for entry in root().join("tests/payloads").join(folder).read_dir().unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            let hook = file.split('.').next().and_then(|name| contract.find_hook(name));
            let [request, answer] = validators(&artifacts, hook.unwrap_or_else(|| panic!("{file} names no hook")));
            let validator = if folder == "answers" { answer } else { request };
            let body: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            assert!(validator.is_valid(&body), "{folder}/{file}: {:?}", validator.validate(&body).err());
            seen += 1;
        }
        assert!(seen > 0, "{folder} is empty");
    }
}

#[test]
fn requests_are_lenient() {
    for contract in contracts() {
        let artifacts = artifacts(&contract);
        for hook in &contract.hooks {
            let name = &hook.name.value;
            let [request, _] = validators(&artifacts, hook);
            let least = least(&contract, hook);
            let with = |member: &str, value: Value| {
                let mut body = least.clone();
                body[member] = value;
                body
            };
            assert!(request.is_valid(&least), "{name}: {:?}", request.validate(&least).err());
            assert!(request.is_valid(&with("a member of a later release", json!([null]))), "{name}");
            for parameter in hook.parameters.iter().filter(|parameter| parameter.is_received()) {
                let member = &parameter.name.value;
                let required = parameter.presence == Presence::Always && parameter.aliases.is_empty();
                assert_eq!(request.is_valid(&with(member, Value::Null)), !required, "{name}.{member}");
                let mut without = least.clone();
                without.as_object_mut().unwrap().shift_remove(member);
                assert_eq!(request.is_valid(&without), !required, "{name}.{member}");
                if let Type::Named(id) = &parameter.ty
                    && let TypeKind::Enum { openness, .. } = &contract.type_def(*id).kind
                {
                    let grown = with(member, json!("A VALUE OF A LATER RELEASE"));
                    assert_eq!(request.is_valid(&grown), *openness == Openness::Open, "{name}.{member}");
                }
                // No type of the language takes an array of an array of null.
                assert!(!request.is_valid(&with(member, json!([[null]]))), "{name}.{member} takes anything");
            }
        }
    }
}

#[test]
fn answers_are_strict() {
    for contract in contracts() {
        let artifacts = artifacts(&contract);
        for hook in &contract.hooks {
            let name = &hook.name.value;
            let [_, answer] = validators(&artifacts, hook);
            assert!(answer.is_valid(&json!({})), "{name}");
            assert!(answer.is_valid(&least(&contract, hook)), "{name}");
            assert!(!answer.is_valid(&json!({ "a member of a later release": 1 })), "{name}");
            for parameter in &hook.parameters {
                let member = &parameter.name.value;
                let body = json!({ member: sample(&contract, &parameter.ty) });
                assert!(answer.is_valid(&body), "{name}.{member}: {:?}", answer.validate(&body).err());
                assert!(!answer.is_valid(&json!({ member: null })), "{name}.{member}");
                if let Type::Named(id) = &parameter.ty
                    && matches!(contract.type_def(*id).kind, TypeKind::Record(_))
                {
                    let body = json!({ member: { "a member of a later release": 1 } });
                    assert!(!answer.is_valid(&body), "{name}.{member}");
                }
            }
        }
    }
}

#[test]
fn other_spellings_are_members_too() {
    let [_, contract] = contracts();
    let artifacts = artifacts(&contract);
    let [request, answer] = validators(&artifacts, contract.find_hook("openDoor").unwrap());
    let body = json!({ "locker_id": "a", "size": "XL", "door": 1 });
    assert!(request.is_valid(&body) && answer.is_valid(&body));
    assert!(!request.is_valid(&json!({ "locker_id": 1, "size": "S", "door": 1 })), "of the same type");
    assert!(!answer.is_valid(&json!({ "tries": 4 })) && answer.is_valid(&json!({ "tries": 3 })), "within limits");
}
