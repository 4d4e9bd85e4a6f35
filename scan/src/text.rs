//! Strings and keys.

use crate::Refused;

/// A string, as it is written between its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// Its bytes.
    pub inner: &'a [u8],
    /// What of it stands for something else.
    pub escapes: Escapes,
}

/// The escapes in a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Escapes {
    /// None: it says what is written.
    None,
    /// Some, each for one character.
    Characters,
    /// Some, also such as `\u00e9`, which may be half of a character.
    CodeUnits,
}

/// What follows `name`, if the text begins with it. Names are short, and most are the one that is expected.
#[inline]
pub(crate) fn without<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (start, rest) = text.split_at_checked(name.len())?;
    same(start, name).then_some(rest)
}

/// Whether two texts of one length are the same. Two words cover most names, and cost less than a call.
#[inline]
fn same(one: &[u8], other: &[u8]) -> bool {
    if let (Some(start), Some(end)) = (one.first_chunk(), one.last_chunk()) {
        let word = |bytes: Option<&[u8; 8]>| bytes.map(|bytes| u64::from_le_bytes(*bytes));
        let ends = [Some(u64::from_le_bytes(*start)), Some(u64::from_le_bytes(*end))];
        return ends == [word(other.first_chunk()), word(other.last_chunk())] && (one.len() <= 16 || one == other);
    }
    if let (Some(start), Some(end)) = (one.first_chunk(), one.last_chunk()) {
        let word = |bytes: Option<&[u8; 4]>| bytes.map(|bytes| u32::from_le_bytes(*bytes));
        let ends = [Some(u32::from_le_bytes(*start)), Some(u32::from_le_bytes(*end))];
        return ends == [word(other.first_chunk()), word(other.last_chunk())];
    }
    one.iter().zip(other).all(|(one, other)| one == other)
}

/// A string without escapes whose quote has been taken, and what stands behind the closing one.
#[inline]
pub(crate) fn plain(text: &[u8]) -> Result<(&[u8], &[u8]), Refused> {
    let rest = after_plain(text);
    let [b'"', behind @ ..] = rest else { return Err(Refused) };
    Ok((before(text, rest)?, behind))
}

/// A string whose quote has been taken, and what stands behind the closing one.
pub(crate) fn whole(text: &[u8]) -> Result<(Text<'_>, &[u8]), Refused> {
    let mut escapes = Escapes::None;
    let mut rest = after_plain(text);
    loop {
        match rest {
            [b'"', behind @ ..] => return Ok((Text { inner: before(text, rest)?, escapes }, behind)),
            [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', behind @ ..] => {
                escapes = escapes.max(Escapes::Characters);
                rest = behind;
            }
            [b'\\', b'u', a, b, c, d, behind @ ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()) => {
                escapes = Escapes::CodeUnits;
                rest = behind;
            }
            [b'\\' | ..b' ', ..] | [] => return Err(Refused),
            _ => rest = after_plain(rest),
        }
    }
}

/// What stands before the rest of a text.
#[inline]
fn before<'a>(text: &'a [u8], rest: &[u8]) -> Result<&'a [u8], Refused> {
    text.get(..text.len() - rest.len()).ok_or(Refused)
}

/// From what ends a string or stands for something else in it: a quote, a backslash, a control character.
#[inline]
fn after_plain(text: &[u8]) -> &[u8] {
    let mut rest = text;
    while let Some((eight, behind)) = rest.split_first_chunk() {
        let special = specials(u64::from_le_bytes(*eight));
        if special != 0 {
            return rest.get(special.trailing_zeros() as usize / 8..).unwrap_or_default();
        }
        rest = behind;
    }
    while let [plain, behind @ ..] = rest
        && !matches!(plain, ..b' ' | b'"' | b'\\')
    {
        rest = behind;
    }
    rest
}

/// Sets the highest bit of each of eight bytes that is a quote, a backslash or a control character. Bytes behind the
/// first such one may be marked without being one, as subtraction borrows from them.
#[inline]
fn specials(eight: u64) -> u64 {
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    // With one bit turned over, the quote comes right behind the control characters, which stay among themselves.
    let quote_or_control = (eight ^ each(b'"' ^ b' ')).wrapping_sub(each(b' ' + 1));
    let backslash = (eight ^ each(b'\\')).wrapping_sub(each(1));
    (quote_or_control | backslash) & !eight & HIGH
}
