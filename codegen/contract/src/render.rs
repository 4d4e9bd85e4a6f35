//! Findings as text. What is printed is decided here and nowhere else.

mod github;
pub mod json;
mod sarif;
mod text;

use crate::diagnostic::{Allowed, Diagnostic};
use crate::rule::Level;
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
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
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
    render_with_allowed(findings, &[], sources, format)
}

/// Prints findings in a format, and what is allowed where it stands, if the format has a place for that.
pub fn render_with_allowed(findings: &[Diagnostic], allowed: &[Allowed], sources: &Sources, format: Format) -> String {
    match format {
        Format::Text(color) => text::render(findings, sources, color),
        Format::Json => json::render(findings, sources),
        Format::Github => github::render(findings, sources),
        Format::Sarif => sarif::render(findings, allowed, sources),
    }
}

/// `3 errors, 1 warning and 2 notes`.
pub fn count(findings: &[Diagnostic]) -> String {
    let counted = |level: &Level| match findings.iter().filter(|found| found.level == *level).count() {
        0 => None,
        number => Some(crate::text::count(number, level.word())),
    };
    let parts: Vec<String> = Level::ALL.iter().filter_map(counted).collect();
    if parts.is_empty() { "no findings".to_owned() } else { crate::text::and(&parts) }
}
