//! Tables between markers. A case is a folder below `cases/inject`: `input.md`, and `expected.md`, the same text up to
//! date with the contract in `examples/own-schema`, or `expected.txt`, everything that is wrong with its markers.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::path::PathBuf;
use wcs_contract::Input;

use wcs_codegen::output;
use wcs_contract::model::Contract;
use wcs_targets::inject::{MARKERS, inject};
use wcs_test_support::{cases, expect, folders, none, root};

fn contract(schema: &str) -> Contract {
    wcs_contract::compile(&Input::at(root().join(schema))).unwrap().contract.unwrap()
}

#[test]
fn each_text_becomes_what_is_expected() {
    let contract = contract("examples/own-schema/schema");
    let compare = |folder: &PathBuf| {
        let input = std::fs::read_to_string(folder.join("input.md")).unwrap();
        match inject(&contract, &input) {
            Ok(injected) => {
                // A second run must find nothing to do.
                let again = inject(&contract, &injected.text).unwrap();
                assert!(again.stale.is_empty() && again.text == injected.text, "{}", folder.display());
                expect(&folder.join("expected.md"), &injected.text).err()
            }
            Err(mistakes) => {
                let said: String = mistakes.iter().map(|mistake| format!("input.md:{mistake}\n")).collect();
                expect(&folder.join("expected.txt"), &said).err()
            }
        }
    };
    let folders = folders(&cases("codegen/targets/tests", "inject"));
    assert!(folders.len() >= 10, "{folders:?}");
    none(&folders.iter().filter_map(compare).collect::<Vec<_>>());
}

/// What is outside of markers comes out as it went in, whatever it is.
#[test]
fn other_bytes_stay() {
    let contract = contract("examples/own-schema/schema");
    for folder in folders(&cases("codegen/targets/tests", "inject")) {
        let input = std::fs::read_to_string(folder.join("input.md")).unwrap();
        // What is a marker in code, `outside` can't tell.
        if input.contains('`') {
            continue;
        }
        let Ok(injected) = inject(&contract, &input) else { continue };
        assert_eq!(outside(&input), outside(&injected.text), "{}", folder.display());
    }
}

/// The text with everything between a first marker and its end left out.
fn outside(text: &str) -> String {
    let mut kept = String::new();
    for part in text.split_inclusive("<!-- /wcs -->") {
        match part.rsplit_once("<!-- wcs:") {
            Some((before, marker)) => {
                kept.push_str(&format!("{before}<!-- wcs:{}", marker.split("-->").next().unwrap()))
            }
            None => kept.push_str(part),
        }
    }
    kept
}

/// Every marker prints something of the large contract, or says what is missing.
#[test]
fn every_marker_is_tried_by_a_case() {
    let tried: String = folders(&cases("codegen/targets/tests", "inject"))
        .iter()
        .map(|folder| std::fs::read_to_string(folder.join("input.md")).unwrap())
        .chain(documents().iter().map(|path| std::fs::read_to_string(path).unwrap()))
        .collect();
    for marker in MARKERS {
        assert!(tried.contains(&format!("<!-- wcs:{}", marker.name)), "no text has wcs:{}", marker.name);
    }
}

fn documents() -> Vec<PathBuf> {
    let listing = std::fs::read_dir(root().join("docs")).unwrap();
    let documents =
        listing.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "md"));
    documents.chain([root().join("README.md")]).collect()
}

/// Our own documents; `UPDATE=1` rewrites them.
#[test]
fn our_documents_are_up_to_date() {
    let contract = contract("schema");
    let mut complaints = Vec::new();
    for path in documents() {
        let text = std::fs::read_to_string(&path).unwrap();
        match inject(&contract, &text) {
            Ok(injected) if injected.text == text => {}
            Ok(injected) if std::env::var_os("UPDATE").is_some() => output::write(&path, &injected.text).unwrap(),
            Ok(injected) => {
                complaints.push(format!("{}: stale: {:?}; UPDATE=1 rewrites", path.display(), injected.stale))
            }
            Err(mistakes) => complaints.push(format!("{}: {mistakes:#?}", path.display())),
        }
    }
    none(&complaints);
}
