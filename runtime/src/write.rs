//! Writing Rust values as the JSON text of a member.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;

use bytes::Bytes;

/// Why a value can't be written as JSON.
pub use serde_json::Error as WriteError;

use crate::json::{self, write_str};
use crate::value::{Entries, List, Object, StringOrNumber};

/// A value that can stand where a member of type `K` stands: a `&str` for text, an array for a `Vec`, and so on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be written to a member of type `{K}`",
    label = "expected a value for `{K}`"
)]
pub trait WriteAs<K> {
    /// Appends its JSON text.
    fn write(&self, json: &mut String);
}

impl<K, V: WriteAs<K> + ?Sized> WriteAs<K> for &V {
    fn write(&self, json: &mut String) {
        (**self).write(json);
    }
}

/// Appends the word of an enum.
#[doc(hidden)]
pub fn write_word(word: &str, json: &mut String) {
    write_str(word, json);
}

/// Appends a record's body.
#[doc(hidden)]
pub fn write_view(body: &Bytes, json: &mut String) {
    json.push_str(String::from_utf8_lossy(body).trim_start_matches('\u{feff}').trim());
}

macro_rules! text {
    ($($text:ty),*) => {$(
        impl<'k> WriteAs<Cow<'k, str>> for $text {
            fn write(&self, json: &mut String) {
                write_str(self, json);
            }
        }

        impl<'k> WriteAs<StringOrNumber<'k>> for $text {
            fn write(&self, json: &mut String) {
                write_str(self, json);
            }
        }
    )*};
}

text!(str, String, Cow<'_, str>, Box<str>);

macro_rules! as_displayed {
    ($($kind:ty: $($value:ty),*;)*) => {$($(
        impl WriteAs<$kind> for $value {
            fn write(&self, json: &mut String) {
                json.push_str(&self.to_string());
            }
        }
    )*)*};
}

as_displayed! {
    bool: bool;
    i32: i32, u16, i16, u8, i8;
    i64: i64, u32, i32, u16, i16, u8, i8;
    StringOrNumber<'_>: i64, u64, i32, u32, u16;
}

/// JSON has no infinity and no NaN: they are written as null, as serde_json does.
impl WriteAs<f64> for f64 {
    fn write(&self, json: &mut String) {
        json.push_str(&serde_json::to_string(self).unwrap_or_default());
    }
}

impl<'k> WriteAs<StringOrNumber<'k>> for StringOrNumber<'_> {
    fn write(&self, json: &mut String) {
        match self {
            Self::Text(text) => write_str(text, json),
            Self::Number(number) if json::is_json(number) => json.push_str(number),
            Self::Number(number) => write_str(number, json),
        }
    }
}

impl WriteAs<Object> for Object {
    fn write(&self, json: &mut String) {
        json.push_str(&serde_json::to_string(self).unwrap_or_default());
    }
}

fn write_items<'v, K, V: WriteAs<K> + 'v>(items: impl IntoIterator<Item = &'v V>, json: &mut String) {
    json.push('[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        item.write(json);
    }
    json.push(']');
}

impl<K, V: WriteAs<K>> WriteAs<Vec<K>> for [V] {
    fn write(&self, json: &mut String) {
        write_items(self, json);
    }
}

impl<K, V: WriteAs<K>> WriteAs<Vec<K>> for Vec<V> {
    fn write(&self, json: &mut String) {
        write_items(self, json);
    }
}

impl<K, V: WriteAs<K>, const N: usize> WriteAs<Vec<K>> for [V; N] {
    fn write(&self, json: &mut String) {
        write_items(self, json);
    }
}

fn write_entries<'v, K, V: WriteAs<K> + 'v>(entries: impl Iterator<Item = (&'v str, &'v V)>, json: &mut String) {
    json.push('{');
    for (at, (key, value)) in entries.enumerate() {
        if at > 0 {
            json.push(',');
        }
        write_str(key, json);
        json.push(':');
        value.write(json);
    }
    json.push('}');
}

impl<'k, K, V: WriteAs<K>> WriteAs<Entries<'k, K>> for Entries<'_, V> {
    fn write(&self, json: &mut String) {
        write_entries(self.iter(), json);
    }
}

impl<'k, K, N: AsRef<str>, V: WriteAs<K>> WriteAs<Entries<'k, K>> for BTreeMap<N, V> {
    fn write(&self, json: &mut String) {
        write_entries(self.iter().map(|(key, value)| (key.as_ref(), value)), json);
    }
}

impl<'k, K, N: AsRef<str>, V: WriteAs<K>, H> WriteAs<Entries<'k, K>> for HashMap<N, V, H> {
    fn write(&self, json: &mut String) {
        write_entries(self.iter().map(|(key, value)| (key.as_ref(), value)), json);
    }
}

impl<'k, K, N: AsRef<str>, V: WriteAs<K>, const M: usize> WriteAs<Entries<'k, K>> for [(N, V); M] {
    fn write(&self, json: &mut String) {
        write_entries(self.iter().map(|(key, value)| (key.as_ref(), value)), json);
    }
}

fn write_list<'v, V: Display + 'v>(items: impl IntoIterator<Item = &'v V>, json: &mut String) {
    let words: Vec<String> = items.into_iter().map(ToString::to_string).collect();
    write_str(&words.join(","), json);
}

impl<K, V: Display> WriteAs<List<K>> for List<V> {
    fn write(&self, json: &mut String) {
        write_list(&self.0, json);
    }
}

impl<K, V: Display> WriteAs<List<K>> for Vec<V> {
    fn write(&self, json: &mut String) {
        write_list(self, json);
    }
}

impl<K, V: Display, const N: usize> WriteAs<List<K>> for [V; N] {
    fn write(&self, json: &mut String) {
        write_list(self, json);
    }
}
