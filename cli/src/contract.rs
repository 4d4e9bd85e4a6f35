//! The contract that a verb works on: where its schema is, what compiling it gives, which part a release sends.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use wcs_contract::model::{Contract, Hook};
use wcs_contract::{Compiled, Input, project, release, releases, render};

use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::unknown;

/// The schema that was named, or the nearest folder `schema`.
pub(crate) fn schema(named: Option<&Path>) -> Result<PathBuf, Stop> {
    if let Some(path) = named {
        return Ok(path.to_owned());
    }
    let here = std::env::current_dir().map_err(|error| format!("can't tell the current folder: {error}"))?;
    let found = here.ancestors().map(|folder| folder.join("schema")).find(|folder| folder.is_dir());
    match found {
        Some(folder) if folder.parent() == Some(here.as_path()) => Ok(PathBuf::from("schema")),
        Some(folder) => Ok(folder),
        None => Err("there is no folder `schema` here or above; name the schema's folder or its root file".into()),
    }
}

/// What compiling the schema that was named gives, or the nearest; where there is none, the contract that this program
/// brings along, which is said.
pub(crate) fn compiled(named: Option<&Path>, overlays: &[PathBuf], terminal: &mut Terminal) -> Result<Compiled, Stop> {
    match schema(named) {
        Ok(path) => Ok(wcs_contract::compile(&Input::at(path).with_overlays(overlays))?),
        Err(_) => built_in(overlays, terminal),
    }
}

fn built_in(overlays: &[PathBuf], terminal: &mut Terminal) -> Result<Compiled, Stop> {
    let below = Path::new("built-in");
    let files = wcs_schema::FILES.iter().map(|(path, text)| (below.join(path), (*text).to_owned())).collect();
    let input = Input::at(below.join(wcs_schema::ROOT)).with_overlays(overlays).with_edits(files);
    let compiled = wcs_contract::compile(&input)?;
    if let Some(contract) = &compiled.contract {
        let (name, version) = (&contract.name.value, &contract.version.value);
        terminal.note(&format!("no folder `schema` here or above: this is the built-in contract {name} {version}"));
    }
    Ok(compiled)
}

/// The contract of a schema that must be free of errors; otherwise its findings are printed.
pub(crate) fn valid(named: Option<&Path>, terminal: &mut Terminal) -> Result<Contract, Stop> {
    passed(compiled(named, &[], terminal)?, terminal)
}

/// The part of a schema's contract that a release sends, or all of it; a schema with errors has its findings printed.
pub(crate) fn sent_by(
    sender: Option<&str>,
    schema: Option<&Path>,
    overlays: &[PathBuf],
    terminal: &mut Terminal,
) -> Result<Contract, Stop> {
    let contract = passed(compiled(schema, overlays, terminal)?, terminal)?;
    Ok(projected(&contract, sender, terminal)?.into_owned())
}

/// The contract, if there are no errors; otherwise findings are printed.
pub(crate) fn passed(compiled: Compiled, terminal: &mut Terminal) -> Result<Contract, Stop> {
    if compiled.contract.is_none() {
        return Err(refused(&compiled, terminal));
    }
    compiled.contract.ok_or(Stop::Findings)
}

/// Prints the findings that keep a schema from being used.
pub(crate) fn refused(compiled: &Compiled, terminal: &mut Terminal) -> Stop {
    terminal.findings(&compiled.findings, &compiled.sources);
    terminal.line(&render::count(&compiled.findings));
    Stop::Findings
}

/// The part of a contract that a release sends; all of it without a release.
pub(crate) fn projected<'c>(
    contract: &'c Contract,
    sender: Option<&str>,
    terminal: &mut Terminal,
) -> Result<Cow<'c, Contract>, Stop> {
    let Some(sender) = sender else { return Ok(Cow::Borrowed(contract)) };
    let release = release(contract, sender)?;
    if releases::is_beyond(contract, &release)
        && let Some((last, _)) = contract.releases.last()
    {
        let last = &last.value;
        terminal.note(&format!("{release} is newer than {last}, the last release described; it may send more"));
    }
    Ok(Cow::Owned(project(contract, &release)))
}

/// The hook of that name or alias; otherwise the error says what to type instead.
pub(crate) fn hook<'a>(contract: &'a Contract, name: &str) -> Result<&'a Hook, String> {
    contract.find_hook(name).ok_or_else(|| {
        let names = contract.hooks.iter().flat_map(|hook| {
            std::iter::once(hook.name.value.as_str()).chain(hook.aliases.iter().map(|(alias, _)| alias.value.as_str()))
        });
        unknown("hook", name, names, "`wcs list` shows those that exist")
    })
}

/// The names of hooks that were written as names or aliases.
pub(crate) fn hook_names<'a>(contract: &'a Contract, written: &[String]) -> Result<Vec<&'a str>, String> {
    written.iter().map(|name| Ok(hook(contract, name)?.name.value.as_str())).collect()
}

/// The hooks of these names and the one that opens a session, in the order of the contract.
pub(crate) fn with_opening<'a>(contract: &'a Contract, names: &[&str]) -> Vec<&'a Hook> {
    let wanted = |hook: &&Hook| hook.kind.is_opening() || names.contains(&hook.name.value.as_str());
    contract.hooks.iter().filter(wanted).collect()
}
