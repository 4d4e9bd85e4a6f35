//! Diagnostics about names: declared twice, taken, unknown.

use std::collections::BTreeSet;

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::source::Name;
use crate::source::Span;
use crate::text;

/// Reports that a name is declared a second time.
pub(crate) fn duplicate(name: &Name, first: Span, what: &str) -> Diagnostic {
    Diagnostic::error(codes::DUPLICATE_NAME, name.span, format!("the {what} `{}` is declared twice", name.value))
        .label(first, "first declared here")
        .help("rename or remove one of them")
}

/// That another spelling belongs to something else already.
pub(crate) fn taken(alias: &Name, first: Span, what: &str) -> Diagnostic {
    Diagnostic::error(codes::DUPLICATE_NAME, alias.span, format!("the spelling `{}` is taken already", alias.value))
        .label(first, format!("by this {what}"))
        .help("remove it here, or rename the other one")
}

/// Most names that a message lists.
const MOST_LISTED: usize = 6;

/// Tells that a name refers to nothing, unless it stands for one that could not be read.
pub(crate) fn unknown<'a>(
    name: &Name,
    what: &str,
    known: impl IntoIterator<Item = &'a String>,
    findings: &mut Findings,
) {
    if name.value.is_empty() && name.span.start == name.span.end {
        return;
    }
    let known: BTreeSet<&str> = known.into_iter().map(String::as_str).collect();
    let help = match known.len() {
        0 => format!("declare it; there is no {what} yet"),
        1..=MOST_LISTED => format!("declare it, or name one that exists: {}", text::codes(&known)),
        _ => format!("declare it, or name a {what} that exists"),
    };
    let message = format!("there is no {what} `{}`", name.value);
    let found = Diagnostic::error(codes::UNKNOWN_REFERENCE, name.span, message).help(help);
    findings.push_absent(found.did_you_mean(&name.value, known));
}
