//! Recorded requests: any JSON object with an address and a body.
//!
//! `wcs record` writes one a line. Read leniently: `path`, `url` or `hook` may say which hook it is, and the body may be
//! an object or a text, below `request` or not.

use serde_json::{Map, Value};

use super::input::Line;
use super::observed::Sink;
use super::report;
use super::walk::Request;
use crate::vocabulary;
use wcs_contract::model::Dispatch;
use wcs_contract::value;

/// Reads a line: a request, or the drift report of a backend.
pub(super) fn line(line: &Line, sink: &mut Sink<'_>) {
    if line.text.trim().is_empty() {
        return;
    }
    let lines = std::slice::from_ref(line);
    match value::parse(&line.text) {
        Ok(value) => value_of(&value, lines, sink),
        Err(_) => sink.unread("this line is no JSON", lines),
    }
}

/// Reads a whole document: a report, a request, or several in an array or an archive (HAR).
pub(super) fn document(lines: &[Line], sink: &mut Sink<'_>) {
    let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    match value::parse(&text.join("\n")) {
        Ok(value) => value_of(&value, lines, sink),
        Err(_) => sink.unread("this is no JSON document", lines),
    }
}

fn value_of(value: &Value, lines: &[Line], sink: &mut Sink<'_>) {
    let entries = value.pointer("/log/entries").unwrap_or(value);
    match (entries, value) {
        (Value::Array(entries), _) => entries.iter().for_each(|entry| value_of(entry, lines, sink)),
        (_, Value::Object(object)) if report::is_report(object) => report::read(object, lines, sink),
        (_, Value::Object(object)) => exchange(object, lines, sink),
        _ => sink.unread("this is neither a request nor a report", lines),
    }
}

fn exchange(object: &Map<String, Value>, lines: &[Line], sink: &mut Sink<'_>) {
    let request = object.get("request").and_then(Value::as_object).unwrap_or(object);
    let Some(hook) = hook(object, request, sink) else {
        if let Some(hook) = named_by_file(sink) {
            return sink.request(&Request { hook: &hook, body: object, redacted: Vec::new(), lines });
        }
        return sink.unread("no `path`, `url` or `hook` says which hook this is", lines);
    };
    let redacted = request.get("redacted").and_then(Value::as_array).into_iter().flatten();
    let redacted = redacted.filter_map(Value::as_str).map(str::to_owned).collect();
    let archived = request.get("postData").and_then(|data| data.get("text"));
    let body = ["body", "text", "object"].iter().find_map(|key| request.get(*key)).or(archived);
    let parsed = match body {
        Some(Value::String(text)) => value::parse(text).ok(),
        Some(value) => Some(value.clone()),
        None => None,
    };
    match parsed {
        Some(Value::Object(body)) => sink.request(&Request { hook: &hook, body: &body, redacted, lines }),
        _ => sink.unread("the body is no JSON object", lines),
    }
}

/// The hook: the last part of the address, or what is said beside it.
fn hook(object: &Map<String, Value>, request: &Map<String, Value>, sink: &Sink<'_>) -> Option<String> {
    let addresses = [request, object].into_iter().flat_map(|of| ["path", "url", "uri"].map(|key| of.get(key)));
    let from_address = addresses.flatten().filter_map(Value::as_str).map(hook_at).find(|name| !name.is_empty());
    let said = object.get("hook").and_then(Value::as_str).filter(|name| !name.is_empty());
    let known = |name: &&str| vocabulary::hook(sink.contract, name).is_some();
    from_address.filter(known).or(said).or(from_address).map(str::to_owned)
}

/// The hook that a file is named after, as in `hook.json` and `hook.1.json`: then it holds a body and nothing else.
fn named_by_file(sink: &Sink<'_>) -> Option<String> {
    let name = sink.observed.files.get(sink.file)?.rsplit('/').next()?.split('.').next()?;
    vocabulary::hook(sink.contract, name).map(|hook| hook.name.value.clone())
}

/// The hook that an address in a log names, whether or not the log has its end.
pub(super) fn hook_at(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default().trim().trim_end_matches('/');
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    Dispatch::Path.hook(path)
}
