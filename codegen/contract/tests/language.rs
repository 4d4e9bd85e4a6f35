//! `schema/hook-schema.json`, by which editors know the language, is made from the loader's own declarations. These
//! tests keep the file fresh, and show that the two agree on every schema file there is: which keys there are, what kind
//! of value each takes, and which are needed is written down once.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::path::PathBuf;

use jsonschema::Validator;
use serde_json::Value;
use wcs_contract::diagnostic::Findings;
use wcs_contract::load::load;
use wcs_contract::source::Sources;
use wcs_contract::syntax::{Json, Syntax, language_schema, overlay_schema, read_file, read_overlay};
use wcs_test_support::{cases, expect, none, root, yaml_files};

/// The schemas of the two kinds of files.
struct Validators {
    contract: Validator,
    overlay: Validator,
}

fn validators() -> Validators {
    let validator = |schema: Value| jsonschema::validator_for(&schema).expect("the schema compiles");
    Validators { contract: validator(language_schema()), overlay: validator(overlay_schema()) }
}

#[test]
fn the_file_for_editors_is_fresh() {
    for (file, schema) in [("hook-schema.json", language_schema()), ("overlay-schema.json", overlay_schema())] {
        if let Err(reason) = expect(&root().join("schema").join(file), &format!("{schema:#}\n")) {
            panic!("{reason}");
        }
    }
}

#[test]
fn the_file_for_editors_is_a_json_schema() {
    for schema in [language_schema(), overlay_schema()] {
        assert!(jsonschema::meta::is_valid(&schema));
        assert!(
            schema["$comment"].as_str().is_some_and(|comment| comment.contains("Do not edit")),
            "{}",
            schema["$comment"]
        );
    }
}

/// What the two say about a text that is YAML: whether the loader can read it, and why the schema can't.
fn verdicts(text: &str, schemas: &Validators) -> Option<(bool, Vec<String>)> {
    let mut sources = Sources::default();
    let file = sources.add("file.yaml", text);
    let mut findings = Findings::default();
    let node = load(file, text, &mut findings)?;
    // What is not YAML, or hidden by an alias, has no JSON that could be compared.
    if findings.has_errors() {
        return None;
    }
    let json = Json::read(&node, &mut findings)?.value;
    let schema = if json.get("overlay").is_some() {
        read_overlay(&node, &mut findings);
        &schemas.overlay
    } else {
        read_file(&node, &mut findings);
        &schemas.contract
    };
    let refused: Vec<String> =
        schema.iter_errors(&json).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    Some((!findings.has_errors(), refused))
}

fn files() -> Vec<PathBuf> {
    let mut files = yaml_files(&cases("codegen/contract/tests", "check"));
    files.extend(yaml_files(&root().join("schema")));
    files.extend(yaml_files(&root().join("examples/own-overlay")));
    files
}

#[test]
fn loader_and_json_schema_agree_on_every_file() {
    let schema = validators();
    let (mut accepted, mut rejected, mut complaints) = (0, 0, Vec::new());
    for file in files() {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        match verdicts(&text, &schema) {
            None => {}
            Some((true, refused)) if refused.is_empty() => accepted += 1,
            Some((false, refused)) if !refused.is_empty() => rejected += 1,
            Some((true, refused)) => {
                complaints.push(format!("{}: only the schema refuses: {refused:?}", file.display()))
            }
            Some((false, _)) => complaints.push(format!("{}: only the loader refuses", file.display())),
        }
    }
    none(&complaints);
    assert!(accepted >= 80 && rejected >= 18, "{accepted} accepted, {rejected} rejected");
}

/// Every file of the contract is accepted by both, and each of these spoils it for both.
#[test]
fn loader_and_json_schema_agree_on_spoilt_files() {
    let schema = validators();
    let spoil: [(&str, &str); 12] = [
        ("type: direct", "type: Direct"),
        ("type: string", "type: array<string"),
        ("presence: always", "presence: [always]"),
        ("sensitive: true", "sensitive: yes"),
        ("summary: ", "sumary: "),
        ("doc: ", "docs: "),
        ("evidence: documents", "evidence: "),
        ("confidence: low", "confidence: lowest"),
        ("since: \"5", "since: \"v5"),
        ("seconds: 15", "seconds: -15"),
        ("minimum: 0", "minimum: \"0\""),
        ("leads_to: [", "leads_to: [["),
    ];
    let mut used = 0;
    for file in yaml_files(&root().join("schema")) {
        let text = std::fs::read_to_string(&file).expect("it is UTF-8");
        assert_eq!(
            verdicts(&text, &schema).map(|(read, refused)| (read, refused.len())),
            Some((true, 0)),
            "{}",
            file.display()
        );
        for (sound, spoilt) in spoil {
            let Some(at) = text.find(sound) else { continue };
            let mut text = text.clone();
            text.replace_range(at..at + sound.len(), spoilt);
            let Some((read, refused)) = verdicts(&text, &schema) else { continue };
            assert!(!read && !refused.is_empty(), "{}: `{spoilt}`: {read}, {refused:?}", file.display());
            used += 1;
        }
    }
    assert!(used >= 40, "{used}");
}

/// The schema explains each key to the author.
#[test]
fn every_key_is_described() {
    let (contract, overlay) = (language_schema(), overlay_schema());
    let mut keys = 0;
    let definitions = |schema| Value::as_object(schema).expect("definitions").iter();
    for (name, definition) in definitions(&contract["$defs"]).chain(definitions(&overlay["$defs"])) {
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            let text = property.get("description").and_then(Value::as_str).unwrap_or_default();
            assert!(text.ends_with('.'), "{name}.{key}: {text:?}");
            keys += 1;
        }
    }
    assert!(keys > 150, "{keys}");
}
