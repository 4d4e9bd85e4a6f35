//! One strict pass over JSON text that tells where the members of an object, or the items of an array, stand.
//!
//! It is there for speed alone, and so may give up: what it accepts is JSON, and what it refuses has to be looked at by
//! a real parser, which also knows what to say about it. It refuses what is no JSON, what is nested deeper than asked,
//! and, to stay simple, keys with escapes. It allocates nothing.
//!
//! ```
//! let text = r#" {"name": "door", "open": [true, false]} "#;
//! let mut found = Vec::new();
//! wcs_scan::members(text, 8, |key, value| found.push((&text[key], &text[value])))?;
//! assert_eq!(found, [("name", r#""door""#), ("open", "[true, false]")]);
//! assert!(wcs_scan::members(r#"{"name": 01}"#, 8, |_, _| {}).is_err());
//! # Ok::<(), wcs_scan::Refused>(())
//! ```
//!
//! Who knows what should stand there takes the same steps one by one, with a [`Cursor`].

mod cursor;
mod text;

use std::fmt;
use std::ops::Range;

pub use cursor::{Cursor, Number};
pub use text::{Escapes, Text};

/// The text is no JSON of the kind that was asked for, or this pass is too simple for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no JSON of the kind that was asked for, or needs a full parser")
    }
}

impl std::error::Error for Refused {}

/// Calls for each member of an object, in order, with the places of its key, without the quotes, and of its value.
/// White space may stand around the object, and nothing else.
///
/// `levels` is how deep arrays and objects may be nested, the object itself counted.
///
/// # Errors
///
/// When the text is refused; there may have been calls by then.
pub fn members(text: &str, levels: usize, mut each: impl FnMut(Range<usize>, Range<usize>)) -> Result<(), Refused> {
    let mut cursor = Cursor::new(text.as_bytes(), levels);
    let mut more = cursor.open_object()?;
    while more {
        cursor.peek();
        let start = cursor.at() + 1;
        let key = start..start + cursor.key()?.len();
        cursor.peek();
        let start = cursor.at();
        cursor.skip()?;
        each(key, start..cursor.at());
        more = cursor.more_members()?;
    }
    cursor.end()
}

/// Calls for each item of an array, in order, with its place. As [`members`] in everything else.
///
/// # Errors
///
/// As [`members`].
pub fn items(text: &str, levels: usize, mut each: impl FnMut(Range<usize>)) -> Result<(), Refused> {
    let mut cursor = Cursor::new(text.as_bytes(), levels);
    let mut more = cursor.open_array()?;
    while more {
        cursor.peek();
        let start = cursor.at();
        cursor.skip()?;
        each(start..cursor.at());
        more = cursor.more_items()?;
    }
    cursor.end()
}
