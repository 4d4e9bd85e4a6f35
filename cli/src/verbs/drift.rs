//! `wcs drift`.

mod documents;
mod proposal;
mod recordings;

use std::path::PathBuf;

use wcs_contract::diagnostic::Diagnostic;
use wcs_contract::model::Contract;
use wcs_contract::render;
use wcs_contract::rule::Level;
use wcs_contract::{Compiled, Input};
use wcs_drift::Drift;

use crate::contract;
use crate::flags::{FindingFormat, OverlayFlag, SchemaFlag};
use crate::stop::Stop;
use crate::terminal::{GOOD, Terminal, WARN, When};
use crate::words::counted;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wcs drift --docs pages/*.txt       what the vendor's documents say otherwise
  wcs drift --docs M=list.txt        a document under the key by which the contract cites it
  wcs drift --traffic server.log     what the sender really sends, by its own log
  wcs drift --traffic calls.jsonl    the same, by what `wcs record` wrote
  curl -s localhost:8081/_hooks/drift | wcs drift --traffic -    the same, by a running backend
  wcs drift --traffic server.log --propose > drift.patch         what the schema lacks, as a patch
  wcs drift --traffic server.log --apply && wcs generate         the same, written")]
pub(crate) struct DriftOptions {
    /// Documents of the vendor as plain text; `KEY=FILE` says which of the contract's documents it is, where its name is
    /// not the document's title
    #[arg(long, value_name = "FILE", num_args = 1.., required_unless_present = "traffic")]
    docs: Vec<String>,
    /// Recorded requests, the media server's log, or the drift report of a backend; `-` is standard input
    #[arg(long, value_name = "FILE", num_args = 1..)]
    traffic: Vec<PathBuf>,
    #[command(flatten)]
    schema: SchemaFlag,
    #[command(flatten)]
    overlay: OverlayFlag,
    /// Print what would settle the drift as a patch of the schema; everything else goes to standard error
    #[arg(long)]
    propose: bool,
    /// Write it into the schema's files; comments and layout stay, and nothing is written that would not compile
    #[arg(long, conflicts_with = "propose")]
    apply: bool,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    format: FindingFormat,
}

pub(crate) fn run(options: &DriftOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let schema = contract::schema(options.schema.path())?;
    // A contract with errors can be compared all the same, as far as it is understood.
    let mut compiled = wcs_contract::compile(&Input::at(&schema).with_overlays(options.overlay.paths()))?;
    let Some(contract) = compiled.contract.take().or(compiled.understood.take()) else {
        return Err(contract::refused(&compiled, terminal));
    };
    let mut summary = Vec::new();
    let mut drifts: Vec<Drift> = Vec::new();
    for named in &options.docs {
        drifts.extend(documents::compare(&contract, &mut compiled.sources, named, &mut summary)?);
    }
    drifts.extend(recordings::compare(&contract, &mut compiled.sources, &options.traffic, &mut summary, terminal)?);
    let proposal = proposal::make(&schema, options, &compiled, &contract, &mut drifts, terminal)?;
    if options.format != FindingFormat::Text {
        let findings: Vec<Diagnostic> = drifts.iter().map(|drift| drift.finding.clone()).collect();
        terminal.out(&render::render(&findings, &compiled.sources, options.format.with(terminal.color())));
    } else {
        // A patch on standard output is for programs that apply it.
        let mut aside = if options.propose { Terminal::stderr(When::Auto) } else { terminal.clone() };
        report(&contract, &drifts, &compiled, &summary, &mut aside);
        proposal::report(&proposal, &drifts, options, terminal, &mut aside);
    }
    let open = |(drift, settled): (&Drift, bool)| drift.finding.level != Level::Note && !settled;
    let settled = proposal::settled(&proposal, &drifts, options);
    let drifted = drifts.iter().zip(settled).any(open);
    if drifted || compiled.has_errors() { Err(Stop::Findings) } else { Ok(()) }
}

fn report(contract: &Contract, drifts: &[Drift], compiled: &Compiled, summary: &[String], terminal: &mut Terminal) {
    // What would be added is shown as a patch, if at all.
    let plain = |drift: &Drift| Diagnostic { fix: None, ..drift.finding.clone() };
    let findings: Vec<Diagnostic> = drifts.iter().map(plain).collect();
    terminal.findings(&findings, &compiled.sources);
    let shown = if summary.len() > MOST_LINES { &[] } else { summary };
    shown.iter().for_each(|line| terminal.line(line));
    if shown.is_empty() && !summary.is_empty() {
        terminal.line(&format!("{} compared", counted(summary.len(), "file")));
    }
    let verdict = if findings.is_empty() { "no drift".to_owned() } else { render::count(&findings) };
    terminal.line(&format!("{GOOD}{} {}{GOOD:#}: {verdict}", contract.name.value, contract.version.value));
    if compiled.has_errors() {
        let count = render::count(&compiled.findings);
        terminal
            .line(&format!("{WARN}{count} in the schema itself{WARN:#}, and it was compared as it stands: wcs check"));
    }
}

/// Most files of which each has a line in the summary.
const MOST_LINES: usize = 20;
