//! `wcs generate`.

use std::path::{Path, PathBuf};

use serde_json::json;
use wcs_codegen::output::{self, Change, Mode};
use wcs_codegen::seal::{self, Inputs};
use wcs_codegen::{Artifact, Emitter, Reader};
use wcs_contract::model::Contract;
use wcs_contract::parallel;
use wcs_targets::EMITTERS;
use wcs_targets::docs::Docs;
use wcs_targets::templates::Target;

use crate::contract;
use crate::flags::{DataFormat, OverlayFlag, SchemaArgument, SenderFlag};
use crate::stop::{Stop, joined, unreadable};
use crate::targets::{TargetReport, beside, overrides, table};
use crate::terminal::{GOOD, Terminal, WARN, pad};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wcs generate                                  everything, beside the schema
  wcs generate --check                          exit with 4 if a file is not what the schema makes
  wcs generate --only openapi --out published   one target, elsewhere
  wcs generate --template-dir mine/go           a target of your own; docs/own-targets.md tells how")]
#[command(
    mut_arg("overlay", |overlay| overlay.requires("out")),
    mut_arg("sender", |sender| sender.requires("out").help(RELEASE)),
)]
pub(crate) struct GenerateOptions {
    #[command(flatten)]
    schema: SchemaArgument,
    #[command(flatten)]
    overlay: OverlayFlag,
    #[command(flatten)]
    sender: SenderFlag,
    /// Only this target; may be given several times
    #[arg(long, value_name = "NAME", value_parser = target_names())]
    only: Vec<String>,
    /// Folder to write to, one folder a target [default: `generated` beside the schema]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Folder whose files take the place of templates of the reference pages; `wcs docs --list-templates` lists them
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Folder of templates that is a target of its own, called as the folder; may be given several times, and replaces
    /// the built-in targets unless `--only` names some
    #[arg(long, value_name = "DIR")]
    template_dir: Vec<PathBuf>,
    /// Write nothing; exit with 4 if anything on disk differs
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    /// How the summary is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

const RELEASE: &str = "Describe what a sender of this release sends, instead of all releases; types for programs are \
                       left out, since they read every release";

pub(crate) fn run(options: &GenerateOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let named = options.schema.path();
    // Where it goes must be known before it can be made of the built-in contract.
    let out = match &options.out {
        Some(out) => out.clone(),
        None => beside(&contract::schema(named)?),
    };
    let reports = match unchanged(&out, options)? {
        Some(reports) => reports,
        None => make(&out, options, terminal)?,
    };
    let changed = reports.iter().any(|report| report.changes().next().is_some());
    match options.format {
        DataFormat::Text => print(&reports, &out, options, terminal),
        DataFormat::Json => terminal.json(&as_json(&reports)),
    }
    if options.check && changed { Err(Stop::Stale) } else { Ok(()) }
}

/// The reports of a run that would change nothing, without making anything: told by hashes of what goes in and of what
/// is there. Checks don't ask this; they make everything.
fn unchanged(out: &Path, options: &GenerateOptions) -> Result<Option<Vec<TargetReport>>, Stop> {
    let Some(inputs) = inputs(options)? else { return Ok(None) };
    let targets = seal::unchanged(out, &inputs);
    Ok(targets.map(|targets| targets.into_iter().map(|(name, files)| TargetReport { name, files }).collect()))
}

/// What goes into a run that can be sealed: one that writes, over a schema's folder, with what is built in.
fn inputs(options: &GenerateOptions) -> Result<Option<Inputs>, Stop> {
    let plain = options.overlay.paths().is_empty() && options.sender.release().is_none();
    let built_in = options.templates.is_none() && options.template_dir.is_empty();
    if !plain || !built_in || mode(options) == Mode::Compare {
        return Ok(None);
    }
    let targets: Vec<&str> = wanted(options)?.iter().map(|emitter| emitter.name()).collect();
    Ok(contract::schema(options.schema.path()).ok().and_then(|schema| Inputs::read(&schema, &targets)))
}

fn mode(options: &GenerateOptions) -> Mode {
    if options.check || options.dry_run { Mode::Compare } else { Mode::Write }
}

/// Compiles, makes, and writes or compares; findings of a schema with errors are printed.
fn make(out: &Path, options: &GenerateOptions, terminal: &mut Terminal) -> Result<Vec<TargetReport>, Stop> {
    let inputs_before = inputs(options)?;
    let compiled = contract::compiled(options.schema.path(), options.overlay.paths(), terminal)?;
    let read = compiled.paths.clone();
    let contract = contract::passed(compiled, terminal)?;
    let contract = contract::projected(&contract, options.sender.release(), terminal)?;
    // Everything is made before anything is written.
    let made = made(&contract, options)?;
    let mut reports = Vec::new();
    for (name, artifacts) in &made {
        let files = output::apply(&out.join(name), artifacts, mode(options))?;
        reports.push(TargetReport { name: name.clone(), files });
    }
    // What was edited while it was read is not sealed.
    if let Some(inputs) = inputs(options)?
        && inputs_before.as_ref() == Some(&inputs)
        && inputs.cover(&read)
    {
        seal::seal(out, inputs, &made)?;
    }
    Ok(reports)
}

/// The built-in targets that are asked for, in the order of the table.
fn wanted(options: &GenerateOptions) -> Result<Vec<&'static dyn Emitter>, Stop> {
    let wanted: Vec<&str> = match options.sender.release() {
        _ if options.only.is_empty() && !options.template_dir.is_empty() => Vec::new(),
        Some(_) => for_one_release(&options.only)?,
        None if options.only.is_empty() => EMITTERS.iter().map(|emitter| emitter.name()).collect(),
        None => options.only.iter().map(String::as_str).collect(),
    };
    Ok(EMITTERS.iter().copied().filter(|emitter| wanted.contains(&emitter.name())).collect())
}

/// The targets that can describe a single release.
fn for_one_release(only: &[String]) -> Result<Vec<&'static str>, Stop> {
    let able = |name: &str| EMITTERS.iter().any(|emitter| emitter.name() == name && emitter.reader() == Reader::Anyone);
    if let Some(program) = only.iter().find(|name| !able(name)) {
        return Err(Stop::Error(format!(
            "`{program}` is not made for a single release: programs are built with it, and they must read what every \
             release sends; leave out `--sender` for it"
        )));
    }
    let wanted = EMITTERS.iter().map(|emitter| emitter.name()).filter(|name| able(name));
    Ok(wanted.filter(|name| only.is_empty() || only.iter().any(|wanted| wanted == name)).collect())
}

/// The files of the wanted targets, by target: built-in ones, and folders of templates.
fn made(contract: &Contract, options: &GenerateOptions) -> Result<Vec<(String, Vec<Artifact>)>, Stop> {
    let overrides = overrides(options.templates.as_deref())?;
    let emitted = parallel::map(&wanted(options)?, |emitter| {
        let artifacts =
            if emitter.name() == Docs.name() { overrides.pages(contract) } else { Ok(emitter.emit(contract)) };
        artifacts.map(|artifacts| (emitter.name().to_owned(), artifacts))
    });
    let mut made = emitted.into_iter().collect::<Result<Vec<_>, _>>()?;
    for folder in &options.template_dir {
        let name = own_name(folder)?;
        if made.iter().any(|(other, _)| *other == name) {
            return Err(
                format!("two template folders are called `{name}`, and would write to one folder; rename one").into()
            );
        }
        made.push((name, Target::read(folder).and_then(|target| target.emit(contract)).map_err(joined)?));
    }
    Ok(made)
}

/// The name of a target that is a folder of templates: the folder's.
fn own_name(folder: &Path) -> Result<String, Stop> {
    let full = folder.canonicalize().map_err(unreadable(folder))?;
    let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if name.is_empty() || wcs_targets::find(&name).is_some() {
        let shown = folder.display();
        return Err(Stop::Error(format!(
            "the folder {shown} gives its target the name `{name}`, which is taken; rename the folder"
        )));
    }
    Ok(name)
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

fn target_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(
        wcs_targets::EMITTERS
            .iter()
            .map(|emitter| clap::builder::PossibleValue::new(emitter.name()).help(emitter.about())),
    )
}
