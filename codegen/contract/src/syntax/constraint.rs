//! Table of the constraints of values. A key that is declared here is read, layered, compared, shown and published.
//!
//! [`crate::value`] decides which constraints a value breaks. The runtime decides the same on its own.

use std::cmp::Ordering;
use std::fmt;

use super::macros::syntax;
use crate::source::Spanned;

/// One key of `constraints`.
#[derive(Debug)]
pub struct Constraint {
    /// Key in the schema; also the field of [`Constraints`] and of the runtime's `Limits`.
    pub key: &'static str,
    /// Property of a value that is limited.
    pub measure: Measure,
    /// Relation between that property and the limit.
    pub bound: Bound,
    /// Keyword of JSON Schema and OpenAPI.
    keyword: &'static str,
    /// Keyword for objects, where it differs.
    object_keyword: Option<&'static str>,
    get: fn(&Constraints) -> Option<Spanned<Limit>>,
    copy: fn(&Constraints, &mut Constraints),
}

/// Property of a value that a constraint limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Characters (Unicode scalar values) of a text.
    Length,
    /// Numeric value.
    Number,
    /// The text itself.
    Text,
    /// Items of an array or of a comma-separated list, or members of a map.
    Items,
}

/// Relation between a measured value and its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The limit is the smallest allowed value.
    Least,
    /// The limit is the largest allowed value.
    Most,
    /// The limit is a regular expression that matches somewhere in the text.
    Match,
}

/// Limit of a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Number of characters or items.
    Count(u64),
    /// Number.
    Number(i64),
    /// Regular expression.
    Pattern(String),
}

/// Measured property of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measured<'a> {
    /// Number of characters or items.
    Count(u64),
    /// Integer of 64 bits.
    Integer(i64),
    /// Any other number; never NaN.
    Real(f64),
    /// Text.
    Text(&'a str),
}

macro_rules! constraints {
    (
        $(#[doc = $doc:literal])*
        pub struct $Name:ident {
            $(
                $(#[doc = $key_doc:literal])*
                $key:literal => $field:ident: $Value:ty,
                $measure:ident $bound:ident $keyword:literal $(or $object_keyword:literal)?;
            )*
        }
    ) => {
        syntax! {
            $(#[doc = $doc])*
            pub struct $Name {
                $( $(#[doc = $key_doc])* $key => $field: Option<Spanned<$Value>>, )*
            }
        }

        /// All constraints, in the order in which they are shown.
        pub static CONSTRAINTS: &[Constraint] = &[$(
            Constraint {
                key: $key,
                measure: Measure::$measure,
                bound: Bound::$bound,
                keyword: $keyword,
                object_keyword: [$(Some($object_keyword),)? None][0],
                get: |limits| {
                    let limit = limits.$field.as_ref()?;
                    Some(Spanned::new(limit.value.clone().into(), limit.span))
                },
                copy: |from, to| to.$field.clone_from(&from.$field),
            }
        ),*];
    };
}

constraints! {
    /// Limits of a value.
    pub struct Constraints {
        /// Fewest characters.
        "min_length" => min_length: u64, Length Least "minLength";
        /// Most characters.
        "max_length" => max_length: u64, Length Most "maxLength";
        /// Smallest number.
        "minimum" => minimum: i64, Number Least "minimum";
        /// Largest number.
        "maximum" => maximum: i64, Number Most "maximum";
        /// Regular expression that the text matches.
        "pattern" => pattern: String, Text Match "pattern";
        /// Fewest items.
        "min_items" => min_items: u64, Items Least "minItems" or "minProperties";
        /// Most items.
        "max_items" => max_items: u64, Items Most "maxItems" or "maxProperties";
    }
}

impl Constraints {
    /// The limits that are given, in the order of the table.
    pub fn given(&self) -> impl Iterator<Item = (&'static Constraint, Spanned<Limit>)> {
        CONSTRAINTS.iter().filter_map(|constraint| Some((constraint, constraint.of(self)?)))
    }
}

impl Constraint {
    /// The limit that some constraints give for this key, and where it is written.
    pub fn of(&self, limits: &Constraints) -> Option<Spanned<Limit>> {
        (self.get)(limits)
    }

    /// Copies this key, present or not, from one set of constraints to another.
    pub fn copy(&self, from: &Constraints, to: &mut Constraints) {
        (self.copy)(from, to);
    }

    /// Keyword of JSON Schema and OpenAPI for objects or for anything else.
    pub fn keyword(&self, of: JsonKind) -> &'static str {
        match of {
            JsonKind::Object => self.object_keyword.unwrap_or(self.keyword),
            JsonKind::Other => self.keyword,
        }
    }

    /// Compares how much two limits leave: `Greater` if the first one is tighter, `None` if that is unknown.
    pub fn tightness(&self, limit: &Limit, other: &Limit) -> Option<Ordering> {
        let order = match (limit, other) {
            (Limit::Count(limit), Limit::Count(other)) => limit.cmp(other),
            (Limit::Number(limit), Limit::Number(other)) => limit.cmp(other),
            (limit, other) if limit == other => Ordering::Equal,
            _ => return None,
        };
        match self.bound {
            Bound::Least => Some(order),
            Bound::Most => Some(order.reverse()),
            Bound::Match => (order == Ordering::Equal).then_some(order),
        }
    }

    /// Whether a measured value keeps to a limit. A pattern that is not a regular expression refuses nothing.
    pub fn allows(&self, limit: &Limit, found: Measured<'_>) -> bool {
        let order = match (found, limit) {
            (Measured::Count(found), Limit::Count(limit)) => found.cmp(limit),
            (Measured::Integer(found), Limit::Number(limit)) => found.cmp(limit),
            (Measured::Real(found), Limit::Number(limit)) => compare(found, *limit),
            (Measured::Text(found), Limit::Pattern(pattern)) => {
                return regex::Regex::new(pattern).map_or(true, |regex| regex.is_match(found));
            }
            _ => return true,
        };
        match self.bound {
            Bound::Least => order != Ordering::Less,
            Bound::Most => order != Ordering::Greater,
            Bound::Match => true,
        }
    }

    /// The constraint on the other side of the same range.
    pub fn opposite(&self) -> Option<&'static Self> {
        let bound = match self.bound {
            Bound::Least => Bound::Most,
            Bound::Most => Bound::Least,
            Bound::Match => return None,
        };
        CONSTRAINTS.iter().find(|other| other.measure == self.measure && other.bound == bound)
    }

    /// A limit in words; `quote` marks up a pattern: `at least 3 characters`, ``matches `^a` ``.
    pub fn in_words(&self, limit: &Limit, quote: impl Fn(&str) -> String) -> String {
        let limit = match limit {
            Limit::Pattern(pattern) => quote(pattern),
            Limit::Count(_) | Limit::Number(_) => limit.to_string(),
        };
        format!("{} {limit}{}", self.bound.word(), self.measure.unit())
    }
}

/// Kinds of JSON values for which keywords differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// Object.
    Object,
    /// Any other value.
    Other,
}

impl Bound {
    /// Words before a limit.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Least => "at least",
            Self::Most => "at most",
            Self::Match => "matches",
        }
    }
}

impl Measure {
    /// Words after a limit, with a blank before them.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Length => " characters",
            Self::Items => " items",
            Self::Number | Self::Text => "",
        }
    }

    /// The measured property as a noun.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Number => "value",
            Self::Text => "text",
            Self::Items => "number of items",
        }
    }
}

impl From<u64> for Limit {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<i64> for Limit {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Limit {
    fn from(pattern: String) -> Self {
        Self::Pattern(pattern)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Pattern(pattern) => pattern.fmt(f),
        }
    }
}

/// An integer near `wanted` that keeps to the limits.
pub fn sample_number(limits: Option<&Constraints>, wanted: i64) -> i64 {
    let least = limits.and_then(|limits| limits.minimum.as_ref()).map_or(i64::MIN, |limit| limit.value);
    let most = limits.and_then(|limits| limits.maximum.as_ref()).map_or(i64::MAX, |limit| limit.value);
    wanted.min(most).max(least)
}

/// A text of digits, four if the limits of the length allow it. Patterns are not looked at.
pub fn sample_text(limits: Option<&Constraints>) -> String {
    const DIGITS: usize = 4;
    let least = limits.and_then(|limits| limits.min_length.as_ref()).map_or(0, |limit| limit.value);
    let most = limits.and_then(|limits| limits.max_length.as_ref()).map_or(u64::MAX, |limit| limit.value);
    let length = usize::try_from(least).unwrap_or(DIGITS).max(DIGITS).min(usize::try_from(most).unwrap_or(DIGITS));
    "1234567890".chars().cycle().take(length).collect()
}

/// Compares a float with an integer without rounding the integer.
fn compare(found: f64, limit: i64) -> Ordering {
    // 2^63 and -2^63 are floats; i64::MAX is not.
    const END: f64 = 9_223_372_036_854_775_808.0;
    if found >= END {
        return Ordering::Greater;
    }
    if found < -END {
        return Ordering::Less;
    }
    let whole = found.trunc();
    (whole as i64).cmp(&limit).then_with(|| found.partial_cmp(&whole).unwrap_or(Ordering::Equal))
}
