use regex_syntax::hir::{Hir, HirKind, Look};

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name};

crate::rule! {
    /// A pattern is met by any text that contains a match.
    ///
    /// ## Why
    ///
    /// Most patterns are meant for the whole text. Without `^` and `$` a text with anything before and after it passes.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       code: {type: string, doc: Code of the region., constraints: {pattern: "[a-z]{2}"}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       code: {type: string, doc: Code of the region., constraints: {pattern: "^[a-z]{2}$"}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Put `^` before it and `$` behind it. Where any place is meant, put `.*` there.
    pub(super) RULE { code: "W0508", name: "loose-pattern", category: Types, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for limits in walk::scopes(contract).flatten().filter_map(|member| member.constraints.as_ref()) {
        let Some(pattern) = &limits.pattern else { continue };
        let Ok(hir) = regex_syntax::parse(&pattern.value) else { continue };
        if !begins(&hir) && !ends(&hir) {
            let message = format!("`{}` is met by any text that contains a match", pattern.value);
            let found = Diagnostic::new(RULE, pattern.span, message).help("is the whole text meant?");
            findings.push(anchored(found, pattern));
        }
    }
}

fn anchored(found: Diagnostic, pattern: &Name) -> Diagnostic {
    let branches = pattern.value.contains('|');
    let whole = if branches { format!("^({})$", pattern.value) } else { format!("^{}$", pattern.value) };
    let quoted = format!("'{}'", whole.replace('\'', "''"));
    let found = found.fix("match the whole text", pattern.span, quoted);
    found.left("fewer texts would match")
}

/// Whether a match starts where the text does, or anything may stand before it.
fn begins(hir: &Hir) -> bool {
    edge(hir, Look::Start, <[Hir]>::first)
}

fn ends(hir: &Hir) -> bool {
    edge(hir, Look::End, <[Hir]>::last)
}

fn edge(hir: &Hir, look: Look, part: fn(&[Hir]) -> Option<&Hir>) -> bool {
    match hir.kind() {
        HirKind::Empty => true,
        HirKind::Look(found) => *found == look,
        HirKind::Repetition(repeated) => repeated.min == 0 && repeated.max.is_none(),
        HirKind::Capture(captured) => edge(&captured.sub, look, part),
        HirKind::Concat(parts) => part(parts).is_some_and(|part_| edge(part_, look, part)),
        HirKind::Alternation(parts) => parts.iter().all(|branch| edge(branch, look, part)),
        HirKind::Literal(_) | HirKind::Class(_) => false,
    }
}
