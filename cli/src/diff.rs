//! `wcs diff`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use wcs_contract::diagnostic::Diagnostic;
use wcs_contract::model::Contract;
use wcs_contract::render::{self, Color, Format};
use wcs_contract::source::{Sources, display_path};
use wcs_diff::render::{Detail, DiffFormat, Report};
use wcs_diff::{Audience, Change, Impact, advice, approvals};

use crate::Outcome;
use crate::side::{self, Side};
use crate::terminal::Terminal;

#[derive(Debug, clap::Args)]
pub(crate) struct DiffOptions {
    /// The old contract: a file, a folder, or a git revision such as `main`, `HEAD~3` or `v1.0:path/to/schema`
    old: String,
    /// The new contract, likewise [default: the schema of the work tree]
    new: Option<String>,
    /// Exit with 1 if something is at least so bad, and not approved
    #[arg(long, value_enum, default_value_t = FailOn::Breaking, value_name = "LEVEL")]
    fail_on: FailOn,
    /// Only these verdicts count; may be given several times [default: all]
    #[arg(long, value_enum, value_name = "WHO")]
    audience: Vec<Who>,
    /// File of approved changes [default: `wcs-approvals.yaml` beside the new schema, if it is there]
    #[arg(long, value_name = "FILE")]
    approvals: Option<PathBuf>,
    /// Tell each change of texts too
    #[arg(long)]
    all: bool,
    /// How the comparison is printed
    #[arg(long, value_enum, default_value_t = Printed::Text)]
    format: Printed,
}

/// What makes the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Something that worked stops working
    Breaking,
    /// Something may break, or means something else
    Risky,
    /// Anything differs, be it a text
    Any,
    /// Nothing
    Never,
}

/// Whose verdict counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Who {
    /// Running backends and senders
    Wire,
    /// Rust source that depends on the generated crate
    Rust,
    /// Programs in other languages
    Others,
}

/// How the comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Printed {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// For a comment in a code review
    Markdown,
    /// Annotations for GitHub's log
    Github,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}

pub(crate) fn run(options: &DiffOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    let (old, new) = (side::named(&options.old)?, new_side(options.new.as_deref())?);
    let mut pair = match Pair::read(old, new, terminal)? {
        Ok(pair) => pair,
        Err(outcome) => return Ok(outcome),
    };
    let approved = approved(options, &mut pair)?;
    let mut findings = approved.findings;
    findings.extend(advice::finding(&pair.advice, &pair.new, &pair.sources));
    let audiences: Vec<Audience> = options.audience.iter().map(|who| who.audience()).collect();
    let audiences = if audiences.is_empty() { Audience::ALL.to_vec() } else { audiences };
    let report = pair.report(&approved.reasons, &findings, &audiences);
    let color = terminal.color();
    let format = match (options.format, options.all) {
        (Printed::Text, true) => DiffFormat::Text(color, Detail::Full),
        (Printed::Text, false) => DiffFormat::Text(color, Detail::Brief),
        (Printed::Json, _) => DiffFormat::Json,
        (Printed::Markdown, _) => DiffFormat::Markdown,
        (Printed::Github, _) => DiffFormat::Github,
        (Printed::Sarif, _) => DiffFormat::Sarif,
    };
    terminal.out(&wcs_diff::render::render(&report, format));
    if options.format == Printed::Text {
        besides(&findings, &pair.sources, color, terminal);
    }
    let fails = match (options.fail_on, report.worst()) {
        (FailOn::Never, _) | (_, None) => false,
        (FailOn::Any, Some(_)) => true,
        (FailOn::Risky, Some(worst)) => worst >= Impact::Risky,
        (FailOn::Breaking, Some(worst)) => worst >= Impact::Breaking,
    };
    let broken = findings.iter().any(|found| found.level == wcs_contract::rule::Level::Error);
    Ok(if fails || broken { Outcome::Findings } else { Outcome::Fine })
}

/// What the new contract is: what was named, or the work tree.
pub(crate) fn new_side(named: Option<&str>) -> Result<Side, String> {
    named.map_or_else(side::work_tree, side::named)
}

/// Two contracts and what differs between them.
pub(crate) struct Pair {
    old: Contract,
    pub(crate) new: Contract,
    names: (String, String),
    changes: Vec<Change>,
    advice: advice::Advice,
    sources: Sources,
    new_path: PathBuf,
}

impl Pair {
    /// Reads and compares. If one has errors, they are printed.
    pub(crate) fn read(old: Side, new: Side, terminal: &mut Terminal) -> Result<Result<Self, Outcome>, String> {
        let mut sources = Sources::default();
        terminal.progress(&format!("comparing {} with {}", old.name, new.name));
        let is = match new.read(&mut sources, terminal)? {
            Ok(contract) => contract,
            Err(outcome) => return Ok(Err(outcome)),
        };
        let was = match old.read(&mut sources, terminal)? {
            Ok(contract) => contract,
            Err(outcome) => return Ok(Err(outcome)),
        };
        let changes = wcs_diff::compare(&was, &is, &sources);
        let advice = advice::advise(&was, &is, &changes);
        let new_path = new.path().to_owned();
        Ok(Ok(Self { old: was, new: is, names: (old.name, new.name), changes, advice, sources, new_path }))
    }

    /// As what is printed.
    pub(crate) fn report<'a>(
        &'a self,
        approved: &'a HashMap<String, String>,
        findings: &'a [Diagnostic],
        audiences: &'a [Audience],
    ) -> Report<'a> {
        Report {
            old: (&self.old, &self.names.0),
            new: (&self.new, &self.names.1),
            changes: &self.changes,
            approved,
            findings,
            advice: &self.advice,
            audiences,
            sources: &self.sources,
        }
    }
}

/// The name of the file that approvals stand in.
const APPROVALS: &str = "wcs-approvals.yaml";

fn approved(options: &DiffOptions, pair: &mut Pair) -> Result<approvals::Approved, String> {
    let path = match &options.approvals {
        Some(path) => path.clone(),
        None => {
            let folder = pair.new_path.parent().unwrap_or(Path::new("")).to_owned();
            let beside = folder.join(APPROVALS);
            if !beside.is_file() {
                return Ok(approvals::Approved::default());
            }
            beside
        }
    };
    let text = std::fs::read_to_string(&path).map_err(|error| format!("can't read {}: {error}", path.display()))?;
    let shown = display_path(&path, Path::new("."));
    Ok(approvals::apply(&shown, &text, &today(), &pair.changes, &mut pair.sources))
}

fn besides(findings: &[Diagnostic], sources: &Sources, color: Color, terminal: &mut Terminal) {
    if !findings.is_empty() {
        terminal.line("");
        terminal.out(&render::render(findings, sources, Format::Text(color)));
    }
}

impl Who {
    fn audience(self) -> Audience {
        match self {
            Self::Wire => Audience::Wire,
            Self::Rust => Audience::Rust,
            Self::Others => Audience::Others,
        }
    }
}

/// The day in Greenwich, as `2027-01-31`.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date(seconds / 86_400)
}

/// The date that is so many days after the first of January 1970.
fn date(days: u64) -> String {
    let mut left = days;
    let mut year = 1970;
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if left < length {
            break;
        }
        left -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", left + 1)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_become_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (30, "1970-01-31"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_453, "2025-12-31"),
            (20_454, "2026-01-01"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(days), expected, "{days}");
        }
    }
}
