//! Values that are made up from a contract's types: there is one, and another one, for every type wherever it is used; they
//! fit the contract, and making them ends.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::collections::BTreeMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use wcs_codegen::vectors;
use wcs_contract::model::{Contract, Hook};
use wcs_contract::{Input, compile};
use wcs_simulator::body;
use wcs_targets::EMITTERS;
use wcs_tests::arbitrary::{bare_hook, config, contracts, whole};
use wcs_tests::none;

/// What is wrong with the values that are made up for a contract: in vectors, and where the simulator plays it.
fn misfits(contract: &Contract) -> Vec<String> {
    let schemas = wcs_targets::find("jsonschema").expect("it is a target").emit(contract);
    let validator = |hook: &Hook, side: &str| {
        let path = format!("{}.{side}.json", hook.name.value);
        let artifact = schemas.iter().find(|artifact| artifact.path == path).expect("every hook has both");
        let schema = serde_json::from_str(&artifact.text).expect("it is JSON");
        jsonschema::validator_for(&schema).expect("the schema compiles")
    };
    let of_hook = |hook| misfits_of(contract, hook, [validator(hook, "request"), validator(hook, "answer")]);
    contract.hooks.iter().flat_map(of_hook).collect()
}

fn misfits_of(contract: &Contract, hook: &Hook, [request, answer]: [Validator; 2]) -> Vec<String> {
    let mut found = Vec::new();
    let mut fit = |what: &str, schema: &Validator, body: &Value| {
        // What is always sent is left out where its limits allow no value of a reasonable size.
        let is_absent = |error: &ValidationError<'_>| {
            error.instance_path().as_str().is_empty() && matches!(error.kind(), ValidationErrorKind::Required { .. })
        };
        let errors = schema.iter_errors(body).filter(|error| !is_absent(error));
        found.extend(errors.map(|error| format!("{what}: {} {error}", error.instance_path())));
    };
    fit("the simulator", &request, &Value::Object(body::example(contract, hook, None)));
    let mut broken = Vec::new();
    for vector in vectors::of_hook(contract, hook).iter().filter(|vector| vector["class"] != "malformed") {
        let id = vector["id"].as_str().unwrap_or_default();
        let Ok(body @ Value::Object(_)) = serde_json::from_str(vector["body"].as_str().unwrap_or_default()) else {
            broken.push(format!("{id}: {} is no object", vector["body"]));
            continue;
        };
        // They say what receivers have to bear.
        let is_odd = id.ends_with("valid: no member") || id.ends_with("valid: every member null");
        if vector["class"] == "valid" && !is_odd {
            fit(id, &request, &body);
        }
        fit(id, &answer, vector.get("overwrite").unwrap_or(&json!({})));
    }
    found.extend(broken);
    found
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn values_made_up_for_random_contracts_fit(text in contracts()) {
        let compiled = compile(&Input::texts([("contract.yaml", text.as_str())])).unwrap();
        let Some(contract) = &compiled.contract else { panic!("{text}\n{:#?}", compiled.findings) };
        let found = misfits(contract);
        prop_assert!(found.is_empty(), "{}\n{}", text, found.join("\n"));
    }
}

/// Every type, with whether it has more than one value, and examples of it.
fn every_type() -> Vec<(&'static str, bool, Vec<Value>)> {
    vec![
        ("string", true, vec![json!("1234"), json!(""), json!("1234-2")]),
        ("bool", true, vec![json!(true), json!(false)]),
        ("int32", true, vec![json!(7), json!(i32::MAX), json!(i32::MIN)]),
        ("int64", true, vec![json!(7), json!(i64::MAX), json!(i64::MIN)]),
        ("float", true, vec![json!(1.5), json!(2.5), json!(7)]),
        ("object", true, vec![json!({}), json!({ "key": "value" }), json!({ "another": [1, "two", null] })]),
        ("string_or_number", true, vec![json!("1234"), json!(7), json!(2.5)]),
        ("Several", true, vec![json!("A"), json!("B"), json!("old A")]),
        ("Single", false, vec![json!("ONLY"), json!("old ONLY")]),
        ("OpenSingle", false, vec![json!("ONLY")]),
        ("OpenSingle", true, vec![json!("UNLISTED")]),
        ("Unlisted", false, vec![json!("A_VALUE_OF_A_LATER_RELEASE")]),
        ("list<string>", true, vec![json!("1234"), json!(""), json!("a, b")]),
        ("list<bool>", true, vec![json!("true"), json!("true,false")]),
        ("list<int32>", true, vec![json!("7")]),
        ("list<int64>", true, vec![json!("7")]),
        ("list<float>", true, vec![json!("1.5"), json!("2.5")]),
        ("list<string_or_number>", true, vec![json!("1234")]),
        ("list<Several>", true, vec![json!("A"), json!("B,A")]),
        ("list<Single>", true, vec![json!("ONLY"), json!("")]),
        ("list<Unlisted>", true, vec![json!("A_VALUE_OF_A_LATER_RELEASE")]),
        ("array<string>", true, vec![json!(["1234"]), json!([]), json!(["1234-2", "b"])]),
        ("array<Single>", true, vec![json!(["ONLY"]), json!([])]),
        ("array<array<Single>>", true, vec![json!([["ONLY"]])]),
        ("array<list<string>>", true, vec![json!(["1234"])]),
        ("array<Tree>", true, vec![json!([{ "name": "x" }]), json!([{ "below": [{}] }])]),
        ("map<string>", true, vec![json!({}), json!({ "another": "1234" }), json!({ "key": "1234" })]),
        ("map<map<Single>>", true, vec![json!({ "another": { "another": "ONLY" } })]),
        ("map<Tree>", true, vec![json!({ "another": {} })]),
        ("Tree", true, vec![json!({}), json!({ "below": [], "byName": {}, "tags": "1234" })]),
        ("Fixed", false, vec![json!({ "word": "ONLY" })]),
        ("Spare", true, vec![json!({ "word": "ONLY" }), json!({})]),
        ("Ring", true, vec![json!({ "pong": [{ "ping": [] }] })]),
        ("Endless", false, vec![]),
    ]
}

fn every_definition() -> Map<String, Value> {
    let words = |openness: &str, words: &[&str]| {
        let value = |word: &&str| {
            ((*word).to_owned(), json!({ "doc": "Any.", "aliases": { format!("old {word}"): "Old firmware." } }))
        };
        json!({ "doc": "Words.", "enum": openness, "values": words.iter().map(value).collect::<Map<_, _>>() })
    };
    let record = |members: &[(&str, &str, &str)]| {
        let member = |(name, ty, presence): &(&str, &str, &str)| {
            ((*name).to_owned(), json!({ "type": ty, "doc": "Any.", "presence": presence }))
        };
        json!({ "doc": "A record.", "record": members.iter().map(member).collect::<Map<_, _>>() })
    };
    let mut endless = record(&[("itself", "array<Endless>", "always")]);
    endless["record"]["itself"]["constraints"] = json!({ "min_items": 1 });
    let tree = [
        ("name", "string", "usually"),
        ("below", "array<Tree>", "usually"),
        ("byName", "map<Tree>", "sometimes"),
        ("tags", "list<string>", "usually"),
    ];
    let definitions = [
        ("Several", words("closed", &["A", "B"])),
        ("Single", words("closed", &["ONLY"])),
        ("OpenSingle", words("open", &["ONLY"])),
        ("Unlisted", words("open", &[])),
        ("Tree", record(&tree)),
        ("Fixed", record(&[("word", "Single", "always")])),
        ("Spare", record(&[("word", "Single", "sometimes")])),
        ("Ring", record(&[("pong", "array<Counterpart>", "always")])),
        ("Counterpart", record(&[("ping", "array<Ring>", "always")])),
        ("Endless", endless),
    ];
    definitions.into_iter().map(|(name, definition)| (name.to_owned(), definition)).collect()
}

/// A member of every type without an example and with each, and whether another value of it is known.
fn members_of_every_type(presence: &str, role: &str) -> Vec<(Value, bool)> {
    let mut members = Vec::new();
    for (ty, has_several, examples) in every_type() {
        for example in std::iter::once(None).chain(examples.into_iter().map(Some)) {
            let mut member = json!({ "type": ty, "doc": "Any.", "presence": presence });
            match example {
                Some(example) => member["example"] = example,
                // What is made of it is the one value that it lists.
                None if ty == "OpenSingle" => continue,
                None => {}
            }
            match role {
                "plain" => {}
                "overwritable" => member["overwritable"] = json!({ "reason": "The manual says so." }),
                place => member["in"] = json!(place),
            }
            members.push((member, has_several));
        }
    }
    members
}

/// A contract with these types and hooks.
fn contract_of(types: Map<String, Value>, hooks: Map<String, Value>) -> String {
    let sections = [("types", Value::Object(types)), ("hooks", Value::Object(hooks))];
    whole(sections.into_iter().map(|(name, section)| (name.to_owned(), section)).collect())
}

#[test]
fn every_type_has_another_value_in_every_role() {
    // Few members a hook: each has vectors that hold all others.
    const MEMBERS: usize = 10;
    let (mut hooks, mut changing) = (Map::new(), BTreeMap::new());
    for kind in ["connect", "direct", "event", "incoming"] {
        for presence in ["always", "usually", "sometimes"] {
            let roles: &[&str] =
                if kind == "event" { &["plain"] } else { &["plain", "overwritable", "answer", "both"] };
            for role in roles {
                for (at, members) in members_of_every_type(presence, role).chunks(MEMBERS).enumerate() {
                    let name = format!("{kind}-{presence}-{role}-{at}");
                    let mut hook = bare_hook(kind, if kind == "event" { "no_effect" } else { "forbids" });
                    let named = members.iter().enumerate().map(|(at, (member, _))| (format!("member{at}"), member));
                    hook.insert("parameters".to_owned(), json!(named.collect::<BTreeMap<_, _>>()));
                    hooks.insert(name.clone(), Value::Object(hook));
                    let several = (0..members.len()).filter(|at| members[*at].1).map(|at| format!("member{at}"));
                    changing.extend((*role != "plain").then(|| (name, several.collect::<Vec<_>>())));
                }
            }
        }
    }
    let compiled =
        compile(&Input::texts([("contract.yaml", contract_of(every_definition(), hooks).as_str())])).unwrap();
    let contract = compiled.contract.unwrap_or_else(|| panic!("{:#?}", compiled.findings));
    none(&misfits(&contract));
    for hook in &contract.hooks {
        let name = &hook.name.value;
        let vectors = vectors::of_hook(&contract, hook);
        let id = json!(format!("{name}: overwrite: everything, where every member came"));
        let vector = vectors.iter().find(|vector| vector["id"] == id);
        let changed = vector.and_then(|vector| vector["answer"]["changed"].as_array()).cloned().unwrap_or_default();
        let same = changing.get(name).into_iter().flatten().filter(|member| !changed.contains(&json!(member)));
        let same: Vec<&String> = same.collect();
        assert!(same.is_empty(), "{name}: {same:?} did not change");
    }
}

/// Shapes whose values would take a program's whole stack, or all of its memory and time.
#[test]
fn hostile_shapes_are_emitted() {
    let chain = |count: usize, written: &str, presence: &str| {
        let record = |at: usize| {
            let inner =
                if at + 1 < count { written.replace('N', &format!("R{}", at + 1)) } else { "string".to_owned() };
            let member = json!({ "type": inner, "doc": "Any.", "presence": presence });
            (format!("R{at}"), json!({ "doc": "A record.", "record": { "a": member, "b": member } }))
        };
        (0..count).map(record).collect::<Map<_, _>>()
    };
    for (types, ty, limits) in [
        (chain(40, "N", "sometimes"), "R0", json!({})),
        (chain(40, "N", "always"), "R0", json!({})),
        (chain(40, "array<N>", "sometimes"), "map<R0>", json!({})),
        (chain(300, "N", "sometimes"), "R0", json!({})),
        (Map::new(), "string", json!({ "min_length": 4_000_000_000_u64 })),
        (Map::new(), "list<string>", json!({ "min_items": u64::MAX })),
        (Map::new(), "map<array<bool>>", json!({ "min_items": 4_000_000_000_u64 })),
        (Map::new(), "int32", json!({ "minimum": 3_000_000_000_u64 })),
    ] {
        let mut hook = bare_hook("direct", "forbids");
        let overwritable = json!({ "reason": "The manual says so." });
        let plain = json!({ "type": ty, "doc": "Any.", "presence": "always", "constraints": limits });
        let mut other = plain.clone();
        other["overwritable"] = overwritable;
        hook.insert("parameters".to_owned(), json!({ "plain": plain, "other": other }));
        let text = contract_of(types, Map::from_iter([("hook".to_owned(), Value::Object(hook))]));
        let contract =
            compile(&Input::texts([("contract.yaml", text.as_str())])).unwrap().contract.expect("it has no error");
        assert!(EMITTERS.iter().all(|emitter| !emitter.emit(&contract).is_empty()));
        none(&misfits(&contract));
    }
}
