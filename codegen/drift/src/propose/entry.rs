//! A piece of YAML that is added: a key and what stands below it, on lines of its own or in brackets.

use wcs_contract::diagnostic::plain_word;

/// A key with what stands below it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Value,
    /// A comment above it, where lines have room for one.
    pub(super) comment: Option<&'static str>,
    /// Whether a blank line separates it from what is above.
    pub(super) gap: Gap,
}

/// What stands above an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    None,
    BlankLine,
}

/// What stands below a key.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Words or a sentence.
    Text(String),
    /// YAML as it is: a type, a word of the language.
    Word(String),
    /// A mapping over several lines.
    Lines(Vec<Entry>),
    /// A mapping in brackets.
    Brackets(Vec<Entry>),
}

impl Entry {
    pub(super) fn new(key: &str, value: Value) -> Self {
        Self { key: key.to_owned(), value, comment: None, gap: Gap::None }
    }

    pub(super) fn word(key: &str, word: &str) -> Self {
        Self::new(key, Value::Word(word.to_owned()))
    }

    pub(super) fn text(key: &str, said: &str) -> Self {
        Self::new(key, Value::Text(said.to_owned()))
    }

    /// On lines of its own, each with its end.
    pub(super) fn block(&self, indent: usize) -> String {
        let lead = " ".repeat(indent);
        let mut out = String::new();
        if self.gap == Gap::BlankLine {
            out.push('\n');
        }
        if let Some(comment) = self.comment {
            out.push_str(&format!("{lead}# {comment}\n"));
        }
        let key = plain_word(&self.key);
        match &self.value {
            Value::Lines(entries) if !entries.is_empty() => {
                out.push_str(&format!("{lead}{key}:\n"));
                entries.iter().for_each(|entry| out.push_str(&entry.block(indent + 2)));
            }
            _ => out.push_str(&format!("{lead}{}\n", self.flow())),
        }
        out
    }

    /// On one line, without its end.
    pub(super) fn flow(&self) -> String {
        let value = match &self.value {
            Value::Text(said) => text(said),
            Value::Word(word) => word.clone(),
            Value::Lines(entries) | Value::Brackets(entries) => {
                let inner: Vec<String> = entries.iter().map(Self::flow).collect();
                format!("{{{}}}", inner.join(", "))
            }
        };
        format!("{}: {value}", plain_word(&self.key))
    }
}

/// Text as YAML takes it anywhere: without quotes where nothing in it means anything.
pub(super) fn text(said: &str) -> String {
    let is_plain = said.starts_with(|c: char| c.is_ascii_alphabetic())
        && said.chars().all(|c| c.is_ascii_alphanumeric() || " .;_-`".contains(c))
        && said.contains(' ');
    if is_plain { said.to_owned() } else { plain_word(said) }
}
