//! From the tree to text: the order of keys, indentation, and what stands on one line.

use granit_parser::StructureStyle;

use super::WIDTH;
use super::comments;
use super::scalar::{Context, Printed, scalar, word};
use super::tree::{Collection, Comment, Document, Entry, Gap, Kind, Node, Shape};
use crate::syntax::Form;

/// Columns by which what belongs to a key stands further in.
const STEP: usize = 2;

/// Prints a file.
pub(super) fn print(document: &Document, form: Form) -> String {
    let mut out = String::new();
    for comment in &document.header {
        out.push_str(&comment.text);
        out.push('\n');
    }
    if !document.header.is_empty() {
        out.push('\n');
    }
    match &document.root.kind {
        Kind::Collection(collection) if !collection.entries.is_empty() => {
            let sections = if matches!(form, Form::Keys(_)) { Sections::Apart } else { Sections::AsWritten };
            entries(&mut out, collection, form, 0, sections);
        }
        Kind::Collection(collection) => {
            comment_lines(&mut out, &collection.tail, 0);
            out.push_str(empty(collection.shape));
            out.push('\n');
        }
        Kind::Scalar { text, style } => match scalar(text, *style, form, Context::Block { line: 0, below: STEP }) {
            Printed::Line(line) => {
                out.push_str(&line);
                out.push('\n');
            }
            Printed::Block { header, lines } => block_lines(&mut out, &header, &lines, "", STEP),
        },
    }
    comment_lines(&mut out, &document.tail, 0);
    out
}

/// Whether entries are kept apart by blank lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sections {
    Apart,
    AsWritten,
}

/// Prints the entries of a collection, each on a line or more of its own.
fn entries(out: &mut String, collection: &Collection, form: Form, indent: usize, sections: Sections) {
    for (at, (entry, form)) in in_order(collection, form).into_iter().enumerate() {
        let mut gap = entry.above.first().map_or(entry.gap, |comment| comment.gap);
        if sections == Sections::Apart {
            gap = Gap::BlankLine;
        }
        if at > 0 && gap == Gap::BlankLine {
            out.push('\n');
        }
        print_entry(out, entry, form, indent);
    }
    if collection.tail.first().is_some_and(|comment| comments::is_blank(comment.gap)) {
        out.push('\n');
    }
    comment_lines(out, &collection.tail, indent);
}

/// The entries in the order of the language, and what each is.
fn in_order(collection: &Collection, form: Form) -> Vec<(&Entry, Form)> {
    let mut ordered: Vec<(usize, &Entry, Form)> = collection
        .entries
        .iter()
        .map(|entry| match (form, &entry.key) {
            (Form::Keys(keys), Some((key, _))) => {
                let place = keys.iter().position(|(known, _)| known == key);
                let known = place.and_then(|place| keys.get(place));
                (place.unwrap_or(keys.len()), entry, known.map_or(Form::Value, |(_, form)| form()))
            }
            (Form::Names(form), Some(_)) | (Form::Items(form), None) => (0, entry, form()),
            _ => (0, entry, Form::Value),
        })
        .collect();
    ordered.sort_by_key(|(place, ..)| *place);
    ordered.into_iter().map(|(_, entry, form)| (entry, form)).collect()
}

fn print_entry(out: &mut String, entry: &Entry, form: Form, indent: usize) {
    above(out, entry, indent);
    let beside = entry.beside.last().map(|comment| format!(" {}", comment.text)).unwrap_or_default();
    let lead = lead(entry, indent);
    let column = lead.chars().count() + 1;
    match &entry.value.kind {
        Kind::Scalar { text, style } => {
            match scalar(text, *style, form, Context::Block { line: column, below: indent + STEP }) {
                Printed::Line(line) => {
                    let space = if line.is_empty() { "" } else { " " };
                    out.push_str(&format!("{lead}{space}{line}{beside}\n"));
                }
                // A comment can't stand inside quotes.
                Printed::Block { header, lines } if header.starts_with('"') && !beside.is_empty() => {
                    out.push_str(&format!("{}{}\n", " ".repeat(indent), beside.trim_start()));
                    block_lines(out, &format!("{lead} {header}"), &lines, "", indent + STEP);
                }
                Printed::Block { header, lines } => {
                    block_lines(out, &format!("{lead} {header}"), &lines, &beside, indent + STEP);
                }
            }
        }
        Kind::Collection(collection) if collection.entries.is_empty() => {
            out.push_str(&format!("{lead} {}{beside}\n", empty(collection.shape)));
        }
        Kind::Collection(collection) => {
            let line = one_line(&entry.value, form).filter(|line| column + line.chars().count() <= WIDTH);
            match line {
                Some(line) => out.push_str(&format!("{lead} {line}{beside}\n")),
                None if entry.key.is_some() => {
                    out.push_str(&format!("{lead}{beside}\n"));
                    entries(out, collection, form, indent + STEP, Sections::AsWritten);
                }
                None => item(out, collection, form, indent, &beside),
            }
        }
    }
}

/// Prints a collection as an item: its first entry stands on the line of the dash, comments before that above it.
fn item(out: &mut String, collection: &Collection, form: Form, indent: usize, beside: &str) {
    let mut inner = String::new();
    entries(&mut inner, collection, form, indent + STEP, Sections::AsWritten);
    let mut rest = inner.as_str();
    let spaces = " ".repeat(indent);
    if !beside.is_empty() {
        out.push_str(&format!("{spaces}{}\n", beside.trim_start()));
    }
    while let Some((line, below)) = rest.split_once('\n').filter(|(line, _)| line.is_empty() || is_comment(line)) {
        if !line.is_empty() {
            out.push_str(&format!("{spaces}{}\n", line.trim_start()));
        }
        rest = below;
    }
    out.push_str(&format!("{spaces}- {}", rest.trim_start_matches(' ')));
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// What stands before the value of an entry.
fn lead(entry: &Entry, indent: usize) -> String {
    let spaces = " ".repeat(indent);
    match &entry.key {
        Some((key, _)) => format!("{spaces}{}:", word(key, Context::Block { line: indent, below: indent })),
        None => format!("{spaces}-"),
    }
}

/// Prints the comments above an entry, also those for which there is no room on its line.
fn above(out: &mut String, entry: &Entry, indent: usize) {
    comment_lines(out, &entry.above, indent);
    let more = entry.beside.split_last().map_or(&[][..], |(_, more)| more);
    comment_lines(out, more, indent);
    if let Kind::Collection(collection) = &entry.value.kind
        && collection.entries.is_empty()
    {
        comment_lines(out, &collection.tail, indent);
    }
    if !entry.above.is_empty() && comments::is_blank(entry.gap) {
        out.push('\n');
    }
}

/// Prints comments, each on its line. The gap above the first is the matter of whoever prints what is above it.
fn comment_lines(out: &mut String, comments: &[Comment], indent: usize) {
    for (at, comment) in comments.iter().enumerate() {
        if at > 0 && comments::is_blank(comment.gap) {
            out.push('\n');
        }
        out.push_str(&format!("{}{}\n", " ".repeat(indent), comment.text));
    }
}

fn block_lines(out: &mut String, header: &str, lines: &[String], beside: &str, indent: usize) {
    out.push_str(&format!("{header}{beside}\n"));
    for line in lines {
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn empty(shape: Shape) -> &'static str {
    match shape {
        Shape::Mapping => "{}",
        Shape::Sequence => "[]",
    }
}

/// A collection on one line, if it was written in brackets and nothing in it has a comment.
fn one_line(node: &Node, form: Form) -> Option<String> {
    match &node.kind {
        Kind::Collection(collection) if collection.style == StructureStyle::Flow && !comments::any(collection) => {
            flow(node, form)
        }
        _ => None,
    }
}

fn flow(node: &Node, form: Form) -> Option<String> {
    let collection = match &node.kind {
        Kind::Scalar { text, style } => match scalar(text, *style, form, Context::Flow) {
            Printed::Line(line) => return Some(line),
            Printed::Block { .. } => return None,
        },
        Kind::Collection(collection) => collection,
    };
    let mut parts = Vec::with_capacity(collection.entries.len());
    for (entry, form) in in_order(collection, form) {
        let value = flow(&entry.value, form)?;
        parts.push(match &entry.key {
            Some((key, _)) => format!("{}: {value}", word(key, Context::Flow)),
            None => value,
        });
    }
    let inner = parts.join(", ");
    Some(match collection.shape {
        Shape::Mapping => format!("{{{inner}}}"),
        Shape::Sequence => format!("[{inner}]"),
    })
}
