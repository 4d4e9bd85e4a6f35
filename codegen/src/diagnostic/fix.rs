//! How a mistake is mended: text in place of other text, so that comments and layout around it stay as they are.

use crate::source::Span;

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: `` write `state` ``.
    pub title: String,
    /// The edits, all of which belong together. They don't overlap.
    pub edits: Vec<Edit>,
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
