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

use std::fmt;
use std::ops::Range;

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
pub fn members(text: &str, levels: usize, each: impl FnMut(Range<usize>, Range<usize>)) -> Result<(), Refused> {
    whole(text, levels, b'{', |scan, below| scan.object(below, each))
}

/// Calls for each item of an array, in order, with its place. As [`members`] in everything else.
///
/// # Errors
///
/// As [`members`].
pub fn items(text: &str, levels: usize, each: impl FnMut(Range<usize>)) -> Result<(), Refused> {
    whole(text, levels, b'[', |scan, below| scan.array(below, each))
}

fn whole(
    text: &str,
    levels: usize,
    bracket: u8,
    inside: impl FnOnce(&mut Scan<'_>, usize) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    let below = levels.checked_sub(1).ok_or(Refused)?;
    if scan.next_token() != bracket {
        return Err(Refused);
    }
    scan.at += 1;
    inside(&mut scan, below)?;
    scan.next_token();
    if scan.at == scan.bytes.len() { Ok(()) } else { Err(Refused) }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// What stands behind the end. No JSON has it outside of strings, and in strings it is refused as a control character.
const END: u8 = 0;

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(END)
    }

    /// The first byte that is no white space; it is not taken.
    fn next_token(&mut self) -> u8 {
        loop {
            match self.peek() {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                other => return other,
            }
        }
    }

    /// The members of an object whose brace has been taken, and the closing one.
    fn object(&mut self, levels: usize, mut each: impl FnMut(Range<usize>, Range<usize>)) -> Result<(), Refused> {
        if self.next_token() == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            if self.next_token() != b'"' {
                return Err(Refused);
            }
            self.at += 1;
            let key = self.at..self.key()?;
            if self.next_token() != b':' {
                return Err(Refused);
            }
            self.at += 1;
            self.next_token();
            let start = self.at;
            self.value(levels)?;
            each(key, start..self.at);
            let end = self.next_token();
            self.at += 1;
            match end {
                b',' => {}
                b'}' => return Ok(()),
                _ => return Err(Refused),
            }
        }
    }

    /// The items of an array whose bracket has been taken, and the closing one.
    fn array(&mut self, levels: usize, mut each: impl FnMut(Range<usize>)) -> Result<(), Refused> {
        if self.next_token() == b']' {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.next_token();
            let start = self.at;
            self.value(levels)?;
            each(start..self.at);
            let end = self.next_token();
            self.at += 1;
            match end {
                b',' => {}
                b']' => return Ok(()),
                _ => return Err(Refused),
            }
        }
    }

    /// A value that begins here. It may open so many levels.
    fn value(&mut self, levels: usize) -> Result<(), Refused> {
        let first = self.peek();
        match first {
            b'"' => {
                self.at += 1;
                self.string()
            }
            b'{' | b'[' => {
                let below = levels.checked_sub(1).ok_or(Refused)?;
                self.at += 1;
                if first == b'{' { self.object(below, |_, _| {}) } else { self.array(below, |_| {}) }
            }
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Refused> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word) {
            return Err(Refused);
        }
        self.at = end;
        Ok(())
    }

    fn number(&mut self) -> Result<(), Refused> {
        self.at += usize::from(self.peek() == b'-');
        if self.peek() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Refused> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Refused) }
    }

    /// The end of a key whose quote has been taken; its closing quote is taken too.
    fn key(&mut self) -> Result<usize, Refused> {
        if self.skip_plain() != b'"' {
            return Err(Refused);
        }
        let end = self.at;
        self.at += 1;
        Ok(end)
    }

    /// A string whose quote has been taken, and the closing one.
    fn string(&mut self) -> Result<(), Refused> {
        loop {
            match self.skip_plain() {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.escape()?,
                _ => return Err(Refused),
            }
        }
    }

    /// An escape that begins here.
    fn escape(&mut self) -> Result<(), Refused> {
        let length = match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => {
                let hex = self.bytes.get(self.at + 2..self.at + 6).ok_or(Refused)?;
                if !hex.iter().all(u8::is_ascii_hexdigit) {
                    return Err(Refused);
                }
                6
            }
            _ => return Err(Refused),
        };
        self.at += length;
        Ok(())
    }

    /// Goes on to what ends a string or stands for something else in it: a quote, a backslash, a control character.
    fn skip_plain(&mut self) -> u8 {
        while let Some(eight) = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk) {
            let special = specials(u64::from_le_bytes(*eight));
            if special != 0 {
                self.at += special.trailing_zeros() as usize / 8;
                return self.peek();
            }
            self.at += 8;
        }
        loop {
            match self.peek() {
                plain if plain >= b' ' && plain != b'"' && plain != b'\\' => self.at += 1,
                special => return special,
            }
        }
    }
}

/// Sets the highest bit of each of eight bytes that is a quote, a backslash or a control character. Bytes behind the
/// first such one may be marked without being one, as subtraction borrows from them.
fn specials(eight: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let quotes = eight ^ u64::from_le_bytes([b'"'; 8]);
    let backslashes = eight ^ u64::from_le_bytes([b'\\'; 8]);
    let is_zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
    let is_control = eight.wrapping_sub(u64::from_le_bytes([b' '; 8])) & !eight;
    (is_zero(quotes) | is_zero(backslashes) | is_control) & HIGH
}
