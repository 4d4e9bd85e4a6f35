//! `wcs fmt`.

use std::io::Read;
use std::path::{Path, PathBuf};

use wcs_codegen::output;
use wcs_contract::diagnostic::Findings;
use wcs_contract::files;
use wcs_contract::fmt::{Formatted, format};
use wcs_contract::source::{Sources, display_path};

use crate::contract;
use crate::patch::patch;
use crate::stop::Stop;
use crate::terminal::{BAD, DIM, GOOD, Terminal, WARN, When};
use crate::words::counted;

#[derive(Debug, clap::Args)]
pub(crate) struct FmtOptions {
    /// Schema files, or folders of them [default: the nearest folder `schema`, here or above]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; exit with 4 if a file is not laid out this way
    #[arg(long)]
    check: bool,
    /// Write nothing; print what would change
    #[arg(long)]
    diff: bool,
    /// Read a file from standard input and print it laid out
    #[arg(long, conflicts_with_all = ["paths", "check", "diff"])]
    stdin: bool,
}

pub(crate) fn run(options: &FmtOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    if options.stdin {
        return from_stdin(terminal);
    }
    let paths = if options.paths.is_empty() { vec![contract::schema(None)?] } else { options.paths.clone() };
    let mut tally = Tally::default();
    for path in paths {
        for file in files::yaml_below(&path)? {
            tally.add(one(&file, options, terminal)?);
        }
    }
    if tally.all() == 0 {
        return Err("there is no YAML file in what was named".into());
    }
    terminal.line(&tally.summary(options));
    match tally {
        Tally { broken: 1.., .. } => Err(Stop::Findings),
        Tally { changed: 1.., .. } if options.check => Err(Stop::Stale),
        _ => Ok(()),
    }
}

/// What became of one file.
enum Fate {
    Unchanged,
    Changed,
    Broken,
}

fn one(path: &Path, options: &FmtOptions, terminal: &mut Terminal) -> Result<Fate, Stop> {
    let shown = display_path(path, Path::new("."));
    let text = files::text(path)?;
    let laid_out = match laid_out(&shown, &text, terminal)? {
        Some(laid_out) if laid_out == text => return Ok(Fate::Unchanged),
        Some(laid_out) => laid_out,
        None => return Ok(Fate::Broken),
    };
    if options.diff {
        terminal.out(&patch(&shown, &text, &laid_out));
    } else if options.check {
        terminal.line(&format!("{WARN}{shown}{WARN:#} is not laid out by `wcs fmt`"));
    }
    if !options.diff && !options.check {
        output::write(path, &laid_out)?;
        terminal.line(&format!("{DIM}laid out{DIM:#} {shown}"));
    }
    Ok(Fate::Changed)
}

fn from_stdin(terminal: &mut Terminal) -> Result<(), Stop> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| format!("can't read standard input: {error}"))?;
    // Findings must not end up in the file that an editor writes the output to.
    let mut aside = Terminal::stderr(When::Auto);
    let laid_out = laid_out("standard input", &text, &mut aside)?.ok_or(Stop::Findings)?;
    terminal.out(&laid_out);
    Ok(())
}

/// The file laid out; `None` if it has mistakes, which are printed.
fn laid_out(shown: &str, text: &str, terminal: &mut Terminal) -> Result<Option<String>, Stop> {
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let file = sources.add(shown, text);
    match format(file, text, &mut findings) {
        Formatted::Text(laid_out) => Ok(Some(laid_out)),
        Formatted::Broken => {
            terminal.findings(&findings.into_sorted(), &sources);
            Ok(None)
        }
        Formatted::Refused(reason) => Err(Stop::Error(format!(
            "{shown} is left as it is, because laid out {reason}. That is a mistake of `wcs fmt`, not of the file: \
             please report it with the file"
        ))),
    }
}

#[derive(Default)]
struct Tally {
    unchanged: usize,
    changed: usize,
    broken: usize,
}

impl Tally {
    fn add(&mut self, fate: Fate) {
        match fate {
            Fate::Unchanged => self.unchanged += 1,
            Fate::Changed => self.changed += 1,
            Fate::Broken => self.broken += 1,
        }
    }

    fn all(&self) -> usize {
        self.unchanged + self.changed + self.broken
    }

    fn summary(&self, options: &FmtOptions) -> String {
        let files = |count: usize| counted(count, "file");
        let verb = if options.check || options.diff { "would change" } else { "changed" };
        let mut parts = Vec::new();
        if self.changed > 0 {
            parts.push(format!("{WARN}{} {verb}{WARN:#}", files(self.changed)));
        }
        if self.unchanged > 0 {
            parts.push(format!("{GOOD}{} laid out already{GOOD:#}", files(self.unchanged)));
        }
        if self.broken > 0 {
            parts.push(format!("{BAD}{} left alone because of errors{BAD:#}", files(self.broken)));
        }
        parts.join(", ")
    }
}
