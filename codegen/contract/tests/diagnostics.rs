//! Every kind of mistake: what is found, where it is shown, and what is said about it.
//!
//! A case is a folder below `cases/check`: a small contract and `expected.txt`, all that the compiler says about it.
//! Cases below `pass` are sound, so that their `expected.txt` is empty.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use wcs_contract::render::{Color, Format, render};
use wcs_contract::{Compiled, Input, catalogue, compile};
use wcs_test_support::{cases, expect, folders, none, root};

/// What is said about a contract, with paths relative to its folder.
fn said(folder: &Path, format: Format) -> String {
    let text = match compile(&Input::at(folder)) {
        Ok(Compiled { findings, sources, .. }) => render(&findings, &sources, format),
        Err(reason) => format!("{reason}\n"),
    };
    let prefix = folder.display().to_string();
    text.replace(&format!("{prefix}/"), "").replace(&prefix, "the folder")
}

fn failing() -> Vec<PathBuf> {
    folders(&cases("codegen/contract/tests", "check")).into_iter().filter(|folder| !folder.ends_with("pass")).collect()
}

fn passing() -> Vec<PathBuf> {
    folders(&cases("codegen/contract/tests", "check").join("pass"))
}

#[test]
fn each_mistake_is_told_as_expected() {
    let compare = |folder: &PathBuf| {
        let actual = said(folder, Format::Text(Color::Never));
        let nothing = actual.is_empty().then(|| format!("{} has no mistake", folder.display()));
        nothing.or(expect(&folder.join("expected.txt"), &actual).err())
    };
    none(&failing().iter().filter_map(compare).collect::<Vec<_>>());
}

#[test]
fn sound_contracts_give_no_finding() {
    let compare = |folder: &PathBuf| {
        let compiled = compile(&Input::at(folder)).map_err(|reason| format!("{}: {reason}", folder.display()));
        let compiled = match compiled {
            Ok(compiled) => compiled,
            Err(reason) => return Some(reason),
        };
        let said = render(&compiled.findings, &compiled.sources, Format::Text(Color::Never));
        if compiled.contract.is_none() || !said.is_empty() {
            return Some(format!("{}:\n{said}", folder.display()));
        }
        expect(&folder.join("expected.txt"), &said).err()
    };
    let sound = passing();
    assert!(sound.len() >= 5, "{sound:?}");
    none(&sound.iter().filter_map(compare).collect::<Vec<_>>());
}

#[test]
fn the_contract_gives_no_finding() {
    let schema = root().join("schema");
    assert_eq!(said(&schema, Format::Text(Color::Never)), "");
}

#[test]
fn every_code_has_a_failing_case() {
    let told: BTreeSet<&str> = failing()
        .iter()
        .filter_map(|folder| compile(&Input::at(folder)).ok())
        .flat_map(|compiled| compiled.findings)
        .map(|found| found.rule.code)
        .collect();
    let all: BTreeSet<&str> = catalogue::all().iter().map(|rule| rule.code).collect();
    assert_eq!(all.difference(&told).collect::<Vec<_>>(), Vec::<&&str>::new(), "codes without a failing case");
}

/// A passing case names the codes that it comes close to, so that a rule that fires too often is noticed.
#[test]
fn every_code_has_a_passing_case() {
    let mut named = BTreeSet::new();
    for folder in passing() {
        for file in wcs_test_support::yaml_files(&folder) {
            let text = std::fs::read_to_string(&file).expect("a passing case is UTF-8");
            let marks = text.lines().filter_map(|line| line.split_once("# close to ").map(|(_, codes)| codes));
            named.extend(marks.flat_map(|codes| codes.split([',', ' '])).map(str::to_owned));
        }
    }
    let lacking: Vec<&str> = catalogue::all().iter().map(|rule| rule.code).filter(|id| !named.contains(*id)).collect();
    assert_eq!(lacking, Vec::<&str>::new(), "codes without a passing case");
}

/// The place, to the column, of each mistake in two files.
#[test]
fn ten_mistakes_are_told_in_one_run() {
    let compiled = compile(&Input::at(cases("codegen/contract/tests", "check").join("ten-mistakes")))
        .expect("the folder is there");
    let places: Vec<(&str, usize, usize, &str)> = compiled
        .findings
        .iter()
        .map(|found| {
            let place = compiled.sources.position(found.span);
            (found.rule.code, place.line, place.column, compiled.sources.text(found.span))
        })
        .collect();
    let codes: BTreeSet<&str> = places.iter().map(|(code, ..)| *code).collect();
    let files: BTreeSet<_> = compiled.findings.iter().map(|found| found.span.file).collect();
    assert_eq!((places.len(), codes.len(), files.len()), (10, 10, 2), "{places:#?}");
    assert_eq!(places, TEN);
}

const TEN: [(&str, usize, usize, &str); 10] = [
    ("W0104", 16, 5, "colour"),
    ("W0201", 17, 16, "stopped"),
    ("W0106", 18, 17, "sure"),
    ("W0204", 20, 7, "name"),
    ("W0206", 21, 64, "BROKEN"),
    ("W0205", 22, 7, "mode"),
    ("W0212", 23, 78, "2"),
    ("W0211", 6, 37, "\"5.x\""),
    ("W0108", 7, 18, "\"  \""),
    ("W0202", 9, 3, "start"),
];

/// Twenty different kinds of mistakes in two files, each told in one run, beside each other and not because of each other.
#[test]
fn twenty_mistakes_are_told_in_one_run() {
    let compiled = compile(&Input::at(cases("codegen/contract/tests", "check").join("twenty-mistakes")))
        .expect("the folder is there");
    let codes: BTreeSet<&str> = compiled.findings.iter().map(|found| found.rule.code).collect();
    let lines: BTreeSet<_> =
        compiled.findings.iter().map(|found| (found.span.file, compiled.sources.position(found.span).line)).collect();
    assert!(codes.len() >= 20 && lines.len() >= 20, "{} kinds on {} lines: {codes:?}", codes.len(), lines.len());
}

/// Hash maps are seeded anew each time; nothing that is said may depend on their order.
#[test]
fn the_same_is_said_each_time() {
    for folder in failing() {
        let first = said(&folder, Format::Json);
        for _ in 0..4 {
            assert_eq!(said(&folder, Format::Json), first, "{}", folder.display());
        }
    }
}

#[test]
fn every_finding_says_what_to_do_and_lies_in_its_file() {
    let mut complaints = Vec::new();
    for folder in failing() {
        let Ok(compiled) = compile(&Input::at(&folder)) else { continue };
        for found in &compiled.findings {
            let edits = found.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            let spans = std::iter::once(found.span).chain(found.labels.iter().map(|label| label.span));
            for span in spans.chain(edits) {
                let length = compiled.sources.get(span.file).text.len();
                if span.start > span.end || span.end as usize > length {
                    complaints.push(format!("{}: `{}` lies outside", folder.display(), found.message));
                }
            }
            if found.help.is_none() {
                complaints.push(format!("{}: `{}` has no help", folder.display(), found.message));
            }
        }
    }
    none(&complaints);
}
