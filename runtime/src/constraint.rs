//! Constraints of values: which there are.

use std::fmt;

/// The kinds of demands that a contract makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Demand {
    /// The value is of a type.
    Type,
    /// The member is always there.
    Presence,
    /// The text is one of a closed list.
    Words,
    /// The text is long enough.
    MinLength,
    /// The text is not too long.
    MaxLength,
    /// The number is large enough.
    Minimum,
    /// The number is not too large.
    Maximum,
    /// The text matches a pattern.
    Pattern,
    /// There are enough items.
    MinItems,
    /// There are not too many items.
    MaxItems,
    /// The member has a value only when another one has some value.
    UsedIf,
    /// The member is there whenever another one has some value.
    SentIf,
}

impl Demand {
    /// Its name in reports, as the schema language spells it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Presence => "presence",
            Self::Words => "words",
            Self::MinLength => "min_length",
            Self::MaxLength => "max_length",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Pattern => "pattern",
            Self::MinItems => "min_items",
            Self::MaxItems => "max_items",
            Self::UsedIf => "used_if",
            Self::SentIf => "sent_if",
        }
    }
}

impl fmt::Display for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
