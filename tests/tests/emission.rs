//! Whatever has no error can be emitted, and what is emitted can be read. The inputs are the sound cases, single files
//! below `cases/emission` that once could not be emitted, and random contracts.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;
use wcs_codegen::Artifact;
use wcs_contract::model::Contract;
use wcs_contract::{Compiled, Input, compile};
use wcs_scaffold::{Crates, Language, Layout, Operator, Plan, create};
use wcs_targets::EMITTERS;
use wcs_targets::bundle::bundle;
use wcs_tests::arbitrary::{config, contracts};
use wcs_tests::{cases, folders, none, yaml_files};

/// Why an artifact can't be read by those for whom it is made.
fn unreadable(path: &str, text: &str) -> Option<String> {
    let reason = match path.rsplit('.').next() {
        Some("json") => serde_json::from_str::<Value>(text).err()?.to_string(),
        Some("yaml") => serde_yaml::from_str::<serde_yaml::Value>(text).err()?.to_string(),
        Some("rs") => syn::parse_file(text).err()?.to_string(),
        _ => return None,
    };
    Some(format!("{path}: {reason}"))
}

/// What all targets make of a contract.
fn emitted(contract: &Contract) -> Vec<Artifact> {
    let module = Artifact { path: "module.rs".to_owned(), text: wcs_codegen::rust_module(contract) };
    EMITTERS.iter().flat_map(|emitter| emitter.emit(contract)).chain([module]).collect()
}

/// The same and all else: the model, and new backends in every language.
fn published(contract: &Contract) -> Vec<Artifact> {
    let mut artifacts = bundle(contract, Vec::new()).expect("all paths differ").files;
    artifacts.push(Artifact { path: "module.rs".to_owned(), text: wcs_codegen::rust_module(contract) });
    // Backends are made for a sender.
    for language in Language::ALL.into_iter().filter(|_| contract.sender.is_some()) {
        let plan = Plan {
            name: "backend",
            language,
            layout: Layout::Full,
            hooks: contract.hooks.iter().collect(),
            crates: Crates::Released,
            operator: Operator::default(),
        };
        artifacts.extend(create(contract, &plan, None).expect("the built-in templates print every contract"));
    }
    artifacts
}

fn complaints(
    input: &str,
    Compiled { contract, findings, .. }: &Compiled,
    made: fn(&Contract) -> Vec<Artifact>,
) -> Vec<String> {
    let Some(contract) = contract else { return vec![format!("{input}: {findings:#?}")] };
    let artifacts = made(contract);
    let found = artifacts.iter().filter_map(|artifact| unreadable(&artifact.path, &artifact.text));
    found.map(|reason| format!("{input}: {reason}")).collect()
}

#[test]
fn sound_contracts_are_emitted() {
    let mut inputs = folders(&cases("codegen/contract/tests", "check").join("pass"));
    inputs.extend(yaml_files(&cases("tests", "emission")));
    assert!(inputs.len() > 15, "{inputs:?}");
    let of_input = |input: &Path| {
        complaints(&input.display().to_string(), &compile(&Input::at(input)).expect("it is there"), emitted)
    };
    none(&inputs.iter().flat_map(|input| of_input(input)).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(config(8))]

    #[test]
    fn random_contracts_are_published(text in contracts()) {
        let compiled = compile(&Input::texts([("contract.yaml", text.as_str())])).expect("texts can be read");
        let found = complaints("the contract", &compiled, published);
        prop_assert!(found.is_empty(), "{}\n{}", text, found.join("\n"));
    }
}
