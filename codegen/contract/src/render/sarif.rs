//! Findings in SARIF 2.1.0, which code hosts and editors read.

use serde_json::{Value, json};

use crate::diagnostic::{Allowed, Diagnostic, Fix, fingerprints};
use crate::rule::{Fixes, Rule};
use crate::source::{FileId, Sources, Span};

/// The schema that the document follows.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn render(findings: &[Diagnostic], allowed: &[Allowed], sources: &Sources) -> String {
    let all: Vec<Diagnostic> =
        findings.iter().cloned().chain(allowed.iter().map(|allowed| allowed.finding.clone())).collect();
    let mut rules: Vec<&'static Rule> = all.iter().map(|found| found.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules.dedup();
    // An allowed finding has a comment that says why.
    let comments = findings.iter().map(|_| None).chain(allowed.iter().map(Some));
    let results: Vec<Value> = all
        .iter()
        .zip(fingerprints(&all, sources))
        .zip(comments)
        .map(|((found, fingerprint), allowed)| result(found, &fingerprint, allowed, &rules, sources))
        .collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "wcs",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    let page = rule.page();
    json!({
        "id": rule.code,
        "name": heck::ToUpperCamelCase::to_upper_camel_case(rule.name),
        "shortDescription": { "text": rule.summary() },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": rule.level.word() },
        "properties": { "tags": [rule.category.word()], "fixable": rule.fixes != Fixes::Never },
    })
}

fn result(
    found: &Diagnostic,
    fingerprint: &str,
    allowed: Option<&Allowed>,
    rules: &[&'static Rule],
    sources: &Sources,
) -> Value {
    let mut result = json!({
        "ruleId": found.rule.code,
        "ruleIndex": rules.iter().position(|rule| *rule == found.rule),
        "level": found.level.word(),
        "message": { "text": message(found) },
        "locations": [{ "physicalLocation": location(found.span, sources) }],
        "partialFingerprints": { "wcsFinding/v1": fingerprint },
    });
    if !found.labels.is_empty() {
        let related = found.labels.iter().enumerate().map(|(at, label)| {
            json!({
                "id": at,
                "message": { "text": label.text },
                "physicalLocation": location(label.span, sources),
            })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(found) = &found.fix {
        result["fixes"] = json!([fix(found, sources)]);
    }
    if let Some(allowed) = allowed {
        result["suppressions"] = json!([{
            "kind": "inSource",
            "status": "accepted",
            "justification": allowed.reason,
            "location": { "physicalLocation": location(allowed.comment, sources) },
        }]);
    }
    result
}

/// What is wrong and what to do.
fn message(found: &Diagnostic) -> String {
    let mut text = found.message.clone();
    for more in found.note.iter().chain(&found.help) {
        text.push('\n');
        text.push_str(more);
    }
    text
}

fn fix(fix: &Fix, sources: &Sources) -> Value {
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
    files.dedup();
    let change = |file: FileId| {
        let edits = fix.edits.iter().filter(|edit| edit.span.file == file);
        let replacement = |edit: &crate::diagnostic::Edit| json!({ "deletedRegion": region(edit.span, sources), "insertedContent": { "text": edit.text } });
        json!({
            "artifactLocation": artifact(file, sources),
            "replacements": edits.map(replacement).collect::<Vec<_>>(),
        })
    };
    json!({
        "description": { "text": fix.title },
        "artifactChanges": files.into_iter().map(change).collect::<Vec<_>>(),
        "properties": { "applicability": fix.applicability.word(), "leftBecause": fix.applicability.reason() },
    })
}

fn location(span: Span, sources: &Sources) -> Value {
    json!({ "artifactLocation": artifact(span.file, sources), "region": region(span, sources) })
}

fn region(span: Span, sources: &Sources) -> Value {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start,
        "byteLength": span.end - span.start,
    })
}

/// A path as a URI: relative to where the command runs, or of this machine.
fn artifact(file: FileId, sources: &Sources) -> Value {
    let path = &sources.get(file).path;
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    json!({ "uri": uri })
}
