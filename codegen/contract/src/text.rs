//! Running text. Knows no target.

/// Breaks text at white space into lines of at most `width` characters, as far as words allow; a new line in the text
/// stays one.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for written in text.lines() {
        let mut line = String::new();
        for word in written.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// Words with commas between them and `and` before the last: `a, b and c`. Empty without words.
pub fn and<T: AsRef<str>>(words: &[T]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.as_ref().to_owned(),
        Some((last, others)) => format!("{} and {}", commas(others), last.as_ref()),
    }
}

/// Words with commas between them: `a, b, c`.
pub fn commas<T: AsRef<str>>(words: &[T]) -> String {
    words.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ")
}

/// Code spans with commas between them: `` `a`, `b` ``.
pub fn codes(words: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    code_spans(words).join(", ")
}

/// Alternatives as code spans: `` `a` or `b` ``.
pub fn either(words: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    code_spans(words).join(" or ")
}

fn code_spans(words: impl IntoIterator<Item = impl std::fmt::Display>) -> Vec<String> {
    words.into_iter().map(|word| format!("`{word}`")).collect()
}

/// A number with its noun, whose plural ends in `s`: `1 error`, `2 errors`.
pub fn count(number: usize, noun: &str) -> String {
    count_as(number, noun, &format!("{noun}s"))
}

/// A number with its noun in the singular or the plural.
pub fn count_as(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts() {
        assert_eq!([&[][..], &["a"], &["a", "b"], &["a", "b", "c"]].map(and), ["", "a", "a and b", "a, b and c"]);
        assert_eq!((codes(["a", "b"]), either([1, 2])), ("`a`, `b`".to_owned(), "`1` or `2`".to_owned()));
        assert_eq!([0, 1, 2].map(|number| count(number, "note")), ["0 notes", "1 note", "2 notes"]);
    }

    #[test]
    fn wraps_at_words_and_keeps_lines() {
        assert_eq!(wrap("one two three\nfour", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("a-word-that-is-too-long b", 5), ["a-word-that-is-too-long", "b"]);
    }
}
