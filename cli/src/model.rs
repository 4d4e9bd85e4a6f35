//! `wcs model`.

use std::path::PathBuf;

use wcs_contract::export;
use wcs_contract::model::{Contract, TypeKind};

use crate::args::DataFormat;
use crate::terminal::{BOLD, DIM, Terminal};
use crate::{Outcome, check, sender};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wcs model                                      what is in the contract, counted
  wcs model --format json | jq '.hooks[].name'   every fact, for a program
  wcs model --json-schema > model.schema.json    what the JSON looks like

docs/model.md has every key of the JSON. It is also what the templates of `wcs generate --template-dir` print.")]
pub(crate) struct ModelOptions {
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    pub(crate) schema: Option<PathBuf>,
    /// Only what a sender of this release sends
    #[arg(long, value_name = "RELEASE")]
    pub(crate) sender: Option<String>,
    /// How the model is printed
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    pub(crate) format: DataFormat,
    /// Say of every object in the JSON where it was written: file, line, column
    #[arg(long)]
    pub(crate) places: bool,
    /// Print the JSON Schema of the JSON, and no model
    #[arg(long, alias = "schema", conflicts_with_all = ["schema", "sender", "places", "format"])]
    pub(crate) json_schema: bool,
}

pub(crate) fn run(options: &ModelOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    if options.json_schema {
        terminal.line(&format!("{:#}", export::schema()));
        return Ok(Outcome::Fine);
    }
    if options.places && options.format == DataFormat::Text {
        return Err("places stand in the JSON: add `--format json`".to_owned());
    }
    let compiled = check::compiled(options.schema.as_deref(), &[], terminal)?;
    let Some(contract) = &compiled.contract else {
        return Ok(check::passed(compiled, terminal).err().unwrap_or(Outcome::Findings));
    };
    let contract = &*sender::projected(contract, options.sender.as_deref(), terminal)?;
    match options.format {
        DataFormat::Text => terminal.out(&counts(contract)),
        DataFormat::Json if options.places => {
            terminal.line(&format!("{:#}", export::document_with_places(contract, &compiled.sources)));
        }
        DataFormat::Json => terminal.line(&format!("{:#}", export::document(contract))),
    }
    Ok(Outcome::Fine)
}

/// How much of what there is.
fn counts(contract: &Contract) -> String {
    let (mut records, mut enums, mut values) = (0, 0, 0);
    for def in &contract.types {
        match &def.kind {
            TypeKind::Record(_) => records += 1,
            TypeKind::Enum { values: listed, .. } => {
                enums += 1;
                values += listed.len();
            }
        }
    }
    let parameters: usize = contract.hooks.iter().map(|hook| hook.parameters.len()).sum();
    let examples: usize = contract.hooks.iter().map(|hook| hook.examples.len()).sum();
    let rows = [
        ("hooks", contract.hooks.len()),
        ("parameters", parameters),
        ("examples", examples),
        ("records", records),
        ("enums", enums),
        ("values", values),
        ("flows", contract.flows.len()),
        ("documents", contract.documents.len()),
    ];
    let (name, version) = (&contract.name.value, &contract.version.value);
    let mut text = format!("{BOLD}{name} {version}{BOLD:#} {}\n", contract.title.value);
    rows.iter().for_each(|(what, count)| text.push_str(&format!("{count:>6} {what}\n")));
    text.push_str(&format!("{DIM}every fact: wcs model --format json{DIM:#}\n"));
    text
}
