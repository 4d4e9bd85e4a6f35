//! Any bytes: a tree and findings, no panic, and every place lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wcs_contract::diagnostic::Findings;
use wcs_contract::load::{Node, NodeKind, load};
use wcs_contract::render::{Color, Format, render};
use wcs_contract::source::{Sources, Span};

fuzz_target!(|text: &str| {
    let mut sources = Sources::default();
    let file = sources.add("input.yaml", text);
    let mut findings = Findings::default();
    if let Some(node) = load(file, text, &mut findings) {
        places(&node, text);
        wcs_contract::syntax::read_file(&node, &mut findings);
    }
    let findings = findings.into_sorted();
    for found in &findings {
        inside(found.span, text);
        found.labels.iter().for_each(|label| inside(label.span, text));
        assert!(found.help.is_some(), "no help: {}", found.message);
    }
    for format in [Format::Text(Color::Never), Format::Json, Format::Github] {
        let _ = render(&findings, &sources, format);
    }
});

fn places(node: &Node, text: &str) {
    inside(node.span, text);
    node.key.into_iter().for_each(|key| inside(key, text));
    match &node.kind {
        NodeKind::Mapping(entries) => entries.iter().for_each(|(key, value)| {
            inside(key.span, text);
            places(value, text);
        }),
        NodeKind::Sequence(items) => items.iter().for_each(|item| places(item, text)),
        NodeKind::Scalar { .. } | NodeKind::Refused => {}
    }
}

fn inside(span: Span, text: &str) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {}", text.len());
}
