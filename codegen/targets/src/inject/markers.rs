//! The markers that there are: name, arguments, and what is printed for them.

use super::marker::{Given, Made, Marker, marker};
use super::print::{code, table};
use super::{print, reference};
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::Contract;

/// All markers.
pub static MARKERS: &[Marker] = &[
    marker("hooks", "[type=TYPE] [group=GROUP]", "A table of hooks", (0, 0), &["type", "group"], print::hooks),
    marker("parameters", "HOOK", "A table of a hook's parameters", (1, 1), &[], print::parameters),
    marker("members", "RECORD", "A table of a record's members", (1, 1), &[], print::members),
    marker("values", "ENUM", "A table of an enum's values", (1, 1), &[], print::values),
    marker(
        "errors",
        "",
        "What the sender does with errors, by on-error word and hook type",
        (0, 0),
        &[],
        print::errors,
    ),
    marker("flow", "FLOW", "The steps of a flow", (1, 1), &[], print::flow),
    marker("settings", "[HOOK]", "Settings of the sender, or those that a hook needs", (0, 1), &[], print::settings),
    marker("example", "HOOK [NUMBER]", "A request body", (1, 2), &[], print::example),
    marker("count", "WHAT", "How many hooks, parameters, types, values, flows there are", (1, 1), &[], print::count),
    marker("version", "", "The version of the contract", (0, 0), &[], print::version),
    marker("markers", "", "This table", (0, 0), &[], markers),
    marker("model", "", "Tables of the keys of the model's JSON", (0, 0), &[], reference::model),
    marker("helpers", "", "A table of the helpers that templates may call", (0, 0), &[], reference::helpers),
];

/// Prints what a marker stands for.
pub(super) fn print(contract: &Contract, written: &str) -> Result<Made, String> {
    let mut parts = written.split_whitespace();
    let name = parts.next().unwrap_or_default();
    let Some(marker) = MARKERS.iter().find(|marker| marker.name == name) else {
        if name.is_empty() {
            return Err("the marker has no name; write `wcs:NAME`".to_owned());
        }
        let known: Vec<&str> = MARKERS.iter().map(|marker| marker.name).collect();
        return Err(match nearest(name, known.iter().copied()) {
            Some(near) => format!("there is no marker `{name}`; did you mean `{near}`?"),
            None => format!("there is no marker `{name}`; there are {}", known.join(", ")),
        });
    };
    let (options, words): (Vec<&str>, Vec<&str>) = parts.partition(|part| part.contains('='));
    let given = Given { words, options: options.iter().filter_map(|option| option.split_once('=')).collect() };
    let form = || format!("write `wcs:{}`", format!("{name} {}", marker.arguments).trim_end());
    let (least, most) = marker.words;
    if let Some((option, _)) = given.options.iter().find(|(option, _)| !marker.options.contains(option)) {
        return Err(format!("`wcs:{name}` takes no option `{option}`; {}", form()));
    }
    match given.words.len() {
        count if count < least => Err(format!("`wcs:{name}` needs more; {}", form())),
        count if count > most => {
            Err(format!("`wcs:{name}` takes no `{}`; {}", given.word(most).unwrap_or_default(), form()))
        }
        _ => (marker.print)(contract, &given),
    }
}

/// The table of markers.
fn markers(_: &Contract, _: &Given<'_>) -> Result<Made, String> {
    let rows = MARKERS.iter().map(|marker| {
        let written = format!("wcs:{} {}", marker.name, marker.arguments);
        [code(written.trim_end()), marker.about.to_owned()]
    });
    Ok(table(["Marker", "What stands there"], rows))
}
