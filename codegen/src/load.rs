//! YAML text to a tree with places. Knows how keys are spelt, not what they mean.

use granit_parser::{Event, Parser, ScalarStyle};

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::{FileId, Span, Spanned};

/// Deepest nesting of mappings and sequences.
const MAX_DEPTH: usize = 64;

/// A YAML value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub span: Span,
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

    /// What it is, for messages.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            _ if self.is_null() => "nothing",
            NodeKind::Scalar { .. } => "a single value",
            NodeKind::Sequence(_) => "a sequence",
            NodeKind::Mapping(_) => "a mapping",
        }
    }
}

/// Reads one file. `None` if not even the beginning of it is YAML; mistakes are findings.
pub fn load(file: FileId, text: &str, findings: &mut Findings) -> Option<Node> {
    let mut builder = Builder { file, text, findings, open: Vec::new(), root: None, documents: 0, broken: false };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    builder.read(text);
    builder.root
}

/// A collection that is being read.
struct Open {
    start: u32,
    kind: NodeKind,
    key: Option<Spanned<String>>,
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    findings: &'a mut Findings,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    broken: bool,
}

impl Builder<'_> {
    fn read(&mut self, text: &str) {
        let skipped = self.text.len() - text.len();
        for next in Parser::new_from_str(text) {
            match next {
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or_default();
                    let place = self.span(range.start + skipped, range.end + skipped);
                    self.event(event, place);
                    if self.broken {
                        return;
                    }
                }
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(0) + skipped;
                    let place = self.span(at, at + 1);
                    self.findings.push(
                        Diagnostic::error(codes::YAML, place, format!("this is not YAML: {}", error.info()))
                            .help("a value that contains `: ` or ` #`, or starts with one of `*&!|>%@{[`, needs quotes"),
                    );
                    self.close_all();
                    return;
                }
            }
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let clamp = |at: usize| u32::try_from(at.min(self.text.len())).unwrap_or(u32::MAX);
        Span { file: self.file, start: clamp(start), end: clamp(end) }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        if let Some(tag) = event.tag() {
            let message = format!("the tag `{tag:?}` has no meaning here", tag = tag.to_string());
            self.findings.push(Diagnostic::error(codes::YAML, span, message).help("remove the tag"));
        }
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.refuse_anchor(anchor, span);
                let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
                self.add(Node { kind: NodeKind::Scalar { text: text.into_owned(), style }, span });
            }
            Event::SequenceStart(_, anchor, _) => self.begin(NodeKind::Sequence(Vec::new()), anchor, span),
            Event::MappingStart(_, anchor, _) => self.begin(NodeKind::Mapping(Vec::new()), anchor, span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span.end),
            Event::Alias(_) => {
                self.findings.push(
                    Diagnostic::error(codes::ALIAS, span, "aliases are not allowed in a contract")
                        .help("define a shared parameter or type once and name it"),
                );
                self.add(Node { kind: NodeKind::Scalar { text: String::new(), style: Style::Plain }, span });
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.findings.push(
                        Diagnostic::error(codes::YAML, span, "a second YAML document starts here")
                            .help("put it into a file of its own and list that under `contract.files`"),
                    );
                    self.broken = true;
                }
            }
            _ => {}
        }
    }

    fn refuse_anchor(&mut self, anchor: usize, span: Span) {
        if anchor != 0 {
            self.findings.push(
                Diagnostic::error(codes::ALIAS, span, "anchors are not allowed in a contract")
                    .help("define a shared parameter or type once and name it"),
            );
        }
    }

    fn begin(&mut self, kind: NodeKind, anchor: usize, span: Span) {
        self.refuse_anchor(anchor, span);
        if self.open.len() >= MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            self.findings.push(Diagnostic::error(codes::YAML, span, message).help("nothing in a contract is that deep"));
            self.broken = true;
            self.close_all();
            return;
        }
        self.open.push(Open { start: span.start, kind, key: None });
    }

    fn end(&mut self, end: u32) {
        let Some(open) = self.open.pop() else { return };
        let trimmed = self.text.get(open.start as usize..end as usize).map_or(end, |inner| {
            open.start + u32::try_from(inner.trim_end().len()).unwrap_or(u32::MAX)
        });
        self.add(Node { kind: open.kind, span: Span { file: self.file, start: open.start, end: trimmed } });
    }

    /// Ends what is open when reading can't go on, so that what stands before the mistake is still checked.
    fn close_all(&mut self) {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        while !self.open.is_empty() {
            self.end(end);
        }
    }

    fn add(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match (&mut open.kind, open.key.take()) {
            (NodeKind::Sequence(items), _) => items.push(node),
            (NodeKind::Mapping(entries), Some(key)) => {
                let first = entries.iter().find(|(known, _)| known.value == key.value).map(|(known, _)| known.span);
                match first {
                    Some(first) => self.findings.push(
                        Diagnostic::error(codes::DUPLICATE_KEY, key.span, format!("the key `{}` stands twice", key.value))
                            .label(first, "first here")
                            .help("remove or rename one of them"),
                    ),
                    None => entries.push((key, node)),
                }
            }
            (NodeKind::Mapping(_), None) => match node.kind {
                NodeKind::Scalar { text, .. } => {
                    if text == "<<" {
                        self.findings.push(
                            Diagnostic::error(codes::ALIAS, node.span, "merge keys are not allowed in a contract")
                                .help("define a shared parameter or type once and name it"),
                        );
                    }
                    open.key = Some(Spanned::new(text, node.span));
                }
                _ => {
                    self.findings.push(
                        Diagnostic::error(codes::YAML, node.span, "a key must be a single word, not a collection")
                            .help("a value that starts with `{` or `[` needs quotes"),
                    );
                    open.key = Some(Spanned::new(String::new(), node.span));
                }
            },
            (NodeKind::Scalar { .. }, _) => {}
        }
    }
}
