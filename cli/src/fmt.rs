//! `wcs fmt`.

use std::io::Read;
use std::path::{Path, PathBuf};

use similar::TextDiff;
use wcs_codegen::output;
use wcs_contract::diagnostic::Findings;
use wcs_contract::files;
use wcs_contract::fmt::{Formatted, format};
use wcs_contract::render;
use wcs_contract::source::{Sources, display_path};

use crate::args::When;
use crate::terminal::{BAD, DIM, GOOD, Terminal, WARN};
use crate::{Outcome, check};

#[derive(Debug, clap::Args)]
pub(crate) struct FmtOptions {
    /// Schema files, or folders of them [default: the nearest folder `schema`, here or above]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing; exit with 4 if a file is not laid out this way
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing; print what would change
    #[arg(long)]
    pub(crate) diff: bool,
    /// Read a file from standard input and print it laid out
    #[arg(long, conflicts_with_all = ["paths", "check", "diff"])]
    pub(crate) stdin: bool,
}

pub(crate) fn run(options: &FmtOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    if options.stdin {
        return from_stdin(terminal);
    }
    let paths = if options.paths.is_empty() { vec![check::schema(None)?] } else { options.paths.clone() };
    let mut tally = Tally::default();
    for path in paths {
        for file in files::yaml_below(&path)? {
            tally.add(one(&file, options, terminal)?);
        }
    }
    if tally.all() == 0 {
        return Err("there is no YAML file in what was named".to_owned());
    }
    terminal.line(&tally.summary(options));
    Ok(match tally {
        Tally { broken: 1.., .. } => Outcome::Findings,
        Tally { changed: 1.., .. } if options.check => Outcome::Stale,
        _ => Outcome::Fine,
    })
}

/// What became of one file.
enum Fate {
    Unchanged,
    Changed,
    Broken,
}

fn one(path: &Path, options: &FmtOptions, terminal: &mut Terminal) -> Result<Fate, String> {
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
        output::write(path, &laid_out).map_err(|error| error.to_string())?;
        terminal.line(&format!("{DIM}laid out{DIM:#} {shown}"));
    }
    Ok(Fate::Changed)
}

fn from_stdin(terminal: &mut Terminal) -> Result<Outcome, String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| format!("can't read standard input: {error}"))?;
    // Findings must not end up in the file that an editor writes the output to.
    let mut aside = Terminal::stderr(When::Auto);
    Ok(match laid_out("standard input", &text, &mut aside)? {
        Some(laid_out) => {
            terminal.out(&laid_out);
            Outcome::Fine
        }
        None => Outcome::Findings,
    })
}

/// The file laid out; `None` if it has mistakes, which are printed.
fn laid_out(shown: &str, text: &str, terminal: &mut Terminal) -> Result<Option<String>, String> {
    let mut sources = Sources::default();
    let mut findings = Findings::default();
    let file = sources.add(shown, text);
    match format(file, text, &mut findings) {
        Formatted::Text(laid_out) => Ok(Some(laid_out)),
        Formatted::Broken => {
            let format = render::Format::Text(terminal.color());
            terminal.out(&render::render(&findings.into_sorted(), &sources, format));
            Ok(None)
        }
        Formatted::Refused(reason) => Err(format!(
            "{shown} is left as it is, because laid out {reason}. That is a mistake of `wcs fmt`, not of the file: \
             please report it with the file"
        )),
    }
}

/// How a file would change, as `patch` reads it, coloured.
pub(crate) fn patch(shown: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let plain = diff.unified_diff().context_radius(3).header(&format!("a/{shown}"), &format!("b/{shown}")).to_string();
    let mut out = String::with_capacity(plain.len());
    for line in plain.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        let styled = match line.chars().next() {
            Some('+') => format!("{GOOD}{text}{GOOD:#}\n"),
            Some('-') => format!("{BAD}{text}{BAD:#}\n"),
            Some('@') => format!("{DIM}{text}{DIM:#}\n"),
            _ => line.to_owned(),
        };
        out.push_str(&styled);
    }
    out
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
        let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
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
