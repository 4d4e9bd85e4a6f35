//! JSON Schema 2020-12: a file for each request and each answer, and one with all of them.
//!
//! Requests are lenient, because the sender owns the contract: unknown members and new values of open enums pass, null
//! passes for what may be absent. Answers are strict, because we write them: members that the contract doesn't know,
//! null and wrong types don't pass.

mod shape;

use std::collections::BTreeSet;

use schemars::Schema;
use serde_json::{Map, Value, json};

use self::shape::references;
use wcs_codegen::{Artifact, Emitter, header};
use wcs_contract::model::{Contract, Hook, Side, TypeId, TypeKind};

/// The target.
#[derive(Debug)]
pub(super) struct JsonSchema;

impl Emitter for JsonSchema {
    fn name(&self) -> &'static str {
        "jsonschema"
    }

    fn about(&self) -> &'static str {
        "JSON Schema 2020-12 of every request and answer, one by one and as a bundle"
    }

    fn emit(&self, contract: &Contract) -> Vec<Artifact> {
        let header = header(contract);
        let mut artifacts = vec![artifact("bundle".to_owned(), &bundle(contract, &header))];
        for hook in &contract.hooks {
            for side in Side::ALL {
                let stem = format!("{}.{}", hook.name.value, side.word());
                artifacts.push(artifact(stem, &file(contract, &header, hook, *side)));
            }
        }
        artifacts
    }
}

fn artifact(stem: String, schema: &Schema) -> Artifact {
    Artifact { path: format!("{stem}.json"), text: format!("{:#}\n", schema.as_value()) }
}

/// All bodies and what they refer to.
fn bundle(contract: &Contract, header: &str) -> Schema {
    let mut bundle = head(contract, header, "bundle");
    bundle.insert("title".to_owned(), json!(contract.title.value));
    bundle.insert("description".to_owned(), json!(contract.doc.value));
    let mut definitions = Map::new();
    let mut types = BTreeSet::new();
    for hook in &contract.hooks {
        for side in Side::ALL {
            let key = format!("{}.{}", hook.name.value, side.word());
            definitions.insert(key, Value::Object(body(contract, hook, *side)));
            types.extend(hook_types(contract, hook, *side));
        }
    }
    definitions.extend(definitions_of(contract, &types));
    bundle.insert("$defs".to_owned(), Value::Object(definitions));
    bundle.into()
}

/// One body, complete in itself.
fn file(contract: &Contract, header: &str, hook: &Hook, side: Side) -> Schema {
    let mut schema = head(contract, header, &format!("{}:{}", hook.name.value, side.word()));
    schema.extend(body(contract, hook, side));
    let types = hook_types(contract, hook, side);
    if !types.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(definitions_of(contract, &types)));
    }
    schema.into()
}

fn head(contract: &Contract, header: &str, what: &str) -> Map<String, Value> {
    let version = &contract.version.value;
    let major = version.split('.').next().unwrap_or(version);
    Map::from_iter([
        ("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema")),
        ("$id".to_owned(), json!(format!("urn:{}:{major}:{what}", contract.name.value))),
        ("$comment".to_owned(), json!(header)),
    ])
}

fn body(contract: &Contract, hook: &Hook, side: Side) -> Map<String, Value> {
    let (description, examples): (String, Vec<&Value>) = match side {
        Side::Request => (
            hook.doc.as_ref().unwrap_or(&hook.summary).value.clone(),
            hook.examples.iter().map(|example| &example.body.value).collect(),
        ),
        Side::Answer => (
            format!("What a backend may answer to `{}`. It may leave out anything.", hook.name.value),
            hook.examples.iter().filter_map(|example| Some(&example.answer.as_ref()?.value)).collect(),
        ),
    };
    let mut schema = Map::new();
    schema.insert("title".to_owned(), json!(format!("{} {}", hook.name.value, side.word())));
    schema.insert("description".to_owned(), json!(description));
    if hook.lifetime.deprecated.is_some() {
        schema.insert("deprecated".to_owned(), json!(true));
    }
    schema.extend(shape::object(contract, &hook.parameters, side));
    if !examples.is_empty() {
        schema.insert("examples".to_owned(), json!(examples));
    }
    schema
}

/// The types that a body refers to, directly or through others, each with the side on which it stands.
fn hook_types(contract: &Contract, hook: &Hook, side: Side) -> BTreeSet<(TypeId, Side)> {
    let mut used = BTreeSet::new();
    let mut open: Vec<TypeId> = references(&hook.parameters, side);
    while let Some(id) = open.pop() {
        if used.insert((id, side))
            && let TypeKind::Record(members) = &contract.type_def(id).kind
        {
            open.extend(references(members, side));
        }
    }
    used
}

fn definitions_of(contract: &Contract, types: &BTreeSet<(TypeId, Side)>) -> Map<String, Value> {
    let define = |&(id, side): &(TypeId, Side)| {
        (shape::key(contract, id, side), Value::Object(shape::definition(contract, id, side)))
    };
    types.iter().map(define).collect()
}
