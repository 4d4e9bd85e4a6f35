//! Every rule has a manual page whose examples are real: the bad one is told of, the good one is not.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use wcs_contract::compile;
use wcs_contract::rule::Rule;
use wcs_contract::{Input, catalogue};
use wcs_test_support::none;

/// The headings of every page, in this order.
const SECTIONS: [&str; 4] = ["## Why", "## Example", "## Instead", "## What to do"];

#[test]
fn codes_and_names_are_unique_and_stable_in_form() {
    let rules = catalogue::all();
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.code).collect();
    let names: BTreeSet<&str> = rules.iter().map(|rule| rule.name).collect();
    assert_eq!((codes.len(), names.len()), (rules.len(), rules.len()));
    for rule in rules {
        assert!(rule.code.len() == 5 && rule.code.starts_with(['W', 'D']), "{}", rule.code);
        assert!(rule.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", rule.name);
    }
}

#[test]
fn every_page_has_its_sections() {
    let mut complaints = Vec::new();
    for rule in catalogue::all() {
        let page = rule.page();
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
        // A comment in an example looks like a heading of the first level.
        let headings: Vec<&str> = headings.into_iter().filter(|line| line.starts_with("## ")).collect();
        if headings != SECTIONS {
            complaints.push(format!("{}: the headings are {headings:?}", rule.code));
        }
        if !rule.summary().ends_with('.') || rule.summary().starts_with('#') {
            complaints.push(format!("{}: `{}` is no sentence", rule.code, rule.summary()));
        }
    }
    none(&complaints);
}

/// Rules whose pages show an excerpt: they need several files, or a sender with all that belongs to it.
const EXCERPTS: [&str; 14] = [
    "W0109", "W0110", "W0111", "W0113", "W0116", "W0118", "W0210", "W0705", "W0809", "W0810", "W0811", "W0812",
    "W0813", "W0814",
];

#[test]
fn the_examples_of_every_page_are_real() {
    let mut complaints = Vec::new();
    let mut untried = Vec::new();
    for rule in catalogue::all() {
        // What only several files or broken bytes show has its cases below `cases/check`.
        let Some((bad, good)) = examples(rule) else {
            untried.push(rule.code);
            continue;
        };
        let told = told(rule, "bad", &bad);
        if !told.iter().any(|told| told.starts_with(rule.code)) {
            complaints.push(format!("{}: the example gives {told:?}:\n{bad}", rule.code));
        }
        let told = self::told(rule, "good", &good);
        if !told.is_empty() {
            complaints.push(format!("{}: what stands instead gives {told:?}:\n{good}", rule.code));
        }
    }
    none(&complaints);
    assert_eq!(untried, EXCERPTS, "pages whose examples can't be tried");
}

/// The two examples of a page, as whole contracts.
fn examples(rule: &Rule) -> Option<(String, String)> {
    let page = rule.page();
    let mut blocks =
        page.split("```yaml\n").skip(1).filter_map(|rest| rest.split_once("\n```").map(|(block, _)| block));
    Some((completed(blocks.next()?), completed(blocks.next()?)))
}

/// The codes that are told about a contract.
fn told(rule: &Rule, which: &str, text: &str) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages").join(rule.code).join(which);
    // What an earlier run left would count as a part of the contract.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("base")).unwrap();
    if text.contains("overlay:") {
        wcs_test_support::write(&folder.join("overlay.yaml"), text).unwrap();
        wcs_test_support::write(&folder.join("base/contract.yaml"), BASE).unwrap();
    } else {
        wcs_test_support::write(&folder.join("contract.yaml"), text).unwrap();
    }
    compile(&Input::at(&folder))
        .unwrap()
        .findings
        .iter()
        .map(|found| format!("{} {}", found.rule.code, found.message))
        .collect()
}

/// What the overlays on pages lie over.
const BASE: &str = "contract:
  name: demo
  title: Demo hooks
  version: 1.0.0
  doc: Hooks of a small server.
groups:
  media: {title: Media, doc: Streams that clients publish.}
hooks:
  start:
    type: direct
    group: media
    summary: A client wants to start a stream.
    deny: {effect: forbids, doc: The stream does not start.}
    evidence: documents
    parameters:
      name: {type: string, doc: Name of the stream.}
";

/// A page shows what matters; here it gets what every contract, hook and type needs besides.
fn completed(fragment: &str) -> String {
    let mut text = String::new();
    let has = |section: &str| fragment.lines().any(|line| line.starts_with(section));
    if has("overlay:") {
        return fragment.to_owned();
    }
    if has("change:") {
        let head = "overlay: {name: team, title: Our servers, doc: What ours send., over: demo, base: base}";
        return format!("{head}\n{fragment}\n");
    }
    if !has("contract:") {
        text.push_str(
            "contract:\n  name: demo\n  title: Demo hooks\n  version: 1.0.0\n  doc: Hooks of a small server.\n",
        );
    }
    let (mut section, mut entry) = (String::new(), Vec::<&str>::new());
    for line in fragment.lines().chain(["end:"]) {
        let indent = line.len() - line.trim_start().len();
        if indent <= 2 && !line.trim().is_empty() {
            text.push_str(&whole_entry(&section, &entry));
            entry.clear();
        }
        if indent == 0 {
            section = line.trim_end_matches(':').to_owned();
            if line != "end:" {
                text.push_str(&format!("{line}\n"));
            }
        } else {
            entry.push(line);
        }
    }
    if !has("groups:") && has("hooks:") {
        text.push_str("groups:\n  media: {title: Media, doc: Streams that clients publish.}\n");
    }
    text
}

/// An entry of a section with what it needs.
fn whole_entry(section: &str, entry: &[&str]) -> String {
    let mut text: String = entry.iter().map(|line| format!("{line}\n")).collect();
    // A hook that shows how it is not written is left alone.
    let is_block = entry.first().is_some_and(|line| line.starts_with("  ") && line.ends_with(':'));
    if section != "hooks" || !is_block {
        return text;
    }
    let has = |key: &str| entry.iter().any(|line| line.starts_with(&format!("    {key}:")));
    let effect = if has_word(entry, "event") { "no_effect" } else { "forbids" };
    let needed = [
        ("type", "direct".to_owned()),
        ("group", "media".to_owned()),
        ("summary", "A client does something.".to_owned()),
        ("deny", format!("{{effect: {effect}, doc: It goes no further.}}")),
        ("evidence", "documents".to_owned()),
    ];
    for (key, value) in needed {
        if !has(key) {
            text.push_str(&format!("    {key}: {value}\n"));
        }
    }
    text
}

fn has_word(entry: &[&str], kind: &str) -> bool {
    entry.iter().any(|line| line.trim() == format!("type: {kind}"))
}

/// The pages of all rules, for people who read them on a site.
#[test]
fn the_list_of_rules_is_fresh() {
    let mut text = String::from(
        "# Rules\n\nWhat `wcs check` looks for. `wcs explain CODE` shows the same pages. Errors are errors by nature; the \
         level of any other rule is set in the contract, and a comment allows a finding where it stands:\n\n\
         ```yaml\nlint:\n  levels:\n    missing-period: error\n    unused-type: allow\nparameters:\n  \
         # wcs:allow unused-parameter -- the next release sends it\n  title: {type: string, doc: What viewers read.}\n```\n\n\
         | code | name | level | fixed by `--fix` | finds |\n|---|---|---|---|---|\n",
    );
    for rule in catalogue::all() {
        let (code, name, level, fixes) = (rule.code, rule.name, rule.level.word(), rule.fixes.word());
        text.push_str(&format!("| [{code}](#{code}) | {name} | {level} | {fixes} | {} |\n", rule.summary()));
    }
    for rule in catalogue::all() {
        let page = rule.page().replace("\n## ", "\n### ");
        text.push_str(&format!("\n<a id=\"{}\"></a>\n\n## {} {}\n\n{page}\n", rule.code, rule.code, rule.name));
    }
    if let Err(reason) = wcs_test_support::expect(&wcs_test_support::root().join("docs/rules.md"), &text) {
        panic!("{reason}");
    }
}
