//! `wcs simulate`: plays the sender against a backend.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use wcs_codegen::output;
use wcs_contract::model::{Contract, Name, Scenario};
use wcs_contract::render::{self, Format};
use wcs_contract::scenarios;
use wcs_simulator::load::{self, Load};
use wcs_simulator::play::{Settings, play};
use wcs_simulator::render::text::Mark;
use wcs_simulator::render::{html, json, text};
use wcs_simulator::target::Target;
use wcs_simulator::trace::{Entry, Level};
use wcs_simulator::trouble::Trouble;
use wcs_simulator::wire::{Credentials, Wire};

use crate::args::DataFormat;
use crate::terminal::{BAD, BOLD, DIM, GOOD, Terminal, WARN, pad};
use crate::{Outcome, sender};

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
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
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    #[arg(long, value_name = "DIR")]
    schema: Option<PathBuf>,
    /// Play a sender of this release, such as 5.2
    #[arg(long, value_name = "RELEASE")]
    sender: Option<String>,
    /// Sign each request with this key, as the contract's sender does
    #[arg(long, value_name = "SECRET", value_parser = signing_key)]
    sign: Option<String>,
    /// Authenticate each request with HTTP Basic
    #[arg(long, value_name = "USER:PASSWORD", conflicts_with = "sign", value_parser = user_and_password)]
    basic: Option<(String, String)>,
    /// Seconds that an answer may take [default: as the contract says]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
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
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    format: DataFormat,
    /// Send to another machine than this one. Ask its owner first
    #[arg(long)]
    allow_remote: bool,
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
    fn outcome(self, worst: Option<Level>) -> Outcome {
        let least = match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Denied => Level::Denied,
            Self::Never => return Outcome::Fine,
        };
        if worst.is_some_and(|worst| worst >= least) { Outcome::Findings } else { Outcome::Fine }
    }
}

pub(crate) fn run(options: &SimulateOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    let contract = match sender::contract(options.schema.as_deref(), &[], options.sender.as_deref(), terminal)? {
        Ok(contract) => contract,
        Err(outcome) => return Ok(outcome),
    };
    let scenarios = match chosen(options, &contract, terminal)? {
        Ok(scenarios) => scenarios,
        Err(outcome) => return Ok(outcome),
    };
    if options.list {
        list(&scenarios, options.format, terminal);
        return Ok(Outcome::Fine);
    }
    let settings = settings(options, &contract)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("can't start the simulator: {error}"))?;
    match options.duration {
        Some(duration) => {
            let sessions = options.sessions.map_or(1, |sessions| sessions as usize);
            let load = Load { sessions, rate: options.rate, duration };
            runtime.block_on(under_load(options, contract, settings, scenarios, load, terminal))
        }
        None => runtime.block_on(once(options, &contract, &settings, &scenarios, terminal)),
    }
}

/// Plays each scenario once.
async fn once(
    options: &SimulateOptions,
    contract: &Contract,
    settings: &Settings,
    scenarios: &[(Name, Scenario)],
    terminal: &mut Terminal,
) -> Result<Outcome, String> {
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
        output::write(path, &html::page(contract, &entries)).map_err(|error| error.to_string())?;
        terminal.progress(&format!("the report is in {}", path.display()));
    }
    Ok(options.fail_on.outcome(worst))
}

async fn under_load(
    options: &SimulateOptions,
    contract: Contract,
    settings: Settings,
    scenarios: Vec<(Name, Scenario)>,
    load: Load,
    terminal: &mut Terminal,
) -> Result<Outcome, String> {
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
    Ok(options.fail_on.outcome(outcome.worst()))
}

/// Which machines may be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    ThisMachine,
    Anywhere,
}

/// Where the backend is; `:8081` is a port of this machine.
pub(crate) fn target(address: &str, reach: Reach, contract: &Contract) -> Result<Target, String> {
    let address = if address.starts_with(':') { format!("127.0.0.1{address}") } else { address.to_owned() };
    let target = Target::parse(&address, contract)?;
    if !target.is_loopback() && reach == Reach::ThisMachine {
        return Err(format!(
            "{} is another machine, whose users would see made-up sessions; if that is meant, say `--allow-remote`",
            target.base()
        ));
    }
    Ok(target)
}

fn settings(options: &SimulateOptions, contract: &Contract) -> Result<Settings, String> {
    let reach = if options.allow_remote { Reach::Anywhere } else { Reach::ThisMachine };
    let target = target(options.url.as_deref().unwrap_or_default(), reach, contract)?;
    let secret = options.sign.as_ref().map(|secret| secret.clone().into_bytes());
    let credentials = Credentials { secret, basic: options.basic.clone() };
    Ok(Settings {
        wire: Wire::new(contract, &target, &credentials, options.timeout)?,
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
) -> Result<Result<Vec<(Name, Scenario)>, Outcome>, String> {
    if options.scenario.is_empty() {
        if contract.scenarios.is_empty() && !options.list {
            return Err(
                "the schema has no section `scenarios`; name a file that has, with `--scenario FILE`".to_owned()
            );
        }
        return Ok(Ok(contract.scenarios.clone()));
    }
    let mut chosen = Vec::new();
    for wanted in &options.scenario {
        let known = contract.scenarios.iter().find(|(name, _)| name.value == *wanted);
        match known {
            Some(known) => chosen.push(known.clone()),
            None if Path::new(wanted).is_file() => {
                let read = scenarios::read(contract, Path::new(wanted))?;
                terminal.out(&render::render(&read.findings, &read.sources, Format::Text(terminal.color())));
                if read.has_errors() {
                    return Ok(Err(Outcome::Findings));
                }
                chosen.extend(read.scenarios);
            }
            None => {
                let names = contract.scenarios.iter().map(|(name, _)| name.value.as_str());
                let help = wcs_contract::diagnostic::nearest(wanted, names)
                    .map_or("`--list` lists the scenarios".to_owned(), |meant| format!("did you mean `{meant}`?"));
                return Err(format!("there is no scenario and no file `{wanted}`; {help}"));
            }
        }
    }
    Ok(Ok(chosen))
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

/// Colours are left out further on, where they are not wanted.
pub(crate) fn paint(mark: Mark, text: &str) -> String {
    let style = match mark {
        Mark::Bold => BOLD,
        Mark::Dim => DIM,
        Mark::Good => GOOD,
        Mark::Warn => WARN,
        Mark::Bad => BAD,
    };
    format!("{style}{text}{style:#}")
}

pub(crate) fn user_and_password(text: &str) -> Result<(String, String), String> {
    let (user, password) = text.split_once(':').ok_or("write the user name, a colon and the password")?;
    if user.is_empty() || password.is_empty() {
        return Err("user name and password can't be empty: write those that the backend is configured with".to_owned());
    }
    Ok((user.to_owned(), password.to_owned()))
}

/// A key that a backend can be configured with: not empty, and without white space at an end.
pub(crate) fn signing_key(text: &str) -> Result<String, String> {
    let fault = match text {
        "" => "is empty",
        text if text.trim() != text => "has white space at an end",
        text => return Ok(text.to_owned()),
    };
    Err(format!("the key {fault}: write the one that the backend is configured with"))
}

pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    positive(text).map(Duration::from_secs_f64)
}

fn positive(text: &str) -> Result<f64, String> {
    not_negative(text)
        .and_then(|number| if number > 0.0 { Ok(number) } else { Err("write a number above 0".to_owned()) })
}

fn not_negative(text: &str) -> Result<f64, String> {
    const MOST: f64 = 1e9;
    match text.parse::<f64>() {
        Ok(number) if (0.0..=MOST).contains(&number) => Ok(number),
        _ => Err("write a number such as 0.5 or 30".to_owned()),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match &text[digits.len()..] {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err("write a number with s, m or h after it".to_owned()),
    };
    positive(digits).map(|number| Duration::from_secs_f64(number * factor))
}
