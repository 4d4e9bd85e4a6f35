//! Which node a comment belongs to.
//!
//! One on the line of something belongs to that. One on a line of its own belongs to what follows, unless it is indented
//! deeper than that: then it ends the block that it is indented like.

use granit_parser::StructureStyle;

use super::tree::{Collection, Comment, Document, Entry, Gap, Kind, Node, gap};

/// Puts the comments of a file, in their order, to the nodes that they belong to.
pub(super) fn attach(document: &mut Document, comments: Vec<Comment>, text: &str) {
    // What stands at the very top and apart from what follows is about the file.
    let root = document.root.start;
    let top = comments.iter().take_while(|comment| comment.start < root).count();
    let next_gap = |at: usize| comments.get(at + 1).filter(|_| at + 1 < top).map_or(gap(text, root), |next| next.gap);
    let apart = (0..top).find(|at| is_blank(next_gap(*at))).map_or(0, |last| last + 1);
    let mut comments = comments.into_iter();
    document.header.extend(comments.by_ref().take(apart));
    for comment in comments {
        let place = Place::of(&comment, text);
        match &mut document.root.kind {
            Kind::Collection(collection) if comment.start < document.root.end || collection_is_block(collection) => {
                put(collection, comment, &place);
            }
            _ => document.tail.push(comment),
        }
    }
}

/// Where a comment stands.
struct Place<'a> {
    own_line: bool,
    column: usize,
    text: &'a str,
}

impl<'a> Place<'a> {
    fn of(comment: &Comment, text: &'a str) -> Self {
        let line = line_before(text, comment.start).trim_start_matches('\u{feff}');
        let own_line = line.chars().all(|c| matches!(c, ' ' | '\t' | '-' | '?'));
        // After the dash of an item it is about the item, and stands where the dash does.
        let column = line.find(['-', '?']).and_then(|dash| line.get(..dash)).unwrap_or(line).chars().count();
        Self { own_line, column, text }
    }
}

fn collection_is_block(collection: &Collection) -> bool {
    collection.style == StructureStyle::Block
}

fn put(collection: &mut Collection, comment: Comment, place: &Place<'_>) {
    let at = comment.start;
    let next = collection.entries.partition_point(|entry| entry.start() <= at);
    let parent = collection_column(collection, place.text);
    let before = next.checked_sub(1).and_then(|last| collection.entries.get_mut(last));
    if let Some(entry) = before {
        match goes_to(entry, at, place, parent) {
            Goes::Into => {
                if let Kind::Collection(inner) = &mut entry.value.kind {
                    return put(inner, comment, place);
                }
            }
            Goes::Beside => return entry.beside.push(comment),
            Goes::Above => return entry.above.push(comment),
            Goes::After => {}
        }
    }
    match collection.entries.get_mut(next) {
        Some(entry) => entry.above.push(comment),
        None => collection.tail.push(comment),
    }
}

/// Where a comment goes that stands after the beginning of an entry.
enum Goes {
    /// To something in the value.
    Into,
    /// To the entry's own line.
    Beside,
    /// Above the entry.
    Above,
    /// To what follows.
    After,
}

fn goes_to(entry: &Entry, at: usize, place: &Place<'_>, parent: usize) -> Goes {
    let Node { kind, start, end } = &entry.value;
    let before_value = at < *start;
    let inside = at < *end;
    match (kind, place.own_line) {
        (Kind::Collection(inner), own_line) if collection_is_block(inner) => match (own_line, before_value) {
            (false, true) => Goes::Beside,
            (false, false) => Goes::Into,
            (true, _) if before_value || inside || place.column > parent => Goes::Into,
            (true, _) => Goes::After,
        },
        (Kind::Collection(_), _) if !before_value && inside => Goes::Into,
        (_, false) => Goes::Beside,
        (_, true) if before_value => Goes::Above,
        (_, true) => Goes::After,
    }
}

/// The column of a block's entries.
fn collection_column(collection: &Collection, text: &str) -> usize {
    let Some(first) = collection.entries.first() else { return 0 };
    let start = first.start();
    match first.key {
        Some(_) => column(text, start),
        // The dash stands before the item.
        None => {
            let line = line_before(text, start);
            line.find('-')
                .map_or(line.chars().count(), |dash| line.get(..dash).map_or(0, |before| before.chars().count()))
        }
    }
}

fn column(text: &str, at: usize) -> usize {
    line_before(text, at).trim_start_matches('\u{feff}').chars().count()
}

fn line_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default()
}

/// Whether something in a collection has a comment, so that it can't be written in one line.
pub(super) fn any(collection: &Collection) -> bool {
    let in_entry = |entry: &Entry| {
        !entry.above.is_empty()
            || !entry.beside.is_empty()
            || matches!(&entry.value.kind, Kind::Collection(inner) if any(inner))
    };
    !collection.tail.is_empty() || collection.entries.iter().any(in_entry)
}

/// The texts of all comments of a file, sorted.
pub(super) fn all(document: &Document) -> Vec<&str> {
    let mut found: Vec<&Comment> = document.header.iter().chain(&document.tail).collect();
    if let Kind::Collection(collection) = &document.root.kind {
        gather(collection, &mut found);
    }
    let mut texts: Vec<&str> = found.into_iter().map(|comment| comment.text.as_str()).collect();
    texts.sort_unstable();
    texts
}

fn gather<'a>(collection: &'a Collection, found: &mut Vec<&'a Comment>) {
    found.extend(&collection.tail);
    for entry in &collection.entries {
        found.extend(entry.above.iter().chain(&entry.beside));
        if let Kind::Collection(inner) = &entry.value.kind {
            gather(inner, found);
        }
    }
}

/// Whether a blank line is to be kept above a comment or an entry.
pub(super) fn is_blank(gap: Gap) -> bool {
    gap == Gap::BlankLine
}
