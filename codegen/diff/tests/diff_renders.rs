//! A comparison as it is printed, in every format: `codegen/diff/tests/cases/diff/<case>` holds two contracts, what is approved, and
//! what is said of them.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::path::Path;

use crate::mutations::contract;
use wcs_contract::render::Color;
use wcs_contract::source::Sources;
use wcs_diff::changelog::{self, ChangelogFormat};
use wcs_diff::render::{Detail, DiffFormat, Report, render};
use wcs_diff::{Audience, advice, approvals};
use wcs_test_support::{cases, expect, folders, none};

/// Today, as far as approvals are concerned.
const TODAY: &str = "2026-12-01";

fn said(folder: &Path) -> Vec<(&'static str, String)> {
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let mut sources = Sources::default();
    let new = contract("new.yaml", &read("new.yaml"), &mut sources).unwrap();
    let old = contract("old.yaml", &read("old.yaml"), &mut sources).unwrap();
    let changes = wcs_diff::compare(&old, &new, &sources);
    let advice = advice::advise(&old, &new, &changes);
    let approved = match std::fs::read_to_string(folder.join("wcs-approvals.yaml")) {
        Ok(text) => approvals::apply("wcs-approvals.yaml", &text, TODAY, &changes, &mut sources),
        Err(_) => approvals::Approved::default(),
    };
    let mut findings = approved.findings;
    findings.extend(advice::finding(&advice, &new, &sources));
    let report = Report {
        old: (&old, "old.yaml"),
        new: (&new, "new.yaml"),
        changes: &changes,
        approved: &approved.reasons,
        findings: &findings,
        advice: &advice,
        audiences: &Audience::ALL,
        sources: &sources,
    };
    vec![
        ("text.txt", render(&report, DiffFormat::Text(Color::Never, Detail::Full))),
        ("brief.txt", render(&report, DiffFormat::Text(Color::Never, Detail::Brief))),
        ("markdown.md", render(&report, DiffFormat::Markdown)),
        ("comparison.json", render(&report, DiffFormat::Json)),
        ("github.txt", render(&report, DiffFormat::Github)),
        ("sarif.json", render(&report, DiffFormat::Sarif)),
        ("changelog.md", changelog::render(&report, "docs/hooks", ChangelogFormat::Markdown)),
        ("changelog.json", changelog::render(&report, "docs/hooks", ChangelogFormat::Json)),
    ]
}

#[test]
fn comparisons_are_printed_as_expected() {
    let folders = folders(&cases("codegen/diff/tests", "diff"));
    assert!(folders.len() >= 3, "{folders:?}");
    let complaints: Vec<String> = folders
        .iter()
        .flat_map(|folder| said(folder).into_iter().filter_map(|(file, text)| expect(&folder.join(file), &text).err()))
        .collect();
    none(&complaints);
}

/// The fix of a question is written into the contract, and answers it.
#[test]
fn the_fix_of_a_question_answers_it() {
    let mut complaints = Vec::new();
    let mut asked = 0;
    let base = crate::mutations::contract_text();
    for mutation in crate::mutations::all() {
        let edited = mutation.apply(&base).unwrap();
        let [there, _] = crate::mutations::changes(&base, &edited).unwrap();
        for question in there.iter().filter(|change| change.rule.rule.name == "rename-suspected") {
            asked += 1;
            let Some(fix) = &question.fix else {
                complaints.push(format!("{}: no fix", mutation.title));
                continue;
            };
            let mut mended = edited.clone();
            for edit in fix.edits.iter().rev() {
                mended.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
            }
            let [there, _] = crate::mutations::changes(&base, &mended).unwrap();
            let names: Vec<&str> = there.iter().map(|change| change.rule.rule.name).collect();
            let renamed = names.iter().any(|name| name.ends_with("-renamed"));
            if !renamed || names.contains(&"rename-suspected") {
                complaints.push(format!("{}: {names:?}\n{mended}", mutation.title));
            }
        }
    }
    assert!(asked >= 3, "{asked}");
    none(&complaints);
}

/// The fix of a version that is too low makes it high enough.
#[test]
fn versions_are_judged_by_what_changed() {
    let base = crate::mutations::contract_text();
    let mutations = crate::mutations::all();
    let title = |title: &str| mutations.iter().find(|mutation| mutation.title == title).unwrap().apply(&base).unwrap();
    for (edited, version, needed, lowest, suffices) in [
        (base.clone(), "1.4.0", "none", "1.4.0", true),
        (title("the summary of a hook"), "1.4.0", "patch", "1.4.1", false),
        (title("the summary of a hook"), "1.4.1", "patch", "1.4.1", true),
        (title("an open enum gets a value"), "1.4.1", "minor", "1.5.0", false),
        (title("an open enum gets a value"), "1.5.0", "minor", "1.5.0", true),
        (title("a member of a question is no longer sent"), "1.9.0", "major", "2.0.0", false),
        (title("a member of a question is no longer sent"), "3.0.0-rc.1", "major", "2.0.0", true),
    ] {
        let mut sources = Sources::default();
        let text = edited.replacen("version: 1.4.0", &format!("version: {version}"), 1);
        let (old, new) =
            (contract("old.yaml", &base, &mut sources).unwrap(), contract("new.yaml", &text, &mut sources).unwrap());
        let advice = advice::advise(&old, &new, &wcs_diff::compare(&old, &new, &sources));
        let seen = (advice.needed.word(), advice.lowest.clone().unwrap(), advice.suffices.unwrap());
        assert_eq!(seen, (needed, lowest.to_owned(), suffices), "{version}");
        let finding = advice::finding(&advice, &new, &sources);
        assert_eq!(finding.is_none(), suffices);
        if let Some(fix) = finding.and_then(|finding| finding.fix) {
            assert_eq!((sources.text(fix.edits[0].span), fix.edits[0].text.as_str()), (version, lowest));
        }
    }
}
