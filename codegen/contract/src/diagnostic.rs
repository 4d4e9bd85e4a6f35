//! The one thing that flows sideways: what is wrong, where, and what to do.

mod fingerprint;
mod fix;
mod nearest;

pub use fingerprint::fingerprints;
pub use fix::{Applicability, Edit, Fix, plain_word};
pub use nearest::nearest;

use crate::rule::{Level, Rule};
use crate::source::Span;

/// A second place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What it has to do with the finding.
    pub text: String,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub rule: &'static Rule,
    /// How bad it is.
    pub level: Level,
    /// Where it is.
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// A word at the place itself.
    pub note: Option<String>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// The edit that resolves it, where one is known.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding at some place, as bad as its rule says.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        let (message, labels) = (message.into(), Vec::new());
        Self { rule, level: rule.level, span, message, note: None, labels, help: None, fix: None }
    }

    /// An error of some kind at some place.
    pub fn error(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { level: Level::Error, ..Self::new(rule, span, message) }
    }

    /// A warning of some kind at some place.
    pub fn warning(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::new(rule, span, message) }
    }

    /// Says something at the place itself.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Resolves it by one piece of text in place of another, which `wcs check --fix` applies: see [`Applicability::Safe`].
    #[must_use]
    pub fn fix(self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix_by(title, vec![Edit { span, text: text.into() }])
    }

    /// Resolves it by several edits, which `wcs check --fix` applies.
    #[must_use]
    pub fn fix_by(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits, applicability: Applicability::Safe });
        self
    }

    /// Leaves its fix to a person, if it has one, for a reason.
    #[must_use]
    pub fn left(self, reason: &'static str) -> Self {
        self.applicable(Applicability::Proposed(reason))
    }

    /// Says which declared name was probably meant, if any was. The finding's place is that of the written name.
    #[must_use]
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let Some(name) = nearest(written, known.iter().copied()) else { return self };
        let is_slip = nearest::has_same_ends(written, name) && nearest::is_slip(written, name, known);
        self.suggested(written, name).applicable(match is_slip {
            true => Applicability::NameSlip,
            false => Applicability::Proposed(OTHER_WORD),
        })
    }

    /// Says which word of the language was probably meant. The finding's place is that of the written word; `words` are
    /// all that are allowed there.
    #[must_use]
    pub fn did_you_mean_word(self, written: &str, word: &str, words: &[&str]) -> Self {
        let is_meant = nearest::is_respelt(written, word) || nearest::is_slip(written, word, words.iter().copied());
        self.suggested(written, word).applicable(match is_meant {
            true => Applicability::Safe,
            false => Applicability::Proposed(OTHER_WORD),
        })
    }

    fn suggested(self, written: &str, name: &str) -> Self {
        let edit = fix::replaced_word(self.span, written, name);
        let found = self.help(format!("did you mean `{name}`?"));
        match edit {
            Some(edit) => found.fix_by(format!("write `{name}`"), vec![edit]),
            None => found,
        }
    }

    fn applicable(mut self, applicability: Applicability) -> Self {
        if let Some(fix) = &mut self.fix {
            fix.applicability = applicability;
        }
        self
    }
}

/// Why a word that is near to a known one is left to a person.
const OTHER_WORD: &str = "another word may be meant";

/// A finding that the author allows, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// What was found.
    pub finding: Diagnostic,
    /// Why it may stay.
    pub reason: String,
    /// The comment that says so.
    pub comment: Span,
}

/// Where the stages put their findings.
#[derive(Debug, Default)]
pub struct Findings {
    items: Vec<Diagnostic>,
    completeness: Completeness,
}

/// Whether all of a contract could be read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Completeness {
    #[default]
    Whole,
    /// What seems to be absent may stand in a part that could not be read.
    Partial,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds a finding, if there is one.
    pub fn extend(&mut self, diagnostic: Option<Diagnostic>) {
        self.items.extend(diagnostic);
    }

    /// Adds the findings of another run.
    pub fn append(&mut self, other: Self) {
        self.items.extend(other.items);
        if other.completeness == Completeness::Partial {
            self.completeness = Completeness::Partial;
        }
    }

    /// Notes that a part of the contract could not be read. A finding tells why.
    pub fn some_unread(&mut self) {
        self.completeness = Completeness::Partial;
    }

    /// Whether a part of the contract could not be read.
    pub fn is_partial(&self) -> bool {
        self.completeness == Completeness::Partial
    }

    /// Adds the finding that something is absent, unless it may stand in a part that could not be read.
    pub fn push_absent(&mut self, diagnostic: Diagnostic) {
        if !self.is_partial() {
            self.push(diagnostic);
        }
    }

    /// The findings by now.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// How many there are by now.
    pub fn count(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing may be generated.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.level == Level::Error)
    }

    /// The findings in the order of the files and of the places in them.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.items.sort_by(|a, b| (a.span, a.rule.code, &a.message).cmp(&(b.span, b.rule.code, &b.message)));
        self.items.dedup();
        self.items
    }
}
