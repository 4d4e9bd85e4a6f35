//! The one thing that flows sideways: what is wrong, where, and what to do.

use crate::codes::Code;
use crate::source::Span;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is generated.
    Error,
    /// Worth a look; generation goes on.
    Warning,
}

impl Level {
    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

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
    /// What kind of mistake it is.
    pub code: Code,
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
}

impl Diagnostic {
    /// An error of some kind at some place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, level: Level::Error, span, message: message.into(), note: None, labels: Vec::new(), help: None }
    }

    /// A warning of some kind at some place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(code, span, message) }
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

    /// Says what was probably meant, if anything was.
    #[must_use]
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
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

    /// Whether nothing may be generated.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.level == Level::Error)
    }

    /// The findings in the order of the files and of the places in them.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.items.sort_by(|a, b| (a.span, a.code.id, &a.message).cmp(&(b.span, b.code.id, &b.message)));
        self.items.dedup();
        self.items
    }
}

/// The known name that is nearest to a written one: at most two slips, or a third of its length.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let limit = match length {
        // Any letter is one slip away from any other.
        0 | 1 => return None,
        2 | 3 => 1,
        _ => (length / 3).clamp(2, 3),
    };
    let lower = written.to_lowercase();
    let distance = |name: &str| {
        let other_case = strsim::osa_distance(&lower, &name.to_lowercase()) + 1;
        strsim::osa_distance(written, name).min(other_case)
    };
    known
        .into_iter()
        .filter(|name| *name != written && name.len().abs_diff(written.len()) <= 2 * limit)
        .map(|name| (distance(name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}
