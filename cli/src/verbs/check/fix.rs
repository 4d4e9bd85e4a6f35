//! `wcs check --fix`.

use std::path::Path;

use wcs_codegen::output;
use wcs_contract::Compiled;
use wcs_contract::fix::{Fixed, fix_with};

use super::CheckOptions;
use crate::flags::FindingFormat;
use crate::patch::patch;
use crate::stop::Stop;
use crate::terminal::{GOOD, Terminal, WARN};
use crate::words::counted;

/// Applies the safe fixes of a schema, and gives the findings that remain.
pub(super) fn run(schema: &Path, options: &CheckOptions, terminal: &mut Terminal) -> Result<Compiled, Stop> {
    let fixed = fix_with(schema, options.overlay.paths())?;
    if !options.dry_run {
        for file in &fixed.files {
            output::write(&file.path, &file.after)?;
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
