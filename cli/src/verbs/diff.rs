//! `wcs diff`.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::ValueEnum;
use wcs_contract::diagnostic::Diagnostic;
use wcs_contract::source::{Sources, display_path};
use wcs_diff::render::{Detail, DiffFormat};
use wcs_diff::{Audience, Impact, advice, approvals};

use crate::pair::Pair;
use crate::stop::{Stop, unreadable};
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

pub(crate) fn run(options: &DiffOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let mut pair = Pair::read(&options.old, options.new.as_deref(), terminal)?;
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
        besides(&findings, &pair.sources, terminal);
    }
    let fails = match (options.fail_on, report.worst()) {
        (FailOn::Never, _) | (_, None) => false,
        (FailOn::Any, Some(_)) => true,
        (FailOn::Risky, Some(worst)) => worst >= Impact::Risky,
        (FailOn::Breaking, Some(worst)) => worst >= Impact::Breaking,
    };
    let broken = findings.iter().any(|found| found.level == wcs_contract::rule::Level::Error);
    if fails || broken { Err(Stop::Findings) } else { Ok(()) }
}

/// The name of the file that approvals stand in.
const APPROVALS: &str = "wcs-approvals.yaml";

fn approved(options: &DiffOptions, pair: &mut Pair) -> Result<approvals::Approved, Stop> {
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
    let text = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
    let shown = display_path(&path, Path::new("."));
    Ok(approvals::apply(&shown, &text, &today(), &pair.changes, &mut pair.sources))
}

fn besides(findings: &[Diagnostic], sources: &Sources, terminal: &mut Terminal) {
    if !findings.is_empty() {
        terminal.line("");
        terminal.findings(findings, sources);
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
    humantime::format_rfc3339_seconds(SystemTime::now()).to_string().chars().take("2027-01-31".len()).collect()
}
