//! What nobody expected: unknown members of every JSON type and unknown words of enums go through typed handlers over a
//! real port, come back byte for byte, and stand in the drift report.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use wcs_contract::Input;

use serde_json::Value;
use wcs_contract::model::{Contract, Hook, Parameter, Sensitivity, Type, TypeKind};
use wcs_tests::backend::Backend;
use wcs_tests::{added, root};

/// Twenty members that no contract has.
const UNKNOWN: [(&str, &str, &str); 20] = [
    ("zzText", r#""plain""#, "string"),
    ("zzEscapes", r#""a\/b\u00e9\ud83d\ude00""#, "string"),
    ("zzSurrogate", r#""\ud800""#, "string"),
    ("zzEmpty", r#""""#, "string"),
    ("zzTrue", "true", "boolean"),
    ("zzFalse", "false", "boolean"),
    ("zzNull", "null", "null"),
    ("zzZero", "0", "number"),
    ("zzMinusZero", "-0", "number"),
    ("zzBig", "9007199254740993", "number"),
    ("zzHuge", "123456789012345678901234567890", "number"),
    ("zzFloat", "0.1000", "number"),
    ("zzExponent", "1e400", "number"),
    ("zzArray", "[ ]", "array"),
    ("zzMixed", r#"[1,"two",null,{"three":3}]"#, "array"),
    ("zzNested", "[[[[[[]]]]]]", "array"),
    ("zzObject", "{ }", "object"),
    ("zzDeep", r#"{"a":{"b":{"c":[1.50]}}}"#, "object"),
    ("zz key with spaces", "1", "number"),
    ("zz\\u00fcmlaut", "2", "number"),
];

fn enum_members<'a>(contract: &'a Contract, hook: &'a Hook) -> Vec<&'a Parameter> {
    let is_enum = |member: &&Parameter| match &member.ty {
        Type::Named(id) => matches!(contract.type_def(*id).kind, TypeKind::Enum { .. }),
        _ => false,
    };
    hook.parameters.iter().filter(is_enum).take(3).collect()
}

/// The body with the members added and up to three words replaced.
fn spoil(contract: &Contract, hook: &Hook, body: &str) -> (String, Vec<(String, String)>) {
    let mut value: Value = serde_json::from_str(body).unwrap();
    let mut words = Vec::new();
    for (number, member) in enum_members(contract, hook).into_iter().enumerate() {
        let word = format!("ZZ_WORD_{number}");
        value[&member.name.value] = Value::from(word.clone());
        // Of a sensitive member the report keeps that there was an unknown word, not which.
        let listed = if member.sensitive == Sensitivity::Sensitive { "<hidden>".to_owned() } else { word };
        words.push((member.name.value.clone(), listed));
    }
    let text = value.to_string();
    let unknown: Vec<String> = UNKNOWN.iter().map(|(name, json, _)| format!("\"{name}\" : {json}")).collect();
    let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap();
    (format!("{{{},\n{inside} }}", unknown.join(",")), words)
}

#[test]
fn nothing_that_arrived_is_lost() {
    let contract = wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap();
    let backend = Backend::of_package("all-hooks").unwrap();
    let mut sent_words: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    let mut words_in_all = 0;
    for kind in ["captured", "derived"] {
        for entry in fs::read_dir(root().join("tests/payloads").join(kind)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned();
            let hook = contract.find_hook(&name).unwrap();
            let (sent, words) = spoil(&contract, hook, &fs::read_to_string(&path).unwrap());
            let reply = backend.post(&name, sent.clone()).unwrap();
            let text = reply.text();
            assert_eq!(reply.status, 200, "{name}: {text}");
            let more = added(&sent, &text).unwrap_or_else(|| panic!("{name}: {sent} became {text}"));
            assert!(more.is_empty() || name == "connect", "{name}: {more}");
            words_in_all += words.len();
            sent_words.entry(name).or_default().extend(words);
        }
    }
    assert!(sent_words.len() >= 30 && words_in_all >= 40, "{} hooks, {words_in_all} words", sent_words.len());

    let request = http::Request::get(format!("{}/_hooks/drift", backend.address())).body(Default::default()).unwrap();
    let report: Value = serde_json::from_slice(&backend.send(request).unwrap().body).unwrap();
    for (name, words) in sent_words {
        let hooks = report["hooks"].as_array().unwrap();
        let entry = hooks.iter().find(|entry| entry["hook"] == name.as_str()).unwrap_or_else(|| panic!("no {name}"));
        let listed = |list: &str, pointer: &str, found: &str| {
            let entries = entry[list].as_array().unwrap();
            entries.iter().any(|entry| entry["pointer"] == pointer && entry["found"] == found)
        };
        for (member, _, json_type) in UNKNOWN {
            let member = member.replace("\\u00fc", "ü");
            assert!(listed("unknownMembers", &format!("/{member}"), json_type), "{name}: {member}");
        }
        for (member, word) in words {
            assert!(listed("unknownValues", &format!("/{member}"), &word), "{name}: {member} {word}");
        }
    }
}
