//! `wcs changelog`.

use std::collections::HashMap;

use clap::ValueEnum;
use wcs_diff::Audience;
use wcs_diff::changelog::{self, ChangelogFormat};

use crate::pair::Pair;
use crate::stop::Stop;
use crate::terminal::Terminal;

#[derive(Debug, clap::Args)]
pub(crate) struct ChangelogOptions {
    /// The old contract: a file, a folder, or a git revision such as `v1.0` or `main:path/to/schema`
    old: String,
    /// The new contract, likewise [default: the schema of the work tree]
    new: Option<String>,
    /// Folder or address of the hooks' pages, for links
    #[arg(long, value_name = "WHERE", default_value = "generated/docs/hooks")]
    pages: String,
    /// How the notes are printed
    #[arg(long, value_enum, default_value_t = Printed::Markdown)]
    format: Printed,
}

/// How the notes are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Printed {
    /// For people
    Markdown,
    /// One JSON document
    Json,
}

pub(crate) fn run(options: &ChangelogOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let pair = Pair::read(&options.old, options.new.as_deref(), terminal)?;
    let approved = HashMap::new();
    let report = pair.report(&approved, &[], &Audience::ALL);
    let format = match options.format {
        Printed::Markdown => ChangelogFormat::Markdown,
        Printed::Json => ChangelogFormat::Json,
    };
    terminal.out(&changelog::render(&report, &options.pages, format));
    Ok(())
}
