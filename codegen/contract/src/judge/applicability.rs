//! Which fixes are safe, as far as only the whole contract shows it.
//!
//! A rule says what it knows of its own fix; here is what it can't know: what else is wrong, how often a name is written,
//! and what was captured.

use std::collections::HashMap;

use crate::codes;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Findings};
use crate::load::{self, Node, NodeKind};
use crate::model::Contract;
use crate::rule::{Category, Level};
use crate::source::{Sources, Span};

/// How much of a contract its findings rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// All of it.
    Whole,
    /// All of it, together with overlays.
    Overlaid,
    /// A part: what is missing elsewhere may be declared in the rest.
    Part,
}

impl Seen {
    pub(super) fn of(findings: &Findings, contract: Option<&Contract>) -> Self {
        let has_unlisted = || findings.iter().any(|found| found.rule == codes::NOT_LISTED);
        match contract {
            _ if findings.is_partial() || has_unlisted() => Self::Part,
            None => Self::Part,
            Some(contract) if !contract.layers.is_empty() => Self::Overlaid,
            Some(_) => Self::Whole,
        }
    }
}

/// Decides on every fix that is not left to a person yet.
pub(super) fn decide(findings: &mut [Diagnostic], seen: Seen, sources: &Sources) {
    let is_open = |found: &&mut Diagnostic| {
        found.fix.as_ref().is_some_and(|fix| !matches!(fix.applicability, Applicability::Proposed(_)))
    };
    let has_errors = findings.iter().any(|found| found.level == Level::Error);
    let is_misread =
        findings.iter().any(|found| found.level == Level::Error && found.rule.category <= Category::Language);
    let mut texts = None;
    for found in findings.iter_mut().filter(is_open) {
        let is_unused_allow = found.rule == codes::UNUSED_ALLOW;
        let Some(fix) = &mut found.fix else { continue };
        let texts = texts.get_or_insert_with(|| Texts::of(sources));
        let is_captured = fix.edits.iter().any(|edit| texts.captured.iter().any(|body| touches(edit, *body)));
        let reason = match fix.applicability {
            _ if is_captured => Some("a captured body stays as it was sent"),
            Applicability::NameSlip if seen == Seen::Part || is_misread => {
                Some("other findings come first: the name may be declared in what could not be read")
            }
            Applicability::NameSlip if !texts.agree(&fix.edits, sources) => {
                Some("the declaration may be what is misspelt")
            }
            _ if is_unused_allow && (seen == Seen::Part || has_errors) => {
                Some("other findings come first: they may keep the rule from running")
            }
            _ if is_unused_allow && seen == Seen::Overlaid => Some("it may be needed without the overlays"),
            _ => None,
        };
        fix.applicability = reason.map_or(Applicability::Safe, Applicability::Proposed);
    }
}

fn touches(edit: &Edit, place: Span) -> bool {
    edit.span.file == place.file && edit.span.start < place.end && place.start <= edit.span.end
}

/// What is written in all files.
struct Texts {
    /// How often a key or a value is written, by its text.
    words: HashMap<String, usize>,
    /// Bodies that were captured.
    captured: Vec<Span>,
}

impl Texts {
    fn of(sources: &Sources) -> Self {
        let mut texts = Self { words: HashMap::new(), captured: Vec::new() };
        for (file, source) in sources.iter() {
            if let Some(node) = load::load(file, &source.text, &mut Findings::default()) {
                texts.add(&node, u32::try_from(source.text.len()).unwrap_or(u32::MAX));
            }
        }
        texts
    }

    fn add(&mut self, node: &Node, end: u32) {
        match &node.kind {
            NodeKind::Scalar { text, .. } => self.word(text),
            NodeKind::Sequence(items) => items.iter().for_each(|item| self.add(item, end)),
            NodeKind::Mapping(entries) => {
                for (key, value) in entries {
                    self.word(&key.value);
                    self.add(value, end);
                    if let ("examples", NodeKind::Sequence(examples)) = (key.value.as_str(), &value.kind) {
                        examples.iter().for_each(|example| self.example(example, end));
                    }
                }
            }
            NodeKind::Refused => {}
        }
    }

    /// A key or a value, or the names in a type such as `array<Item>`.
    fn word(&mut self, text: &str) {
        for word in text.split(['<', '>']).filter(|word| !word.is_empty()) {
            *self.words.entry(word.to_owned()).or_default() += 1;
        }
    }

    /// The bodies of an example, unless it says that it was made up. One that could not be read up to its end goes on to
    /// the end of the file, for all that is known.
    fn example(&mut self, example: &Node, end: u32) {
        let NodeKind::Mapping(entries) = &example.kind else { return };
        let is_derived = |(key, value): &(crate::source::Spanned<String>, Node)| {
            key.value == "origin" && matches!(&value.kind, NodeKind::Scalar { text, .. } if text == "derived")
        };
        if entries.iter().any(is_derived) {
            return;
        }
        if example.cut {
            self.captured.push(Span { end, ..example.span });
        }
        let bodies = entries.iter().filter(|(key, _)| matches!(key.value.as_str(), "body" | "answer"));
        self.captured.extend(bodies.map(|(_, body)| body.span));
    }

    /// Whether a name that refers to nothing is written here only, and the declared one that it is near to is used
    /// elsewhere: a slip in the declaration would have made all its uses refer to nothing.
    fn agree(&self, edits: &[Edit], sources: &Sources) -> bool {
        edits.iter().all(|edit| {
            let uses = self.words.get(edit.text.trim_matches('"')).copied().unwrap_or(0);
            uses > 1 && written(sources.text(edit.span), sources) == 1
        })
    }
}

/// How often a word is written in any text, prose and comments too.
fn written(word: &str, sources: &Sources) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let in_text = |text: &str| {
        let is_whole = |at: usize| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        };
        text.match_indices(word).filter(|(at, _)| is_whole(*at)).count()
    };
    sources.iter().map(|(_, source)| in_text(&source.text)).sum()
}
