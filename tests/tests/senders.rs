//! The generated types against what senders of every release send: the vectors and examples of the contract as each of
//! them keeps it, and the captured bodies.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::BTreeMap;
use std::fs;

use bytes::Bytes;
use serde_json::Value;
use wcs_contract::model::Contract;
use wcs_contract::{Input, compile, project, release};
use wcs_hooks::*;
use wcs_runtime::Answer;
use wcs_runtime::hook::Hook;
use wcs_runtime::validate::Demand;
use wcs_tests::{none, root};

/// What is read from a body of a hook and what does not keep to the contract, and the answer to it.
type Read = fn(Bytes) -> Result<(Vec<String>, Bytes), String>;

macro_rules! accept {
    ($Hook:ident, event) => {
        Answer::<$Hook>::acknowledge()
    };
    ($Hook:ident, $kind:ident) => {
        Answer::<$Hook>::accept()
    };
}

macro_rules! readers {
    ($($name:ident: $Hook:ident, $kind:ident;)*) => {
        fn readers() -> BTreeMap<&'static str, Read> {
            BTreeMap::from([$(
                (<$Hook as Hook>::DESCRIPTOR.name, (|body| {
                    let hook = $Hook::from_body(body).map_err(|error| error.to_string())?;
                    // A body with every member has some that are never sent together.
                    let violations = hook.violations().into_iter().filter(|found| found.demand != Demand::UsedIf);
                    let mut complaints: Vec<String> =
                        violations.map(|found| format!("{}: {}", found.pointer, found.expected)).collect();
                    complaints.extend(hook.unknown_members().map(|(name, _)| format!("`{name}` is unknown")));
                    Ok((complaints, accept!($Hook, $kind).into_reply(&hook, &contract().sender).body))
                }) as Read),
            )*])
        }
    };
}

for_each_hook!(readers);

fn whole() -> Contract {
    compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap()
}

/// All listed releases, and some between and after them.
fn releases(contract: &Contract) -> Vec<String> {
    let listed = contract.releases.iter().map(|(name, _)| name.value.clone());
    listed.chain(["5.1.4000", "5.2.500", "5.2.1200", "5.2.9999", "7"].map(str::to_owned)).collect()
}

fn at(contract: &Contract, version: &str) -> Contract {
    project(contract, &release(contract, version).unwrap())
}

#[test]
fn types_read_what_every_release_sends() {
    let (contract, readers) = (whole(), readers());
    let (mut bodies, mut complaints) = (0, Vec::new());
    for version in releases(&contract) {
        let projected = at(&contract, &version);
        let artifacts = wcs_targets::find("vectors").unwrap().emit(&projected);
        let vectors = artifacts.iter().find(|artifact| artifact.path == "vectors.json").unwrap();
        let vectors: Value = serde_json::from_str(&vectors.text).unwrap();
        for hook in vectors["hooks"].as_array().unwrap() {
            let name = hook["name"].as_str().unwrap();
            for vector in hook["vectors"].as_array().unwrap() {
                // What a release sends is plain or in a spelling of its own; the rest is wrong or of later releases.
                if !matches!(vector["class"].as_str(), Some("valid" | "spelling")) || is_odd(vector) {
                    continue;
                }
                bodies += 1;
                let sent = Bytes::from(vector["body"].as_str().unwrap().to_owned());
                let id = &vector["id"];
                match readers[name](sent.clone()) {
                    Err(error) => complaints.push(format!("{version} {id}: {error}")),
                    Ok((found, _)) if !found.is_empty() => complaints.push(format!("{version} {id}: {found:?}")),
                    Ok((_, answer)) if answer != sent => complaints.push(format!("{version} {id}: not byte for byte")),
                    Ok(_) => {}
                }
            }
        }
    }
    none(&complaints);
    assert!(bodies > 3000, "{bodies} bodies");
}

/// Bodies that no release sends as they are: without the members that are always sent, or with a member twice.
fn is_odd(vector: &Value) -> bool {
    let id = vector["id"].as_str().unwrap();
    id.ends_with("no member") || id.ends_with("every member null") || id.contains(" twice, ")
}

/// Which releases may have sent a captured body, by the members that it has.
#[test]
fn captured_bodies_belong_to_releases() {
    let contract = whole();
    let mut told = String::new();
    let mut files: Vec<_> =
        fs::read_dir(root().join("tests/payloads/captured")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let hook = stem.split('.').next().unwrap();
        let body: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let may_send = |version: &&String| {
            let projected = at(&contract, version);
            let Some(hook) = projected.find_hook(hook) else { return false };
            let object = body.as_object().unwrap();
            let knows = |key: &String| {
                let spelt = |member: &&wcs_contract::model::Parameter| {
                    member.name.value == *key || member.aliases.iter().any(|(alias, _)| alias.value == *key)
                };
                hook.parameters.iter().any(|member| spelt(&member))
            };
            let always = wcs_contract::model::Presence::Always;
            object.keys().all(knows)
                && hook
                    .parameters
                    .iter()
                    .all(|member| member.presence != always || object.contains_key(&member.name.value))
        };
        let listed: Vec<String> = contract.releases.iter().map(|(name, _)| name.value.clone()).collect();
        let senders: Vec<&String> = listed.iter().filter(may_send).collect();
        assert!(!senders.is_empty(), "{stem}: no release sends it");
        told.push_str(&format!("{stem}: {}\n", senders.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ")));
    }
    wcs_tests::expect(&wcs_tests::cases("tests", "senders").join("captured.txt"), &told).unwrap();
}

/// Two hooks have bodies of two shapes, and each release has one of them.
#[test]
fn both_shapes_of_players() {
    let contract = whole();
    let names = |version: &str, hook: &str| -> Vec<String> {
        let projected = at(&contract, version);
        let hook = projected.find_hook(hook).unwrap();
        hook.parameters.iter().map(|member| member.name.value.clone()).collect()
    };
    assert_eq!(names("5.1.3656", "playHLS").len(), 18);
    assert_eq!(
        names("5.2", "playHLS"),
        ["nodeId", "appKey", "sessionId", "mediaSessionId", "name", "mediaProvider", "custom"]
    );
    let (old, new) = (names("5.1.3656", "playRTSP"), names("5.2.1008", "playRTSP"));
    assert!(old.contains(&"User-Agent".to_owned()) && !old.contains(&"userAgent".to_owned()), "{old:?}");
    assert_eq!(
        new,
        ["nodeId", "appKey", "sessionId", "mediaSessionId", "name", "mediaProvider", "userAgent", "custom"]
    );
    assert!(!names("5.2", "playRTSP").contains(&"custom".to_owned()));
    for version in ["5.1.3656", "5.2"] {
        let examples = |hook: &str| at(&contract, version).find_hook(hook).unwrap().examples.len();
        assert_eq!((examples("playHLS"), examples("playRTSP")), (1, 1), "{version}");
    }
}

#[test]
fn nothing_refers_to_what_a_release_lacks() {
    let contract = whole();
    let old = at(&contract, "5.1");
    assert!(old.find_hook("StreamEvent").is_none() && old.find_hook("sendStreamEvent").is_none());
    assert!(!old.types.iter().any(|def| def.name.value == "StreamEventType"), "only those two used it");
    for (name, flow) in &old.flows {
        assert!(flow.steps.iter().all(|step| old.find_hook(&step.hook.value).is_some()), "{}", name.value);
    }
    let word = |version: &str| at(&contract, version).session_policy().unwrap().policy.disable.value.clone();
    assert_eq!((word("4").as_str(), word("5.1.9").as_str(), word("5.2").as_str()), ("DISABLED", "DISABLED", "DISABLE"));
    assert!(at(&contract, "4").context.iter().all(|name| name.value != "nodeId"));
}

#[test]
fn a_release_that_can_not_be_is_told() {
    let contract = whole();
    for (text, word) in [("", "5.2.1008"), ("latest", "5.2.1008"), ("5.2-rc1", "5.2.1008"), ("3.9", "older than 4")] {
        let told = release(&contract, text).unwrap_err().to_string();
        assert!(told.contains(word), "{text}: {told}");
    }
}
