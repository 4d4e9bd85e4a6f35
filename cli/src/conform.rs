//! `wcs conform`: whether a backend does what the contract asks of it.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use wcs_simulator::conform::check::{Area, Demand};
use wcs_simulator::conform::report::Report;
use wcs_simulator::conform::{self, Settings, json, text};
use wcs_simulator::wire::Credentials;

use crate::args::DataFormat;
use crate::simulate::{Reach, paint, seconds, signing_key, target, user_and_password};
use crate::terminal::Terminal;
use crate::{Outcome, sender};

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct ConformOptions {
    /// Address of the backend, such as http://127.0.0.1:8081; without a path, the sender's own default path is taken
    #[arg(required_unless_present = "list")]
    url: Option<String>,
    /// Only this area; may be given several times
    #[arg(long, value_name = "AREA", value_parser = areas())]
    only: Vec<Area>,
    /// List areas and questions, and send nothing
    #[arg(long)]
    list: bool,
    /// Only these hooks, with commas between them; the one that opens a session always belongs to them [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    hooks: Vec<String>,
    /// Give bodies this value in a member, such as a token without which the backend says no; JSON or text
    #[arg(long, value_name = "MEMBER=VALUE", value_parser = member)]
    set: Vec<(String, Value)>,
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    #[arg(long, value_name = "DIR")]
    schema: Option<PathBuf>,
    /// Send what a sender of this release sends, such as 5.2
    #[arg(long, value_name = "RELEASE")]
    sender: Option<String>,
    /// Sign each request with this key, as the contract's sender does; and try whether forged ones are refused
    #[arg(long, value_name = "SECRET", value_parser = signing_key)]
    sign: Option<String>,
    /// Authenticate each request with HTTP Basic
    #[arg(long, value_name = "USER:PASSWORD", conflicts_with = "sign", value_parser = user_and_password)]
    basic: Option<(String, String)>,
    /// Seconds that an answer may take [default: as the contract says]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// What makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Required, value_name = "DEMAND")]
    fail_on: FailOn,
    /// How the report is printed
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    format: DataFormat,
    /// Send to another machine than this one. Ask its owner first
    #[arg(long)]
    allow_remote: bool,
}

const AFTER: &str = "Examples:
  wcs conform http://127.0.0.1:8081                         everything
  wcs conform :8081 --set 'custom={\"token\":\"abc\"}'          where sessions need a token
  wcs conform :8081 --only policy --only signature --sign KEY
  wcs conform :8081 --format json --fail-on advice          for a pipeline that wants it all";

/// What makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// Something that the sender can't do without
    Required,
    /// Anything
    Advice,
    /// Nothing
    Never,
}

impl FailOn {
    fn outcome(self, report: &Report) -> Outcome {
        let is_well = match self {
            Self::Required => report.is_well(Demand::Required),
            Self::Advice => report.is_well(Demand::Required) && report.is_well(Demand::Advice),
            Self::Never => true,
        };
        if is_well { Outcome::Fine } else { Outcome::Findings }
    }
}

pub(crate) fn run(options: &ConformOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    if options.list {
        match options.format {
            DataFormat::Text => terminal.out(&text::list(&paint)),
            DataFormat::Json => terminal.line(&format!("{:#}", json::list())),
        }
        return Ok(Outcome::Fine);
    }
    let contract = match sender::contract(options.schema.as_deref(), &[], options.sender.as_deref(), terminal)? {
        Ok(contract) => contract,
        Err(outcome) => return Ok(outcome),
    };
    let reach = if options.allow_remote { Reach::Anywhere } else { Reach::ThisMachine };
    let settings = Settings {
        target: target(options.url.as_deref().unwrap_or_default(), reach, &contract)?,
        credentials: Credentials {
            secret: options.sign.as_ref().map(|secret| secret.clone().into_bytes()),
            basic: options.basic.clone(),
        },
        timeout: options.timeout,
        set: options.set.clone(),
        hooks: options.hooks.clone(),
        areas: options.only.clone(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("can't start: {error}"))?;
    let mut progress = |what: &str, done: usize, all: usize| terminal.progress(&format!("{done:>5} of {all}  {what}"));
    let report = runtime.block_on(conform::run(&contract, &settings, &mut progress))?;
    match options.format {
        DataFormat::Text => terminal.out(&text::report(&contract, &report, &paint)),
        DataFormat::Json => terminal.line(&format!("{:#}", json::report(&contract, &report))),
    }
    Ok(options.fail_on.outcome(&report))
}

fn areas() -> impl clap::builder::TypedValueParser<Value = Area> {
    use clap::builder::TypedValueParser;
    let values = Area::ALL.map(|area| clap::builder::PossibleValue::new(area.word()).help(area.about()));
    clap::builder::PossibleValuesParser::new(values)
        .try_map(|word| Area::parse(&word).ok_or_else(|| format!("there is no area `{word}`")))
}

fn member(text: &str) -> Result<(String, Value), String> {
    let (name, value) = text.split_once('=').ok_or("write the member's name, an equals sign and its value")?;
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    Ok((name.to_owned(), value))
}
