//! Markdown: code spans, table cells, list items, fences. Knows nothing of the model.

/// A code span; back quotes in it make the fence longer.
pub(super) fn code(text: &str) -> String {
    let longest = longest_run(text, '`');
    if longest == 0 {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Code spans with commas between them.
pub(super) fn codes<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    texts.into_iter().map(|text| code(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A text for one cell of a table: on one line, with its bars escaped.
pub(super) fn cell(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if c == '|' && before != '\\' {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that goes on inside a list item: its further lines are indented.
pub(super) fn hanging(text: &str) -> String {
    let mut lines = text.lines();
    let mut hung = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        hung.push('\n');
        if !line.is_empty() {
            hung.push_str("   ");
            hung.push_str(line);
        }
    }
    hung
}

/// A fenced block.
pub(super) fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}

/// The first sentence of a text.
pub(super) fn first_sentence(text: &str) -> &str {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let bytes = paragraph.as_bytes();
    let mut in_code = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'`' => in_code = !in_code,
            b'.' if !in_code => {
                let ends_word = bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace);
                let starts_anew = bytes.get(at + 2).is_some_and(|next| !next.is_ascii_lowercase());
                // `e.g. X`: a letter between two stops is no sentence.
                let abbreviation = at >= 2 && bytes.get(at - 2) == Some(&b'.');
                if ends_word && starts_anew && !abbreviation {
                    return &paragraph[..=at];
                }
            }
            _ => {}
        }
    }
    paragraph
}

/// At most one blank line between blocks, no white space at the ends of lines, one line break at the end. So templates
/// can be laid out for their readers.
pub(super) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blank = true;
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let marks: String = line.trim_start().chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if *open == line.trim() => fence = None,
            None if marks.len() >= 3 => fence = Some(marks),
            _ => {}
        }
        let line = if fence.is_some() { line } else { line.trim_end() };
        if line.is_empty() && blank && fence.is_none() {
            continue;
        }
        blank = line.is_empty();
        tidied.push_str(line);
        tidied.push('\n');
    }
    let end = tidied.trim_end().len();
    tidied.truncate(end);
    tidied.push('\n');
    tidied
}

/// A text as one word of a shell's command line.
pub(super) fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_one_line_and_escape_bars_once() {
        assert_eq!(cell("a | b\n  c \\| `d|e`"), "a \\| b c \\| `d\\|e`");
    }

    #[test]
    fn code_spans_hold_back_quotes() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
    }

    #[test]
    fn first_sentences() {
        for (text, first) in [
            ("One. Two.", "One."),
            ("Of kind `A. B`. Next.", "Of kind `A. B`."),
            ("Such as e.g. This one. Next.", "Such as e.g. This one."),
            ("Version 5.2 has it. `x` too.", "Version 5.2 has it."),
            ("No stop", "No stop"),
            ("One\n\nTwo. Three.", "One"),
        ] {
            assert_eq!(first_sentence(text), first);
        }
    }

    #[test]
    fn tidying_leaves_fences_alone() {
        assert_eq!(tidy("\n\na \n\n\nb\n```\nx \n\n\ny\n```\n\n\n"), "a\n\nb\n```\nx \n\n\ny\n```\n");
    }

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        assert_eq!(fenced("md", "```\n"), "````md\n```\n````");
    }

    #[test]
    fn shell_words_survive_quotes() {
        assert_eq!(shell_word("it's"), r"'it'\''s'");
    }
}
