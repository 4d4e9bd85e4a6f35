//! `wcs drift`.

mod documents;

use std::path::PathBuf;

use wcs_codegen::diagnostic::{Diagnostic, Level};
use wcs_codegen::drift::Drift;
use wcs_codegen::render;

use crate::args::FindingFormat;
use crate::terminal::{GOOD, Terminal};
use crate::{Outcome, check};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wcs drift --docs pages/*.txt       what the vendor's documents say otherwise
  wcs drift --docs M=list.txt        a document under the key by which the contract cites it")]
pub(crate) struct DriftOptions {
    /// Documents of the vendor as plain text; `KEY=FILE` says which of the contract's documents it is, where its name is
    /// not the document's title
    #[arg(long, value_name = "FILE", num_args = 1.., required = true)]
    docs: Vec<String>,
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    #[arg(long, value_name = "DIR")]
    schema: Option<PathBuf>,
    /// A file that lies over the schema; several are laid in this order
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = FindingFormat::Text)]
    format: FindingFormat,
}

pub(crate) fn run(options: &DriftOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    let schema = check::schema(options.schema.as_deref())?;
    let mut compiled = wcs_codegen::compile_with(&schema, &options.overlay)?;
    let Some(contract) = compiled.contract.take() else {
        return match check::passed(compiled, terminal) {
            Ok(_) => Ok(Outcome::Fine),
            Err(outcome) => Ok(outcome),
        };
    };
    let mut summary = Vec::new();
    let mut drifts: Vec<Drift> = Vec::new();
    for named in &options.docs {
        drifts.extend(documents::compare(&contract, &mut compiled.sources, named, &mut summary)?);
    }
    let findings: Vec<Diagnostic> = drifts.into_iter().map(|drift| drift.finding).collect();
    terminal.out(&render::render(&findings, &compiled.sources, options.format.with(terminal.color())));
    if options.format == FindingFormat::Text {
        summary.iter().for_each(|line| terminal.line(line));
        let verdict = if findings.is_empty() { "no drift".to_owned() } else { render::count(&findings) };
        terminal.line(&format!("{GOOD}{} {}{GOOD:#}: {verdict}", contract.name.value, contract.version.value));
    }
    let drifted = findings.iter().any(|found| found.level != Level::Note);
    Ok(if drifted { Outcome::Findings } else { Outcome::Fine })
}
