//! Remarks for the author of a backend, and how much they matter.

/// How much a remark matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Good to know.
    Note,
    /// The backend said no. Nothing is wrong with that.
    Denied,
    /// It probably does not do what its author wanted.
    Warning,
    /// The server takes it for an error, or a test's expectation was not met.
    Error,
}

impl Level {
    /// The level as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Denied => "denied",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something that the backend's author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How much it matters.
    pub level: Level,
    /// What kind it is; stable.
    pub code: &'static str,
    /// What it is.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}
