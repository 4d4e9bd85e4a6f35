//! `wcs generate`.

use std::path::{Path, PathBuf};

use serde_json::json;
use wcs_codegen::output::{self, Change, FileReport, Mode};
use wcs_codegen::seal::{self, Inputs};
use wcs_codegen::{Artifact, Emitter};
use wcs_contract::model::Contract;
use wcs_contract::parallel;
use wcs_targets::EMITTERS;
use wcs_targets::docs::Docs;
use wcs_targets::templates::{Mistake, Overrides, Target};

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
    let reports = match unchanged(&out, options)? {
        Some(reports) => reports,
        None => match make(&out, options, terminal)? {
            Ok(reports) => reports,
            Err(outcome) => return Ok(outcome),
        },
    };
    let changed = reports.iter().any(|report| report.changes().next().is_some());
    match options.format {
        DataFormat::Text => print(&reports, &out, options, terminal),
        DataFormat::Json => terminal.line(&format!("{:#}", as_json(&reports))),
    }
    Ok(if options.check && changed { Outcome::Stale } else { Outcome::Fine })
}

/// The reports of a run that would change nothing, without making anything: told by hashes of what goes in and of what
/// is there. Checks don't ask this; they make everything.
fn unchanged(out: &Path, options: &GenerateOptions) -> Result<Option<Vec<TargetReport>>, String> {
    let Some(inputs) = inputs(options)? else { return Ok(None) };
    let targets = seal::unchanged(out, &inputs);
    Ok(targets.map(|targets| targets.into_iter().map(|(name, files)| TargetReport { name, files }).collect()))
}

/// What goes into a run that can be sealed: one that writes, over a schema's folder, with what is built in.
fn inputs(options: &GenerateOptions) -> Result<Option<Inputs>, String> {
    let plain = options.overlay.is_empty() && options.sender.is_none();
    let built_in = options.templates.is_none() && options.template_dir.is_empty();
    if !plain || !built_in || mode(options) == Mode::Compare {
        return Ok(None);
    }
    let targets: Vec<&str> = wanted(options)?.iter().map(|emitter| emitter.name()).collect();
    Ok(check::schema(options.schema.as_deref()).ok().and_then(|schema| Inputs::read(&schema, &targets)))
}

fn mode(options: &GenerateOptions) -> Mode {
    if options.check || options.dry_run { Mode::Compare } else { Mode::Write }
}

/// Compiles, makes, and writes or compares; findings of a schema with errors are printed.
fn make(
    out: &Path,
    options: &GenerateOptions,
    terminal: &mut Terminal,
) -> Result<Result<Vec<TargetReport>, Outcome>, String> {
    let inputs_before = inputs(options)?;
    let compiled = check::compiled(options.schema.as_deref(), &options.overlay, terminal)?;
    let read = compiled.paths.clone();
    let contract = match check::passed(compiled, terminal) {
        Ok(contract) => contract,
        Err(outcome) => return Ok(Err(outcome)),
    };
    let contract = sender::projected(&contract, options.sender.as_deref(), terminal)?;
    // Everything is made before anything is written.
    let made = made(&contract, options)?;
    let mut reports = Vec::new();
    for (name, artifacts) in &made {
        let files = output::apply(&out.join(name), artifacts, mode(options)).map_err(|error| error.to_string())?;
        reports.push(TargetReport { name: name.clone(), files });
    }
    // What was edited while it was read is not sealed.
    if let Some(inputs) = inputs(options)?
        && inputs_before.as_ref() == Some(&inputs)
        && inputs.cover(&read)
    {
        seal::seal(out, inputs, &made).map_err(|error| error.to_string())?;
    }
    Ok(Ok(reports))
}

/// The built-in targets that are asked for, in the order of the table.
fn wanted(options: &GenerateOptions) -> Result<Vec<&'static dyn Emitter>, String> {
    let wanted: Vec<&str> = match &options.sender {
        _ if options.only.is_empty() && !options.template_dir.is_empty() => Vec::new(),
        Some(_) => sender::targets(&options.only)?,
        None if options.only.is_empty() => EMITTERS.iter().map(|emitter| emitter.name()).collect(),
        None => options.only.iter().map(String::as_str).collect(),
    };
    Ok(EMITTERS.iter().copied().filter(|emitter| wanted.contains(&emitter.name())).collect())
}

/// The files of the wanted targets, by target: built-in ones, and folders of templates.
fn made(contract: &Contract, options: &GenerateOptions) -> Result<Vec<(String, Vec<Artifact>)>, String> {
    let overrides = match &options.templates {
        Some(folder) => Overrides::read(folder).map_err(told)?,
        None => Overrides::default(),
    };
    let emitted = parallel::map(&wanted(options)?, |emitter| {
        let artifacts = if emitter.name() == Docs.name() {
            overrides.pages(contract).map_err(|mistake| mistake.to_string())
        } else {
            Ok(emitter.emit(contract))
        };
        artifacts.map(|artifacts| (emitter.name().to_owned(), artifacts))
    });
    let mut made = emitted.into_iter().collect::<Result<Vec<_>, _>>()?;
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
    if name.is_empty() || wcs_targets::find(&name).is_some() {
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
