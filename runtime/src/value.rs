//! Reading JSON text as the types of a contract.
//!
//! Numbers are exact: `1.0` and `1e3` are the integers that they equal, `1.5` is none, and one out of range is unreadable
//! rather than rounded.
//! A string with a lone surrogate is no text in Rust: it reads `None`, and its raw form still tells what came.

mod containers;

use std::borrow::Cow;

use bytes::Bytes;

pub(crate) use containers::split;
pub use containers::{Entries, List};

use crate::descriptor::{Kind, Openness};
use crate::json;

/// An object whose inside the contract does not describe.
pub type Object = serde_json::Map<String, serde_json::Value>;

/// The JSON text of one value, and the body that it stands in, so that a part of it can be shared without a copy.
#[derive(Debug, Clone, Copy)]
pub struct Json<'a> {
    text: &'a str,
    home: Option<&'a Bytes>,
}

impl<'a> Json<'a> {
    /// Text that must be valid JSON without white space around it.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, home: None }
    }

    pub(crate) fn within(text: &'a str, home: &'a Bytes) -> Self {
        Self { text, home: Some(home) }
    }

    /// The text.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.text
    }

    /// The text as bytes: shared with the body where it stands in one, else copied.
    #[must_use]
    pub fn to_bytes(self) -> Bytes {
        let shared = self.home.and_then(|home| {
            let start = (self.text.as_ptr() as usize).checked_sub(home.as_ptr() as usize)?;
            let end = start + self.text.len();
            (end <= home.len()).then(|| home.slice(start..end))
        });
        shared.unwrap_or_else(|| Bytes::copy_from_slice(self.text.as_bytes()))
    }

    /// Another value inside this one.
    pub(crate) fn part(self, text: &'a str) -> Self {
        Self { text, home: self.home }
    }

    fn is_string(self) -> bool {
        self.text.starts_with('"')
    }
}

/// A type that a member's JSON text can be read as.
#[diagnostic::on_unimplemented(message = "no member of a hook can be read as `{Self}`")]
pub trait FromJson<'a>: Sized {
    /// The value, or `None` when the text is of another JSON type or out of range.
    fn from_json(json: Json<'a>) -> Option<Self>;
}

/// A type that an item of a comma-separated list can be read as.
pub trait FromText: Sized {
    /// The value, or `None` when the text is none of its values.
    fn from_text(text: &str) -> Option<Self>;
}

impl<'a> FromJson<'a> for Cow<'a, str> {
    fn from_json(json: Json<'a>) -> Option<Self> {
        let inner = json.text.strip_prefix('"')?.strip_suffix('"')?;
        if inner.contains('\\') {
            serde_json::from_str(json.text).ok().map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(inner))
        }
    }
}

impl<'a> FromJson<'a> for String {
    fn from_json(json: Json<'a>) -> Option<Self> {
        Cow::from_json(json).map(Cow::into_owned)
    }
}

impl FromText for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl FromText for Cow<'_, str> {
    fn from_text(text: &str) -> Option<Self> {
        Some(Cow::Owned(text.to_owned()))
    }
}

impl FromJson<'_> for bool {
    fn from_json(json: Json<'_>) -> Option<Self> {
        match json.text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }
}

/// JSON's grammar has been checked, so what these parsers accept beyond it can't occur.
macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl FromJson<'_> for $number {
            fn from_json(json: Json<'_>) -> Option<Self> {
                json.text.parse().ok().or_else(|| whole(json.text)?.try_into().ok())
            }
        }

        impl FromText for $number {
            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

whole_numbers!(i32, i64);

/// The integer that a number with a fraction or an exponent equals, if it equals one of 64 bits.
fn whole(number: &str) -> Option<i64> {
    let (negative, digits) = number.strip_prefix('-').map_or((false, number), |digits| (true, digits));
    let (digits, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa = || before.bytes().chain(after.bytes());
    if before.is_empty() || !mantissa().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    if mantissa().all(|digit| digit == b'0') {
        return Some(0);
    }
    // How many digits of the mantissa stand before the point, once the exponent has moved it.
    let point = exponent.parse::<i64>().ok()?.checked_add(i64::try_from(before.len()).ok()?)?;
    let point = usize::try_from(point).ok()?;
    if mantissa().skip(point).any(|digit| digit != b'0') {
        return None;
    }
    let mut value = 0_i64;
    for digit in mantissa().chain(std::iter::repeat(b'0')).take(point) {
        let digit = i64::from(digit.wrapping_sub(b'0'));
        value = value.checked_mul(10)?;
        value = if negative { value.checked_sub(digit)? } else { value.checked_add(digit)? };
    }
    Some(value)
}

impl FromJson<'_> for f64 {
    fn from_json(json: Json<'_>) -> Option<Self> {
        let number: f64 = json.text.parse().ok()?;
        number.is_finite().then_some(number)
    }
}

impl FromJson<'_> for Object {
    fn from_json(json: Json<'_>) -> Option<Self> {
        if json.text.starts_with('{') { serde_json::from_str(json.text).ok() } else { None }
    }
}

/// Text or a number; which of the two a sender writes differs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StringOrNumber<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A number, as it is written.
    Number(Cow<'a, str>),
}

impl StringOrNumber<'_> {
    /// The text, or the number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }

    /// The whole number that it is, whichever way it is written.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        let text = self.as_str().trim();
        text.parse().ok().or_else(|| whole(text))
    }

    /// It, kept apart from the body.
    #[must_use]
    pub fn into_owned(self) -> StringOrNumber<'static> {
        match self {
            Self::Text(text) => StringOrNumber::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => StringOrNumber::Number(Cow::Owned(number.into_owned())),
        }
    }
}

impl<'a> FromJson<'a> for StringOrNumber<'a> {
    fn from_json(json: Json<'a>) -> Option<Self> {
        if json.is_string() {
            return Cow::from_json(json).map(Self::Text);
        }
        json.text
            .starts_with(|first: char| first == '-' || first.is_ascii_digit())
            .then_some(Self::Number(json.text.into()))
    }
}

/// Whether a value can be read as a kind: the same answer as the accessor of that type gives.
pub(crate) fn fits(kind: &Kind, json: Json<'_>) -> bool {
    match kind {
        Kind::String => json::is_text(json.text),
        Kind::Bool => bool::from_json(json).is_some(),
        Kind::Int32 => i32::from_json(json).is_some(),
        Kind::Int64 => i64::from_json(json).is_some(),
        Kind::Float => f64::from_json(json).is_some(),
        Kind::Object => Object::from_json(json).is_some(),
        Kind::StringOrNumber => StringOrNumber::from_json(json).is_some(),
        Kind::Array(item) => {
            let mut all = json.text.starts_with('[');
            json::each_item(json.text, |one| all = all && fits(item, Json::new(one)));
            all
        }
        Kind::Map(value) => {
            let mut all = json.text.starts_with('{');
            json::each_entry(json.text, |_, one| all = all && fits(value, Json::new(one)));
            all
        }
        Kind::List(item) => {
            Cow::from_json(json).is_some_and(|text| containers::split(&text).all(|part| fits_text(item, part)))
        }
        Kind::Record(_) => json.text.starts_with('{'),
        Kind::Enum(words) => {
            Cow::from_json(json).is_some_and(|word| words.openness == Openness::Open || words.value(&word).is_some())
        }
    }
}

pub(crate) fn fits_text(kind: &Kind, text: &str) -> bool {
    match kind {
        Kind::Int32 => text.parse::<i32>().is_ok(),
        Kind::Int64 => text.parse::<i64>().is_ok(),
        Kind::Float => text.parse().is_ok_and(f64::is_finite),
        Kind::Bool => matches!(text, "true" | "false"),
        Kind::Enum(words) => words.openness == Openness::Open || words.value(text).is_some(),
        _ => true,
    }
}
