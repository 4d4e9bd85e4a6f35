//! `wcs drift`: a case is a folder below `cases/drift` with what the sender's vendor says or what it sends, and what is
//! told of it. All cases share the contract in `cases/drift/contract`.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::path::{Path, PathBuf};

use wcs_codegen::Compiled;
use wcs_codegen::drift::{Drift, docs};
use wcs_codegen::render::{Color, Format, render};
use wcs_tests::{cases, expect, folders, none};

fn contract() -> (Compiled, wcs_codegen::model::Contract) {
    let folder = cases("drift/contract");
    let mut compiled = wcs_codegen::compile(&folder).expect("the folder is there");
    assert!(compiled.findings.is_empty(), "{:#?}", compiled.findings);
    let contract = compiled.contract.take().expect("it has no errors");
    (compiled, contract)
}

/// The files of a case, besides what is expected of it.
fn inputs(case: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(case).expect("it can be listed").flatten().map(|entry| entry.path());
    let mut inputs: Vec<PathBuf> =
        entries.filter(|path| path.is_file() && path.file_stem().is_none_or(|stem| stem != "expected")).collect();
    inputs.sort();
    inputs
}

fn name(path: &Path) -> String {
    path.file_name().expect("it has one").to_string_lossy().into_owned()
}

/// What is told, with paths relative to the contract.
fn said(drifts: &[Drift], compiled: &Compiled) -> String {
    let findings: Vec<_> = drifts.iter().map(|drift| drift.finding.clone()).collect();
    let text = render(&findings, &compiled.sources, Format::Text(Color::Never));
    text.replace(&format!("{}/", cases("drift/contract").display()), "")
}

#[test]
fn documents_are_compared_as_expected() {
    let mut complaints = Vec::new();
    for case in folders(&cases("drift/docs")) {
        let (mut compiled, contract) = contract();
        let mut text = String::new();
        for path in inputs(&case) {
            let stem = path.file_stem().expect("it has one").to_string_lossy().into_owned();
            let file = compiled.sources.add(name(&path), std::fs::read_to_string(&path).expect("it is UTF-8"));
            let document = docs::Document { file, key: docs::key_of(&contract, &stem).map(str::to_owned) };
            let compared = docs::compare(&contract, &compiled.sources, &document);
            text.push_str(&format!(
                "== {}: {}, {}, {} hooks, {} statements, {} differences\n\n{}",
                name(&path),
                compared.form.words(),
                document.key.as_deref().unwrap_or("not cited"),
                compared.hooks,
                compared.statements,
                compared.drifts.len(),
                said(&compared.drifts, &compiled)
            ));
        }
        complaints.extend(expect(&case.join("expected.txt"), &text).err());
    }
    none(&complaints);
}

/// With a row taken out of the contract, that row is reported, and nothing else.
#[test]
fn a_missing_row_is_all_that_is_reported() {
    let (mut compiled, contract) = contract();
    let path = cases("drift/docs/agrees/Hooks and parameters.txt");
    let file = compiled.sources.add(name(&path), std::fs::read_to_string(&path).expect("it is UTF-8"));
    let document = docs::Document { file, key: Some("P".to_owned()) };
    let mut rows = 0;
    for (at, hook) in contract.hooks.iter().enumerate().filter(|(_, hook)| hook.name.value != "WeatherEvent") {
        for (place, member) in hook.parameters.iter().enumerate().filter(|(_, member)| member.name.value != "seats") {
            let mut without = contract.clone();
            without.hooks[at].parameters.remove(place);
            let told = docs::compare(&without, &compiled.sources, &document).drifts;
            let spelt = member.aliases.first().map_or(&member.name.value, |(alias, _)| &alias.value);
            let in_rows = compiled.sources.get(file).text.lines().any(|line| line.starts_with(&format!("{spelt} |")));
            let is_context = contract.context.iter().any(|context| context.value == member.name.value);
            let expected = format!("the contract has no member `{spelt}` in `{}`", hook.name.value);
            let messages: Vec<&str> = told.iter().map(|drift| drift.finding.message.as_str()).collect();
            // Not every hook repeats the context.
            if in_rows && !(is_context && messages.is_empty()) {
                assert_eq!(messages, [expected.as_str()]);
                rows += 1;
            }
        }
    }
    assert_eq!(rows, 17, "rows that were taken out");
}
