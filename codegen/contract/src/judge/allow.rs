//! `# wcs:allow CODE -- reason`: a comment that allows a finding on its line, or, alone on a line, on the next one.

use crate::catalogue;
use crate::codes;
use crate::diagnostic::{Allowed, Diagnostic, Findings};
use crate::rule::Rule;
use crate::source::{FileId, Source, Sources, Span, Spanned};

/// The word that such a comment starts with.
const MARK: &str = "wcs:allow";

/// A comment that allows some rules on a line.
pub(super) struct Comment {
    rules: Vec<(&'static Rule, Span, Use)>,
    reason: String,
    span: Span,
    /// The line that it speaks of, from 1.
    line: usize,
}

/// Whether an allowance has met a finding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Unused,
    Used,
}

impl Comment {
    /// Whether it speaks of a finding.
    pub(super) fn covers(&self, finding: &Diagnostic, sources: &Sources) -> bool {
        finding.span.file == self.span.file
            && self.rules.iter().any(|(rule, ..)| *rule == finding.rule)
            && sources.position(finding.span).line == self.line
    }

    /// The finding with its reason.
    pub(super) fn allowed(&mut self, finding: Diagnostic) -> Allowed {
        for (_, _, used) in self.rules.iter_mut().filter(|(rule, ..)| *rule == finding.rule) {
            *used = Use::Used;
        }
        Allowed { finding, reason: self.reason.clone(), comment: self.span }
    }
}

/// All such comments. What is wrong with one is told.
pub(super) fn comments(sources: &Sources, findings: &mut Findings) -> Vec<Comment> {
    sources.iter().flat_map(|(file, source)| in_file(file, source, findings)).collect()
}

/// Why a comment stays whose rule reports at another line of its file.
const MISPLACED: &str = "the rule reports something else in this file, which the comment may be meant for";

/// Tells which allowances met no finding.
pub(super) fn report_unused(comments: &[Comment], findings: &mut Findings) {
    for comment in comments {
        for (rule, span, used) in &comment.rules {
            if *used == Use::Unused {
                let message = format!("nothing on this line is told by {} {}", rule.code, rule.name);
                let found = Diagnostic::new(codes::UNUSED_ALLOW, *span, message);
                let found = found.help("remove it: it would hide the next mistake");
                let found = match comment.rules.as_slice() {
                    [_] => found.fix("remove the comment", comment.span, ""),
                    _ => found,
                };
                let is_near = findings.iter().any(|other| other.rule == *rule && other.span.file == span.file);
                findings.push(if is_near { found.left(MISPLACED) } else { found });
            }
        }
    }
}

fn in_file(file: FileId, source: &Source, findings: &mut Findings) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut start = 0;
    let lines: Vec<&str> = source.text.split_inclusive('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        if let Some(hash) = comment_start(line) {
            let end = start + line.trim_end().len();
            let span = span(file, start + hash, end);
            let alone = line.get(..hash).is_some_and(|before| before.trim().is_empty());
            // From the line after a comment of its own, over other comments, to the line that it speaks of.
            let says_something = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
            let below = || lines.iter().skip(at + 1).position(says_something).map_or(0, |more| more + 1);
            let line = at + 1 + if alone { below() } else { 0 };
            comments.extend(comment(source, span, line, findings));
        }
        start += line.len();
    }
    comments
}

/// Where the comment starts, if the line has one.
fn comment_start(line: &str) -> Option<usize> {
    let is_ours = |at: &usize| {
        let before = line.get(..*at).unwrap_or_default();
        let after = line.get(at + 1..).unwrap_or_default();
        (before.is_empty() || before.ends_with([' ', '\t'])) && after.trim_start().starts_with(MARK)
    };
    line.match_indices('#').map(|(at, _)| at).find(is_ours)
}

fn comment(source: &Source, place: Span, line: usize, findings: &mut Findings) -> Option<Comment> {
    let text = source.text.get(place.start as usize..place.end as usize)?;
    let rules_at = text.find(MARK)? + MARK.len();
    let (listed, reason) = match text.split_once(" --") {
        Some((listed, reason)) => (listed, reason.trim()),
        None => (text, ""),
    };
    if reason.is_empty() {
        findings.push(
            Diagnostic::new(codes::ALLOW, place, "this comment allows something without a reason")
                .help("write it after two dashes: `# wcs:allow W0601 -- the sender spells it so`"),
        );
    }
    let mut rules = Vec::new();
    let words = listed.get(rules_at..).unwrap_or_default();
    let mut from = rules_at;
    for word in words.split([' ', ',', '\t']) {
        let name = Spanned::new(word.to_owned(), place.slice(from, from + word.len()));
        from += word.len() + 1;
        match catalogue::find(word) {
            _ if word.is_empty() => {}
            Some(rule) if rule.is_fixed() => {
                let message = format!("{} {} is an error by nature and can't be allowed", rule.code, rule.name);
                findings.push(Diagnostic::new(codes::ALLOW, name.span, message).help("mend what it tells of"));
            }
            Some(rule) => rules.push((rule, name.span, Use::Unused)),
            None => findings.push(super::unknown(codes::ALLOW, &name)),
        }
    }
    if words.trim().is_empty() {
        findings.push(
            Diagnostic::new(codes::ALLOW, place, "this comment does not say what it allows")
                .help("name the rules by code or name: `# wcs:allow W0601 -- the sender spells it so`"),
        );
    }
    Some(Comment { rules, reason: reason.to_owned(), span: place, line })
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: offset(start), end: offset(end) }
}
