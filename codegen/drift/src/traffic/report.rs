//! The drift report of a running backend (`GET …/_hooks/drift`): somebody else has compared and counted.

use serde_json::{Map, Value};

use super::input::Line;
use super::observed::Sink;
use super::shown;
use super::walk::{Key, Kind};
use crate::vocabulary;

/// Lists of a hook's report, and what they tell.
const LISTS: [(&str, Kind); 4] = [
    ("unknownMembers", Kind::UnknownMember),
    ("unknownValues", Kind::UnknownValue),
    ("missing", Kind::Missing),
    ("wrongTypes", Kind::WrongType),
];

/// Whether an object is a report.
pub(super) fn is_report(object: &Map<String, Value>) -> bool {
    object.get("hooks").is_some_and(Value::is_array) && object.contains_key("unknownHooks")
}

/// Reads a report. Of the words that it hides nothing is known.
pub(super) fn read(report: &Map<String, Value>, lines: &[Line], sink: &mut Sink<'_>) {
    let file = sink.file;
    let list = |of: &Map<String, Value>, key: &str| of.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let number = |of: &Map<String, Value>, key: &str| of.get(key).and_then(Value::as_u64).unwrap_or_default();
    let text = |of: &Map<String, Value>, key: &str| of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    for unknown in list(report, "unknownHooks").iter().filter_map(Value::as_object) {
        let name = text(unknown, "hook");
        sink.requests += number(unknown, "count");
        sink.hook(&name, number(unknown, "count"), || place(file, lines, &name));
    }
    sink.lost(number(report, "unknownHooksOverflow"));
    for hook in list(report, "hooks").iter().filter_map(Value::as_object) {
        let name = text(hook, "hook");
        let known = vocabulary::hook(sink.contract, &name);
        let name = known.map_or(name, |hook| hook.name.value.clone());
        sink.requests += number(hook, "received");
        sink.lost(number(hook, "overflow"));
        let Some(seen) = sink.hook(&name, number(hook, "received"), || place(file, lines, &name)) else { continue };
        for (key, kind) in LISTS {
            for entry in list(hook, key).iter().filter_map(Value::as_object) {
                let (pointer, found) = (text(entry, "pointer"), text(entry, "found"));
                if known.is_some_and(|hook| vocabulary::in_example(hook, &pointer, &found)) {
                    continue;
                }
                let json_type = found.clone();
                let found = match kind {
                    Kind::WrongType => named(&found).to_owned(),
                    // What is hidden stands in brackets.
                    Kind::UnknownValue if !found.starts_with('<') => found,
                    _ => String::new(),
                };
                let first = || place_of(file, lines, &pointer);
                let key = Key { kind, pointer: pointer.clone(), found };
                seen.add(key, number(entry, "count"), first, |shapes| shapes.add_named(&json_type));
            }
        }
    }
}

/// A JSON type in words.
fn named(json_type: &str) -> &str {
    match json_type {
        "boolean" => "true or false",
        "number" => "a number",
        "string" => "a text",
        "array" => "an array",
        "object" => "an object",
        other => other,
    }
}

/// The line of a report that a pointer stands in.
fn place_of(file: usize, lines: &[Line], pointer: &str) -> shown::Place {
    let quoted = format!("\"{pointer}\"");
    match lines.iter().find(|line| line.text.contains(&quoted)) {
        Some(line) => shown::of_word(file, line, pointer),
        None => shown::of_lines(file, lines),
    }
}

/// The line of a report that a name stands in.
fn place(file: usize, lines: &[Line], name: &str) -> shown::Place {
    let quoted = format!("\"{name}\"");
    match lines.iter().find(|line| line.text.contains(&quoted)) {
        Some(line) => shown::of_word(file, line, name),
        None => shown::of_lines(file, lines),
    }
}
