//! What was probably meant.

/// The known name that is nearest to a written one: at most two slips, or a third of its length.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let limit = match length {
        // Any letter is one slip away from any other.
        0 | 1 => return None,
        2 | 3 => 1,
        _ => (length / 3).clamp(2, 3),
    };
    let lower = written.to_lowercase();
    let distance = |name: &str| {
        let other_case = strsim::osa_distance(&lower, &name.to_lowercase()) + 1;
        strsim::osa_distance(written, name).min(other_case)
    };
    known
        .into_iter()
        .filter(|name| *name != written && name.len().abs_diff(written.len()) <= 2 * limit)
        .map(|name| (distance(name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Shortest word that a slip is told from another word in: `none` is no slip of `note`.
const SHORTEST: usize = 5;

/// Slips within which no other known word may be.
const MARGIN: usize = 2;

/// Whether a word can only be another one with one slip: a letter lost, doubled, swapped or replaced. Digits are no
/// letters (`hmac_sha1` is another digest than `hmac_sha256`), and no other known word is near.
pub(super) fn is_slip<'a>(written: &str, meant: &str, known: impl IntoIterator<Item = &'a str>) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let near = |other: &str| other != meant && strsim::osa_distance(written, other) <= MARGIN;
    strsim::osa_distance(written, meant) == 1
        && meant.chars().count() >= SHORTEST
        && digits(written) == digits(meant)
        && !known.into_iter().any(near)
}

/// Whether two words begin and end alike, as a name and a slip inside it do; `callee` and `caller`, `uint32` and `int32`,
/// `stream` and `streams` may well be two names.
pub(super) fn has_same_ends(written: &str, meant: &str) -> bool {
    let ends = |text: &str| (text.chars().next(), text.chars().next_back());
    ends(written) == ends(meant)
}

/// Whether two words differ in case and in what stands between their parts only: `minLength` and `min_length`.
pub(super) fn is_respelt(written: &str, meant: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
    };
    letters(written) == letters(meant)
}
