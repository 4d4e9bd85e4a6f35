//! What a rule is: a kind of finding with a stable code, a level and a manual page.
//!
//! A rule is one file that begins with its manual page and declares `RULE`, and one row in a table: `codes.rs` for what
//! reading and resolving tell, `lint.rs` for what is told about the model.

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
    /// The file that it is declared in, which begins with its manual page.
    pub source: &'static str,
}

impl Rule {
    /// The manual page, in Markdown: what stands in the file's own documentation.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }

    /// What it finds, in a sentence.
    pub fn summary(&self) -> String {
        let page = self.page();
        let paragraph = page.split("\n\n").next().unwrap_or_default();
        paragraph.replace('\n', " ")
    }

    /// Whether its findings are errors by nature: what they tell of would break what is generated, so that no contract
    /// can allow or lower them.
    pub fn is_fixed(&self) -> bool {
        self.level == Level::Error
    }
}

/// Every rule that a schema is checked by, in the order of the codes.
pub fn all() -> Vec<&'static Rule> {
    let mut rules: Vec<&Rule> = crate::codes::ALL.iter().chain(crate::lint::ALL).copied().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// Those, then the kinds of changes between two contracts, then the kinds of drift.
pub fn every() -> Vec<&'static Rule> {
    let changes = crate::diff::rules().into_iter().map(|change| &change.rule);
    all().into_iter().chain(changes).chain(crate::drift::rules().iter().copied()).collect()
}

/// A rule by its code or its name.
pub fn find(word: &str) -> Option<&'static Rule> {
    every().into_iter().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name == word)
}

/// Declares the rule of a file as `RULE`: the file's name, so that its documentation is the manual page, and what stands
/// in [`Rule`].
macro_rules! rule {
    ($file:literal, $code:literal, $name:literal, $category:ident, $level:ident, $fixes:ident) => {
        pub(crate) const RULE: &$crate::rule::Rule = &$crate::rule::Rule {
            code: $code,
            name: $name,
            category: $crate::rule::Category::$category,
            level: $crate::diagnostic::Level::$level,
            fixes: $crate::rule::Fixes::$fixes,
            source: include_str!($file),
        };
    };
}

pub(crate) use rule;

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
    /// What a file says that lies over a contract.
    Overlays,
    /// What differs between two contracts.
    Change,
    /// What differs between a contract and its sender.
    Drift,
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
            Self::Overlays => "overlays",
            Self::Change => "change",
            Self::Drift => "drift",
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
