//! A file as it was written: nodes, and the comments and blank lines that belong to them.

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, options};

/// What was written under a key, as an item, or as the whole file.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last one; of a block, after its last entry.
    pub(super) end: usize,
}

#[derive(Debug)]
pub(super) enum Kind {
    Scalar { text: String, style: ScalarStyle },
    Collection(Collection),
}

/// A mapping or a sequence.
#[derive(Debug)]
pub(super) struct Collection {
    pub(super) shape: Shape,
    pub(super) style: StructureStyle,
    pub(super) entries: Vec<Entry>,
    /// Comments after the last entry.
    pub(super) tail: Vec<Comment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Mapping,
    Sequence,
}

/// An entry of a mapping, or an item of a sequence.
#[derive(Debug)]
pub(super) struct Entry {
    /// The key, and its first byte.
    pub(super) key: Option<(String, usize)>,
    pub(super) value: Node,
    /// Comments on the lines above it.
    pub(super) above: Vec<Comment>,
    /// Comments on its own line.
    pub(super) beside: Vec<Comment>,
    /// What is between it and what stands above it.
    pub(super) gap: Gap,
}

/// What stands between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    Nothing,
    BlankLine,
}

/// A comment, with its number sign.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) gap: Gap,
}

/// A whole file.
#[derive(Debug)]
pub(super) struct Document {
    /// Comments at the very top: they are about the file.
    pub(super) header: Vec<Comment>,
    pub(super) root: Node,
    /// Comments after everything else.
    pub(super) tail: Vec<Comment>,
}

/// Reads a file that was loaded without a finding. `None` if nothing is in it but comments, or if it is not YAML.
pub(super) fn read(text: &str) -> Option<(Document, Vec<Comment>)> {
    let mut builder = Builder { text, open: Vec::new(), root: None };
    let mut found = Vec::new();
    // Without a limit: a file may have any number of comment lines.
    let options = options! { max_buffered_comment_events: usize::MAX };
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.ok()?;
        let range = span.byte_range()?;
        match event {
            Event::Comment(..) => found.push(Comment {
                text: text.get(range.clone())?.trim_end().to_owned(),
                start: range.start,
                gap: gap(text, range.start),
            }),
            event => builder.event(event, range.start, range.end),
        }
    }
    found.sort_by_key(|comment| comment.start);
    let document = Document { header: Vec::new(), root: builder.root?, tail: Vec::new() };
    Some((document, found))
}

/// What stands above the line of a byte.
pub(super) fn gap(text: &str, at: usize) -> Gap {
    let before = text.get(..at).unwrap_or_default();
    let Some((above, _)) = before.rsplit_once('\n') else { return Gap::Nothing };
    let line = above.rsplit('\n').next().unwrap_or_default();
    if line.trim().is_empty() && above.contains('\n') { Gap::BlankLine } else { Gap::Nothing }
}

struct Builder<'a> {
    text: &'a str,
    open: Vec<Open>,
    root: Option<Node>,
}

struct Open {
    collection: Collection,
    start: usize,
    end: usize,
    key: Option<(String, usize)>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Scalar(text, style, ..) => {
                // The parser has a word for nothing.
                let text = if start == end { String::new() } else { text.into_owned() };
                self.add(Node { kind: Kind::Scalar { text, style }, start, end });
            }
            Event::SequenceStart(style, ..) => self.begin(Shape::Sequence, style, start, end),
            Event::MappingStart(style, ..) => self.begin(Shape::Mapping, style, start, end),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return };
                let end = if open.collection.style == StructureStyle::Flow { end } else { open.end };
                self.add(Node { kind: Kind::Collection(open.collection), start: open.start, end });
            }
            _ => {}
        }
    }

    fn begin(&mut self, shape: Shape, style: StructureStyle, start: usize, end: usize) {
        let collection = Collection { shape, style, entries: Vec::new(), tail: Vec::new() };
        self.open.push(Open { collection, start, end, key: None });
    }

    fn add(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        open.end = open.end.max(node.end);
        if open.collection.shape == Shape::Mapping && open.key.is_none() {
            // The loader let no other key pass than a single word.
            let Kind::Scalar { text, .. } = node.kind else { return };
            open.key = Some((text, node.start));
            return;
        }
        let key = open.key.take();
        let gap = gap(self.text, key.as_ref().map_or(node.start, |(_, start)| *start));
        open.collection.entries.push(Entry { key, value: node, above: Vec::new(), beside: Vec::new(), gap });
    }
}

impl Entry {
    /// First byte.
    pub(super) fn start(&self) -> usize {
        self.key.as_ref().map_or(self.value.start, |(_, start)| *start)
    }
}
