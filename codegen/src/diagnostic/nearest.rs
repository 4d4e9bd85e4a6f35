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
