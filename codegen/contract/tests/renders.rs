//! The renderings of findings for programs, pinned by one case, and what all renderings have in common.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use serde_json::Value;
use wcs_contract::diagnostic::fingerprints;
use wcs_contract::render::{Color, Format, count, render, render_with_allowed};
use wcs_contract::{Compiled, Input, compile};
use wcs_test_support::{cases, expect, none};

/// A case of two files, with labels, a second file in one finding, and quotes in a message.
const CASE: &str = "ten-mistakes";

fn compiled() -> Compiled {
    compile(&Input::at(cases("codegen/contract/tests", "check").join(CASE))).expect("the case is there")
}

fn rendered(format: Format) -> String {
    let Compiled { findings, sources, .. } = compiled();
    let folder = format!("{}/", cases("codegen/contract/tests", "check").join(CASE).display());
    render(&findings, &sources, format).replace(&folder, "")
}

#[test]
fn renderings_for_programs_are_as_expected() {
    let renderings =
        [("expected.json", Format::Json), ("expected.github", Format::Github), ("expected.sarif", Format::Sarif)];
    let compare = |(file, format)| {
        expect(&cases("codegen/contract/tests", "check").join(CASE).join(file), &rendered(format)).err()
    };
    none(&renderings.into_iter().filter_map(compare).collect::<Vec<_>>());
}

#[test]
fn json_holds_every_finding_with_its_place() {
    let Compiled { findings, sources, .. } = compiled();
    let document: Value = serde_json::from_str(&render(&findings, &sources, Format::Json)).expect("it is JSON");
    let listed = document["findings"].as_array().expect("a list");
    assert_eq!(listed.len(), findings.len());
    for (json, found) in listed.iter().zip(&findings) {
        let place = &json["place"];
        let start = usize::try_from(place["start"]["byte"].as_u64().expect("a number")).expect("small");
        let end = usize::try_from(place["end"]["byte"].as_u64().expect("a number")).expect("small");
        let source = sources.get(found.span.file);
        assert_eq!(source.text.get(start..end), Some(sources.text(found.span)));
        let line = usize::try_from(place["start"]["line"].as_u64().expect("a number")).expect("small");
        let column = usize::try_from(place["start"]["column"].as_u64().expect("a number")).expect("small");
        let from_line = source.text.lines().nth(line - 1).expect("the line is there");
        let shown: String = from_line.chars().skip(column - 1).collect();
        assert!(shown.starts_with(sources.text(found.span)), "{line}:{column}: {shown}");
        assert_eq!(json["code"], found.rule.code);
        assert_eq!(json["message"], found.message.as_str());
    }
}

/// What is allowed by a comment is told to code hosts, with the reason, and to nobody else.
#[test]
fn sarif_holds_what_is_allowed() {
    let compiled = compile(&Input::at(cases("codegen/contract/tests", "check").join("pass/bad-allow")))
        .expect("the case is there");
    assert_eq!((compiled.findings.len(), compiled.allowed.len()), (0, 1));
    let text = render_with_allowed(&compiled.findings, &compiled.allowed, &compiled.sources, Format::Sarif);
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let run = &document["runs"][0];
    let results = run["results"].as_array().expect("a list");
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["suppressions"][0]["justification"], "the next release sends it");
    let index = usize::try_from(results[0]["ruleIndex"].as_u64().expect("a number")).expect("small");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], results[0]["ruleId"]);
}

#[test]
fn a_github_annotation_is_one_line() {
    let lines: Vec<String> = rendered(Format::Github).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), compiled().findings.len());
    for line in lines {
        assert!(line.starts_with("::error file=") || line.starts_with("::warning file="), "{line}");
        assert_eq!(line.matches("::").count(), 2, "{line}");
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let coloured = rendered(Format::Text(Color::Always));
    assert!(coloured.contains('\u{1b}'));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, escape)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = escape.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    assert_eq!(plain, rendered(Format::Text(Color::Never)));
}

/// A finding is the same finding after lines were added above it and texts were changed beside it.
#[test]
fn fingerprints_survive_edits_elsewhere() {
    let compile_in = |name: &str, change: &dyn Fn(String) -> String| {
        let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fingerprints").join(name);
        std::fs::create_dir_all(&folder).expect("a folder of this test's own");
        for file in wcs_test_support::yaml_files(&cases("codegen/contract/tests", "check").join(CASE)) {
            let text = std::fs::read_to_string(&file).expect("it is UTF-8");
            let file = folder.join(file.file_name().expect("a file has a name"));
            wcs_test_support::write(&file, &change(text)).expect("it can be written");
        }
        let Compiled { findings, sources, .. } = compile(&Input::at(&folder)).expect("the folder is there");
        fingerprints(&findings, &sources)
    };
    let before = compile_in("before", &|text| text);
    let after = compile_in("after", &|text| {
        let text = format!("# A comment.\n\n{text}");
        text.replace("A client wants to start a stream.", "Another text, longer than before.")
    });
    assert_eq!(before, after);
    assert_eq!(before.iter().collect::<std::collections::BTreeSet<_>>().len(), before.len(), "unique");
    assert!(before.iter().all(|one| one.len() >= 16 && one.chars().all(|c| c.is_ascii_hexdigit())), "{before:?}");
}

#[test]
fn equal_findings_get_fingerprints_of_their_own() {
    let Compiled { findings, sources, .. } = compiled();
    let twice: Vec<_> = findings.iter().chain(&findings).cloned().collect();
    let all = fingerprints(&twice, &sources);
    assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), twice.len(), "{all:?}");
}

#[test]
fn findings_are_counted_by_level() {
    let said = |case: &str| {
        count(
            &compile(&Input::at(cases("codegen/contract/tests", "check").join(case)))
                .expect("the case is there")
                .findings,
        )
    };
    assert_eq!(said("ten-mistakes"), "10 errors");
    assert_eq!(said("unknown-key"), "1 error");
    assert_eq!(said("unlisted-file"), "2 warnings");
    assert_eq!(said("pass/plain"), "no findings");
}
