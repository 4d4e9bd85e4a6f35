//! Whatever has no error can be emitted, and what is emitted can be read. The inputs are the sound cases and, below
//! `cases/emission`, single files that once could not be emitted.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::path::Path;

use wcs_contract::{Compiled, Input, compile};
use wcs_targets::EMITTERS;
use wcs_tests::{cases, folders, none, yaml_files};

/// Why an artifact can't be read by those for whom it is made.
fn unreadable(path: &str, text: &str) -> Option<String> {
    let reason = match path.rsplit('.').next() {
        Some("json") => serde_json::from_str::<serde_json::Value>(text).err()?.to_string(),
        Some("yaml") => serde_yaml::from_str::<serde_yaml::Value>(text).err()?.to_string(),
        Some("rs") => syn::parse_file(text).err()?.to_string(),
        _ => return None,
    };
    Some(format!("{path}: {reason}"))
}

fn complaints(input: &Path) -> Vec<String> {
    let Compiled { contract, findings, .. } = compile(&Input::at(input)).expect("it is there");
    let Some(contract) = contract else { return vec![format!("{}: {findings:#?}", input.display())] };
    let artifacts = EMITTERS.iter().flat_map(|emitter| emitter.emit(&contract));
    let found = artifacts.filter_map(|artifact| unreadable(&artifact.path, &artifact.text));
    let module = unreadable("module.rs", &wcs_codegen::rust_module(&contract));
    found.chain(module).map(|reason| format!("{}: {reason}", input.display())).collect()
}

#[test]
fn sound_contracts_are_emitted() {
    let mut inputs = folders(&cases("check").join("pass"));
    inputs.extend(yaml_files(&cases("emission")));
    assert!(inputs.len() > 15, "{inputs:?}");
    none(&inputs.iter().flat_map(|input| complaints(input)).collect::<Vec<_>>());
}
