//! `wcs replay`: sends a recording's requests again and compares the answers.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use wcs_simulator::record::compare::{Compare, Difference};
use wcs_simulator::record::replay::{self, Outcome, Pace, Replayed, Settings, Summary};
use wcs_simulator::record::{exchange, proxy};
use wcs_simulator::target::Target;

use crate::backend::{CredentialFlags, RemoteFlag, local};
use crate::contract;
use crate::flags::{DataFormat, SchemaFlag};
use crate::network::block_on;
use crate::stop::Stop;
use crate::terminal::{BAD, BOLD, DIM, GOOD, Terminal, WARN, harmless};
use crate::words::shortened;

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
    #[command(flatten)]
    credentials: CredentialFlags,
    /// Seconds that an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    #[command(flatten)]
    schema: SchemaFlag,
    /// How the report is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
    #[command(flatten)]
    remote: RemoteFlag,
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

pub(crate) fn run(options: &ReplayOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let contract = contract::valid(options.schema.path(), terminal)?;
    let path = options.file.display();
    let text = std::fs::read_to_string(&options.file).map_err(|error| format!("can't read {path}: {error}"))?;
    let exchanges = exchange::read(&text).map_err(|error| format!("{path}:{error}"))?;
    let target = proxy::forward(&local(&options.url))?;
    if !Target::parse(&target, &contract)?.is_loopback() && !options.remote.allow_remote {
        return Err(format!("{target} is another machine; if that is meant, say `--allow-remote`").into());
    }
    let settings = settings(options, target);
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
    let replayed = replay::replay(&contract, &settings, &exchanges, &mut listener);
    let summary = block_on(replayed)?;
    match options.format {
        DataFormat::Text => terminal.out(&total(&summary, options.compare)),
        DataFormat::Json => terminal.json(&report(&summary, &reports)),
    }
    if summary.different + summary.failed > 0 { Err(Stop::Findings) } else { Ok(()) }
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
        credentials: options.credentials.credentials(),
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
        Outcome::Compared(comparison) if comparison.differences.is_empty() => {}
        Outcome::Compared(comparison) => {
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
        Outcome::NothingRecorded(why) => {
            let _ = writeln!(text, "{head}\n  {WARN}not compared{WARN:#}: in the recording, {why}");
        }
        Outcome::Failed(why) => {
            let _ = writeln!(text, "{head}\n  {BAD}failed{BAD:#}: {why}");
        }
    }
    text
}

fn shown(value: Option<&Value>) -> String {
    value.map_or("nothing".to_owned(), |value| shortened(value, LONGEST))
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
        Outcome::Compared(comparison) if comparison.differences.is_empty() && comparison.lenient.is_empty() => {
            return None;
        }
        Outcome::Compared(comparison) => {
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
        Outcome::NothingRecorded(why) => entry["nothing_recorded"] = json!(why),
        Outcome::Failed(why) => entry["failed"] = json!(why),
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
