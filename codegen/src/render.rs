//! Findings as text. What is printed is decided here and nowhere else.

mod github;
mod json;
mod text;

use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Code frames for people; `Color::Always` with colours.
    Text(Color),
    /// One JSON document.
    Json,
    /// Annotations for GitHub's log.
    Github,
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// With escape codes.
    Always,
    /// Without.
    Never,
}

/// Prints findings in a format.
pub fn render(findings: &[Diagnostic], sources: &Sources, format: Format) -> String {
    match format {
        Format::Text(color) => text::render(findings, sources, color),
        Format::Json => json::render(findings, sources),
        Format::Github => github::render(findings, sources),
    }
}

/// `3 errors and 1 warning`.
pub fn count(findings: &[Diagnostic]) -> String {
    let counted = |level, word: &str| match findings.iter().filter(|found| found.level == level).count() {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    };
    let parts: Vec<String> =
        [counted(Level::Error, "error"), counted(Level::Warning, "warning")].into_iter().flatten().collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(" and ") }
}
