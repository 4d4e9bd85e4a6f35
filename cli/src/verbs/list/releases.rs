//! `wcs list --releases`.

use std::fmt::Write;

use serde_json::json;
use wcs_contract::model::Contract;
use wcs_contract::releases::{Change, How, releases};
use wcs_contract::text::wrap;

use crate::flags::DataFormat;
use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, GOOD, Terminal, WARN};

/// Most hooks or types that are named; more are counted.
const MOST_NAMED: usize = 4;

pub(super) fn print(contract: &Contract, format: DataFormat, terminal: &mut Terminal) -> Result<(), Stop> {
    let releases = releases(contract);
    if releases.is_empty() {
        return Err(format!("the contract `{}` lists no releases of its sender", contract.name.value).into());
    }
    match format {
        DataFormat::Text => {
            let mut text = String::new();
            for release in &releases {
                let _ = writeln!(text, "{BOLD}{}{BOLD:#}", release.version);
                wrap(release.doc, 96).iter().for_each(|line| text.push_str(&format!("  {line}\n")));
                release.changes.iter().for_each(|change| text.push_str(&line(change)));
            }
            terminal.out(&text);
        }
        DataFormat::Json => {
            let all: Vec<_> = releases
                .iter()
                .map(|release| {
                    let changes: Vec<_> = release.changes.iter().map(as_json).collect();
                    json!({ "release": release.version.to_string(), "doc": release.doc, "changes": changes })
                })
                .collect();
            terminal.json(&json!({ "version": 1, "releases": all }));
        }
    }
    Ok(())
}

fn line(change: &Change<'_>) -> String {
    let (what, name) = (change.what.word(), change.name);
    let within = match change.within.len() {
        0 => String::new(),
        1..=MOST_NAMED => format!(" {DIM}in {}{DIM:#}", change.within.join(", ")),
        several => format!(" {DIM}in {several} places{DIM:#}"),
    };
    match &change.how {
        How::Added => format!("  {GOOD}+{GOOD:#} {what} {name}{within}\n"),
        How::Removed => format!("  {WARN}-{WARN:#} {what} {name}{within}\n"),
        How::Respelt(old, new) => format!("  ~ {what} {old} is spelt {new}{within}\n"),
        How::Sent(old, new) => {
            format!("  ~ {what} {name} is sent {} instead of {}{within}\n", new.word(), old.word())
        }
        How::Retyped => format!("  ~ {what} {name} has another type{within}\n"),
    }
}

fn as_json(change: &Change<'_>) -> serde_json::Value {
    let (how, old, new) = match &change.how {
        How::Added => ("added", None, None),
        How::Removed => ("removed", None, None),
        How::Respelt(old, new) => ("respelt", Some(old.as_str()), Some(new.as_str())),
        How::Sent(old, new) => ("presence", Some(old.word()), Some(new.word())),
        How::Retyped => ("type", None, None),
    };
    json!({ "what": change.what.word(), "name": change.name, "within": change.within, "how": how, "old": old, "new": new })
}
