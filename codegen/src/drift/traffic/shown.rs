//! Places in traffic, and their lines without what was sent.
//!
//! A line is shown with its keys; of texts, numbers and words between them only the length is left.

use super::input::Line;

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

/// A line with as many bytes, and without values: what stands in quotes and is no key, and what stands outside of quotes
/// but is no punctuation of JSON.
fn masked(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '"' {
            let length = string_length(rest);
            let (string, after) = rest.split_at(length);
            if after.trim_start().starts_with(':') {
                out.extend(string.chars().flat_map(|c| {
                    let shown = if c.is_control() { MASK } else { c };
                    std::iter::repeat_n(shown, if c.is_control() { c.len_utf8() } else { 1 })
                }));
            } else {
                let is_edge = |at: usize, c: char| c == '"' && (at == 0 || at + 1 == length);
                for (at, c) in string.char_indices() {
                    if is_edge(at, c) { out.push(c) } else { out.extend(std::iter::repeat_n(MASK, c.len_utf8())) }
                }
            }
            rest = after;
        } else {
            match c {
                '{' | '}' | '[' | ']' | ':' | ',' | ' ' | '\t' => out.push(c),
                _ => out.extend(std::iter::repeat_n(MASK, c.len_utf8())),
            }
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

const MASK: char = '*';

/// The length of a string with its quotes; one that does not end goes to the end of the line.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_sent_is_left() {
        for (line, expected) in [
            (r#"{"a":"secret","b" : 12.5,"c":[true,"x\"y"]}"#, r#"{"a":"******","b" : ****,"c":[****,"****"]}"#),
            (r#"  "pin" : 1234,"#, r#"  "pin" : ****,"#),
            ("URL:http://u:p@h/x?t=1", "***:****:***:*********"),
            (r#""cut off"#, r#""*******"#),
            ("\"é\":\"é\"", "\"é\":\"**\""),
        ] {
            let shown = masked(line);
            assert_eq!(shown.len(), line.len(), "{line}");
            assert_eq!(shown, expected, "{line}");
        }
    }
}
