//! A marker: its name, its arguments, and what prints for it.

use wcs_contract::model::Contract;

/// A marker.
pub struct Marker {
    /// Its name.
    pub name: &'static str,
    /// Its arguments, as a message shows them.
    pub arguments: &'static str,
    /// What it stands for.
    pub about: &'static str,
    /// Fewest and most words.
    pub(super) words: (usize, usize),
    /// Names of its options (`type=event`).
    pub(super) options: &'static [&'static str],
    pub(super) print: fn(&Contract, &Given<'_>) -> Result<Made, String>,
}

/// What is printed for a marker.
pub(super) enum Made {
    /// Words that may stand within a sentence.
    Words(String),
    /// Lines of their own.
    Lines(String),
}

/// The arguments of a marker.
pub(super) struct Given<'a> {
    pub(super) words: Vec<&'a str>,
    pub(super) options: Vec<(&'a str, &'a str)>,
}

impl<'a> Given<'a> {
    /// A word by its place; that there are enough was checked.
    pub(super) fn word(&self, index: usize) -> Option<&'a str> {
        self.words.get(index).copied()
    }

    /// An option's value.
    pub(super) fn option(&self, name: &str) -> Option<&'a str> {
        self.options.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

pub(super) const fn marker(
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    words: (usize, usize),
    options: &'static [&'static str],
    print: fn(&Contract, &Given<'_>) -> Result<Made, String>,
) -> Marker {
    Marker { name, arguments, about, words, options, print }
}
