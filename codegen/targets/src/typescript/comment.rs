//! TSDoc comments.

use std::fmt::Write;

use wcs_contract::text::wrap;

/// Widest line of a comment, without indentation and asterisk.
const WIDTH: usize = 108;

/// Writes paragraphs as a comment; empty ones are left out. One that starts with a tag is written as a tag.
pub(super) fn write(out: &mut String, indent: usize, paragraphs: &[String]) {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.trim().is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(&escape(paragraph), WIDTH));
    }
    match lines.as_slice() {
        [] => {}
        [line] => {
            let _ = writeln!(out, "{:indent$}/** {line} */", "");
        }
        lines => {
            let _ = writeln!(out, "{:indent$}/**", "");
            for line in lines {
                let _ = writeln!(out, "{:indent$} *{}{line}", "", if line.is_empty() { "" } else { " " });
            }
            let _ = writeln!(out, "{:indent$} */", "");
        }
    }
}

/// Tags that paragraphs may start with; any other at sign is text.
const TAGS: &[&str] = &["@packageDocumentation", "@deprecated", "@defaultValue", "@example", "@remarks"];

/// Outside of code spans, what TSDoc gives a meaning of its own is escaped; the end of the comment is everywhere.
fn escape(paragraph: &str) -> String {
    let tag = TAGS
        .iter()
        .find(|tag| paragraph.strip_prefix(**tag).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)));
    let text = tag.map_or(paragraph, |tag| &paragraph[tag.len()..]);
    let mut escaped = tag.map_or(String::new(), |tag| (*tag).to_owned());
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            escaped.push('`');
        }
        if at % 2 == 1 {
            escaped.push_str(part);
            continue;
        }
        for character in part.chars() {
            if matches!(character, '@' | '{' | '}' | '<' | '>') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
    }
    escaped.replace("*/", "*\\/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_tsdoc_reads() {
        assert_eq!(escape("a@b {x} <y> */ `{@z} */`"), "a\\@b \\{x\\} \\<y\\> *\\/ `{@z} *\\/`");
        assert_eq!(escape("@deprecated for {good}"), "@deprecated for \\{good\\}");
        assert_eq!(escape("@deprecatedly"), "\\@deprecatedly");
    }

    #[test]
    fn one_line_or_several() {
        let mut text = String::new();
        write(&mut text, 2, &["One.".to_owned(), String::new()]);
        write(&mut text, 2, &["One.".to_owned(), "Two.".to_owned()]);
        assert_eq!(text, "  /** One. */\n  /**\n   * One.\n   *\n   * Two.\n   */\n");
    }
}
