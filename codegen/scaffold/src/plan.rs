//! What a new backend is to be.

use wcs_contract::model::Hook;

/// In which language a backend is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Rust, with the runtime of this toolkit.
    Rust,
    /// TypeScript, with Express.
    TypeScript,
    /// Python, with FastAPI.
    Python,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 3] = [Self::Rust, Self::TypeScript, Self::Python];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::TypeScript => "typescript",
            Self::Python => "python",
        }
    }
}

/// How much a backend has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// What is needed to run and to test it.
    Minimal,
    /// A file for each group of hooks, settings, and what is needed to deploy it.
    Full,
}

impl Layout {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Minimal, Self::Full];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Full => "full",
        }
    }
}

/// Where a Rust backend has the toolkit's crates from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crates {
    /// From a checkout, by its path.
    Checkout(String),
    /// From where crates are published.
    Released,
}

/// What a new backend is to be.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its language.
    pub language: Language,
    /// How much it has.
    pub layout: Layout,
    /// The hooks that it handles, in the order of the contract.
    pub hooks: Vec<&'a Hook>,
    /// Where a Rust backend has the toolkit's crates from.
    pub crates: Crates,
    /// The address that the sender is told, and what its operator types and sets.
    pub operator: Operator,
}

/// What the sender's side does.
#[derive(Debug, Clone, Default)]
pub struct Operator {
    /// Address of the backend's hooks.
    pub url: String,
    /// Commands and settings, as text.
    pub text: String,
}
