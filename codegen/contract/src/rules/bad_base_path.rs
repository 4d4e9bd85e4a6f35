use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A base path can't be the beginning of an address.
    ///
    /// ## Why
    ///
    /// The name of a hook is appended with a slash. A path without one at the beginning, or with one at the end, gives another
    /// address than the sender's.
    ///
    /// ## Example
    ///
    /// ```text
    /// sender:
    ///   base_paths:
    ///     hooks/: {doc: As delivered.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// sender:
    ///   base_paths:
    ///     /hooks: {doc: As delivered.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Begin it with a slash, end it without one, and leave out query and spaces.
    pub(super) RULE { code: "W0810", name: "bad-base-path", category: Semantics, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for (path, _) in contract.sender.iter().flat_map(|sender| sender.base_paths.iter()) {
        let wrong = match path.value.as_str() {
            text if !text.starts_with('/') => "does not begin with a slash",
            text if text.len() > 1 && text.ends_with('/') => "ends with a slash",
            text if text.contains(['?', '#', ' ', '{', '\\']) => "has characters that no path has",
            _ => continue,
        };
        let meant = format!("/{}", path.value.trim_matches('/'));
        let found = Diagnostic::new(RULE, path.span, format!("the base path `{}` {wrong}", path.value));
        let is_plain = (path.span.end - path.span.start) as usize == path.value.len();
        findings.push(if is_plain && !meant.contains(['?', '#', ' ', '{', '\\', ':']) {
            let found = found.help(format!("write `{meant}`")).fix("correct the path", path.span, meant);
            found.left("the path is declared here, so nothing says which one the sender has")
        } else {
            found.help("write only the path, beginning with a slash")
        });
    }
}
