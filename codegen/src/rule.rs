//! What a rule is: a kind of finding with a stable code, a level and a manual page.

use crate::diagnostic::Level;

/// A kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// Stable identifier (`W0104`).
    pub code: &'static str,
    /// Name for people (`unknown-key`).
    pub name: &'static str,
    /// What it is about.
    pub category: Category,
    /// How bad its findings are, unless a contract says otherwise.
    pub level: Level,
    /// Whether some of its findings come with a fix.
    pub fixes: Fixes,
    /// The manual page, in Markdown.
    pub page: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

/// What rules are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// How YAML is written, and which files there are.
    Yaml,
    /// Which keys and words the language has.
    Language,
    /// What names refer to, and whether they can be told apart.
    Names,
    /// Types, limits and conditions.
    Types,
    /// Examples and defaults.
    Examples,
    /// Texts for people.
    Docs,
    /// Since, until, deprecated.
    Versions,
    /// What hooks of the four types can do.
    Semantics,
    /// What differs between two contracts.
    Change,
}

impl Category {
    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Language => "language",
            Self::Names => "names",
            Self::Types => "types",
            Self::Examples => "examples",
            Self::Docs => "docs",
            Self::Versions => "versions",
            Self::Semantics => "semantics",
            Self::Change => "change",
        }
    }
}

/// Whether findings of a rule come with a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixes {
    /// Only a person can mend it.
    Never,
    /// Where what was meant is plain.
    Sometimes,
    /// Each of them.
    Always,
}

impl Fixes {
    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Sometimes => "sometimes",
            Self::Always => "always",
        }
    }
}
