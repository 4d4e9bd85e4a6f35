//! Where in a file something is added.

use wcs_contract::diagnostic::{Edit, Findings};
use wcs_contract::load::{self, Node, NodeKind};
use wcs_contract::source::{FileId, Sources, Span};

use super::entry::{Entry, Value};

/// The tree of a file. It has compiled, so that there is one.
pub(super) fn tree(sources: &Sources, file: FileId) -> Option<Node> {
    load::load(file, &sources.get(file).text, &mut Findings::default())
}

/// The value of the entry whose key stands at a place.
pub(super) fn value_at(node: &Node, key: Span) -> Option<&Node> {
    match &node.kind {
        NodeKind::Mapping(entries) => entries.iter().find_map(|(name, value)| match name.span == key {
            true => Some(value),
            false => value_at(value, key),
        }),
        NodeKind::Sequence(items) => items.iter().find_map(|item| value_at(item, key)),
        NodeKind::Scalar { .. } | NodeKind::Refused => None,
    }
}

/// The value under a key.
pub(super) fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.kind {
        NodeKind::Mapping(entries) => entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value),
        _ => None,
    }
}

/// Adds an entry after the last one of a mapping, in the manner in which the mapping is written.
pub(super) fn append(sources: &Sources, mapping: &Node, entry: &Entry) -> Option<Edit> {
    let NodeKind::Mapping(entries) = &mapping.kind else { return None };
    let text = &sources.get(mapping.span.file).text;
    match entries.first() {
        Some((first, _)) if !in_brackets(text, mapping) => {
            let indent = column(text, first.span.start as usize);
            after_entry(text, entries.last()?, &entry.block(indent))
        }
        first => {
            let close = text.get(..mapping.span.end as usize)?.rfind('}')?;
            let comma = if first.is_some() { ", " } else { "" };
            let end = text.get(..close)?.trim_end().len().max(mapping.span.start as usize + 1);
            Some(insertion(mapping.span.file, end, format!("{comma}{}", entry.flow())))
        }
    }
}

/// Adds an entry below a key that a mapping lacks, and the key with it, where the language places it. The key is an edit
/// of its own, so that several entries can share it.
pub(super) fn append_below(sources: &Sources, mapping: &Node, order: &[&str], key: &str, entry: &Entry) -> Vec<Edit> {
    let NodeKind::Mapping(entries) = &mapping.kind else { return Vec::new() };
    let text = &sources.get(mapping.span.file).text;
    if in_brackets(text, mapping) {
        let inner = Entry { key: key.to_owned(), value: Value::Brackets(vec![entry.clone()]), ..entry.clone() };
        return append(sources, mapping, &inner).into_iter().collect();
    }
    let place = |key: &str| order.iter().position(|known| *known == key);
    let is_earlier = |name: &str| place(name).is_some_and(|earlier| place(key).is_some_and(|own| earlier < own));
    let last = entries.iter().rev().find(|(name, _)| is_earlier(&name.value)).or(entries.last());
    let Some(last) = last else { return Vec::new() };
    let indent = column(text, last.0.span.start as usize);
    let lead = " ".repeat(indent);
    [format!("{lead}{key}:\n"), entry.block(indent + 2)]
        .iter()
        .filter_map(|lines| after_entry(text, last, lines))
        .collect()
}

/// Replaces a value, or gives one to a key that has none.
pub(super) fn replace(sources: &Sources, key: Span, value: &Node, word: &str) -> Edit {
    if value.is_null() && value.span.start == value.span.end {
        let text = &sources.get(key.file).text;
        let colon = text.get(key.end as usize..).and_then(|rest| rest.find(':')).map_or(0, |at| at + 1);
        return insertion(key.file, key.end as usize + colon, format!(" {word}"));
    }
    Edit { span: value.span, text: word.to_owned() }
}

/// Adds lines after an entry and what stands beside it.
fn after_entry(text: &str, last: &(wcs_contract::source::Spanned<String>, Node), lines: &str) -> Option<Edit> {
    let (key, value) = last;
    let end = key.span.end.max(value.span.end) as usize;
    let written = text.get(..end)?.trim_end();
    let line_end = text.get(written.len()..)?.find('\n').map_or(text.len(), |at| written.len() + at);
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let end = text.get(..line_end)?.trim_end_matches('\r').len();
    let lines = lines.trim_end_matches('\n').replace('\n', newline);
    Some(insertion(key.span.file, end, format!("{newline}{lines}")))
}

fn in_brackets(text: &str, mapping: &Node) -> bool {
    text.get(mapping.span.start as usize..).is_some_and(|rest| rest.starts_with('{'))
}

fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.chars().rev().take_while(|c| *c != '\n').count()
}

fn insertion(file: FileId, at: usize, text: String) -> Edit {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    Edit { span: Span { file, start: at, end: at }, text }
}
