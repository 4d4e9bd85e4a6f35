//! Which hook a body is: every body that we have, without its path.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fmt::Write;
use std::path::PathBuf;
use wcs_contract::Input;

use serde_json::Value;
use wcs_contract::model::Contract;
use wcs_simulator::inspect::recognise::Candidate;
use wcs_simulator::inspect::{Inspection, Secrets, inspect};
use wcs_tests::{cases, expect, none, root};

fn contract() -> Contract {
    wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap()
}

/// The bodies of a folder, each with the hook that it is.
fn bodies(folder: &str) -> Vec<(String, String, String)> {
    let entries = std::fs::read_dir(root().join("tests/payloads").join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let body = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name.split('.').next().unwrap().to_owned(), format!("{folder}/{name}"), std::fs::read_to_string(path).unwrap())
    };
    files.into_iter().map(body).collect()
}

fn name<'c>(candidate: &Candidate<'c>) -> &'c str {
    &candidate.hook.name.value
}

fn looked_at<'c>(contract: &'c Contract, body: &str) -> Inspection<'c> {
    inspect(contract, body, None, Secrets::Masked).unwrap()
}

#[test]
fn every_captured_body_is_recognised_and_has_nothing_wrong() {
    let contract = contract();
    let mut wrong = Vec::new();
    let captured = bodies("captured");
    assert!(captured.len() > 10);
    for (hook, file, body) in captured {
        let inspection = looked_at(&contract, &body);
        let best = &inspection.candidates[0];
        if name(best) != hook || best.share < 0.9 {
            wrong.push(format!("{file} is taken for {} ({:.2})", name(best), best.share));
        }
        wrong.extend(inspection.findings.iter().map(|finding| format!("{file}: {finding:?}")));
        if !inspection.releases.iter().any(|(_, why)| why.is_empty()) {
            wrong.push(format!("{file}: no release could have sent it: {:?}", inspection.releases));
        }
    }
    none(&wrong);
}

#[test]
fn bodies_are_recognised_as_the_table_says() {
    let contract = contract();
    let mut table = String::new();
    for (hook, file, body) in bodies("captured").into_iter().chain(bodies("derived")) {
        let inspection = looked_at(&contract, &body);
        let likely = inspection.candidates.iter().filter(|one| one.share >= 0.05);
        let likely: Vec<String> = likely.map(|one| format!("{} {:.0} %", name(one), one.share * 100.0)).collect();
        // Where bodies are the same, none of their hooks is left out.
        let own = inspection.candidates.iter().find(|one| name(one) == hook).unwrap();
        assert!(own.share > 0.2, "{file}: {likely:?}");
        let _ = writeln!(table, "{file}: {}", likely.join(", "));
    }
    expect(&cases("tests", "inspect").join("recognised.txt"), &table).unwrap();
}

/// What recognising is worth for bodies that no example shows.
#[test]
fn captured_bodies_are_recognised_without_the_examples_that_were_made_of_them() {
    let mut contract = contract();
    let (mut first, mut all) = (0, 0);
    for (hook, file, body) in bodies("captured") {
        let value: Value = serde_json::from_str(&body).unwrap();
        let before: Vec<_> = contract.hooks.iter().map(|hook| hook.examples.clone()).collect();
        for hook in &mut contract.hooks {
            hook.examples.retain(|example| example.body.value != value);
        }
        let inspection = looked_at(&contract, &body);
        let place = inspection.candidates.iter().position(|one| name(one) == hook).unwrap();
        assert!(place < 3, "{file} is in place {place}");
        first += usize::from(place == 0);
        all += 1;
        drop(inspection);
        for (hook, examples) in contract.hooks.iter_mut().zip(before) {
            hook.examples = examples;
        }
    }
    println!("{first} of {all}");
    assert!(first * 10 >= all * 8, "{first} of {all}");
}

#[test]
fn shares_add_up_and_nothing_panics_whatever_the_body_is() {
    let contract = contract();
    let long = format!(r#"{{"{}":1}}"#, "x".repeat(100_000));
    for body in ["{}", "\u{feff}{\"\":null}", r#"{"a/b~c":{"":[[]]},"custom":[1,{"x":1e400}]}"#, &long] {
        let Ok(inspection) = inspect(&contract, body, None, Secrets::Masked) else {
            assert!(body.contains("1e400"), "{body}");
            continue;
        };
        let sum: f64 = inspection.candidates.iter().map(|one| one.share).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        assert_eq!(inspection.candidates.len(), contract.hooks.len());
    }
}
