//! A kind of finding with a stable code, a level and a manual page.

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
    /// The lines of its manual page, as they are written in its documentation.
    pub page: &'static [&'static str],
}

impl Rule {
    /// The manual page, in Markdown.
    pub fn page(&self) -> String {
        self.page.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }

    /// What it finds, in a sentence.
    pub fn summary(&self) -> String {
        let page = self.page();
        let paragraph = page.split("\n\n").next().unwrap_or_default();
        paragraph.replace('\n', " ")
    }

    /// Whether `word` is its code, in any case of letters, or its name.
    pub fn is_called(&self, word: &str) -> bool {
        self.code.eq_ignore_ascii_case(word) || self.name == word
    }

    /// Whether its findings are errors by nature: what they tell of would break what is generated, so that no contract
    /// can allow or lower them.
    pub fn is_fixed(&self) -> bool {
        self.level == Level::Error
    }
}

/// Declares a rule as a constant, whose documentation is the manual page.
#[macro_export]
macro_rules! rule {
    (
        $(#[doc = $page:literal])*
        $visibility:vis $NAME:ident {
            code: $code:literal, name: $name:literal, category: $category:ident, level: $level:ident, fixes: $fixes:ident
        }
    ) => {
        $(#[doc = $page])*
        $visibility const $NAME: &$crate::rule::Rule = &$crate::rule::Rule {
            code: $code,
            name: $name,
            category: $crate::rule::Category::$category,
            level: $crate::rule::Level::$level,
            fixes: $crate::rule::Fixes::$fixes,
            page: &[$($page),*],
        };
    };
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is generated.
    Error,
    /// Worth a look; generation goes on.
    Warning,
    /// Good to know.
    Note,
}

impl Level {
    /// All levels, the worst first.
    pub const ALL: &'static [Self] = &[Self::Error, Self::Warning, Self::Note];

    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

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
