//! Backends as `wcs new` makes them, compiled, run and asked.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bytes::Bytes;
use http_body_util::Full;
use wcs_codegen::output;
use wcs_contract::Input;
use wcs_contract::model::{Contract, Hook};
use wcs_runtime::server::sign;
use wcs_scaffold::{Crates, Language, Layout, Operator, Plan, RECORD};
use wcs_tests::backend::Backend;
use wcs_tests::root;

fn contract() -> Contract {
    wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap()
}

/// Makes one where its crates are those of this workspace, in the versions that are locked here.
fn made(contract: &Contract, name: &str, layout: Layout, hooks: Vec<&Hook>) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("new").join(name);
    let _ = fs::remove_dir_all(&folder);
    let crates = Crates::Checkout(root().to_str().unwrap().to_owned());
    let plan = Plan { name, language: Language::Rust, layout, hooks, crates, operator: Operator::default() };
    output::create_folder(&folder, &wcs_scaffold::create(contract, &plan, None).unwrap()).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

/// Every hook of the contract is accepted, and what its body holds comes back.
fn answers_everything(contract: &Contract, folder: &Path) {
    let backend = Backend::of_crate(folder).unwrap();
    for hook in &contract.hooks {
        let name = &hook.name.value;
        let sent = hook.examples.first().map(|example| example.body.value.clone()).unwrap();
        let reply = backend.post(name, sent.to_string()).unwrap();
        assert_eq!(reply.status, 200, "{name}: {}", reply.text());
        let answer: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
        for (member, value) in sent.as_object().unwrap() {
            assert_eq!(answer.get(member), Some(value), "{name}: {member}");
        }
    }
    assert_eq!(backend.post("noSuchHook", "{}").unwrap().status, 404);
}

/// A backend that was built starts with keys that somebody means and with no others.
fn takes_keys_from_the_environment(folder: &Path) {
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        output::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (keys, empty) = (file("two.keys", "old\nnew\r\n"), file("empty.keys", "\n"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    // The address is refused too, but only once the keys are read: so it ends in any case.
    let started = "can't listen on nowhere";
    for (variables, words) in [
        (&[][..], started),
        (&[("HOOK_KEYS", "old,new")], started),
        (&[("HOOK_KEYS", "old\n")], started),
        (&[("HOOK_KEYS_FILE", &keys)], started),
        (&[("HOOK_KEYS", "")], "`HOOK_KEYS` is empty: write the key"),
        (&[("HOOK_KEYS", "old, new")], "key 2 of 2 in `HOOK_KEYS` has white space at an end"),
        (&[("HOOK_KEYS", "old,")], "key 2 of 2 in `HOOK_KEYS` is empty"),
        (&[("HOOK_KEYS_FILE", "")], "`HOOK_KEYS_FILE` is set but empty"),
        (&[("HOOK_KEYS_FILE", &empty)], "of `HOOK_KEYS_FILE` is empty: write the key"),
        (&[("HOOK_KEYS_FILE", "absent.keys")], "can't read `absent.keys`, the file that `HOOK_KEYS_FILE` names"),
        (&[("HOOK_KEYS", "old"), ("HOOK_KEYS_FILE", &keys)], "`HOOK_KEYS` and `HOOK_KEYS_FILE` are both set"),
    ] {
        let mut run = Command::new(&cargo);
        run.current_dir(folder).env("CARGO_TARGET_DIR", &target).env("LOG", "error").envs(variables.iter().copied());
        let output = run.args(["run", "--quiet", "--offline", "--", "--listen", "nowhere"]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains(words), "{variables:?}: {said}");
    }

    let backend = Backend::of_crate_with(folder, &[("HOOK_KEYS_FILE", &keys)]).unwrap();
    let words = wcs_hooks::contract().sender.signature.unwrap();
    for (key, status) in [(None, 403), (Some("old"), 200), (Some("new"), 200), (Some(""), 403), (Some("old\nnew"), 403)]
    {
        let mut request = http::Request::post(format!("{}/connect", backend.address()));
        if let Some(key) = key {
            request = request.header(words.header, sign(&words, &key.into(), b"{}"));
        }
        let reply = backend.send(request.body(Full::new(Bytes::from_static(b"{}"))).unwrap()).unwrap();
        assert_eq!(reply.status, status, "signed with {key:?}: {}", reply.text());
    }
}

#[test]
fn a_small_one_with_every_hook_runs() {
    let contract = contract();
    let folder = made(&contract, "new-small", Layout::Minimal, contract.hooks.iter().collect());
    answers_everything(&contract, &folder);
}

/// Made for a contract that did not know half of the hooks yet, and synced when it did.
#[test]
fn a_full_one_runs_and_so_it_does_after_a_sync() {
    let contract = contract();
    let folder = made(&contract, "new-full", Layout::Full, wcs_scaffold::default_hooks(&contract));
    answers_everything(&contract, &folder);
    takes_keys_from_the_environment(&folder);

    let record = fs::read_to_string(folder.join(RECORD)).unwrap();
    let (head, known) = record.split_once("known:\n").unwrap();
    let known: String =
        known.lines().enumerate().filter(|(at, _)| at % 2 == 0).map(|(_, line)| format!("{line}\n")).collect();
    output::write(&folder.join(RECORD), &format!("{head}known:\n{known}")).unwrap();
    let sync = wcs_scaffold::sync(&contract, &folder, &[], None).unwrap();
    assert!(sync.stubs.len() > 10 && sync.handled.len() > 2, "{sync:?}");
    for file in &sync.files {
        output::write(&folder.join(&file.path), &file.text).unwrap();
    }
    answers_everything(&contract, &folder);
    assert!(wcs_scaffold::sync(&contract, &folder, &[], None).unwrap().files.is_empty());
}
