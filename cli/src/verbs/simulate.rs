//! `wcs simulate`: plays the sender against a backend.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use wcs_codegen::output;
use wcs_contract::model::{Contract, Name, Scenario};
use wcs_contract::scenarios;
use wcs_simulator::load::{self, Load};
use wcs_simulator::play::{Settings, play};
use wcs_simulator::render::{html, json, text};
use wcs_simulator::trace::{Entry, Level};
use wcs_simulator::trouble::Trouble;
use wcs_simulator::wire::Wire;

use crate::backend::{MOST, PlayedSender, RemoteFlag, not_negative, paint, positive, seconds};
use crate::flags::DataFormat;
use crate::network::block_on;
use crate::stop::Stop;
use crate::terminal::{BOLD, Terminal, pad};
use crate::words::unknown;

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
#[command(mut_arg("sender", |sender| sender.help("Play a sender of this release, such as 5.2")))]
pub(crate) struct SimulateOptions {
    /// Address of the backend, such as http://127.0.0.1:8081; without a path, the sender's own default path is taken
    #[arg(required_unless_present = "list")]
    url: Option<String>,
    /// Only this scenario: its name, or a file with scenarios; may be given several times [default: all]
    #[arg(long, value_name = "NAME|FILE")]
    scenario: Vec<String>,
    /// List the scenarios and send nothing
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    played: PlayedSender,
    /// Let pauses between hooks pass: 1 as written, 0.1 ten times as fast [default: no pauses]
    #[arg(long, value_name = "FACTOR", value_parser = not_negative)]
    pace: Option<f64>,
    /// Number that random values come from; the same number repeats the same play
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// What is to go wrong, with commas between: slow, cut, duplicate, reorder, restart, unknown, huge, or all
    #[arg(long, value_name = "LIST")]
    trouble: Option<String>,
    /// Load: so many sessions at once
    #[arg(long, value_name = "N", requires = "duration", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    sessions: Option<u32>,
    /// Load: so many hooks a second in all, whether the backend keeps up or not [default: as fast as it answers]
    #[arg(long, value_name = "N", requires = "duration", value_parser = positive)]
    rate: Option<f64>,
    /// Load: for so long (30, 30s, 5m)
    #[arg(long = "for", value_name = "TIME", value_parser = duration, id = "duration")]
    duration: Option<Duration>,
    /// From which level on remarks make the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    fail_on: FailOn,
    /// Write a page with a sequence diagram of all that happened
    #[arg(long, value_name = "FILE.html", conflicts_with = "duration")]
    report: Option<PathBuf>,
    /// How the trace is printed; json is one object a line
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
    #[command(flatten)]
    remote: RemoteFlag,
}

const AFTER: &str = "Examples:
  wcs simulate http://127.0.0.1:8081                        play everything
  wcs simulate :8081 --scenario outgoing_call --report call.html
  wcs simulate :8081 --trouble all --seed 7                 what goes wrong, repeatable
  wcs simulate :8081 --sessions 50 --rate 500 --for 60s     load";

/// From which level on remarks count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// What the server takes for an error, or an expectation that was not met
    Error,
    /// Also what has probably no effect
    Warning,
    /// Also every denial
    Denied,
    /// Nothing
    Never,
}

impl FailOn {
    fn judge(self, worst: Option<Level>) -> Result<(), Stop> {
        let least = match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Denied => Level::Denied,
            Self::Never => return Ok(()),
        };
        if worst.is_some_and(|worst| worst >= least) { Err(Stop::Findings) } else { Ok(()) }
    }
}

pub(crate) fn run(options: &SimulateOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let contract = options.played.contract(terminal)?;
    let scenarios = chosen(options, &contract, terminal)?;
    if options.list {
        list(&scenarios, options.format, terminal);
        return Ok(());
    }
    let settings = settings(options, &contract)?;
    match options.duration {
        Some(duration) => {
            let sessions = options.sessions.map_or(1, |sessions| sessions as usize);
            let load = Load { sessions, rate: options.rate, duration };
            block_on(under_load(options, contract, settings, scenarios, load, terminal))
        }
        None => block_on(once(options, &contract, &settings, &scenarios, terminal)),
    }
}

/// Plays each scenario once.
async fn once(
    options: &SimulateOptions,
    contract: &Contract,
    settings: &Settings,
    scenarios: &[(Name, Scenario)],
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let mut entries = Vec::new();
    let mut worst = None;
    for (name, scenario) in scenarios {
        let mut listener = |entry: Entry| {
            match options.format {
                DataFormat::Text => terminal.out(&text::entry(contract, &entry, &paint)),
                DataFormat::Json => terminal.line(&json::entry(&entry).to_string()),
            }
            entries.push(entry);
        };
        let summary = play(contract, settings, &name.value, scenario, &mut listener).await;
        worst = worst.max(summary.worst);
    }
    if options.format == DataFormat::Text {
        terminal.out(&text::total(scenarios.len(), &entries, &paint));
    }
    if let Some(path) = &options.report {
        output::write(path, &html::page(contract, &entries))?;
        terminal.progress(&format!("the report is in {}", path.display()));
    }
    options.fail_on.judge(worst)
}

async fn under_load(
    options: &SimulateOptions,
    contract: Contract,
    settings: Settings,
    scenarios: Vec<(Name, Scenario)>,
    load: Load,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let total = load.duration.as_secs();
    let mut before = 0;
    let mut progress = |elapsed: Duration, sent: u64| {
        terminal.progress(&format!(
            "{:>4} of {total} s  {sent} hooks, {} in the last second",
            elapsed.as_secs(),
            sent - before
        ));
        before = sent;
    };
    let outcome = load::run(Arc::new(contract), settings, Arc::new(scenarios), load, &mut progress).await;
    match options.format {
        DataFormat::Text => terminal.out(&text::load(&outcome, &paint)),
        DataFormat::Json => terminal.line(&json::load(&outcome).to_string()),
    }
    options.fail_on.judge(outcome.worst())
}

fn settings(options: &SimulateOptions, contract: &Contract) -> Result<Settings, Stop> {
    let target = options.remote.target(options.url.as_deref().unwrap_or_default(), contract)?;
    let credentials = options.played.credentials.credentials();
    Ok(Settings {
        wire: Wire::new(contract, &target, &credentials, options.played.timeout)?,
        seed: options.seed,
        troubles: options.trouble.as_deref().map(Trouble::parse_list).transpose()?.unwrap_or_default(),
        pace: options.pace.unwrap_or(0.0),
        gate: None,
    })
}

/// The scenarios that were named, by name or file; otherwise all of the contract.
fn chosen(
    options: &SimulateOptions,
    contract: &Contract,
    terminal: &mut Terminal,
) -> Result<Vec<(Name, Scenario)>, Stop> {
    if options.scenario.is_empty() {
        if contract.scenarios.is_empty() && !options.list {
            return Err("the schema has no section `scenarios`; name a file that has, with `--scenario FILE`".into());
        }
        return Ok(contract.scenarios.clone());
    }
    let mut chosen = Vec::new();
    for wanted in &options.scenario {
        let known = contract.scenarios.iter().find(|(name, _)| name.value == *wanted);
        match known {
            Some(known) => chosen.push(known.clone()),
            None if Path::new(wanted).is_file() => {
                let read = scenarios::read(contract, Path::new(wanted))?;
                terminal.findings(&read.findings, &read.sources);
                if read.has_errors() {
                    return Err(Stop::Findings);
                }
                chosen.extend(read.scenarios);
            }
            None => {
                let names = contract.scenarios.iter().map(|(name, _)| name.value.as_str());
                return Err(unknown("scenario and no file", wanted, names, "`--list` lists the scenarios").into());
            }
        }
    }
    Ok(chosen)
}

fn list(scenarios: &[(Name, Scenario)], format: DataFormat, terminal: &mut Terminal) {
    let width = scenarios.iter().map(|(name, _)| name.value.chars().count()).max().unwrap_or(0) + 2;
    let entries = scenarios.iter().map(|(name, scenario)| {
        serde_json::json!({ "name": name.value, "title": scenario.title.value, "doc": scenario.doc.value })
    });
    match format {
        DataFormat::Json => {
            let entries: Vec<_> = entries.collect();
            terminal.line(&format!("{:#}", serde_json::json!({ "version": 1, "scenarios": entries })));
        }
        DataFormat::Text => {
            for (name, scenario) in scenarios {
                terminal.line(&format!("{BOLD}{}{BOLD:#}{}", pad(&name.value, width), scenario.title.value));
            }
        }
    }
}

/// A time with its unit; a number alone is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    if text.parse::<f64>().is_ok() {
        return seconds(text);
    }
    match humantime::parse_duration(text) {
        Ok(time) if time.is_zero() => Err("write a number above 0".to_owned()),
        Ok(time) if time.as_secs_f64() <= MOST => Ok(time),
        _ => Err("write a number with s, m or h after it".to_owned()),
    }
}
