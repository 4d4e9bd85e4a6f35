//! Doc comments: Markdown that rustdoc reads without a warning.

use std::fmt::Write;

use wcs_contract::text::wrap;

/// Widest line of a doc comment, without indentation and slashes.
const WIDTH: usize = 108;

/// Writes paragraphs as a doc comment; empty ones are left out.
pub(super) fn write(out: &mut String, indent: usize, paragraphs: &[String]) {
    let mut first = true;
    for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.trim().is_empty()) {
        if !first {
            let _ = writeln!(out, "{:indent$}///", "");
        }
        first = false;
        for line in wrap(&escape(paragraph), WIDTH) {
            let _ = writeln!(out, "{:indent$}/// {line}", "");
        }
    }
}

/// Writes a line of a doc comment as it is.
pub(super) fn raw(out: &mut String, indent: usize, line: &str) {
    let _ = writeln!(out, "{:indent$}///{}{line}", "", if line.is_empty() { "" } else { " " });
}

/// Outside of code spans, what rustdoc would take for a link or for HTML is escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            escaped.push('`');
        }
        if at % 2 == 1 {
            escaped.push_str(part);
            continue;
        }
        let words: Vec<String> = part.split(' ').map(escape_word).collect();
        escaped.push_str(&words.join(" "));
    }
    escaped
}

fn escape_word(word: &str) -> String {
    if word.contains("://") {
        let start = word.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(0);
        let (before, address) = word.split_at(start);
        let length = address.trim_end_matches(|c: char| ".,;:)\"'".contains(c)).len();
        let (address, after) = address.split_at(length);
        return format!("{before}`{address}`{after}");
    }
    let mut escaped = String::with_capacity(word.len());
    for character in word.chars() {
        if matches!(character, '[' | ']' | '<' | '>') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_outside_of_code() {
        assert_eq!(
            escape("a <b> [c] `<d> [e]` see https://x.y/z."),
            "a \\<b\\> \\[c\\] `<d> [e]` see `https://x.y/z`."
        );
    }
}
