//! `wcs check --fix`.

use std::path::Path;

use wcs_codegen::output;
use wcs_contract::Compiled;
use wcs_contract::fix::{Fixed, fix_with};

use crate::args::{CheckOptions, FindingFormat};
use crate::fmt::patch;
use crate::terminal::{GOOD, Terminal, WARN};

/// Applies the safe fixes of a schema, and gives the findings that remain.
pub(crate) fn run(schema: &Path, options: &CheckOptions, terminal: &mut Terminal) -> Result<Compiled, String> {
    let fixed = fix_with(schema, &options.overlay)?;
    if !options.dry_run {
        for file in &fixed.files {
            output::write(&file.path, &file.after).map_err(|error| error.to_string())?;
        }
    }
    if options.format == FindingFormat::Text {
        report(&fixed, options, terminal);
    }
    Ok(fixed.after)
}

fn report(fixed: &Fixed, options: &CheckOptions, terminal: &mut Terminal) {
    let verb = if options.dry_run { "would fix" } else { "fixed" };
    for applied in &fixed.applied {
        let (line, column) = (applied.position.line, applied.position.column);
        let place = format!("{}:{line}:{column}", applied.path);
        terminal.line(&format!("{GOOD}{verb}{GOOD:#} {place}: {} ({})", applied.title, applied.rule.code));
    }
    for (found, fix, reason) in fixed.left() {
        let (position, path) =
            (fixed.after.sources.position(found.span), &fixed.after.sources.get(found.span.file).path);
        let place = format!("{path}:{}:{}", position.line, position.column);
        terminal.line(&format!("{WARN}left{WARN:#} {place}: {} ({}): {reason}", fix.title, found.rule.code));
    }
    if options.dry_run {
        for file in &fixed.files {
            terminal.out(&patch(&file.shown, &file.before, &file.after));
        }
    }
    terminal.line(&match (fixed.applied.len(), fixed.files.len()) {
        (0, _) => format!("{WARN}nothing can be fixed without a person's decision{WARN:#}"),
        (findings, files) => format!(
            "{verb} {} in {}{}",
            counted(findings, "finding"),
            counted(files, "file"),
            if options.dry_run { "; nothing is written" } else { "" },
        ),
    });
}

/// A number with the word for what is counted, in the singular or the plural.
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
