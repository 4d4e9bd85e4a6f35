//! Files of the built-in targets: where they go, what became of them, and whose templates print the pages.

use std::path::{Path, PathBuf};

use wcs_codegen::output::{self, Change, FileReport, Mode};
use wcs_contract::model::Contract;
use wcs_targets::EMITTERS;
use wcs_targets::templates::Overrides;

use crate::stop::{Stop, joined};
use crate::terminal::{DIM, pad};

/// What one target made.
pub(crate) struct TargetReport {
    /// The target.
    pub(crate) name: String,
    /// Its files.
    pub(crate) files: Vec<FileReport>,
}

impl TargetReport {
    /// Files that are or would be written or removed.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &FileReport> {
        self.files.iter().filter(|file| file.change != Change::Unchanged)
    }
}

/// `generated`, beside the schema's folder or its root file.
pub(crate) fn beside(schema: &Path) -> PathBuf {
    let folder = if schema.is_dir() { schema } else { schema.parent().unwrap_or(Path::new("")) };
    folder.parent().unwrap_or(Path::new("")).join("generated")
}

/// The user's templates that take the place of built-in ones; without a folder, none.
pub(crate) fn overrides(folder: Option<&Path>) -> Result<Overrides, String> {
    folder.map_or_else(|| Ok(Overrides::default()), Overrides::read).map_err(joined)
}

/// Runs all targets.
pub(crate) fn all(contract: &Contract, out: &Path, mode: Mode) -> Result<Vec<TargetReport>, Stop> {
    let reports = EMITTERS.iter().map(|emitter| {
        let files = output::apply(&out.join(emitter.name()), &emitter.emit(contract), mode)?;
        Ok(TargetReport { name: emitter.name().to_owned(), files })
    });
    reports.collect()
}

/// Target, files, lines.
pub(crate) fn table(reports: &[TargetReport]) -> String {
    let mut text = format!("{DIM}{}{:>6} {:>7}{DIM:#}\n", pad("target", 12), "files", "lines");
    for report in reports {
        let lines: usize = report.files.iter().map(|file| file.lines).sum();
        let files = report.files.iter().filter(|file| file.change != Change::Removed).count();
        text.push_str(&format!("{}{files:>6} {lines:>7}\n", pad(&report.name, 12)));
    }
    text
}
