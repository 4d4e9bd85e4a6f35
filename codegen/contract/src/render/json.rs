//! Findings for programs.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Edit, Fix, fingerprints};
use crate::source::{Sources, Span};

pub(super) fn render(findings: &[Diagnostic], sources: &Sources) -> String {
    let document = json!({ "version": 1, "findings": self::findings(findings, sources) });
    format!("{document:#}\n")
}

/// Each finding as an object.
pub fn findings(findings: &[Diagnostic], sources: &Sources) -> Vec<Value> {
    let fingerprints = fingerprints(findings, sources);
    findings.iter().zip(fingerprints).map(|(found, fingerprint)| finding(found, &fingerprint, sources)).collect()
}

fn finding(found: &Diagnostic, fingerprint: &str, sources: &Sources) -> Value {
    let labels: Vec<Value> =
        found.labels.iter().map(|label| json!({ "place": place(label.span, sources), "text": label.text })).collect();
    json!({
        "code": found.rule.code,
        "name": found.rule.name,
        "level": found.level.word(),
        "message": found.message,
        "place": place(found.span, sources),
        "note": found.note,
        "labels": labels,
        "help": found.help,
        "fix": found.fix.as_ref().map(|found| fix(found, sources)),
        "fingerprint": fingerprint,
    })
}

/// A fix as an object: its title and its edits.
pub fn fix(fix: &Fix, sources: &Sources) -> Value {
    let edit = |edit: &Edit| json!({ "place": place(edit.span, sources), "text": edit.text });
    json!({
        "title": fix.title,
        "edits": fix.edits.iter().map(edit).collect::<Vec<_>>(),
        "applicability": fix.applicability.word(),
        "left_because": fix.applicability.reason(),
    })
}

/// A place as an object: file, start and end.
pub fn place(span: Span, sources: &Sources) -> Value {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    json!({
        "file": sources.get(span.file).path,
        "start": { "byte": span.start, "line": start.line, "column": start.column },
        "end": { "byte": span.end, "line": end.line, "column": end.column },
    })
}
