//! Arrays, maps and comma-separated lists.

use std::borrow::Cow;
use std::fmt;

use serde_json::value::RawValue;

use super::{FromJson, FromText, Json};
use crate::json::{self, unescape_key};

impl<'a, T: FromJson<'a>> FromJson<'a> for Vec<T> {
    fn from_json(json: Json<'a>) -> Option<Self> {
        items(json)?.map(T::from_json).collect()
    }
}

/// The items of an array.
pub(super) fn items<'a>(json: Json<'a>) -> Option<impl Iterator<Item = Json<'a>>> {
    let items: Vec<&'a RawValue> = serde_json::from_str(json.text()).ok()?;
    Some(items.into_iter().map(move |item| json.part(item.get())))
}

/// The entries of an object.
pub(super) fn pairs<'a>(json: Json<'a>) -> Option<impl Iterator<Item = (Cow<'a, str>, Json<'a>)>> {
    let entries = json.text().starts_with('{').then(|| json::entries(json.text()))?;
    Some(entries.into_iter().map(move |(key, value)| (unescape_key(key), json.part(value))))
}

/// The items of a comma-separated list: without the white space around them, and without empty ones.
pub(crate) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// An object with free keys, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<'a, T>(Vec<(Cow<'a, str>, T)>);

impl<'a, T> Entries<'a, T> {
    /// No entry yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// With one more entry.
    #[must_use]
    pub fn with(mut self, key: impl Into<Cow<'a, str>>, value: T) -> Self {
        self.0.push((key.into(), value));
        self
    }

    /// The value of a key; the last one, should it stand twice.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The entries.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a, T> IntoIterator for Entries<'a, T> {
    type Item = (Cow<'a, str>, T);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, K: Into<Cow<'a, str>>, T> FromIterator<(K, T)> for Entries<'a, T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

impl<'a, T: FromJson<'a>> FromJson<'a> for Entries<'a, T> {
    fn from_json(json: Json<'a>) -> Option<Self> {
        pairs(json)?.map(|(key, value)| Some((key, T::from_json(value)?))).collect::<Option<Vec<_>>>().map(Self)
    }
}

/// Items that stand in one string, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List<T>(pub Vec<T>);

impl<T> std::ops::Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T: fmt::Display> fmt::Display for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(at, item)| {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{item}")
        })
    }
}

impl<T: FromText> FromJson<'_> for List<T> {
    fn from_json(json: Json<'_>) -> Option<Self> {
        split(&String::from_json(json)?).map(T::from_text).collect::<Option<Vec<_>>>().map(Self)
    }
}
