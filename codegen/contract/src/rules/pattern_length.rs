use regex_syntax::hir::{Hir, HirKind, Look};

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// A pattern and the limits of the length contradict each other.
    ///
    /// ## Why
    ///
    /// No text can meet both, so that every body is refused.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       code: {type: string, doc: Code of the region., constraints: {pattern: "^[a-z]{3}$", max_length: 2}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       code: {type: string, doc: Code of the region., constraints: {pattern: "^[a-z]{3}$"}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct one of the two. What the pattern says of the length need not be said again.
    pub(super) RULE { code: "W0506", name: "pattern-length", category: Types, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for limits in walk::scopes(contract).flatten().filter_map(|member| member.constraints.as_ref()) {
        let Some(pattern) = &limits.pattern else { continue };
        // What is no pattern is told of elsewhere.
        let Ok(hir) = regex_syntax::parse(&pattern.value) else { continue };
        let shortest = shortest(&hir);
        let longest = if is_anchored(&hir) { longest(&hir) } else { None };
        if let Some(most) = limits.max_length.as_ref().filter(|most| most.value < shortest) {
            let message = format!("what matches `{}` has the length {shortest} at least", pattern.value);
            findings.push(
                Diagnostic::new(RULE, most.span, message)
                    .label(pattern.span, "the pattern")
                    .help("correct one of them"),
            );
        }
        if let (Some(least), Some(longest)) = (&limits.min_length, longest)
            && least.value > longest
        {
            let message = format!("what matches `{}` has the length {longest} at most", pattern.value);
            findings.push(
                Diagnostic::new(RULE, least.span, message)
                    .label(pattern.span, "the pattern")
                    .help("correct one of them"),
            );
        }
    }
}

/// Characters of the shortest text that matches.
fn shortest(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => characters(&literal.0),
        HirKind::Class(_) => 1,
        HirKind::Repetition(repeated) => u64::from(repeated.min).saturating_mul(shortest(&repeated.sub)),
        HirKind::Capture(captured) => shortest(&captured.sub),
        HirKind::Concat(parts) => parts.iter().map(shortest).fold(0, u64::saturating_add),
        HirKind::Alternation(parts) => parts.iter().map(shortest).min().unwrap_or(0),
    }
}

/// Characters of the longest text that matches. `None` if there is no end to it.
fn longest(hir: &Hir) -> Option<u64> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(0),
        HirKind::Literal(literal) => Some(characters(&literal.0)),
        HirKind::Class(_) => Some(1),
        HirKind::Repetition(repeated) => Some(u64::from(repeated.max?).saturating_mul(longest(&repeated.sub)?)),
        HirKind::Capture(captured) => longest(&captured.sub),
        HirKind::Concat(parts) => parts.iter().try_fold(0_u64, |sum, part| Some(sum.saturating_add(longest(part)?))),
        HirKind::Alternation(parts) => parts.iter().try_fold(0_u64, |most, part| Some(most.max(longest(part)?))),
    }
}

/// Whether only a whole text can match, told by its first and its last part.
fn is_anchored(hir: &Hir) -> bool {
    let HirKind::Concat(parts) = hir.kind() else { return false };
    let is = |part: Option<&Hir>, look| part.is_some_and(|part| *part.kind() == HirKind::Look(look));
    is(parts.first(), Look::Start) && is(parts.last(), Look::End)
}

fn characters(bytes: &[u8]) -> u64 {
    String::from_utf8_lossy(bytes).chars().count() as u64
}
