use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A pattern uses what JavaScript's regular expressions don't have, or mean otherwise.
    ///
    /// ## Why
    ///
    /// The pattern goes into JSON Schema, OpenAPI and TypeScript, whose readers use JavaScript's dialect.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       code: {type: string, doc: Code of the region., constraints: {pattern: '\A[a-z]+\z'}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       code: {type: string, doc: Code of the region., constraints: {pattern: '^[a-z]+$'}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Write it with `^`, `$`, classes in brackets, groups and repetitions only.
    pub(super) RULE { code: "W0507", name: "pattern-portability", category: Types, level: Warning, fixes: Never }
}

/// What the dialects don't share, and what to write instead.
const FOREIGN: &[(&str, &str)] = &[
    ("\\A", "`^` is the beginning of the text"),
    ("\\z", "`$` is the end of the text"),
    ("\\Z", "`$` is the end of the text"),
    ("(?P<", "a group needs no name"),
    ("(?i", "list both cases in a class: `[Aa]`"),
    ("(?x", "write the pattern without spaces and comments"),
    ("(?s", "`[\\s\\S]` is any character"),
    ("(?m", "a value is one text, not lines"),
    ("(?u", "list the characters in a class"),
    ("\\p{", "list the characters in a class"),
    ("\\P{", "list the characters in a class"),
    ("[[:", "list the characters: `[0-9A-Za-z]`"),
    ("&&", "list the characters that are left"),
    ("\\x{", "write `\\u` with four hexadecimal digits"),
];

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for limits in walk::scopes(contract).flatten().filter_map(|member| member.constraints.as_ref()) {
        let Some(pattern) = &limits.pattern else { continue };
        if let Some((written, instead)) = FOREIGN.iter().find(|(written, _)| pattern.value.contains(written)) {
            let message = format!("`{written}` is not what JavaScript's regular expressions understand");
            findings.push(Diagnostic::new(RULE, pattern.span, message).help(*instead));
        }
    }
}
