//! Constraints of values: which there are, and whether a measured value keeps to them.
//!
//! `wcs_contract::constraint` has the same table for the compiler; tests compare what both decide.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use regex_lite::Regex;

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

/// Limits of a value; `None` everywhere is no limit.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Fewest characters.
    pub min_length: Option<u64>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// Smallest number.
    pub minimum: Option<i64>,
    /// Largest number.
    pub maximum: Option<i64>,
    /// Regular expression that the text matches.
    pub pattern: Option<&'static str>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
}

/// The limit that a value does not keep to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Limit {
    Count(u64),
    Number(i64),
    Pattern(&'static str),
}

/// A number as it is compared: exactly where it is an integer of 64 bits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Number {
    Integer(i64),
    Real(f64),
}

/// Called for each limit that a value breaks.
pub(crate) type Broken<'b> = dyn FnMut(Demand, Limit) + 'b;

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

impl Limits {
    /// No limit; the start of `Limits { minimum: Some(0), ..Limits::NONE }`.
    pub const NONE: Self = Self {
        min_length: None,
        max_length: None,
        minimum: None,
        maximum: None,
        pattern: None,
        min_items: None,
        max_items: None,
    };

    /// Checks the number of items of a list or an array, or of members of a map.
    pub(crate) fn check_items(&self, items: u64, broken: &mut Broken<'_>) {
        count(items, (Demand::MinItems, self.min_items), (Demand::MaxItems, self.max_items), broken);
    }

    /// Checks the number of characters of a text.
    pub(crate) fn check_length(&self, characters: u64, broken: &mut Broken<'_>) {
        count(characters, (Demand::MinLength, self.min_length), (Demand::MaxLength, self.max_length), broken);
    }

    /// Checks a text itself. A pattern that can't be read refuses nothing.
    pub(crate) fn check_text<T: AsRef<str>>(&self, text: impl FnOnce() -> T, broken: &mut Broken<'_>) {
        if let Some(pattern) = self.pattern
            && compiled(pattern).is_some_and(|regex| !regex.is_match(text().as_ref()))
        {
            broken(Demand::Pattern, Limit::Pattern(pattern));
        }
    }

    /// Checks a number.
    pub(crate) fn check_number(&self, number: Number, broken: &mut Broken<'_>) {
        if let Some(least) = self.minimum.filter(|least| number.compare(*least) == Ordering::Less) {
            broken(Demand::Minimum, Limit::Number(least));
        }
        if let Some(most) = self.maximum.filter(|most| number.compare(*most) == Ordering::Greater) {
            broken(Demand::Maximum, Limit::Number(most));
        }
    }

    /// The pattern, if it can't be read.
    #[cfg(feature = "server")]
    pub(crate) fn unreadable_pattern(&self) -> Option<&'static str> {
        self.pattern.filter(|pattern| compiled(pattern).is_none())
    }
}

impl Number {
    /// Compares with a limit, which is never rounded to a float.
    fn compare(self, limit: i64) -> Ordering {
        /// 2^63: the first integer beyond 64 bits, and a float.
        const END: f64 = 9_223_372_036_854_775_808.0;
        match self {
            Self::Integer(number) => number.cmp(&limit),
            Self::Real(number) if number >= END => Ordering::Greater,
            Self::Real(number) if number < -END => Ordering::Less,
            Self::Real(number) => {
                let whole = number.trunc();
                (whole as i64).cmp(&limit).then_with(|| number.total_cmp(&whole))
            }
        }
    }
}

/// A limit that is broken, in words.
pub(crate) fn in_words(demand: Demand, limit: &Limit) -> String {
    match (demand, limit) {
        (Demand::MinLength, Limit::Count(least)) => format!("at least {}", counted(*least, "character")),
        (Demand::MaxLength, Limit::Count(most)) => format!("at most {}", counted(*most, "character")),
        (Demand::MinItems, Limit::Count(least)) => format!("at least {}", counted(*least, "item")),
        (_, Limit::Count(most)) => format!("at most {}", counted(*most, "item")),
        (Demand::Minimum, Limit::Number(least)) => format!("at least {least}"),
        (_, Limit::Number(most)) => format!("at most {most}"),
        (_, Limit::Pattern(pattern)) => format!("text that matches `{pattern}`"),
    }
}

fn count(
    number: u64,
    (too_few, least): (Demand, Option<u64>),
    (too_many, most): (Demand, Option<u64>),
    broken: &mut Broken<'_>,
) {
    if let Some(least) = least.filter(|least| number < *least) {
        broken(too_few, Limit::Count(least));
    }
    if let Some(most) = most.filter(|most| number > *most) {
        broken(too_many, Limit::Count(most));
    }
}

fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Patterns by how they are written; `None` for one that can't be read.
type Patterns = HashMap<&'static str, Option<Arc<Regex>>>;

/// A contract's patterns, each compiled once. There are only as many as the contract has.
static PATTERNS: LazyLock<RwLock<Patterns>> = LazyLock::new(RwLock::default);

/// The expression of a pattern; `None` if it can't be read, so that nothing is checked by it.
fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    let known = PATTERNS.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    known.unwrap_or_else(|| {
        let regex = Regex::new(pattern).ok().map(Arc::new);
        PATTERNS.write().unwrap_or_else(PoisonError::into_inner).insert(pattern, regex.clone());
        regex
    })
}
