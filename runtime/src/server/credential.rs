//! Keys, users and passwords as they are configured.

/// The reason why a key, a user or a password can't be meant: one that is empty lets everybody in, and white space at an
/// end is what a line end of a file or a space behind a comma leaves. Bytes that are no text have no white space.
pub(super) fn fault(credential: &[u8]) -> Option<&'static str> {
    let is_blank = |found: char| found.is_whitespace() || found == '\u{feff}';
    let text = std::str::from_utf8(credential).unwrap_or_default();
    if credential.is_empty() {
        Some("is empty")
    } else if text.starts_with(is_blank) || text.ends_with(is_blank) {
        Some("has white space at an end")
    } else {
        None
    }
}
