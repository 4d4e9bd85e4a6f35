//! `wcs fmt`: a case is a folder below `cases/fmt` with a file before and after, or with what is said about one that
//! can't be laid out. Whatever is laid out once stays as it is, says the same, and keeps its comments.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::Config;
use wcs_contract::diagnostic::Findings;
use wcs_contract::fmt::{Formatted, WIDTH, format};
use wcs_contract::render::{Color, Format, render};
use wcs_contract::source::Sources;
use wcs_contract::{Compiled, Input, export};
use wcs_test_support::{cases, expect, folders, none, root, yaml_files};

/// The text laid out, or what is said about it.
fn laid_out(text: &str) -> Result<String, String> {
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let file = sources.add("before.yaml", text);
    match format(file, text, &mut findings) {
        Formatted::Text(text) => Ok(text),
        Formatted::Broken => Err(render(&findings.into_sorted(), &sources, Format::Text(Color::Never))),
        Formatted::Refused(reason) => panic!("{reason}:\n{text}"),
    }
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).expect("it is UTF-8")
}

#[test]
fn each_case_is_laid_out_as_expected() {
    let mut complaints = Vec::new();
    for folder in folders(&cases("codegen/contract/tests", "fmt")) {
        let (file, made) = match laid_out(&read(&folder.join("before.yaml"))) {
            Ok(text) => {
                let again = laid_out(&text);
                assert_eq!(again.as_ref(), Ok(&text), "{}", folder.display());
                ("after.yaml", text)
            }
            Err(said) => ("expected.txt", said),
        };
        complaints.extend(expect(&folder.join(file), &made).err());
    }
    none(&complaints);
}

#[test]
fn the_contracts_are_laid_out() {
    let mut files = yaml_files(&root().join("schema"));
    files.extend(yaml_files(&root().join("examples/own-schema/schema")));
    for file in files {
        let text = read(&file);
        assert_eq!(laid_out(&text).as_ref(), Ok(&text), "{}: run `cargo wcs fmt`", file.display());
        let long = text.lines().find(|line| line.chars().count() > WIDTH);
        assert_eq!(long, None, "{}", file.display());
    }
}

/// The model of a contract, without the hash of its text.
fn model(files: &[(String, String)]) -> Option<String> {
    let Compiled { contract, .. } =
        wcs_contract::compile(&Input::texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))).unwrap();
    contract.map(|contract| export::document(&contract).to_string().replace(&contract.hash, ""))
}

#[test]
fn layout_changes_no_meaning() {
    for schema in ["schema", "examples/own-schema/schema"] {
        let named = |file: &std::path::PathBuf| (file.display().to_string(), read(file));
        let files: Vec<_> = yaml_files(&root().join(schema)).iter().map(named).collect();
        // All in brackets and in the opposite order, as far as that is possible without knowing the language.
        let squeezed: Vec<_> = files.iter().map(|(path, text)| (path.clone(), squeezed(text))).collect();
        let relaid: Vec<_> =
            squeezed.iter().map(|(path, text)| (path.clone(), laid_out(text).expect("sound"))).collect();
        let expected = model(&squeezed).expect("a sound contract");
        assert_eq!(model(&relaid), Some(expected), "{schema}");
    }
}

/// The same YAML as one line of JSON, but for the keys' order.
fn squeezed(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("file.yaml", text);
    let node = wcs_contract::load::load(file, text, &mut Findings::default()).expect("it is YAML");
    let mut out = String::new();
    squeeze(&node, &mut out);
    out
}

fn squeeze(node: &wcs_contract::load::Node, out: &mut String) {
    use wcs_contract::load::{NodeKind, Style};
    match &node.kind {
        NodeKind::Mapping(entries) => {
            let parts: Vec<String> = entries
                .iter()
                .map(|(key, value)| {
                    let mut part = format!("{}: ", serde_json::Value::from(key.value.as_str()));
                    squeeze(value, &mut part);
                    part
                })
                .collect();
            out.push_str(&format!("{{{}}}", parts.join(", ")));
        }
        NodeKind::Sequence(items) => {
            let parts: Vec<String> = items
                .iter()
                .map(|item| {
                    let mut part = String::new();
                    squeeze(item, &mut part);
                    part
                })
                .collect();
            out.push_str(&format!("[{}]", parts.join(", ")));
        }
        NodeKind::Scalar { text, style: Style::Plain } if text.is_empty() => out.push_str("null"),
        NodeKind::Scalar { text, style } => {
            let special = matches!(text.as_str(), "null" | "~" | "true" | "false") || text.parse::<f64>().is_ok();
            match style {
                Style::Plain if special => out.push_str(text),
                _ => out.push_str(&serde_json::Value::from(text.as_str()).to_string()),
            }
        }
        NodeKind::Refused => {}
    }
}

fn corpus() -> Vec<String> {
    let mut files = yaml_files(&root().join("schema"));
    files.extend(yaml_files(&cases("codegen/contract/tests", "check")));
    files.extend(yaml_files(&cases("codegen/contract/tests", "fmt")));
    files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).filter(|text| text.len() < 20_000).collect()
}

/// Something that a person may do to a file.
#[derive(Debug, Clone)]
enum Touch {
    Insert(Index, &'static str),
    AtLineEnd(Index, &'static str),
    Indent(Index),
    Drop(Index),
}

fn touch() -> impl Strategy<Value = Touch> {
    let words = [
        "# note", "\n", "\n\n", " # note", "\"", "'", "- ", "{", "}", "[", "]", ", ", ": ", "x", "  ", "#", "\r\n",
        "|", ">-", "é", "\u{a0}",
    ];
    let ends = [" # beside", "\n# own line", "\n\n", "\n   # deeper", "\n      # deepest", " ", "\n"];
    prop_oneof![
        (any::<Index>(), select(words.to_vec())).prop_map(|(at, word)| Touch::Insert(at, word)),
        (any::<Index>(), select(ends.to_vec())).prop_map(|(at, word)| Touch::AtLineEnd(at, word)),
        (any::<Index>(), select(ends.to_vec())).prop_map(|(at, word)| Touch::AtLineEnd(at, word)),
        any::<Index>().prop_map(Touch::Indent),
        any::<Index>().prop_map(Touch::Drop),
    ]
}

fn touched(text: &str, touches: &[Touch]) -> String {
    let mut text = text.to_owned();
    for touch in touches {
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        if boundaries.is_empty() || ends.is_empty() {
            return text;
        }
        match touch {
            Touch::Insert(at, word) => text.insert_str(*at.get(&boundaries), word),
            Touch::AtLineEnd(at, word) => text.insert_str(*at.get(&ends), word),
            Touch::Indent(at) => text.insert_str(at.get(&ends) + 1, "  "),
            Touch::Drop(at) => {
                text.remove(*at.get(&boundaries));
            }
        }
    }
    text
}

fn config() -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    Config { cases: asked.unwrap_or(400), failure_persistence: None, max_shrink_iters: 400, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    /// Laid out twice is laid out once, and nothing that is made of it changes. (That a comment is lost is refused.)
    #[test]
    fn layout_is_idempotent_and_means_the_same(text in select(corpus()), touches in prop::collection::vec(touch(), 0..12)) {
        let text = touched(&text, &touches);
        if let Ok(once) = laid_out(&text) {
            prop_assert_eq!(laid_out(&once), Ok(once.clone()), "of\n{}", text);
            let named = |text: String| model(&[("file.yaml".to_owned(), text)]);
            prop_assert_eq!(named(once), named(text));
        }
    }
}
