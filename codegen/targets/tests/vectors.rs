//! The test vectors: in the form that their schema gives, and complete.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use crate::contracts;
use std::collections::BTreeSet;

use contracts::{parcel, wcs};
use serde_json::{Value, json};
use wcs_codegen::Artifact;
use wcs_contract::model::{Contract, Hook};

fn artifacts(contract: &Contract) -> Vec<Artifact> {
    wcs_targets::find("vectors").unwrap().emit(contract)
}

fn json(artifacts: &[Artifact], path: &str) -> Value {
    serde_json::from_str(&artifacts.iter().find(|artifact| artifact.path == path).unwrap().text).unwrap()
}

fn of_hook<'a>(vectors: &'a Value, hook: &Hook) -> &'a [Value] {
    let hooks = vectors["hooks"].as_array().unwrap();
    hooks.iter().find(|entry| entry["name"] == json!(hook.name.value)).unwrap()["vectors"].as_array().unwrap()
}

/// The vector whose id ends so.
fn find<'a>(vectors: &'a [Value], end: &str) -> &'a Value {
    let found = vectors.iter().find(|vector| vector["id"].as_str().unwrap().ends_with(end));
    found.unwrap_or_else(|| panic!("no vector ends with {end}"))
}

fn sent(vector: &Value) -> Value {
    serde_json::from_str(vector["body"].as_str().unwrap()).unwrap()
}

#[test]
fn they_are_as_their_schema_says() {
    for contract in [wcs(), parcel()] {
        let artifacts = artifacts(&contract);
        let schema = json(&artifacts, "vectors.schema.json");
        assert!(jsonschema::meta::is_valid(&schema));
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let vectors = json(&artifacts, "vectors.json");
        assert!(validator.is_valid(&vectors), "{:?}", validator.validate(&vectors).err());
        let mut broken = vectors.clone();
        broken["hooks"][0]["vectors"][0].as_object_mut().unwrap().shift_remove("reading");
        assert!(!validator.is_valid(&broken), "a reading is required");
        assert_eq!(artifacts, self::artifacts(&contract), "the same every time");
    }
}

#[test]
fn every_hook_has_every_kind() {
    for contract in [wcs(), parcel()] {
        let vectors = json(&artifacts(&contract), "vectors.json");
        let mut ids = BTreeSet::new();
        for hook in &contract.hooks {
            let name = &hook.name.value;
            let all = of_hook(&vectors, hook);
            assert!(all.iter().all(|vector| ids.insert(vector["id"].to_string())), "{name}: an id stands twice");
            let of_class = |class: &str| all.iter().filter(|vector| vector["class"] == class).collect::<Vec<_>>();
            for class in ["valid", "later", "spelling", "wrong_type", "malformed"] {
                assert!(!of_class(class).is_empty(), "{name}: {class}");
            }
            for example in &hook.examples {
                assert!(of_class("valid").iter().any(|vector| sent(vector) == example.body.value), "{name}: example");
            }
            for member in hook.parameters.iter().filter(|member| member.is_received()) {
                let member = &member.name.value;
                let wrong = of_class("wrong_type");
                assert!(
                    wrong.iter().any(|vector| vector["reading"].get(member) == Some(&Value::Null)),
                    "{name}.{member}"
                );
                assert!(
                    of_class("valid")
                        .iter()
                        .any(|vector| vector["reading"].get(member).is_some_and(|value| !value.is_null())),
                    "{name}.{member} is never read"
                );
            }
            for (alias, _) in &hook.aliases {
                assert!(of_class("spelling").iter().any(|vector| vector["path"] == json!(alias.value)), "{alias:?}");
            }
            for vector in of_class("malformed").iter().filter(|vector| vector.get("body").is_some()) {
                let text = vector["body"].as_str().unwrap();
                assert!(!serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_object()), "{text}");
            }
            for vector in of_class("wrong_type") {
                assert!(vector["reading"].as_object().unwrap().values().any(Value::is_null), "{}", vector["id"]);
            }
        }
    }
}

/// One hook of another sender, where what is expected can be told by hand.
#[test]
fn expectations_of_a_small_contract() {
    let contract = parcel();
    let vectors = json(&artifacts(&contract), "vectors.json");
    assert_eq!(vectors["statuses"], json!({ "accept": 202, "deny": 409, "malformed": 400 }));
    let all = of_hook(&vectors, contract.find_hook("openDoor").unwrap());

    let other_name = find(all, "`locker_id` for `lockerId`");
    assert_eq!(sent(other_name).get("lockerId"), None);
    assert_eq!(other_name["reading"]["lockerId"], sent(other_name)["locker_id"]);
    let other_word = find(all, "the value `XL` of `size`");
    assert_eq!((&sent(other_word)["size"], &other_word["reading"]["size"]), (&json!("XL"), &json!("L")));

    assert_eq!(find(all, "an unknown value of `mood`")["reading"]["mood"], "A_VALUE_OF_A_LATER_RELEASE");
    assert_eq!(find(all, "an unknown value of `moods`")["reading"]["moods"], "calm,A_VALUE_OF_A_LATER_RELEASE");
    assert!(all.iter().all(|vector| vector["id"] != "openDoor: later: an unknown value of `size`"), "it is closed");
    assert_eq!(find(all, "`size` is \"A_VALUE_OF_A_LATER_RELEASE\"")["reading"]["size"], Value::Null);
    assert_eq!(find(all, "`sizes` is [\"S\",\"A_VALUE_OF_A_LATER_RELEASE\"]")["reading"]["sizes"], Value::Null);
    for wrong in ["\"7\"", "1.5", "2147483648"] {
        assert_eq!(find(all, &format!("`tries` is {wrong}"))["reading"]["tries"], Value::Null);
    }
    let number = find(all, "an unknown member, a whole number beyond 2^53");
    assert_eq!(sent(number)["laterNumber"], json!(9_007_199_254_740_993_i64));
    assert_eq!(number["unknown"], json!(["laterNumber"]));
    assert_eq!(number["answer"], json!({ "status": 202, "echo": true, "may_add": ["message"] }));

    let full = find(all, "valid: every member");
    assert_eq!(full["reading"]["parcel"], json!({ "weight": 1.5, "fragile": true }));
    assert_eq!(full["reading"].get("message"), None, "only an answer has it");
    assert!((1..=3).contains(&full["reading"]["tries"].as_i64().unwrap()), "within limits");

    let denial = find(all, "a denial");
    assert_eq!((denial["deny"].is_string(), &denial["answer"]), (true, &json!({ "status": 409 })));
    let change = find(all, "everything, where no member came");
    assert_eq!(change["answer"]["changed"], json!(["wanted", "message"]));
    assert_eq!((&change["body"], &change["answer"]["body"]), (&json!("{}"), &change["overwrite"]));
    let change = find(all, "everything, where every member came");
    assert_ne!(change["answer"]["body"]["wanted"], change["reading"]["wanted"]);
    assert_eq!(change["answer"]["body"]["size"], change["reading"]["size"]);
    assert_eq!(find(all, "not UTF-8")["body_hex"], "7b226b6579223a22ff227d");
    assert_eq!(find(all, "white space and escapes")["reading"], find(all, "every known release sends")["reading"]);
}
