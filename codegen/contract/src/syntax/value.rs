//! The small values that the language is made of.

use std::cmp::Ordering;

use super::Deprecated;
use super::macros::{syntax, words};
use crate::load::Node;
use crate::source::Name;
use crate::source::{Span, Spanned};

/// Prose, in Markdown. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The prose without leading and trailing white space.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

/// A sequence.
pub type List<T> = Vec<T>;

/// A mapping whose keys are names, in the order in which they were written.
#[derive(Debug, Clone)]
pub struct Entries<T> {
    /// The entries. A value that could not be read is `None`, so that its name still counts as declared.
    pub items: Vec<(Name, Option<T>)>,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<T> Entries<T> {
    /// The entries that could be read.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &T)> {
        self.items.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)))
    }
}

/// A version of the sender: numbers with dots between them (`5.2.1008`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The numbers, most significant first.
    pub parts: Vec<u32>,
    /// Where it stands.
    pub span: Span,
}

impl Version {
    /// Reads `5.2.1008`. `None` if it is anything else.
    pub fn parse(text: &str, span: Span) -> Option<Self> {
        let number = |part: &str| {
            let is_number = (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { part.parse().ok() } else { None }
        };
        let parts = text.split('.').map(number).collect::<Option<Vec<u32>>>()?;
        Some(Self { parts, span })
    }

    /// Which of two versions is older. What is not said is 0, so that 5.2 is 5.2.0.
    pub fn compare(&self, other: &Self) -> Ordering {
        let length = self.parts.len().max(other.parts.len());
        let padded = |version: &Self| version.parts.iter().copied().chain(std::iter::repeat(0)).take(length).collect();
        let (own, others): (Vec<u32>, Vec<u32>) = (padded(self), padded(other));
        own.cmp(&others)
    }

    /// Whether this version ends before another one begins. It ends with the last that begins like it: 5.1 covers
    /// 5.1.3656.
    pub fn ends_before(&self, other: &Self) -> bool {
        let like_this = Self { parts: other.parts.iter().take(self.parts.len()).copied().collect(), span: other.span };
        self.compare(&like_this) == Ordering::Less
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text: Vec<String> = self.parts.iter().map(u32::to_string).collect();
        f.write_str(&text.join("."))
    }
}

/// Since when, until when, and why no longer.
#[derive(Debug, Clone, Default)]
pub struct Lifetime {
    /// First version.
    pub since: Option<Version>,
    /// Last version.
    pub until: Option<Version>,
    /// Why it should no longer be used.
    pub deprecated: Option<Deprecated>,
}

impl Lifetime {
    /// Whether a release lies between the first and the last version.
    pub fn contains(&self, release: &Version) -> bool {
        self.since.as_ref().is_none_or(|since| since.compare(release) != Ordering::Greater)
            && self.until.as_ref().is_none_or(|until| !until.ends_before(release))
    }

    /// Whether it has a beginning or an end.
    pub fn is_bounded(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Which releases these are; `None` for all.
    pub fn in_words(&self) -> Option<String> {
        Some(match (&self.since, &self.until) {
            (Some(since), Some(until)) => format!("From release {since} to {until}"),
            (Some(since), None) => format!("Since release {since}"),
            (None, Some(until)) => format!("Up to release {until}"),
            (None, None) => return None,
        })
    }

    /// Whether a release may lie in both.
    pub fn meets(&self, other: &Self) -> bool {
        let apart = |until: &Option<Version>, since: &Option<Version>| match (until, since) {
            (Some(until), Some(since)) => until.ends_before(since),
            _ => false,
        };
        !apart(&self.until, &other.since) && !apart(&other.until, &self.since)
    }
}

/// A JSON value, written in YAML.
#[derive(Debug, Clone)]
pub struct Json {
    /// The value.
    pub value: serde_json::Value,
    /// The YAML that it was read from, for the places of mistakes in it.
    pub node: Node,
}

/// A type as written; `resolve` looks up the names in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    /// `string`, `bool` and so on.
    Scalar(Scalar, Span),
    /// `array<T>`.
    Array(Box<TypeRef>, Span),
    /// `map<T>`.
    Map(Box<TypeRef>, Span),
    /// `list<T>`: comma-separated in one string.
    List(Box<TypeRef>, Span),
    /// A record or an enum.
    Named(Name),
}

impl TypeRef {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Scalar(_, span) | Self::Array(_, span) | Self::Map(_, span) | Self::List(_, span) => *span,
            Self::Named(name) => name.span,
        }
    }
}

impl std::fmt::Display for TypeRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Scalar(scalar, _) => scalar.fmt(f),
            Self::Array(item, _) => write!(f, "array<{item}>"),
            Self::Map(item, _) => write!(f, "map<{item}>"),
            Self::List(item, _) => write!(f, "list<{item}>"),
            Self::Named(name) => f.write_str(&name.value),
        }
    }
}

words! {
    /// The types that need no declaration.
    pub enum Scalar {
        /// Text.
        String = "string",
        /// `true` or `false`.
        Bool = "bool",
        /// An integer of 32 bits with sign.
        Int32 = "int32",
        /// An integer of 64 bits with sign.
        Int64 = "int64",
        /// A number of 64 bits.
        Float = "float",
        /// An object with any members.
        Object = "object",
        /// Text or a number.
        StringOrNumber = "string_or_number",
    }
}

/// What in the client's SDK belongs to a hook.
#[derive(Debug, Clone)]
pub enum SdkSyntax {
    /// The client has no part in it.
    Unused(Span),
    /// Calls and handlers of the SDK.
    Used(Vec<SdkCall>),
}

syntax! {
    /// A call or a handler of the client's SDK.
    pub struct SdkCall {
        /// As it is written in a program.
        "call" => call: Name,
        /// What it does, in one line.
        "does" => does: Text,
    }
}

syntax! {
    /// A fact with consequences.
    pub struct Note {
        /// The fact.
        "fact" => fact: Text,
        /// What follows from it for the author of a backend.
        "consequence" => consequence: Option<Text>,
    }
}

syntax! {
    /// Documents that contradict each other, and what we take to be true.
    pub struct Conflict {
        /// What it is about.
        "topic" => topic: Text,
        /// What each says: document key, then the claim.
        "says" => says: Entries<Text>,
        /// What we take to be true, and why.
        "verdict" => verdict: Text,
        /// How sure this is.
        "confidence" => confidence: Spanned<Confidence>,
    }
}

words! {
    /// How sure something is.
    pub enum Confidence {
        /// Documented and seen, or seen several times.
        High = "high",
        /// Documented in one place, or inferred from sound evidence.
        Medium = "medium",
        /// Inferred, or from a single weak source.
        Low = "low",
    }
}

words! {
    /// What a description rests on.
    pub enum Evidence {
        /// Bodies captured from a real sender.
        Captured = "captured",
        /// The vendor's SDK sources.
        SdkSource = "sdk_source",
        /// The vendor's documents only.
        Documents = "documents",
        /// Programs of others that talk to the sender.
        ThirdParty = "third_party",
    }
    else Documents
}
