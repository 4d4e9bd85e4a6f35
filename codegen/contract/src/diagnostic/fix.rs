//! Automatic edits: text in place of other text, so that comments and layout around it stay as they are.

use crate::source::Span;

/// An edit that resolves a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: `` write `state` ``.
    pub title: String,
    /// The edits, all of which belong together. They don't overlap.
    pub edits: Vec<Edit>,
    /// Whether `wcs check --fix` applies it.
    pub applicability: Applicability,
}

/// Whether `wcs check --fix` applies a fix, or leaves it to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// Applied: the contract means the same afterwards, or could not be read before and can have meant nothing else.
    Safe,
    /// A name that refers to nothing, one slip away from a declared one. Once all files are checked this becomes
    /// [`Safe`](Self::Safe) if the rest of the contract agrees, and [`Proposed`](Self::Proposed) if not.
    NameSlip,
    /// Left to a person, for this reason.
    Proposed(&'static str),
}

impl Applicability {
    /// The word that is printed: `safe` or `proposed`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::NameSlip | Self::Proposed(_) => "proposed",
        }
    }

    /// Why the fix is left to a person. `None` if it is applied.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Safe | Self::NameSlip => None,
            Self::Proposed(reason) => Some(reason),
        }
    }
}

impl Fix {
    /// Edits that only a person can decide on, for a reason.
    pub fn proposed(title: impl Into<String>, edits: Vec<Edit>, reason: &'static str) -> Self {
        Self { title: title.into(), edits, applicability: Applicability::Proposed(reason) }
    }
}

/// A piece of text in place of another. Either may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes away.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

/// One word in place of another, which may stand in quotes. `None` if it was written in some other way.
pub(super) fn replaced_word(span: Span, written: &str, name: &str) -> Option<Edit> {
    let length = (span.end - span.start) as usize;
    if length == written.len() {
        return Some(Edit { span, text: plain_word(name) });
    }
    // Between quotes, if nothing in it had to be escaped.
    let simple = |text: &str| text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '\\'));
    let quoted = length == written.len() + 2 && simple(written) && simple(name);
    quoted.then(|| Edit { span: span.slice(1, length - 1), text: name.to_owned() })
}

/// A word as YAML takes it: without quotes where it may stand so anywhere and no reader takes it for anything else.
pub fn plain_word(word: &str) -> String {
    let special = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "_-./<>".contains(c))
        && !special.contains(&word.to_ascii_lowercase().as_str());
    if plain { word.to_owned() } else { serde_json::Value::from(word).to_string() }
}
