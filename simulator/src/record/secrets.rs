//! Secrets that were met, and what stands for them: the same for the same secret, so that a replay belongs together.

use std::collections::{HashMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// Shorter ones are hidden where they were found; elsewhere the same letters may stand by chance.
const LEAST: usize = 6;

/// Numbers that stand for numbers begin here.
const NUMBERS: usize = 1_000_000;

/// Of longer ones, nobody writes an encoded copy elsewhere: session descriptions, whole messages.
const LONGEST_ENCODED: usize = 1024;

/// Bytes by which a secret is looked up.
type Head = [u8; LEAST];

const OPEN: &str = "[secret-";

/// The secrets of a recording.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    numbers: HashMap<String, usize>,
    /// What is looked for, by how it begins, longest first; and the secret's number.
    needles: HashMap<Head, Vec<(String, usize)>>,
    /// Words of the contract: they are no secrets, also where one is spelt like them.
    words: HashSet<String>,
}

impl Secrets {
    /// None yet. These words are never hidden for their own sake.
    pub(crate) fn new(words: HashSet<String>) -> Self {
        Self { words, ..Self::default() }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Remembers a secret.
    pub(crate) fn learn(&mut self, secret: &str) -> usize {
        if let Some(number) = self.numbers.get(secret) {
            return *number;
        }
        let number = self.numbers.len() + 1;
        self.numbers.insert(secret.to_owned(), number);
        if secret.chars().count() >= LEAST && !self.words.contains(secret) && !is_placeholder(secret) {
            for form in forms(secret) {
                self.look_for(form, number);
            }
        }
        number
    }

    fn look_for(&mut self, form: String, number: usize) {
        let Some(head) = form.as_bytes().first_chunk::<LEAST>() else { return };
        let known = self.needles.entry(*head).or_default();
        let place = known.partition_point(|(other, _)| other.len() >= form.len());
        known.insert(place, (form, number));
    }

    /// What stands for a secret; it is remembered.
    pub(crate) fn placeholder(&mut self, secret: &str) -> String {
        placeholder(self.learn(secret))
    }

    /// What stands for a secret that is a number, as a number.
    pub(crate) fn number(&mut self, secret: &str) -> String {
        (NUMBERS + self.learn(secret)).to_string()
    }

    /// What stands for a number, if it is a secret that can be told wherever it stands.
    pub(crate) fn known_number(&self, number: &str) -> Option<String> {
        let known = self.numbers.get(number).filter(|_| self.knows(number))?;
        Some((NUMBERS + known).to_string())
    }

    /// Whether a text is a secret that is long enough to be told wherever it stands.
    pub(crate) fn knows(&self, text: &str) -> bool {
        text.len() >= LEAST && self.numbers.contains_key(text) && !self.words.contains(text)
    }

    /// The text without the secrets that are known, in any of their spellings.
    pub(crate) fn hide(&self, text: &str) -> String {
        if self.needles.is_empty() {
            return text.to_owned();
        }
        let mut hidden = String::with_capacity(text.len());
        // A placeholder is no place of a secret, even of one that is spelt like a part of it.
        for (piece, after) in parts(text) {
            let mut rest = piece;
            while let Some(first) = rest.chars().next() {
                let end = match self.begins(rest) {
                    Some((needle, number)) => {
                        hidden.push_str(&placeholder(*number));
                        needle.len()
                    }
                    None => {
                        hidden.push(first);
                        first.len_utf8()
                    }
                };
                rest = rest.get(end..).unwrap_or_default();
            }
            hidden.push_str(after);
        }
        hidden
    }

    /// The longest secret that a text begins with.
    fn begins(&self, text: &str) -> Option<&(String, usize)> {
        let head = text.as_bytes().first_chunk::<LEAST>()?;
        self.needles.get(head)?.iter().find(|(needle, _)| text.starts_with(needle.as_str()))
    }
}

/// How a secret may be written.
fn forms(secret: &str) -> HashSet<String> {
    if secret.len() > LONGEST_ENCODED {
        return HashSet::from([secret.to_owned()]);
    }
    let quoted = super::leaves::quoted(secret);
    let escaped = quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned();
    let bases = [STANDARD.encode(secret), URL_SAFE.encode(secret)].map(|base| base.trim_end_matches('=').to_owned());
    let percent = super::percent::percent_encoded(secret);
    let lower = super::percent::lower_percent(&percent);
    bases.into_iter().chain([secret.to_owned(), escaped, percent, lower]).collect()
}

fn placeholder(number: usize) -> String {
    format!("{OPEN}{number}]")
}

fn is_placeholder(text: &str) -> bool {
    matches!(pieces(text).as_slice(), [before, after] if before.is_empty() && after.is_empty())
}

/// What stands between the placeholders of a text.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    parts(text).into_iter().map(|(piece, _)| piece).collect()
}

/// What stands between the placeholders of a text, each with the placeholder after it.
fn parts(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut piece = 0;
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find(OPEN)).map(|open| from + open) {
        let digits = text.get(open + OPEN.len()..).unwrap_or_default();
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        from = open + OPEN.len();
        if length > 0 && digits.as_bytes().get(length) == Some(&b']') {
            from += length + 1;
            found.push((text.get(piece..open).unwrap_or_default(), text.get(open..from).unwrap_or_default()));
            piece = from;
        }
    }
    found.push((text.get(piece..).unwrap_or_default(), ""));
    found
}
