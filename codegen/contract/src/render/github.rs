//! Findings as annotations in GitHub's log.

use crate::diagnostic::Diagnostic;
use crate::rule::Level;
use crate::source::{Sources, Span};

pub(super) fn render(findings: &[Diagnostic], sources: &Sources) -> String {
    findings.iter().map(|found| line(found, sources)).collect()
}

fn line(found: &Diagnostic, sources: &Sources) -> String {
    let start = sources.position(found.span);
    let end = sources.position(Span { start: found.span.end, ..found.span });
    let mut message = found.message.clone();
    if let Some(help) = &found.help {
        message = format!("{message}\nhelp: {help}");
    }
    format!(
        "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        command(found.level),
        property(&sources.get(found.span.file).path),
        start.line,
        end.line,
        start.column,
        end.column,
        property(&format!("{} {}", found.rule.code, found.rule.name)),
        data(&message),
    )
}

/// GitHub's word for a level.
fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
