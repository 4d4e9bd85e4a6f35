//! Findings for programs.

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};

pub(super) fn render(findings: &[Diagnostic], sources: &Sources) -> String {
    let findings: Vec<Value> = findings.iter().map(|found| finding(found, sources)).collect();
    let document = json!({ "version": 1, "findings": findings });
    format!("{document:#}\n")
}

fn finding(found: &Diagnostic, sources: &Sources) -> Value {
    let labels: Vec<Value> =
        found.labels.iter().map(|label| json!({ "place": place(label.span, sources), "text": label.text })).collect();
    json!({
        "code": found.code.id,
        "name": found.code.name,
        "level": found.level.word(),
        "message": found.message,
        "place": place(found.span, sources),
        "note": found.note,
        "labels": labels,
        "help": found.help,
    })
}

fn place(span: Span, sources: &Sources) -> Value {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    json!({
        "file": sources.get(span.file).path,
        "start": { "byte": span.start, "line": start.line, "column": start.column },
        "end": { "byte": span.end, "line": end.line, "column": end.column },
    })
}
