//! `wcs check --fix`: a case is a folder below `cases/fix` with a contract before and after, the fixes, what was left to a
//! person and why, and the findings that remain. No fix brings an error or changes what a contract means, and what
//! surrounds the edits stays.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::Config;
use wcs_codegen::output;
use wcs_contract::diagnostic::{Applicability, Findings};
use wcs_contract::fix::{Fixed, fix, fix_with};
use wcs_contract::render::{Color, Format, render};
use wcs_contract::rule::{Fixes, Level, Rule};
use wcs_contract::source::Sources;
use wcs_contract::{Compiled, Input, catalogue, compile};
use wcs_diff::Impact;
use wcs_tests::{cases, expect, folders, none, root, yaml_files};

/// The fixes of a contract, what was left, and the findings that remain, with paths relative to its folder.
fn said(fixed: &Fixed, folder: &Path) -> String {
    let mut text = String::new();
    for applied in &fixed.applied {
        let (line, column) = (applied.position.line, applied.position.column);
        text.push_str(&format!("{}:{line}:{column}: {}: {}\n", applied.path, applied.rule.code, applied.title));
    }
    for (found, fix, reason) in fixed.left() {
        let (source, at) = (fixed.after.sources.get(found.span.file), fixed.after.sources.position(found.span));
        let place = format!("{}:{}:{}", source.path, at.line, at.column);
        text.push_str(&format!("left {place}: {}: {}: {reason}\n", found.rule.code, fix.title));
    }
    let remaining = render(&fixed.after.findings, &fixed.after.sources, Format::Text(Color::Never));
    format!("{text}\n{remaining}").replace(&format!("{}/", folder.display()), "")
}

#[test]
fn each_case_is_fixed_as_expected() {
    let mut complaints = Vec::new();
    for case in folders(&cases("tests", "fix")) {
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
        if !again.applied.is_empty() {
            complaints.push(format!("{}: fixed again", case.display()));
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

/// Why the fixes of a contract did harm.
fn harm(path: &Path) -> Option<String> {
    let before = compile(&Input::at(path)).ok()?;
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
fn fixes_do_no_harm_to_any_case() {
    let inputs = folders(&cases("codegen/contract/tests", "check"));
    assert!(inputs.len() > 100);
    none(&inputs.iter().filter_map(|folder| harm(folder)).collect::<Vec<_>>());
}

/// All contracts that the tests of rules and of fixes have, whether they compile or not.
fn contracts() -> Vec<PathBuf> {
    let fixes = folders(&cases("tests", "fix")).into_iter().map(|case| case.join("before"));
    [
        folders(&cases("codegen/contract/tests", "check")),
        folders(&cases("codegen/contract/tests", "check/pass")),
        fixes.collect(),
    ]
    .concat()
}

/// What a contract means otherwise after its fixes, texts left aside. `None` if it did not compile before.
fn changed_meaning(path: &Path, fixed: &Fixed) -> Option<Vec<String>> {
    compile(&Input::at(path)).ok()?.contract?;
    let (mut sources, mut findings) = (Sources::default(), Findings::default());
    let before = wcs_contract::read(&Input::at(path), &mut sources, &mut findings).ok()??;
    let folder = Folder(std::env::temp_dir().join(format!("wcs-tests-{}-meaning", std::process::id())));
    let base = if path.is_dir() { path } else { path.parent()? };
    for file in yaml_files(base) {
        let changed = fixed.files.iter().find(|changed| changed.path == file);
        let text = changed.map_or_else(|| std::fs::read_to_string(&file).ok(), |changed| Some(changed.after.clone()));
        // A file that is not UTF-8 belongs to no contract that compiles.
        output::write(&folder.0.join(file.strip_prefix(base).ok()?), &text?).ok()?;
    }
    let Some(after) = wcs_contract::read(&Input::at(&folder.0), &mut sources, &mut findings).ok()? else {
        return Some(vec!["it does not compile any more".to_owned()]);
    };
    let changes = wcs_diff::compare(&before, &after, &sources);
    let meant = changes.iter().filter(|change| change.impact() != Impact::Documentation);
    Some(meant.map(|change| change.message.clone()).collect())
}

#[test]
fn fixes_change_texts_only() {
    let (mut compared, mut complaints) = (0, Vec::new());
    for path in contracts() {
        let Ok(fixed) = fix(&path) else { continue };
        if fixed.applied.is_empty() {
            continue;
        }
        let Some(changes) = changed_meaning(&path, &fixed) else { continue };
        compared += 1;
        if !changes.is_empty() {
            complaints.push(format!("{}: {}", path.display(), changes.join("; ")));
        }
    }
    none(&complaints);
    assert!(compared >= 5, "only {compared} contracts that compile were fixed");
}

/// A rule says of itself whether its findings are fixed; the cases show it.
#[test]
fn rules_are_fixed_as_they_say() {
    let mut applied: Vec<&Rule> = Vec::new();
    let mut complaints = Vec::new();
    for path in contracts() {
        let (Ok(before), Ok(fixed)) = (compile(&Input::at(&path)), fix(&path)) else { continue };
        applied.extend(fixed.applied.iter().map(|applied| applied.rule));
        for found in before.findings.iter().filter(|found| found.rule.fixes == Fixes::Always) {
            if found.fix.as_ref().is_none_or(|fix| fix.applicability != Applicability::Safe) {
                complaints.push(format!("{}: {} has no safe fix here", path.display(), found.rule.code));
            }
        }
        for (found, fix, reason) in fixed.left() {
            if fix.title.is_empty() || reason.is_empty() {
                complaints.push(format!("{}: {} is left without a reason", path.display(), found.rule.code));
            }
        }
    }
    for rule in catalogue::all() {
        match (rule.fixes, applied.contains(&rule)) {
            (Fixes::Never, true) => complaints.push(format!("{} says that it is never fixed, and was", rule.code)),
            (Fixes::Sometimes | Fixes::Always, false) => complaints.push(format!("no case fixes {}", rule.code)),
            _ => {}
        }
    }
    none(&complaints);
}

/// Rules that an overlay keeps from reporting may report without it.
#[test]
fn an_overlay_takes_no_comment_from_what_is_below() {
    let base = cases("tests", "fix").join("allow-of-what-is-gone/before");
    let folder = Folder(std::env::temp_dir().join(format!("wcs-tests-{}-overlay", std::process::id())));
    let overlay = folder.0.join("overlay.yaml");
    let text = "overlay: {name: team, title: Our servers, doc: What ours send., over: demo}\n\
                change: {hooks: {start: {summary: A guest wants to go on air.}}}\n";
    output::write(&overlay, text).expect("the folder can be written");
    let fixed = fix_with(&base, &[overlay]).expect("both are there");
    let left: Vec<&str> = fixed.left().map(|(found, ..)| found.rule.code).collect();
    assert_eq!((fixed.files.len(), left), (0, vec!["W0903"]));
}

#[test]
fn a_sound_contract_is_left_alone() {
    let fixed = fix(&root().join("schema")).expect("the folder is there");
    assert_eq!((fixed.applied.len(), fixed.files.len()), (0, 0));
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
    fn fixing_slips_brings_no_error(
        text in select(vec![
            std::fs::read_to_string(root().join("examples/own-schema/schema/lockers.yaml")).expect("UTF-8"),
            std::fs::read_to_string(cases("codegen/contract/tests", "check").join("twenty-mistakes/contract.yaml"))
                .or_else(|_| std::fs::read_to_string(cases("codegen/contract/tests", "check").join("ten-mistakes/contract.yaml"))).expect("UTF-8"),
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
