//! `wcs check`.

use std::path::{Path, PathBuf};

use wcs_contract::model::Contract;
use wcs_contract::render::{self, Format};
use wcs_contract::{Compiled, Input};

use crate::args::{CheckOptions, FindingFormat, Language};
use crate::terminal::{GOOD, Terminal};
use crate::{Outcome, fix};

pub(crate) fn run(options: &CheckOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    if let Some(language) = options.language {
        terminal.line(&match language {
            Language::Contract => format!("{:#}", wcs_contract::syntax::language_schema()),
            Language::Overlay => format!("{:#}", wcs_contract::syntax::overlay_schema()),
        });
        return Ok(Outcome::Fine);
    }
    let schema = schema(options.schema.as_deref())?;
    let compiled = if options.fix {
        fix::run(&schema, options, terminal)?
    } else {
        wcs_contract::compile(&Input::at(&schema).with_overlays(&options.overlay))?
    };
    let format = options.format.with(terminal.color());
    terminal.out(&render::render_with_allowed(&compiled.findings, &compiled.allowed, &compiled.sources, format));
    if options.format == FindingFormat::Text {
        match &compiled.contract {
            Some(contract) => terminal.line(&format!(
                "{GOOD}{} {}{GOOD:#}: {}, {}, {} in {}",
                contract.name.value,
                contract.version.value,
                fix::counted(contract.hooks.len(), "hook"),
                fix::counted(contract.types.len(), "type"),
                render::count(&compiled.findings),
                fix::counted(compiled.paths.len(), "file"),
            )),
            None => terminal.line(&render::count(&compiled.findings)),
        }
    }
    Ok(if compiled.has_errors() { Outcome::Findings } else { Outcome::Fine })
}

/// The schema that was named, or the nearest folder `schema`.
pub(crate) fn schema(named: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(path) = named {
        return Ok(path.to_owned());
    }
    let here = std::env::current_dir().map_err(|error| format!("can't tell the current folder: {error}"))?;
    let found = here.ancestors().map(|folder| folder.join("schema")).find(|folder| folder.is_dir());
    match found {
        Some(folder) if folder.parent() == Some(here.as_path()) => Ok(PathBuf::from("schema")),
        Some(folder) => Ok(folder),
        None => Err("there is no folder `schema` here or above; name the schema's folder or its root file".to_owned()),
    }
}

/// The contract of a schema that must be free of errors; otherwise its findings are printed.
pub(crate) fn contract(named: Option<&Path>, terminal: &mut Terminal) -> Result<Result<Contract, Outcome>, String> {
    Ok(passed(compiled(named, &[], terminal)?, terminal))
}

/// What compiling the schema that was named gives, or the nearest; where there is none, the contract that this program
/// brings along, which is said.
pub(crate) fn compiled(
    named: Option<&Path>,
    overlays: &[PathBuf],
    terminal: &mut Terminal,
) -> Result<Compiled, String> {
    match (schema(named), named) {
        (Ok(path), _) => Ok(wcs_contract::compile(&Input::at(path).with_overlays(overlays))?),
        (Err(error), Some(_)) => Err(error),
        (Err(_), None) => {
            let below = Path::new("built-in");
            let files = wcs_schema::FILES.iter().map(|(path, text)| (below.join(path), (*text).to_owned())).collect();
            let built_in = Input::at(below.join(wcs_schema::ROOT)).with_overlays(overlays).with_edits(files);
            let compiled = wcs_contract::compile(&built_in)?;
            if let Some(contract) = &compiled.contract {
                let (name, version) = (&contract.name.value, &contract.version.value);
                terminal
                    .note(&format!("no folder `schema` here or above: this is the built-in contract {name} {version}"));
            }
            Ok(compiled)
        }
    }
}

/// The contract, or findings printed.
pub(crate) fn passed(compiled: Compiled, terminal: &mut Terminal) -> Result<Contract, Outcome> {
    match compiled.contract {
        Some(contract) => Ok(contract),
        None => {
            terminal.out(&render::render(&compiled.findings, &compiled.sources, Format::Text(terminal.color())));
            terminal.line(&render::count(&compiled.findings));
            Err(Outcome::Findings)
        }
    }
}
