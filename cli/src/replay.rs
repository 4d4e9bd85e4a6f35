//! `wcs replay`: sends a recording's requests again and compares the answers.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use wcs_simulator::record::compare::{Compare, Difference};
use wcs_simulator::record::replay::{self, Outcome as Went, Pace, Replayed, Settings, Summary};
use wcs_simulator::record::{exchange, proxy};
use wcs_simulator::target::Target;
use wcs_simulator::wire::Credentials;

use crate::args::DataFormat;
use crate::simulate::{signing_key, user_and_password};
use crate::terminal::{BAD, BOLD, DIM, GOOD, Terminal, WARN, harmless};
use crate::{Outcome, check, record};

/// Longest value that is printed in full.
const LONGEST: usize = 120;

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct ReplayOptions {
    /// The recording, as `wcs record` writes it
    file: PathBuf,
    /// Address of the backend, such as http://127.0.0.1:8081; a path in it takes the place of everything before the
    /// hook's name
    url: String,
    /// How fast: 1x as recorded, 10x ten times as fast, max without waiting
    #[arg(long, default_value = "1x", value_parser = pace)]
    pace: Pace,
    /// What of the answers is compared
    #[arg(long, value_enum, default_value_t = What::Values)]
    compare: What,
    /// JSON Pointer of which differences do not count, with all below it; may be given several times
    #[arg(long, value_name = "POINTER")]
    ignore: Vec<String>,
    /// Send new identifiers of sessions, streams and calls, each in place of one recorded
    #[arg(long)]
    new_ids: bool,
    /// Number that new identifiers come from [default: another one each time]
    #[arg(long, value_name = "N", requires = "new_ids")]
    seed: Option<u64>,
    /// Sign each request with this key, as the contract's sender does
    #[arg(long, value_name = "SECRET", value_parser = signing_key)]
    sign: Option<String>,
    /// Authenticate each request with HTTP Basic
    #[arg(long, value_name = "USER:PASSWORD", conflicts_with = "sign", value_parser = user_and_password)]
    basic: Option<(String, String)>,
    /// Seconds that an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    /// Folder or root file of the schema [default: the nearest folder `schema`, here or above]
    #[arg(long, value_name = "DIR")]
    schema: Option<PathBuf>,
    /// How the report is printed
    #[arg(long, value_enum, default_value_t = DataFormat::Text)]
    format: DataFormat,
    /// Send to another machine than this one. Ask its owner first
    #[arg(long)]
    allow_remote: bool,
}

const AFTER: &str = "Examples:
  wcs replay today.jsonl http://127.0.0.1:8081             as it was
  wcs replay today.jsonl :8081 --pace max --new-ids        at once, as other sessions
  wcs replay today.jsonl :8081 --compare bytes --format json

Exit code 1 if an answer differs or does not come.";

/// What of the answers is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Status and every byte
    Bytes,
    /// Status and values, whatever their order
    Values,
    /// Status alone
    Status,
    /// Nothing
    None,
}

pub(crate) fn run(options: &ReplayOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    let contract = match check::contract(options.schema.as_deref(), terminal)? {
        Ok(contract) => contract,
        Err(outcome) => return Ok(outcome),
    };
    let path = options.file.display();
    let text = std::fs::read_to_string(&options.file).map_err(|error| format!("can't read {path}: {error}"))?;
    let exchanges = exchange::read(&text).map_err(|error| format!("{path}:{error}"))?;
    let target = proxy::forward(&record::local(&options.url))?;
    if !Target::parse(&target, &contract)?.is_loopback() && !options.allow_remote {
        return Err(format!("{target} is another machine; if that is meant, say `--allow-remote`"));
    }
    let settings = settings(options, target);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("can't start the replay: {error}"))?;
    let mut reports = Vec::new();
    let mut done = 0;
    let mut listener = |replayed: &Replayed| {
        done += 1;
        match options.format {
            DataFormat::Text => terminal.out(&text_of(replayed)),
            DataFormat::Json => reports.extend(json_of(replayed)),
        }
        if done % 100 == 0 {
            terminal.progress(&format!("{done} of {}", exchanges.len()));
        }
    };
    let summary = runtime.block_on(replay::replay(&contract, &settings, &exchanges, &mut listener))?;
    match options.format {
        DataFormat::Text => terminal.out(&total(&summary, options.compare)),
        DataFormat::Json => terminal.line(&format!("{:#}", report(&summary, &reports))),
    }
    Ok(if summary.different + summary.failed > 0 { Outcome::Findings } else { Outcome::Fine })
}

fn settings(options: &ReplayOptions, target: String) -> Settings {
    let another = || std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(1, |time| time.as_nanos() as u64);
    Settings {
        target,
        pace: options.pace,
        compare: match options.compare {
            What::Bytes => Compare::Bytes,
            What::Values => Compare::Values,
            What::Status => Compare::Status,
            What::None => Compare::Nothing,
        },
        new_ids: options.new_ids.then(|| options.seed.unwrap_or_else(another)),
        ignore: options.ignore.clone(),
        credentials: Credentials {
            secret: options.sign.as_ref().map(|secret| secret.clone().into_bytes()),
            basic: options.basic.clone(),
        },
        timeout: Duration::from_secs(options.timeout),
    }
}

/// What is said of a request; nothing if its answer was as recorded.
fn text_of(replayed: &Replayed) -> String {
    let mut text = String::new();
    let head = format!(
        "line {}  {BOLD}{}{BOLD:#} {DIM}{}{DIM:#}",
        replayed.line,
        harmless(&replayed.hook),
        harmless(&replayed.path)
    );
    match &replayed.result {
        Went::Compared(comparison) if comparison.differences.is_empty() => {}
        Went::Compared(comparison) => {
            let _ = writeln!(text, "{head}");
            for Difference { place, recorded, now } in &comparison.differences {
                let _ = writeln!(
                    text,
                    "  {BAD}{}{BAD:#}: recorded {}, now {}",
                    harmless(place),
                    shown(recorded.as_ref()),
                    shown(now.as_ref())
                );
            }
        }
        Went::NothingRecorded(why) => {
            let _ = writeln!(text, "{head}\n  {WARN}not compared{WARN:#}: in the recording, {why}");
        }
        Went::Failed(why) => {
            let _ = writeln!(text, "{head}\n  {BAD}failed{BAD:#}: {why}");
        }
    }
    text
}

fn shown(value: Option<&Value>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let text = harmless(&value.to_string());
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn total(summary: &Summary, compare: What) -> String {
    let Summary { sent, same, different, failed, uncompared, lenient, new_ids, took } = summary;
    let style = if different + failed > 0 { BAD } else { GOOD };
    let mut text = format!("{style}{sent} sent{style:#} in {:.1} s: ", took.as_secs_f64());
    if compare == What::None {
        let _ = write!(text, "{} answered", same + different);
    } else {
        let _ = write!(text, "{same} answered as recorded, {different} differently");
    }
    let _ = write!(text, ", {failed} not at all");
    if *uncompared > 0 {
        let _ = write!(text, "; {uncompared} had no recorded answer");
    }
    if *new_ids > 0 {
        let _ = write!(text, "; {new_ids} identifiers were new");
    }
    text.push('\n');
    if *lenient > 0 {
        let _ =
            writeln!(text, "{lenient} values were taken for the same unseen, as they are redacted in the recording");
    }
    text
}

fn json_of(replayed: &Replayed) -> Option<Value> {
    let mut entry = json!({
        "line": replayed.line, "hook": replayed.hook, "path": replayed.path, "took_ms": replayed.took.as_secs_f64() * 1000.0,
    });
    match &replayed.result {
        Went::Compared(comparison) if comparison.differences.is_empty() && comparison.lenient.is_empty() => {
            return None;
        }
        Went::Compared(comparison) => {
            let differences = comparison.differences.iter().map(|difference| {
                let Difference { place, recorded, now } = difference;
                let mut entry = json!({ "place": place });
                for (name, value) in [("recorded", recorded), ("now", now)] {
                    if let Some(value) = value {
                        entry[name] = value.clone();
                    }
                }
                entry
            });
            entry["differences"] = differences.collect();
            entry["lenient"] = json!(comparison.lenient);
        }
        Went::NothingRecorded(why) => entry["nothing_recorded"] = json!(why),
        Went::Failed(why) => entry["failed"] = json!(why),
    }
    Some(entry)
}

fn report(summary: &Summary, exchanges: &[Value]) -> Value {
    json!({
        "version": 1,
        "sent": summary.sent,
        "same": summary.same,
        "different": summary.different,
        "failed": summary.failed,
        "nothing_recorded": summary.uncompared,
        "lenient": summary.lenient,
        "new_ids": summary.new_ids,
        "seconds": summary.took.as_secs_f64(),
        "exchanges": exchanges,
    })
}

fn pace(text: &str) -> Result<Pace, String> {
    if text == "max" {
        return Ok(Pace::Max);
    }
    let number = text.strip_suffix('x').unwrap_or(text).parse::<f64>();
    let is_sane = |factor: &f64| (1e-3..=1e6).contains(factor);
    number.ok().filter(is_sane).map(Pace::Times).ok_or_else(|| "write 1x, 10x, 0.5x, or max".to_owned())
}
