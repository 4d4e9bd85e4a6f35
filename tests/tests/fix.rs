//! `wcs check --fix`: a case is a folder below `cases/fix` with a contract before and after, and what is said about it.
//! Whatever is mended, no error is there that was not there before, and what stands around the edits stays.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::Config;
use wcs_codegen::diagnostic::Level;
use wcs_codegen::fix::{Fixed, fix};
use wcs_codegen::render::{Color, Format, render};
use wcs_codegen::{Compiled, compile, output};
use wcs_tests::{cases, expect, folders, none, root, yaml_files};

/// What is said about mending a contract, with paths relative to its folder.
fn said(fixed: &Fixed, folder: &Path) -> String {
    let mut text = String::new();
    for mended in &fixed.mended {
        let (line, column) = (mended.position.line, mended.position.column);
        text.push_str(&format!("{}:{line}:{column}: {}: {}\n", mended.path, mended.rule.code, mended.title));
    }
    let remaining = render(&fixed.after.findings, &fixed.after.sources, Format::Text(Color::Never));
    format!("{text}\n{remaining}").replace(&format!("{}/", folder.display()), "")
}

#[test]
fn each_case_is_mended_as_expected() {
    let mut complaints = Vec::new();
    for case in folders(&cases("fix")) {
        let before = case.join("before");
        let fixed = fix(&before).expect("the folder is there");
        for file in yaml_files(&before) {
            let name = file.strip_prefix(&before).expect("it is in there");
            let changed = fixed.files.iter().find(|changed| changed.path == file);
            let text =
                changed.map_or_else(|| std::fs::read_to_string(&file).expect("it is UTF-8"), |f| f.after.clone());
            complaints.extend(expect(&case.join("after").join(name), &text).err());
        }
        complaints.extend(expect(&case.join("expected.txt"), &said(&fixed, &before)).err());
        let again = fix(&case.join("after")).expect("the folder is there");
        if !again.mended.is_empty() {
            complaints.push(format!("{}: mended again", case.display()));
        }
    }
    none(&complaints);
}

fn errors(compiled: &Compiled) -> BTreeMap<(&'static str, &str), usize> {
    let mut counted = BTreeMap::new();
    for found in compiled.findings.iter().filter(|found| found.level == Level::Error) {
        *counted.entry((found.rule.code, found.message.as_str())).or_default() += 1;
    }
    counted
}

/// Why mending a contract did harm.
fn harm(path: &Path) -> Option<String> {
    let before = compile(path).ok()?;
    let fixed = fix(path).expect("it compiles");
    let known = errors(&before);
    for (key, count) in errors(&fixed.after) {
        if known.get(&key).is_none_or(|before| *before < count) {
            return Some(format!("{}: {key:?} is new", path.display()));
        }
    }
    for file in &fixed.files {
        let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
        if comments(&file.before) != comments(&file.after) {
            return Some(format!("{}: a comment went away", file.shown));
        }
    }
    None
}

#[test]
fn mending_does_no_harm_to_any_case() {
    let inputs = folders(&cases("check"));
    assert!(inputs.len() > 100);
    none(&inputs.iter().filter_map(|folder| harm(folder)).collect::<Vec<_>>());
}

#[test]
fn a_sound_contract_is_left_alone() {
    let fixed = fix(&root().join("schema")).expect("the folder is there");
    assert_eq!((fixed.mended.len(), fixed.files.len()), (0, 0));
}

/// A folder of this test's own, removed at its end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn config() -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    Config { cases: asked.unwrap_or(100), failure_persistence: None, max_shrink_iters: 100, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    /// Slips of the pen: letters lost, doubled or swapped.
    #[test]
    fn mending_slips_brings_no_error(
        text in select(vec![
            std::fs::read_to_string(root().join("examples/own-schema/schema/lockers.yaml")).expect("UTF-8"),
            std::fs::read_to_string(cases("check").join("twenty-mistakes/contract.yaml"))
                .or_else(|_| std::fs::read_to_string(cases("check").join("ten-mistakes/contract.yaml"))).expect("UTF-8"),
        ]),
        slips in prop::collection::vec((any::<Index>(), 0..3_u8), 1..6),
    ) {
        let mut text = text;
        for (at, kind) in slips {
            let letters: Vec<usize> =
                text.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()).map(|(at, _)| at).collect();
            let at = *at.get(&letters);
            let letter = text.remove(at);
            match kind {
                0 => {}
                1 => text.insert_str(at, &format!("{letter}{letter}")),
                _ => text.insert(text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8()), letter),
            }
        }
        let folder = Folder(std::env::temp_dir().join(format!("wcs-tests-{}-fix", std::process::id())));
        output::write(&folder.0.join("contract.yaml"), &text).expect("the folder can be written");
        prop_assert_eq!(harm(&folder.0.join("contract.yaml")), None, "{}", text);
    }
}
