//! `wcs conform`: whether a backend does what the contract asks of it.

use serde_json::Value;
use wcs_simulator::conform::check::{Area, Demand};
use wcs_simulator::conform::report::Report;
use wcs_simulator::conform::{self, Settings, json, text};

use crate::backend::{PlayedSender, RemoteFlag, paint};
use crate::flags::DataFormat;
use crate::network::block_on;
use crate::stop::Stop;
use crate::terminal::Terminal;

#[derive(Debug, clap::Args)]
#[command(
    after_long_help = AFTER,
    mut_arg("sender", |sender| sender.help("Send what a sender of this release sends, such as 5.2")),
    mut_arg("sign", |sign| sign.help(SIGN)),
)]
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
    #[command(flatten)]
    played: PlayedSender,
    /// What makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Required, value_name = "DEMAND")]
    fail_on: FailOn,
    /// How the report is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
    #[command(flatten)]
    remote: RemoteFlag,
}

const SIGN: &str =
    "Sign each request with this key, as the contract's sender does; and try whether forged ones are refused";

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
    fn judge(self, report: &Report) -> Result<(), Stop> {
        let is_well = match self {
            Self::Required => report.is_well(Demand::Required),
            Self::Advice => report.is_well(Demand::Required) && report.is_well(Demand::Advice),
            Self::Never => true,
        };
        if is_well { Ok(()) } else { Err(Stop::Findings) }
    }
}

pub(crate) fn run(options: &ConformOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    if options.list {
        match options.format {
            DataFormat::Text => terminal.out(&text::list(&paint)),
            DataFormat::Json => terminal.json(&json::list()),
        }
        return Ok(());
    }
    let contract = options.played.contract(terminal)?;
    let settings = Settings {
        target: options.remote.target(options.url.as_deref().unwrap_or_default(), &contract)?,
        credentials: options.played.credentials.credentials(),
        timeout: options.played.timeout,
        set: options.set.clone(),
        hooks: options.hooks.clone(),
        areas: options.only.clone(),
    };
    let mut progress = |what: &str, done: usize, all: usize| terminal.progress(&format!("{done:>5} of {all}  {what}"));
    let report = block_on(conform::run(&contract, &settings, &mut progress))?;
    match options.format {
        DataFormat::Text => terminal.out(&text::report(&contract, &report, &paint)),
        DataFormat::Json => terminal.json(&json::report(&contract, &report)),
    }
    options.fail_on.judge(&report)
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
