//! `wcs check`.

mod fix;

use clap::ValueEnum;
use wcs_contract::{Input, render};

use crate::contract;
use crate::flags::{FindingFormat, OverlayFlag, SchemaArgument};
use crate::stop::Stop;
use crate::terminal::{GOOD, Terminal};
use crate::words::counted;

#[derive(Debug, clap::Args)]
pub(crate) struct CheckOptions {
    #[command(flatten)]
    schema: SchemaArgument,
    #[command(flatten)]
    overlay: OverlayFlag,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    format: FindingFormat,
    /// Apply safe fixes, keeping comments and layout. What is left to a person is printed with the reason
    #[arg(long, conflicts_with = "language")]
    fix: bool,
    /// With --fix: write nothing, print what would change
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Print the JSON Schema of the language itself, for editors, and check nothing
    #[arg(long, value_enum, value_name = "FILES", num_args = 0..=1, default_missing_value = "contract")]
    language: Option<Language>,
}

/// The files of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Files of a contract
    Contract,
    /// Overlays over a contract
    Overlay,
}

pub(crate) fn run(options: &CheckOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    if let Some(language) = options.language {
        terminal.json(&match language {
            Language::Contract => wcs_contract::syntax::language_schema(),
            Language::Overlay => wcs_contract::syntax::overlay_schema(),
        });
        return Ok(());
    }
    let schema = contract::schema(options.schema.path())?;
    let compiled = if options.fix {
        fix::run(&schema, options, terminal)?
    } else {
        wcs_contract::compile(&Input::at(&schema).with_overlays(options.overlay.paths()))?
    };
    let format = options.format.with(terminal.color());
    terminal.out(&render::render_with_allowed(&compiled.findings, &compiled.allowed, &compiled.sources, format));
    if options.format == FindingFormat::Text {
        match &compiled.contract {
            Some(contract) => terminal.line(&format!(
                "{GOOD}{} {}{GOOD:#}: {}, {}, {} in {}",
                contract.name.value,
                contract.version.value,
                counted(contract.hooks.len(), "hook"),
                counted(contract.types.len(), "type"),
                render::count(&compiled.findings),
                counted(compiled.paths.len(), "file"),
            )),
            None => terminal.line(&render::count(&compiled.findings)),
        }
    }
    if compiled.has_errors() { Err(Stop::Findings) } else { Ok(()) }
}
