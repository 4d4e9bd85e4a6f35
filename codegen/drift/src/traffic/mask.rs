//! A line of traffic without what was sent.

/// A line with as many bytes, and without values: what stands in quotes and is no key, and what stands outside of quotes
/// but is no punctuation of JSON.
pub(super) fn masked(line: &str) -> String {
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
