//! The two bodies of an exchange.

use super::Parameter;

/// One of the two bodies of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The sender writes it: anything may come.
    Request,
    /// The backend writes it: closed.
    Answer,
}

impl Side {
    /// Both, in the order in which they are written.
    pub const ALL: &[Self] = &[Self::Request, Self::Answer];

    /// Name in keys, titles and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Answer => "answer",
        }
    }

    /// Reports whether a member can be in this body. An answer echoes what was received.
    #[must_use]
    pub fn has(self, parameter: &Parameter) -> bool {
        match self {
            Self::Request => parameter.is_received(),
            Self::Answer => true,
        }
    }
}
