//! Pieces of text that several verbs print.

use serde_json::Value;
use wcs_contract::diagnostic::nearest;
use wcs_contract::text::wrap;

use crate::terminal::harmless;

/// Width of running text.
pub(crate) const WIDTH: usize = 96;

/// A number with the word for what is counted, in the singular or the plural.
pub(crate) fn counted(count: impl TryInto<u64>, what: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}

/// A message for a name that does not exist: the nearest one that does, or other advice.
pub(crate) fn unknown<'n>(
    what: &str,
    written: &str,
    known: impl IntoIterator<Item = &'n str>,
    otherwise: &str,
) -> String {
    match nearest(written, known) {
        Some(near) => format!("there is no {what} `{written}`; did you mean `{near}`?"),
        None => format!("there is no {what} `{written}`; {otherwise}"),
    }
}

/// Adds running text, wrapped.
pub(crate) fn paragraph(text: &mut String, prose: &str) {
    wrap(prose, WIDTH).iter().for_each(|line| text.push_str(&format!("{line}\n")));
}

/// A JSON value in a line of at most so many characters, without control characters.
pub(crate) fn shortened(value: &Value, most: usize) -> String {
    let text = harmless(&value.to_string());
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
