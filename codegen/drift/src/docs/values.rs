//! Values that a text lists: `Status: OPEN , SHUT`.
//!
//! What counts as a list: words with commas between them, after a colon or as the whole text; a word before a dash that
//! explains it (`text/plain , - the message is sent as …`); and a word before a comma that has a space on either side,
//! which is what printing makes of a word that was set as code.

use wcs_contract::source::Spanned;

/// The values in the order in which they stand.
pub(super) fn listed(text: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut found: Vec<Spanned<String>> = Vec::new();
    let mut add = |start: usize, end: usize| {
        let Some(word) = text.value.get(start..end) else { return };
        if found.iter().all(|known| known.value != word) {
            found.push(Spanned::new(word.to_owned(), text.span.slice(start, end)));
        }
    };
    let colons = text.value.match_indices(": ").map(|(at, _)| at + 2);
    for start in std::iter::once(0).chain(colons) {
        let words = list_at(&text.value, start);
        if start > 0 || words.len() > 1 {
            words.iter().for_each(|(from, to)| add(*from, *to));
        }
    }
    for (at, _) in text.value.match_indices(" ,") {
        let before = text.value.get(..at).unwrap_or_default();
        let start = before
            .rfind(|c: char| !is_within(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        if is_value(before.get(start..).unwrap_or_default()) {
            add(start, at);
        }
    }
    found.sort_by_key(|value| value.span);
    found
}

/// The places of words with commas between them from some place on. None if a list does not begin there, or if it goes
/// over into a sentence.
fn list_at(text: &str, start: usize) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut at = start;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let lead = rest.len() - rest.trim_start_matches([' ', '[', '\'', '"', '`']).len();
        let begin = at + lead;
        let rest = text.get(begin..).unwrap_or_default();
        let length = rest.find(|c: char| !is_within(c)).unwrap_or(rest.len());
        if !is_value(rest.get(..length).unwrap_or_default()) {
            break;
        }
        let after = rest.get(length..).unwrap_or_default();
        let closed = after.trim_start_matches(['\'', '"', '`', ']']);
        let spaced = closed.trim_start_matches(' ');
        words.push((begin, begin + length));
        if let Some(more) = spaced.strip_prefix(',') {
            at = text.len() - more.len();
            continue;
        }
        let ends = spaced.is_empty() || spaced.starts_with(['.', ';', ')', '\n']);
        // A sentence goes on after its last comma: the word before was none of the list.
        if !ends {
            words.pop();
        }
        if !ends && words.len() < 2 {
            words.clear();
        }
        break;
    }
    words
}

fn is_within(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '/')
}

fn is_value(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.chars().all(is_within)
}
