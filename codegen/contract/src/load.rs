//! YAML text to a tree with places. Knows how keys are spelt, not what they mean.

mod broken;
mod characters;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, options};

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::rule::Level;
use crate::source::{FileId, Name, Span, Spanned};

/// Deepest nesting of mappings and sequences.
const MAX_DEPTH: usize = 64;

/// A YAML value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub span: Span,
    /// The key under which it stands, if it is the value of one.
    pub key: Option<Span>,
    /// Whether more may belong to it that could not be read, so that nothing can be said to be absent.
    pub cut: bool,
}

/// What a YAML value is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// Text; `plain` if it had no quotes, so that `no` can be told from `"no"`.
    Scalar {
        /// The text.
        text: String,
        /// How it was written.
        style: Style,
    },
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping.
    Mapping(Vec<(Spanned<String>, Node)>),
    /// Something that a contract must not use; a finding says so, and there is no more to say about it.
    Refused,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// With quotes or as a block.
    Quoted,
}

impl Node {
    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar { text, style: Style::Plain } if text.is_empty() || text == "null" || text == "~")
    }

    /// The word that was written, unless it is a collection or nothing.
    pub fn word(&self) -> Option<Name> {
        match &self.kind {
            NodeKind::Scalar { text, .. } if !self.is_null() => Some(Name::new(text.clone(), self.span)),
            _ => None,
        }
    }

    /// What it is, for messages.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            _ if self.is_null() => "nothing",
            NodeKind::Scalar { .. } => "a single value",
            NodeKind::Sequence(_) => "a sequence",
            NodeKind::Mapping(_) => "a mapping",
            NodeKind::Refused => "something that is not allowed",
        }
    }
}

/// Reads one file. `None` if not even the beginning of it is YAML; mistakes are findings.
pub fn load(file: FileId, text: &str, findings: &mut Findings) -> Option<Node> {
    let mut builder = Builder {
        file,
        text,
        findings,
        open: Vec::new(),
        root: None,
        documents: 0,
        anchors: Vec::new(),
        progress: Progress::Reading,
        block: None,
    };
    if let Some(found) = characters::lone_return(file, text) {
        builder.findings.push(found);
        builder.stop();
        return None;
    }
    builder.read(text.strip_prefix('\u{feff}').unwrap_or(text));
    builder.report_anchors();
    builder.root
}

/// A collection that is being read.
struct Open {
    start: u32,
    end: u32,
    kind: NodeKind,
    key: Key,
    /// Whether something in it was refused that may have stood for what is absent.
    incomplete: bool,
}

/// The key of the mapping entry that is being read.
enum Key {
    /// The next node is a key.
    Expected,
    /// The next node is the value of this key.
    Named(Spanned<String>),
    /// The next node is what is merged at this place.
    Merge(Span),
    /// The next node is the value of a key that was refused.
    Refused,
}

/// An anchor and where it is used.
struct Anchor {
    id: usize,
    span: Span,
    uses: Vec<Span>,
}

#[derive(PartialEq, Eq)]
enum Progress {
    Reading,
    /// The rest of the file is not read.
    Stopped,
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    findings: &'a mut Findings,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    anchors: Vec<Anchor>,
    progress: Progress,
    /// The key of the last text that was written as a block, and where that text ends.
    block: Option<(Span, usize)>,
}

impl Builder<'_> {
    fn read(&mut self, text: &str) {
        let skipped = self.text.len() - text.len();
        // Comments mean nothing here, and the parser would count them.
        let options = options! { emit_comments: false, disallow_directives: true };
        for next in Parser::new_from_str_with_options(text, options) {
            match next {
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or_default();
                    let place = self.span(range.start + skipped, range.end + skipped);
                    self.event(event, place);
                }
                Err(error) => {
                    self.broken(error.kind(), error.marker().byte_offset().unwrap_or(0) + skipped, &error.info());
                    self.stop();
                }
            }
            if self.progress == Progress::Stopped {
                return;
            }
        }
    }

    /// Tells what is not YAML.
    fn broken(&mut self, kind: &ErrorKind, at: usize, info: &str) {
        let value_of = self.open.last().and_then(|open| match &open.key {
            Key::Named(key) => Some(key.span),
            _ => None,
        });
        let opened = self.open.last().map(|open| self.span(open.start as usize, open.start as usize + 1));
        let is_bracket =
            |place: &Span| matches!(self.text.get(place.start as usize..place.end as usize), Some("{" | "["));
        let place = broken::Place {
            file: self.file,
            text: self.text,
            at,
            bracket: opened.filter(is_bracket),
            value_of,
            block: self.block.filter(|(_, end)| self.text.get(*end..at).is_some_and(|gap| gap.trim().is_empty())),
        };
        self.findings.push(broken::broken(kind, info, &place));
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let clamp = |at: usize| u32::try_from(at.min(self.text.len())).unwrap_or(u32::MAX);
        Span { file: self.file, start: clamp(start), end: clamp(end) }
    }

    fn node(&self, kind: NodeKind, span: Span) -> Node {
        Node { kind, span, key: None, cut: self.progress == Progress::Stopped }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        if let Some(tag) = event.tag() {
            let place = self.property(span, '!').unwrap_or(span);
            let shown = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
            let shown = if shown.starts_with('!') { shown.to_owned() } else { tag.to_string() };
            let message = format!("the tag `{shown}` has no meaning here");
            let found = Diagnostic::new(codes::TAG, place, message).help("remove the tag");
            let found = found.fix("remove the tag", place, "");
            self.findings.push(found.left("the value may need quotes instead: a tag says which type is meant"));
        }
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.anchor(anchor, span);
                if let (ScalarStyle::Literal | ScalarStyle::Folded, Some(Open { key: Key::Named(key), .. })) =
                    (style, self.open.last())
                {
                    self.block = Some((key.span, span.end as usize));
                }
                let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
                let found = characters::look_alike(&text, style, span, self.text);
                let is_key = self
                    .open
                    .last()
                    .is_some_and(|open| matches!((&open.kind, &open.key), (NodeKind::Mapping(_), Key::Expected)));
                let kind = match &found {
                    // What it was meant to be is told; that it is no key of the language would only confuse.
                    Some(found) if is_key && found.level == Level::Error => NodeKind::Refused,
                    _ => NodeKind::Scalar { text: text.into_owned(), style },
                };
                self.findings.extend(found);
                let node = self.node(kind, span);
                self.add(node);
            }
            Event::SequenceStart(_, anchor, _) => self.begin(NodeKind::Sequence(Vec::new()), anchor, span),
            Event::MappingStart(_, anchor, _) => self.begin(NodeKind::Mapping(Vec::new()), anchor, span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(id) => {
                if let Some(anchor) = self.anchors.iter_mut().find(|anchor| anchor.id == id) {
                    anchor.uses.push(span);
                }
                let node = self.node(NodeKind::Refused, span);
                self.add(node);
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.findings.push(
                        Diagnostic::new(codes::DOCUMENTS, span, "a second YAML document starts here")
                            .help("put it into a file of its own and list that under `contract.files`"),
                    );
                    self.stop();
                }
            }
            _ => {}
        }
    }

    fn anchor(&mut self, id: usize, span: Span) {
        if id != 0 {
            let span = self.property(span, '&').unwrap_or(span);
            self.anchors.push(Anchor { id, span, uses: Vec::new() });
        }
    }

    /// One finding for an anchor and everything that uses it: it is one decision of the author.
    fn report_anchors(&mut self) {
        for anchor in std::mem::take(&mut self.anchors) {
            let found =
                Diagnostic::error(codes::ALIAS, anchor.span, "anchors and aliases are not allowed in a contract").help(
                    "declare a shared parameter or a type once and name it, or write the value out at each place",
                );
            self.findings.push(anchor.uses.iter().fold(found, |found, used| found.label(*used, "used here")));
        }
    }

    /// The place of an anchor or a tag: it stands before the node that it belongs to.
    fn property(&self, node: Span, sigil: char) -> Option<Span> {
        let mut end = node.start as usize;
        // An anchor and a tag at most.
        for _ in 0..2 {
            let before = self.text.get(..end)?.trim_end();
            let word = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            if let Some(at) = before.get(word..)?.find(sigil) {
                return Some(self.span(word + at, before.len()));
            }
            end = word;
        }
        None
    }

    fn begin(&mut self, kind: NodeKind, anchor: usize, span: Span) {
        self.anchor(anchor, span);
        if self.open.len() >= MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            self.findings.push(Diagnostic::new(codes::DEPTH, span, message).help("nothing in a contract is that deep"));
            self.stop();
            return;
        }
        self.open.push(Open { start: span.start, end: span.end, kind, key: Key::Expected, incomplete: false });
    }

    fn end(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        // The end of a block is noticed only where something else begins, perhaps after comments.
        let end = if span.end > span.start { span.end } else { open.end };
        let mut node = self.node(open.kind, Span { file: self.file, start: open.start, end });
        node.cut |= open.incomplete;
        self.add(node);
    }

    /// Ends what is open when reading can't go on, so that what stands before the mistake is still checked.
    fn stop(&mut self) {
        self.progress = Progress::Stopped;
        self.findings.some_unread();
        while let Some(open) = self.open.last() {
            let end = Span { file: self.file, start: open.end, end: open.end };
            self.end(end);
        }
        // What was ended last may have been ended by the mistake itself: a line that is not indented enough.
        let mut last = self.root.as_mut();
        while let Some(node) = last {
            node.cut = true;
            last = match &mut node.kind {
                NodeKind::Sequence(items) => items.last_mut(),
                NodeKind::Mapping(entries) => entries.last_mut().map(|(_, value)| value),
                NodeKind::Scalar { .. } | NodeKind::Refused => None,
            };
        }
    }

    fn add(&mut self, mut node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        open.end = open.end.max(node.span.end);
        match (&mut open.kind, std::mem::replace(&mut open.key, Key::Expected)) {
            (NodeKind::Sequence(items), _) => items.push(node),
            (NodeKind::Mapping(entries), Key::Named(key)) => {
                node.key = Some(key.span);
                let first = entries.iter().find(|(known, _)| known.value == key.value).map(|(known, _)| known.span);
                match first {
                    Some(first) => self.findings.push(
                        Diagnostic::error(
                            codes::DUPLICATE_KEY,
                            key.span,
                            format!("the key `{}` stands twice", key.value),
                        )
                        .label(first, "first here")
                        .help("remove or rename one of them"),
                    ),
                    None => entries.push((key, node)),
                }
            }
            (NodeKind::Mapping(_), Key::Merge(merge)) => {
                // An alias is told with its anchor.
                if !matches!(node.kind, NodeKind::Refused) {
                    self.findings.push(
                        Diagnostic::error(codes::ALIAS, merge, "merge keys are not allowed in a contract")
                            .help("write the keys out, or declare a shared parameter or a type once and name it"),
                    );
                }
                open.incomplete = true;
            }
            (NodeKind::Mapping(_), Key::Refused) => open.incomplete = true,
            (NodeKind::Mapping(_), Key::Expected) => open.key = key(node, self.findings),
            (NodeKind::Scalar { .. } | NodeKind::Refused, _) => {}
        }
    }
}

/// The key that a node is.
fn key(node: Node, findings: &mut Findings) -> Key {
    match node.kind {
        NodeKind::Scalar { text, style: Style::Plain } if text == "<<" => Key::Merge(node.span),
        NodeKind::Scalar { style: Style::Plain, .. } if node.span.start == node.span.end => {
            findings.push(Diagnostic::new(codes::COMPLEX_KEY, node.span, "this value has no key").help(
                "write the key before the colon, on the same line; a text that starts with a colon needs quotes",
            ));
            Key::Refused
        }
        NodeKind::Scalar { text, .. } => Key::Named(Spanned::new(text, node.span)),
        NodeKind::Refused => Key::Refused,
        NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
            findings.push(
                Diagnostic::new(codes::COMPLEX_KEY, node.span, "a key must be a single word, not a collection")
                    .help("a value that starts with `{` or `[` needs quotes"),
            );
            Key::Refused
        }
    }
}
