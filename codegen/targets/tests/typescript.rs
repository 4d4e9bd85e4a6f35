//! The TypeScript module. That compilers take it is for `checks/run`, which has them; here it is held against the model.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use crate::contracts;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use contracts::{parcel, wcs};
use wcs_codegen::output;
use wcs_contract::model::{Contract, Direction, Openness, Presence, TypeKind};

fn module(contract: &Contract) -> String {
    let artifacts = wcs_targets::find("typescript").unwrap().emit(contract);
    let [artifact] = artifacts.as_slice() else { panic!("one module") };
    assert_eq!(artifact.path, "hooks.ts");
    artifact.text.clone()
}

/// The module without its comments. No literal of the contract holds what opens one.
fn code(module: &str) -> String {
    let mut code = String::new();
    let mut rest = module;
    while let Some((before, after)) = rest.split_once("/**") {
        code.push_str(before);
        rest = after.split_once("*/").unwrap().1;
    }
    code + rest
}

/// Interfaces by name, each with the declarations of its properties.
fn interfaces(code: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for part in code.split("export interface ").skip(1) {
        let (name, rest) = part.split_once(" {\n").unwrap();
        let body = rest.split("\n}").next().unwrap();
        let properties = body.lines().filter_map(|line| {
            let line = line.trim().strip_suffix(';')?;
            // The index signature has a colon of its own.
            if line.starts_with('[') { line.split_once("]: ") } else { line.split_once(": ") }
        });
        let properties = properties.map(|(name, ty)| (name.to_owned(), ty.to_owned())).collect();
        assert!(found.insert(name.to_owned(), properties).is_none(), "{name} is declared twice");
    }
    found
}

/// A property's name as it stands in the module.
fn key(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name.to_owned() } else { format!("{name:?}") }
}

#[test]
fn every_hook_has_its_interfaces() {
    for contract in [wcs(), parcel()] {
        let code = code(&module(&contract));
        let interfaces = interfaces(&code);
        for hook in &contract.hooks {
            let name = &hook.name.value;
            let entry = format!("  {name}: {{\n    request: ");
            let (_, entry) = code.split_once(&entry).unwrap_or_else(|| panic!("{name} is not in the map"));
            let (request, rest) = entry.split_once(";\n    answer: ").unwrap();
            let (answer, rest) = rest.split_once(";\n    reply: ").unwrap();
            assert!(rest.split_once(";\n    type: ").unwrap().1.starts_with(&format!("\"{}\";", hook.kind)));
            let received = &interfaces[request];
            assert_eq!(received["[member: string"], "unknown");
            let mut expected = 1;
            for member in hook.parameters.iter().filter(|member| member.is_received()) {
                let required = member.presence == Presence::Always && member.aliases.is_empty();
                let spellings = std::iter::once(&member.name).chain(member.aliases.iter().map(|(alias, _)| alias));
                for spelling in spellings {
                    let key = key(&spelling.value);
                    let mark = if required { "" } else { "?" };
                    let ty = received.get(&format!("{key}{mark}")).unwrap_or_else(|| panic!("{name}.{key}{mark}"));
                    assert_eq!(ty.ends_with(" | null"), !required, "{name}.{key}: {ty}");
                    expected += 1;
                }
            }
            assert_eq!(received.len(), expected, "{name}: nothing else");
            let settable: Vec<String> =
                hook.answer_members().map(|member| format!("{}?", key(&member.name.value))).collect();
            match interfaces.get(answer) {
                Some(members) => {
                    assert_eq!(members.len(), settable.len(), "{name}");
                    for member in settable {
                        assert!(!members[&member].contains("null"), "{name}.{member}");
                    }
                }
                None => {
                    assert!(settable.is_empty(), "{name} has no answer");
                    assert!(code.contains(&format!("export type {answer} = {{ [member: string]: never }};")));
                }
            }
        }
    }
}

#[test]
fn every_word_stands_in_its_union() {
    for contract in [wcs(), parcel()] {
        let code = code(&module(&contract));
        for def in &contract.types {
            let TypeKind::Enum { openness, values } = &def.kind else { continue };
            let name = &def.name.value;
            let (_, rest) = code.split_once(&format!("export type {name} =")).unwrap_or_else(|| panic!("no {name}"));
            let union: Vec<&str> = rest.split(';').next().unwrap().split("\n  | ").skip(1).collect();
            let words = values
                .iter()
                .flat_map(|value| std::iter::once(&value.wire).chain(value.aliases.iter().map(|(alias, _)| alias)));
            let mut expected: Vec<String> = words.map(|word| format!("{:?}", word.value)).collect();
            if *openness == Openness::Open {
                expected.push("(string & {})".to_owned());
            }
            assert_eq!(union, expected, "{name}");
            for word in expected.iter().filter(|word| word.starts_with('"')) {
                let (_, constant) = rest.split_once(&format!("export const {name} = {{")).unwrap();
                assert!(constant.split("} as const").next().unwrap().contains(&format!(": {word},")), "{name}: {word}");
            }
        }
    }
}

#[test]
fn facts_stand_as_constants() {
    for contract in [wcs(), parcel()] {
        let module = module(&contract);
        let facts = module.split_once("export const HOOKS = {").unwrap().1;
        for hook in &contract.hooks {
            let name = &hook.name.value;
            let entry = facts.split_once(&format!("    name: {name:?},\n")).unwrap().1.split("\n  },").next().unwrap();
            for (key, value) in [("type", hook.kind.word()), ("deny", hook.deny.effect.value.word())] {
                assert!(entry.contains(&format!("{key}: {value:?},")), "{name}: {key}");
            }
            let settable: Vec<&str> = hook.answer_members().map(|member| member.name.value.as_str()).collect();
            assert!(entry.contains(&format!("overwritable: {settable:?},")), "{name}");
            let members = entry.split_once("    members: {").unwrap().1.split('}').next().unwrap();
            for member in &hook.parameters {
                let fact = format!("{:?}", contract.type_word(&member.ty));
                let stands = [member.name.value.clone(), format!("{:?}", member.name.value)]
                    .iter()
                    .any(|name| members.contains(&format!(" {name}: {fact}")));
                assert_eq!(stands, member.is_received(), "{name}.{}: {fact}", member.name.value);
            }
            for (alias, _) in &hook.aliases {
                assert!(module.contains(&format!("  [{:?}, {name:?}],", alias.value)), "{alias:?}");
            }
            for member in hook.parameters.iter().filter(|member| member.direction == Direction::Answer) {
                assert!(module.contains(&format!("Answer, {:?}>)", member.name.value)), "{name}: reply");
            }
        }
        // Whoever gives a text to a comment must not be able to end it.
        assert_eq!(module.matches("/**").count(), module.matches("*/").count());
    }
}

/// The whole module for a contract that has one of everything; compilers read this file too. `UPDATE=1` rewrites it.
#[test]
fn a_small_contract() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/typescript/parcel.ts");
    let module = module(&parcel());
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        output::write(&path, &module).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == module, "{} is not as expected; UPDATE=1 rewrites it", path.display());
}
