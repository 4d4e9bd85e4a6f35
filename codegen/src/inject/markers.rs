//! The markers that there are: name, arguments, and what is printed for them.

use super::{print, reference};
use crate::diagnostic::nearest;
use crate::model::Contract;

/// A marker.
pub struct Marker {
    /// Its name.
    pub name: &'static str,
    /// Its arguments, as a message shows them.
    pub arguments: &'static str,
    /// What it stands for.
    pub about: &'static str,
    /// Fewest and most words.
    words: (usize, usize),
    /// Names of its options (`type=event`).
    options: &'static [&'static str],
    print: fn(&Contract, &Given<'_>) -> Result<Made, String>,
}

/// What is printed for a marker.
pub(super) enum Made {
    /// Words that may stand within a sentence.
    Words(String),
    /// Lines of their own.
    Lines(String),
}

/// The arguments of a marker.
pub(super) struct Given<'a> {
    words: Vec<&'a str>,
    options: Vec<(&'a str, &'a str)>,
}

impl<'a> Given<'a> {
    /// A word by its place; that there are enough was checked.
    pub(super) fn word(&self, index: usize) -> Option<&'a str> {
        self.words.get(index).copied()
    }

    /// An option's value.
    pub(super) fn option(&self, name: &str) -> Option<&'a str> {
        self.options.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

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
    marker("markers", "", "This table", (0, 0), &[], reference::markers),
    marker("model", "", "Tables of the keys of the model's JSON", (0, 0), &[], reference::model),
    marker("helpers", "", "A table of the helpers that templates may call", (0, 0), &[], reference::helpers),
];

const fn marker(
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    words: (usize, usize),
    options: &'static [&'static str],
    print: fn(&Contract, &Given<'_>) -> Result<Made, String>,
) -> Marker {
    Marker { name, arguments, about, words, options, print }
}

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
