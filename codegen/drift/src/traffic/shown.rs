//! Places in traffic, and their lines without what was sent.
//!
//! A line is shown with its keys; of texts, numbers and words between them only the length is left.

use super::input::Line;
use super::mask::masked;

/// A place in a file, with the line that it stands in as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: usize,
    pub(super) line: usize,
    /// The line without values.
    pub(super) text: String,
    /// First byte in the line.
    pub(super) start: usize,
    /// Byte after the last one.
    pub(super) end: usize,
}

/// Longest line that is shown; others are shown around the place.
const LONGEST: usize = 64 * 1024;

/// The place of a key in some lines of a file: its first occurrence, or the beginning.
pub(super) fn of_key(file: usize, lines: &[Line], key: &str) -> Place {
    let quoted = serde_json::Value::from(key).to_string();
    let found = lines.iter().find_map(|line| {
        let mut from = 0;
        while let Some(at) = line.text.get(from..).and_then(|rest| rest.find(&quoted)).map(|at| from + at) {
            let end = at + quoted.len();
            if line.text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':')) {
                return Some((line, at, end));
            }
            from = end;
        }
        None
    });
    match found {
        Some((line, start, end)) => place(file, line, start, end),
        None => of_lines(file, lines),
    }
}

/// The beginning of some lines.
pub(super) fn of_lines(file: usize, lines: &[Line]) -> Place {
    match lines.first() {
        Some(line) => place(file, line, 0, 0),
        None => Place { file, line: 1, text: String::new(), start: 0, end: 0 },
    }
}

/// The place of a piece of a line that may be shown: a hook's name.
pub(super) fn of_word(file: usize, line: &Line, word: &str) -> Place {
    match line.text.rfind(word).filter(|_| !word.is_empty()) {
        Some(at) => {
            let mut place = place(file, line, at, at + word.len());
            // It is part of what was taken out, and the only part of it that is told.
            if place.text.is_char_boundary(place.start) && place.text.is_char_boundary(place.end) {
                place.text.replace_range(place.start..place.end, word);
            }
            place
        }
        None => place(file, line, 0, 0),
    }
}

fn place(file: usize, line: &Line, start: usize, end: usize) -> Place {
    let text = masked(&line.text);
    let fits = end <= LONGEST;
    let end_of_text = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    if fits {
        let text = text.get(..end_of_text).unwrap_or_default().to_owned();
        return Place { file, line: line.number, text, start, end };
    }
    // Far inside a long line: the key alone.
    let text = text.get(start..end).unwrap_or_default().to_owned();
    Place { file, line: line.number, start: 0, end: text.len(), text }
}
