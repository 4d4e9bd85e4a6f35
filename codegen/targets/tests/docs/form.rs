//! Pages hold together whatever the contract: links, anchors, tables, templates.

use std::collections::{BTreeMap, BTreeSet};

use wcs_codegen::header;
use wcs_targets::docs::{TEMPLATES, pages};

use super::read::{Pages, Read, contract_of, emitted, lines_outside_code, schema};

/// Identifiers and headings that a link may name.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for line in lines_outside_code(text) {
        for id in line.split("<a id=\"").skip(1) {
            let id = id.split('"').next().unwrap();
            assert!(anchors.insert(id.to_owned()), "the anchor {id} stands twice");
        }
        if line.starts_with('#') && !line.contains("<a id") {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            anchors.insert(kept.collect::<String>().replace(' ', "-"));
        }
    }
    anchors
}

/// Follows every link; gives their number.
fn links_resolve(pages: &Pages) -> usize {
    let known: BTreeMap<&str, _> = pages.iter().map(|(path, text)| (path.as_str(), anchors(text))).collect();
    let mut count = 0;
    for (path, text) in pages {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in lines_outside_code(text).flat_map(|line| line.split("](").skip(1)) {
            let target = link.split(')').next().unwrap();
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = match file.strip_prefix("../") {
                _ if file.is_empty() => path.clone(),
                Some(above) if !folder.is_empty() => above.to_owned(),
                _ if folder.is_empty() => file.to_owned(),
                _ => format!("{folder}/{file}"),
            };
            let there = known.get(file.as_str()).unwrap_or_else(|| panic!("{path}: no page for the link {target}"));
            assert!(anchor.is_empty() || there.contains(anchor), "{path}: no anchor for the link {target}");
            count += 1;
        }
    }
    count
}

/// Compares the widths of rows; gives their number.
fn tables_are_even(pages: &Pages) -> usize {
    let columns = |row: &str| row.replace("\\|", "").matches('|').count();
    let mut count = 0;
    for (path, text) in pages {
        let mut above = None;
        for line in lines_outside_code(text) {
            if !line.starts_with('|') {
                above = None;
                continue;
            }
            assert!(line.ends_with('|'), "{path}: a row without its end: {line}");
            let here = columns(line);
            assert!(above.is_none_or(|above| above == here), "{path}: a row of another width: {line}");
            above = Some(here);
            count += 1;
        }
    }
    count
}

#[test]
fn links_and_anchors_resolve() {
    let (contract, pages) = schema();
    let members: usize = contract.hooks.iter().map(|hook| hook.parameters.len()).sum();
    assert!(links_resolve(pages) > 2 * members, "each member is linked in its table and on the page of all");
}

#[test]
fn rows_of_a_table_have_one_width() {
    let (contract, pages) = schema();
    let members: usize = contract.hooks.iter().map(|hook| hook.parameters.len()).sum();
    assert!(tables_are_even(pages) > members, "each member has a row");
}

#[test]
fn each_page_says_that_it_is_generated_and_ends_in_a_line_break() {
    let (contract, pages) = schema();
    let first = format!("<!-- {} -->\n", header(contract));
    for (path, text) in pages {
        assert!(text.starts_with(&first), "{path}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
        let untidy = lines_outside_code(text).find(|line| line.ends_with(' ') || line.contains("{{"));
        assert_eq!(untidy, None, "{path}");
    }
}

const MINIMAL: &str = "
contract: {name: tiny, title: A tiny contract, version: 0.1.0, doc: One hook.}
groups:
  all: {title: All, doc: The only group.}
hooks:
  ping:
    type: event
    group: all
    summary: Something has happened.
    deny: {effect: no_effect, doc: It has happened already.}
    evidence: documents
";

#[test]
fn a_minimal_contract_has_the_pages_that_it_needs_and_no_others() {
    let contract = contract_of("minimal", MINIMAL);
    let pages = emitted(&contract);
    let paths: Vec<&str> = pages.keys().map(String::as_str).collect();
    assert_eq!(paths, ["README.md", "evidence.md", "hooks/ping.md", "parameters.md"]);
    links_resolve(&pages);
    tables_are_even(&pages);
    let page = &pages["hooks/ping.md"];
    for absent in ["policy", "signature", "| Path |", "status 2", "Subsets", "disagree"] {
        assert!(!page.contains(absent), "the page of a minimal contract speaks of {absent}");
    }
    assert!(page.contains("curl -i 'http://localhost:8080/ping'"));
    assert!(page.contains("use tiny_hooks::Ping;"));
}

/// Names and texts that Markdown has other plans for, and what the language has but the real contract doesn't use.
const ODD: &str = r#"
contract: {name: odd, title: Odd, version: 0.1.0, doc: "Bars | and `ticks | too`.", context: [token]}
groups:
  all: {title: All, doc: "A group | a bar."}
documents:
  A: {title: "One | two", doc: "A document | a bar."}
parameters:
  token: {type: string, doc: "Secret | key.", sensitive: true}
types:
  Mode:
    doc: A mode.
    enum: closed
    values:
      "a|b": {name: both, doc: "Both | sides.", next: ["off"]}
      "off": {doc: Off., sip: "SIP | 200"}
hooks:
  askMode:
    type: direct
    group: all
    summary: "Asks | once."
    deprecated: {reason: Nobody asks., replacement: tellMode}
    since: "1.0"
    until: "2.5"
    deny: {effect: forbids, doc: "No | way."}
    parameters:
      mode: {type: Mode, doc: The mode., example: "a|b"}
      modes: {type: array<Mode>, doc: Modes., constraints: {min_items: 1, max_items: 3}}
      code:
        type: string
        doc: A code.
        constraints: {min_length: 2, max_length: 4, pattern: "^[a-z'|]+$"}
      count: {type: int32, doc: A count., constraints: {minimum: 0}, used_if: {member: mode, is: ["off", "a|b"]}}
      ticks: {type: string, doc: Ticks., example: "a`b", sent_if: {member: count, is: [1]}}
      Two-Part: {type: string, doc: Has a hyphen.}
    examples:
      - {title: One, origin: derived, body: {mode: "off", code: "it's"}}
    shapes:
      - {when: "It is | small.", backend: [mode]}
    conflicts:
      - {topic: "This | that", says: {A: "Left | right."}, verdict: Both., confidence: low}
    evidence: third_party
    confidence: low
  tellMode:
    type: event
    group: all
    summary: Tells.
    deny: {effect: ends_stream, doc: Ends it.}
    parameters:
      twoPart: {type: string, doc: Has none.}
    evidence: documents
"#;

#[test]
fn odd_names_and_texts_break_no_table_and_no_link() {
    let contract = contract_of("odd", ODD);
    let pages = emitted(&contract);
    links_resolve(&pages);
    tables_are_even(&pages);
    let page = Read::page(&pages, "hooks/ask-mode.md");
    for text in [
        "from release 1.0 to 2.5",
        "Nobody asks. Use tellMode instead.",
        "We are not sure of this hook",
        "from 1 to 3 items",
        "from 2 to 4 characters; matches ^[a-z'|]+$",
        "**Limits:** at least 0",
        "**Used:** only if mode is off or a|b",
        "**Sent whenever:** count is 1",
        "array of Mode",
    ] {
        page.says(text);
    }
    page.has("`` \"a`b\" ``");
    page.has(r#"--data-binary '{"mode":"off","code":"it'\''s"}'"#);
    // Two names that differ in nothing but signs have an anchor each.
    let parameters = &pages["parameters.md"];
    assert!(parameters.contains("\"parameter-two-part\"") && parameters.contains("\"parameter-two-part-2\""));
}

#[test]
fn templates_can_be_replaced_one_by_one() {
    let contract = contract_of("replaced", MINIMAL);
    let own = |name: &str| (name == "hook.md").then(|| "{{header}}\n\nOnly {{name}}.\n".to_owned());
    let replaced = pages(&contract, &own).unwrap();
    let text = |path: &str| replaced.iter().find(|page| page.path == path).map(|page| page.text.as_str()).unwrap();
    assert!(text("hooks/ping.md").ends_with("\n\nOnly ping.\n"));
    assert_eq!(text("README.md"), emitted(&contract)["README.md"]);
}

#[test]
fn mistakes_in_a_template_are_told_with_its_name() {
    let contract = contract_of("mistaken", MINIMAL);
    for (name, text, reason) in [
        ("hook.md", "{{#if name}}never closed", "hook.md"),
        ("hook.md", "{{nmae}}", "nmae"),
        ("part-errors", "{{/if}}", "part-errors"),
    ] {
        let own = |asked: &str| (asked == name).then(|| text.to_owned());
        let error = pages(&contract, &own).unwrap_err();
        assert_eq!(error.template, name);
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn templates_have_names_of_their_own() {
    let names: BTreeSet<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), TEMPLATES.len());
}
