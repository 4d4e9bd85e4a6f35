//! `wcs docs`.

mod browser;
mod inject;
mod watch;

use std::net::SocketAddr;
use std::path::PathBuf;

use serde_json::json;
use wcs_codegen::Emitter;
use wcs_codegen::output::{self, Change, Mode};
use wcs_targets::docs::{Docs, TEMPLATES};

use crate::contract;
use crate::flags::{DataFormat, SchemaArgument};
use crate::stop::Stop;
use crate::targets::{beside, overrides};
use crate::terminal::{GOOD, Terminal};
use crate::words::unknown;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wcs docs --open                         write the pages and read them
  wcs docs --watch                        see the pages change while you edit the schema
  wcs docs --print-template hook.md > mine/hook.md.hbs
  wcs docs --templates mine               pages as your own templates print them
  wcs docs --inject README.md docs/*.md   bring tables between markers up to date
  wcs docs --inject README.md --check     exit with 4 if they are not

A marker is `<!-- wcs:NAME ARGUMENTS -->`, and `<!-- /wcs -->` ends what it stands for; docs/inject.md has the names.")]
pub(crate) struct DocsOptions {
    #[command(flatten)]
    schema: SchemaArgument,
    /// Folder to write to [default: `generated/docs` beside the schema]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show the pages in a browser
    #[arg(long)]
    open: bool,
    /// Folder whose files take the place of built-in templates of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// List the built-in templates
    #[arg(long, exclusive = true)]
    list_templates: bool,
    /// Print a built-in template, to start one's own from
    #[arg(long, exclusive = true, value_name = "NAME")]
    print_template: Option<String>,
    /// Write nothing; serve the pages on this machine, and show every change of the schema at once
    #[arg(long, conflicts_with = "out")]
    watch: bool,
    /// Where `--watch` serves: an address of this machine; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4040", requires = "watch")]
    listen: SocketAddr,
    /// Bring what stands between markers in these Markdown files up to date, and write no pages
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["out", "open", "templates", "watch"])]
    inject: Vec<PathBuf>,
    /// With `--inject`: write nothing; exit with 4 if a file would change
    #[arg(long, requires = "inject")]
    check: bool,
    /// How the summary is printed
    #[arg(long, value_enum, default_value_t, conflicts_with = "watch")]
    format: DataFormat,
}

pub(crate) fn run(options: &DocsOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    if options.list_templates {
        TEMPLATES.iter().for_each(|(name, _)| terminal.line(name));
        return Ok(());
    }
    if let Some(name) = &options.print_template {
        terminal.out(template(name)?);
        return Ok(());
    }
    if options.watch {
        return watch::run(options, terminal);
    }
    if !options.inject.is_empty() {
        return inject::run(options, terminal);
    }
    write(options, terminal)
}

fn template(name: &str) -> Result<&'static str, String> {
    let found = TEMPLATES.iter().find(|(known, _)| *known == name);
    let known = TEMPLATES.iter().map(|(known, _)| *known);
    let otherwise = "`wcs docs --list-templates` lists them";
    found.map(|(_, text)| *text).ok_or_else(|| unknown("template", name, known, otherwise))
}

fn write(options: &DocsOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let schema = contract::schema(options.schema.path())?;
    let overrides = overrides(options.templates.as_deref())?;
    let contract = contract::valid(Some(&schema), terminal)?;
    let pages = overrides.pages(&contract)?;
    let out = options.out.clone().unwrap_or_else(|| beside(&schema).join(Docs.name()));
    let reports = output::apply(&out, &pages, Mode::Write)?;
    let is_page = |path: &str| pages.iter().any(|page| page.path == path);
    let written = reports.iter().filter(|report| report.change != Change::Unchanged && is_page(&report.path)).count();
    let start = out.join(start(is_page));
    match options.format {
        DataFormat::Text => terminal.line(&format!(
            "{GOOD}wrote{GOOD:#} {written} of {} files in {}; start at {}",
            pages.len(),
            out.display(),
            start.display()
        )),
        DataFormat::Json => {
            let report = json!({
                "version": 1,
                "folder": out.display().to_string(),
                "start": start.display().to_string(),
                "files": pages.len(),
                "written": written,
            });
            terminal.json(&report);
        }
    }
    if options.open {
        let address = start.canonicalize().unwrap_or(start);
        browser::open(&address.display().to_string(), terminal);
    }
    Ok(())
}

/// The page to begin with.
fn start(exists: impl Fn(&str) -> bool) -> &'static str {
    ["html/index.html", "README.md"].into_iter().find(|path| exists(path)).unwrap_or_default()
}
