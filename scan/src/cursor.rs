//! The steps of the pass.

use crate::Refused;
use crate::text::{self, Text};

/// A place in JSON text, and the steps from there. Each step checks what it passes; white space between is passed too.
///
/// ```
/// use wcs_scan::Cursor;
///
/// let mut cursor = Cursor::new(br#"{"door": "cellar", "seconds": 30}"#, 8);
/// assert!(cursor.open_object()?);
/// assert!(cursor.take_key("door"));
/// assert_eq!(cursor.text()?.inner, b"cellar");
/// assert!(cursor.more_members()?);
/// assert_eq!(cursor.key()?, b"seconds");
/// assert_eq!(cursor.number()?.digits, 2);
/// assert!(!cursor.more_members()?);
/// cursor.end()?;
/// # Ok::<(), wcs_scan::Refused>(())
/// ```
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    /// What is left of the text. A slice that gets shorter has its bounds checked once where an index has them twice.
    rest: &'a [u8],
    length: usize,
    /// How many more arrays and objects may be opened.
    levels: usize,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// How many digits it has before point and exponent.
    pub digits: usize,
    /// Whether it has neither point nor exponent.
    pub is_whole: bool,
}

/// What stands behind the end. No JSON has it outside of strings.
const END: u8 = 0;

impl<'a> Cursor<'a> {
    /// Before the first byte. `levels` is how deep arrays and objects may be nested.
    ///
    /// Whether the bytes are UTF-8 is not looked at.
    #[must_use]
    pub fn new(text: &'a [u8], levels: usize) -> Self {
        Self { rest: text, length: text.len(), levels }
    }

    /// Passes a byte order mark, if one stands here.
    pub fn pass_mark(&mut self) {
        self.rest = self.rest.strip_prefix("\u{feff}".as_bytes()).unwrap_or(self.rest);
    }

    /// The offset of the next byte.
    #[inline]
    #[must_use]
    pub fn at(&self) -> usize {
        self.length - self.rest.len()
    }

    /// The first byte that is no white space, which is passed; it is not taken itself. 0 at the end.
    #[inline]
    pub fn peek(&mut self) -> u8 {
        match self.rest.first() {
            Some(byte) if *byte > b' ' => *byte,
            _ => self.after_space(),
        }
    }

    #[cold]
    #[inline(never)]
    fn after_space(&mut self) -> u8 {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied().unwrap_or(END)
    }

    /// Takes a byte if it stands here, behind white space.
    #[inline]
    fn take(&mut self, byte: u8) -> Result<(), Refused> {
        if self.rest.first() != Some(&byte) {
            self.peek();
        }
        match self.rest {
            [found, rest @ ..] if *found == byte => {
                self.rest = rest;
                Ok(())
            }
            _ => Err(Refused),
        }
    }

    /// Takes the brace that opens an object; says whether there are members.
    ///
    /// # Errors
    ///
    /// When something else stands here, or it would be a level too many.
    #[inline]
    pub fn open_object(&mut self) -> Result<bool, Refused> {
        self.open(b'{', b'}')
    }

    /// Takes the bracket that opens an array; says whether there are items.
    ///
    /// # Errors
    ///
    /// As [`open_object`](Self::open_object).
    #[inline]
    pub fn open_array(&mut self) -> Result<bool, Refused> {
        self.open(b'[', b']')
    }

    #[inline]
    fn open(&mut self, bracket: u8, closing: u8) -> Result<bool, Refused> {
        self.take(bracket)?;
        self.levels = self.levels.checked_sub(1).ok_or(Refused)?;
        self.peek();
        match self.rest {
            [found, rest @ ..] if *found == closing => {
                self.rest = rest;
                self.levels += 1;
                Ok(false)
            }
            _ => Ok(true),
        }
    }

    /// Takes what stands behind a member: a comma, so that there is another, or the brace that closes the object.
    ///
    /// # Errors
    ///
    /// When something else stands here.
    #[inline]
    pub fn more_members(&mut self) -> Result<bool, Refused> {
        self.more(b'}')
    }

    /// Takes what stands behind an item: a comma, so that there is another, or the bracket that closes the array.
    ///
    /// # Errors
    ///
    /// As [`more_members`](Self::more_members).
    #[inline]
    pub fn more_items(&mut self) -> Result<bool, Refused> {
        self.more(b']')
    }

    #[inline]
    fn more(&mut self, closing: u8) -> Result<bool, Refused> {
        self.peek();
        match self.rest {
            [b',', rest @ ..] => {
                self.rest = rest;
                Ok(true)
            }
            [found, rest @ ..] if *found == closing => {
                self.rest = rest;
                self.levels += 1;
                Ok(false)
            }
            _ => Err(Refused),
        }
    }

    /// Takes the key of a member, with the colon behind it, if it is this one, and written without escapes and white
    /// space: a quick look at what is expected, before [`key`](Self::key).
    #[inline]
    pub fn take_key(&mut self, name: &str) -> bool {
        let [b'"', rest @ ..] = self.rest else { return false };
        let Some([b'"', b':', rest @ ..]) = text::without(rest, name.as_bytes()) else { return false };
        self.rest = rest;
        true
    }

    /// Takes the key of a member, with the colon behind it.
    ///
    /// # Errors
    ///
    /// When no key stands here, or one with escapes.
    #[inline]
    pub fn key(&mut self) -> Result<&'a [u8], Refused> {
        self.peek();
        let [b'"', rest @ ..] = self.rest else { return Err(Refused) };
        let (key, rest) = text::plain(rest)?;
        self.rest = rest;
        self.take(b':')?;
        Ok(key)
    }

    /// Takes a string if it has no escapes, and gives what stands between its quotes: a quick look before
    /// [`text`](Self::text).
    #[inline]
    pub fn take_plain(&mut self) -> Option<&'a [u8]> {
        let [b'"', rest @ ..] = self.rest else { return None };
        let (inner, rest) = text::plain(rest).ok()?;
        self.rest = rest;
        Some(inner)
    }

    /// Takes a string.
    ///
    /// # Errors
    ///
    /// When none stands here.
    pub fn text(&mut self) -> Result<Text<'a>, Refused> {
        self.peek();
        let [b'"', rest @ ..] = self.rest else { return Err(Refused) };
        let (text, rest) = text::whole(rest)?;
        self.rest = rest;
        Ok(text)
    }

    /// Takes `true`, `false` or `null`.
    ///
    /// # Errors
    ///
    /// When something else stands here.
    #[inline]
    pub fn word(&mut self) -> Result<(), Refused> {
        self.rest = match self.peek() {
            b't' => self.rest.strip_prefix(b"true"),
            b'f' => self.rest.strip_prefix(b"false"),
            _ => self.rest.strip_prefix(b"null"),
        }
        .ok_or(Refused)?;
        Ok(())
    }

    /// Takes a number.
    ///
    /// # Errors
    ///
    /// When none stands here.
    #[inline]
    pub fn number(&mut self) -> Result<Number, Refused> {
        self.peek();
        let unsigned = self.rest.strip_prefix(b"-").unwrap_or(self.rest);
        // Behind a leading zero there is no digit, so that what stands there is refused by the next step.
        let (digits, rest) = if let [b'0', rest @ ..] = unsigned { (1, rest) } else { digits(unsigned)? };
        self.rest = rest;
        let is_whole = !matches!(rest, [b'.' | b'e' | b'E', ..]);
        if !is_whole {
            self.rest = fraction(rest)?;
        }
        Ok(Number { digits, is_whole })
    }

    /// Takes any value.
    ///
    /// # Errors
    ///
    /// When none stands here, or one that is nested too deep or has a key with escapes.
    pub fn skip(&mut self) -> Result<(), Refused> {
        match self.peek() {
            b'"' => self.text().map(drop),
            b'{' => {
                let mut more = self.open_object()?;
                while more {
                    self.key()?;
                    self.skip()?;
                    more = self.more_members()?;
                }
                Ok(())
            }
            b'[' => {
                let mut more = self.open_array()?;
                while more {
                    self.skip()?;
                    more = self.more_items()?;
                }
                Ok(())
            }
            b't' | b'f' | b'n' => self.word(),
            _ => self.number().map(drop),
        }
    }

    /// Nothing but white space is left.
    ///
    /// # Errors
    ///
    /// When something is.
    pub fn end(&mut self) -> Result<(), Refused> {
        self.peek();
        if self.rest.is_empty() { Ok(()) } else { Err(Refused) }
    }
}

/// How many digits there are, at least one, and what stands behind them.
#[inline]
fn digits(text: &[u8]) -> Result<(usize, &[u8]), Refused> {
    let mut rest = text;
    while let [b'0'..=b'9', behind @ ..] = rest {
        rest = behind;
    }
    let digits = text.len() - rest.len();
    if digits > 0 { Ok((digits, rest)) } else { Err(Refused) }
}

/// What stands behind the fraction and the exponent of a number.
fn fraction(mut text: &[u8]) -> Result<&[u8], Refused> {
    if let [b'.', rest @ ..] = text {
        text = digits(rest)?.1;
    }
    if let [b'e' | b'E', rest @ ..] = text {
        let unsigned = if let [b'+' | b'-', rest @ ..] = rest { rest } else { rest };
        text = digits(unsigned)?.1;
    }
    Ok(text)
}
