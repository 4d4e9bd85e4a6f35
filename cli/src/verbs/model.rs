//! `wcs model`.

use wcs_contract::export;
use wcs_contract::model::{Contract, TypeKind};

use crate::contract;
use crate::flags::{DataFormat, SchemaArgument, SenderFlag};
use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, Terminal};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wcs model                                      what is in the contract, counted
  wcs model --format json | jq '.hooks[].name'   every fact, for a program
  wcs model --json-schema > model.schema.json    what the JSON looks like

docs/model.md has every key of the JSON. It is also what the templates of `wcs generate --template-dir` print.")]
pub(crate) struct ModelOptions {
    #[command(flatten)]
    schema: SchemaArgument,
    #[command(flatten)]
    sender: SenderFlag,
    /// How the model is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
    /// Say of every object in the JSON where it was written: file, line, column
    #[arg(long)]
    places: bool,
    /// Print the JSON Schema of the JSON, and no model
    #[arg(long, alias = "schema", conflicts_with_all = ["schema", "sender", "places", "format"])]
    json_schema: bool,
}

pub(crate) fn run(options: &ModelOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    if options.json_schema {
        terminal.json(&export::schema());
        return Ok(());
    }
    if options.places && options.format == DataFormat::Text {
        return Err("places stand in the JSON: add `--format json`".into());
    }
    let compiled = contract::compiled(options.schema.path(), &[], terminal)?;
    let Some(contract) = &compiled.contract else {
        return Err(contract::refused(&compiled, terminal));
    };
    let contract = &*contract::projected(contract, options.sender.release(), terminal)?;
    match options.format {
        DataFormat::Text => terminal.out(&counts(contract)),
        DataFormat::Json if options.places => {
            terminal.json(&export::document_with_places(contract, &compiled.sources));
        }
        DataFormat::Json => terminal.json(&export::document(contract)),
    }
    Ok(())
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
