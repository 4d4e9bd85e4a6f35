//! `wcs generate`.

use std::path::{Path, PathBuf};

use serde_json::json;
use wcs_codegen::emit::docs::Docs;
use wcs_codegen::emit::{self, Artifact, EMITTERS, Emitter};
use wcs_codegen::model::Contract;
use wcs_codegen::output::{self, Change, FileReport, Mode};
use wcs_codegen::templates::{Mistake, Overrides, Target};

use crate::args::{DataFormat, GenerateOptions};
use crate::terminal::{DIM, GOOD, Terminal, WARN, pad};
use crate::{Outcome, check, sender};

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

pub(crate) fn run(options: &GenerateOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    let named = options.schema.as_deref();
    // Where it goes must be known before it can be made of the built-in contract.
    let out = match &options.out {
        Some(out) => out.clone(),
        None => beside(&check::schema(named)?),
    };
    let contract = match sender::contract(named, &options.overlay, options.sender.as_deref(), terminal)? {
        Ok(contract) => contract,
        Err(outcome) => return Ok(outcome),
    };
    let mode = if options.check || options.dry_run { Mode::Compare } else { Mode::Write };
    let mut reports = Vec::new();
    // Everything is made before anything is written.
    for (name, artifacts) in made(&contract, options)? {
        let files = output::apply(&out.join(&name), &artifacts, mode).map_err(|error| error.to_string())?;
        reports.push(TargetReport { name, files });
    }
    let changed = reports.iter().any(|report| report.changes().next().is_some());
    match options.format {
        DataFormat::Text => print(&reports, &out, options, terminal),
        DataFormat::Json => terminal.line(&format!("{:#}", as_json(&reports))),
    }
    Ok(if options.check && changed { Outcome::Stale } else { Outcome::Fine })
}

/// The files of the wanted targets, by target: built-in ones, and folders of templates.
fn made(contract: &Contract, options: &GenerateOptions) -> Result<Vec<(String, Vec<Artifact>)>, String> {
    let overrides = match &options.templates {
        Some(folder) => Overrides::read(folder).map_err(told)?,
        None => Overrides::default(),
    };
    let wanted: Vec<&str> = match &options.sender {
        _ if options.only.is_empty() && !options.template_dir.is_empty() => Vec::new(),
        Some(_) => sender::targets(&options.only)?,
        None if options.only.is_empty() => EMITTERS.iter().map(|emitter| emitter.name()).collect(),
        None => options.only.iter().map(String::as_str).collect(),
    };
    let mut made = Vec::new();
    for emitter in EMITTERS.iter().filter(|emitter| wanted.contains(&emitter.name())) {
        let artifacts = if emitter.name() == Docs.name() {
            overrides.pages(contract).map_err(|mistake| mistake.to_string())?
        } else {
            emitter.emit(contract)
        };
        made.push((emitter.name().to_owned(), artifacts));
    }
    for folder in &options.template_dir {
        let name = own_name(folder)?;
        if made.iter().any(|(other, _)| *other == name) {
            return Err(format!("two template folders are called `{name}`, and would write to one folder; rename one"));
        }
        made.push((name, Target::read(folder).and_then(|target| target.emit(contract)).map_err(told)?));
    }
    Ok(made)
}

/// The name of a target that is a folder of templates: the folder's.
fn own_name(folder: &Path) -> Result<String, String> {
    let full = folder.canonicalize().map_err(|error| format!("can't read {}: {error}", folder.display()))?;
    let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if name.is_empty() || emit::find(&name).is_some() {
        let shown = folder.display();
        return Err(format!(
            "the folder {shown} gives its target the name `{name}`, which is taken; rename the folder"
        ));
    }
    Ok(name)
}

/// All mistakes in templates.
pub(crate) fn told(mistakes: Vec<Mistake>) -> String {
    mistakes.iter().map(Mistake::to_string).collect::<Vec<_>>().join("\nerror: ")
}

/// `generated`, beside the schema's folder or its root file.
pub(crate) fn beside(schema: &Path) -> PathBuf {
    let folder = if schema.is_dir() { schema } else { schema.parent().unwrap_or(Path::new("")) };
    folder.parent().unwrap_or(Path::new("")).join("generated")
}

/// Runs the wanted targets; none means all.
pub(crate) fn generate(
    contract: &Contract,
    out: &Path,
    wanted: &[&str],
    mode: Mode,
) -> Result<Vec<TargetReport>, String> {
    let chosen = |emitter: &&dyn Emitter| wanted.is_empty() || wanted.contains(&emitter.name());
    let mut reports = Vec::new();
    for emitter in EMITTERS.iter().copied().filter(chosen) {
        let artifacts = emitter.emit(contract);
        let files = output::apply(&out.join(emitter.name()), &artifacts, mode).map_err(|error| error.to_string())?;
        reports.push(TargetReport { name: emitter.name().to_owned(), files });
    }
    Ok(reports)
}

fn print(reports: &[TargetReport], out: &Path, options: &GenerateOptions, terminal: &mut Terminal) {
    for report in reports {
        for file in report.changes() {
            let word = match file.change {
                Change::Created => "new",
                Change::Updated => "changed",
                Change::Removed => "removed",
                Change::Unchanged => continue,
            };
            terminal.line(&format!("{WARN}{}{WARN:#} {}/{}", pad(word, 8), report.name, file.path));
        }
    }
    terminal.out(&table(reports));
    let changes: usize = reports.iter().map(|report| report.changes().count()).sum();
    let out = out.display();
    terminal.line(&match (changes, options.check, options.dry_run) {
        (0, ..) => format!("{GOOD}up to date{GOOD:#}: {out}"),
        (_, true, _) => format!("{WARN}stale{WARN:#}: {changes} files in {out} differ; run `wcs generate`"),
        (_, _, true) => format!("{changes} files in {out} would change; nothing was written"),
        _ => format!("{GOOD}wrote{GOOD:#} {changes} files in {out}"),
    });
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

fn as_json(reports: &[TargetReport]) -> serde_json::Value {
    let word = |change| match change {
        Change::Unchanged => "unchanged",
        Change::Created => "created",
        Change::Updated => "updated",
        Change::Removed => "removed",
    };
    let target = |report: &TargetReport| {
        let files: Vec<_> = report
            .files
            .iter()
            .map(|file| json!({ "path": file.path, "change": word(file.change), "lines": file.lines }))
            .collect();
        json!({ "target": report.name, "files": files })
    };
    json!({ "version": 1, "targets": reports.iter().map(target).collect::<Vec<_>>() })
}
