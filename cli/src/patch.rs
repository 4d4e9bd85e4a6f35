//! Changes of a file as a patch.

use similar::TextDiff;

use crate::terminal::{BAD, DIM, GOOD};

/// How a file would change, as `patch` reads it, coloured.
pub(crate) fn patch(shown: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let plain = diff.unified_diff().context_radius(3).header(&format!("a/{shown}"), &format!("b/{shown}")).to_string();
    let mut out = String::with_capacity(plain.len());
    for line in plain.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        let styled = match line.chars().next() {
            Some('+') => format!("{GOOD}{text}{GOOD:#}\n"),
            Some('-') => format!("{BAD}{text}{BAD:#}\n"),
            Some('@') => format!("{DIM}{text}{DIM:#}\n"),
            _ => line.to_owned(),
        };
        out.push_str(&styled);
    }
    out
}
