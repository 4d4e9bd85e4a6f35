//! Findings about what was observed.

use std::collections::BTreeMap;

use super::observed::{Entry, Observed, Seen, last};
use super::shapes::Shapes;
use super::shown::Place;
use super::walk::{Key, Kind};
use crate::{Drift, Gap, Missing, NewMember, Owner, Seen as Evidenced, rules, vocabulary};
use wcs_contract::diagnostic::{Diagnostic, nearest};
use wcs_contract::model::{Contract, Evidence, Hook, Parameter, Type, TypeDef, TypeKind};
use wcs_contract::pointer::unescaped;
use wcs_contract::source::{FileId, Sources, Span};

/// The differences, hooks in the order of the contract. The files become sources, of which only the lines are left that
/// findings point at, and of these no values.
pub fn drifts(contract: &Contract, sources: &mut Sources, observed: &Observed) -> Vec<Drift> {
    let files = add_files(contract, sources, observed);
    let mut told = Vec::new();
    for hook in &contract.hooks {
        if let Some(seen) = observed.hooks.get(&hook.name.value) {
            let at = At { contract, files: &files, hook, seen };
            let mut entries: Vec<(&Key, &Entry)> = seen.entries.iter().collect();
            entries.sort_by_key(|(key, _)| key.kind);
            told.extend(entries.into_iter().filter_map(|(key, entry)| difference(at, key, entry)));
        }
    }
    for (name, seen) in &observed.hooks {
        if vocabulary::hook(contract, name).is_none() {
            told.extend(unknown_hook(contract, &files, name, seen));
        }
    }
    for (why, entry) in &observed.unread {
        let finding = Diagnostic::new(rules::unread::RULE, span(&files, &entry.first), *why);
        told.push(Drift::told(match entry.count {
            1 => finding,
            many => finding.note(format!("the first of {many} pieces")),
        }));
    }
    told
}

/// A file as a source: blank lines, and those that findings point at.
fn add_files(contract: &Contract, sources: &mut Sources, observed: &Observed) -> Vec<File> {
    let mut lines: Vec<BTreeMap<usize, String>> = vec![BTreeMap::new(); observed.files.len()];
    let of_hooks = observed.hooks.iter().flat_map(|(name, seen)| {
        // Of a hook that is known, only what differs is pointed at.
        let itself = seen.first.iter().filter(|_| vocabulary::hook(contract, name).is_none());
        itself.chain(seen.entries.values().map(|entry| &entry.first))
    });
    for place in of_hooks.chain(observed.unread.values().map(|entry| &entry.first)) {
        let Some(lines) = lines.get_mut(place.file) else { continue };
        let line = lines.entry(place.line).or_insert_with(|| place.text.clone());
        // The name of a hook is shown where it is the point.
        if line.len() == place.text.len() && place.text.get(place.start..place.end) != line.get(place.start..place.end)
        {
            let shown = place.text.get(place.start..place.end).unwrap_or_default();
            if line.is_char_boundary(place.start) && line.is_char_boundary(place.end) {
                line.replace_range(place.start..place.end, shown);
            }
        }
    }
    observed
        .files
        .iter()
        .zip(lines)
        .map(|(shown, lines)| {
            let mut text = String::new();
            let mut starts = BTreeMap::new();
            let mut number = 1;
            for (line, shown) in lines {
                text.extend(std::iter::repeat_n('\n', line.saturating_sub(number)));
                number = line.max(number);
                starts.insert(line, (text.len(), shown.clone()));
                text.push_str(&shown);
            }
            File { id: sources.add(shown.clone(), text), lines: starts }
        })
        .collect()
}

/// A file as a source.
struct File {
    id: FileId,
    /// By number: where a line begins, and what is shown of it.
    lines: BTreeMap<usize, (usize, String)>,
}

fn span(files: &[File], place: &Place) -> Span {
    let Some(File { id, lines }) = files.get(place.file) else {
        return Span::NOWHERE;
    };
    let (start, text) = lines.get(&place.line).map_or((0, ""), |(start, text)| (*start, text.as_str()));
    // A line that is too long is shown around another place: then it is pointed at as a whole.
    let is_shown = text.len() == place.text.len();
    let clamped = |at: usize| u32::try_from(start + if is_shown { at.min(text.len()) } else { 0 }).unwrap_or(u32::MAX);
    Span { file: *id, start: clamped(place.start), end: clamped(place.end) }
}

/// What differences of a hook are told with.
#[derive(Clone, Copy)]
struct At<'a> {
    contract: &'a Contract,
    files: &'a [File],
    hook: &'a Hook,
    seen: &'a Seen,
}

fn difference(at: At<'_>, key: &Key, entry: &Entry) -> Option<Drift> {
    let hook = &at.hook.name.value;
    let place = span(at.files, &entry.first);
    let often = often(entry.count, at.seen.received);
    // What stands in a record of a type has its finding there once the type is known.
    let found = lookup(at.contract, at.hook, &key.pointer)?;
    let name = shown(&key.pointer);
    let member_span = found.member.map_or(at.hook.name.span, |member| member.name.span);
    match key.kind {
        Kind::UnknownMember => Some(unknown_member(at, key, &found, place, &often)),
        Kind::AnswerOnly => {
            let message = format!("`{name}` of `{hook}` is for answers only in the contract, and came in a request");
            let finding = Diagnostic::new(rules::member::RULE, place, message).note(often);
            Some(Drift::told(
                finding.label(member_span, "the member in the contract").help("say `in: both` if requests carry it"),
            ))
        }
        Kind::UnknownValue => unknown_value(at, key, &found, place, &often),
        Kind::WrongType => {
            let member = found.member?;
            let ty = at.contract.type_word(&member.ty);
            let message = format!("`{name}` of `{hook}` is {} here, and `{ty}` in the contract", key.found);
            let finding = Diagnostic::new(rules::shape::RULE, place, message).note(often);
            let finding = finding.label(member_span, "the member in the contract");
            Some(Drift::told(finding.help("correct the type, or say under `by_release` which release sends it so")))
        }
        Kind::Missing => {
            let message = format!("`{name}` of `{hook}` is absent, and the contract says that it is always sent");
            let finding = Diagnostic::new(rules::presence::RULE, place, message).note(often.clone());
            let finding = finding.label(member_span, "the member in the contract");
            let finding = finding.help("say `usually`, or under `by_release` in which releases it is always there");
            let is_own = key.pointer.matches('/').count() == 1;
            let what = Missing::Presence { hook: hook.clone(), member: last(&key.pointer) };
            let sentence = format!("Absent {often}.");
            let seen = evidenced(hook, sentence);
            Some(if is_own { Drift::with(finding, Gap { what, seen }) } else { Drift::told(finding) })
        }
    }
}

fn unknown_member(at: At<'_>, key: &Key, found: &Found<'_>, place: Span, often: &str) -> Drift {
    let hook = &at.hook.name.value;
    let name = last(&key.pointer);
    let shapes = at.seen.shapes.get(&key.pointer).cloned().unwrap_or_default();
    let (owner, label, members) = match found.record {
        Some((def, members)) => (Owner::Record(def.name.value.clone()), def.name.span, members),
        None => (Owner::Hook(hook.clone()), at.hook.name.span, at.hook.parameters.as_slice()),
    };
    let message = match found.record {
        Some((def, _)) => {
            format!("the contract has no member `{}` in `{}`, which `{hook}` carries", plain(&name), def.name.value)
        }
        None => format!("the contract has no member `{}` in `{hook}`", plain(&name)),
    };
    let near = nearest(&name, members.iter().map(|member| member.name.value.as_str()));
    let near = near.map_or(String::new(), |near| format!("; or an alias of `{near}`, if it is that one"));
    let finding = Diagnostic::new(rules::member::RULE, place, message)
        .note(format!("{}, {often}", shapes.words()))
        .label(label, "where the contract would have it")
        .help(format!("describe it there{near}"));
    let member = new_member(at.contract, &name, &shapes, seen_so(often));
    let what = Missing::Member { owner, member };
    Drift::with(finding, Gap { what, seen: evidenced(hook, seen_so(often)) })
}

fn unknown_value(at: At<'_>, key: &Key, found: &Found<'_>, place: Span, often: &str) -> Option<Drift> {
    let hook = &at.hook.name.value;
    let (def, values) = vocabulary::enum_of(at.contract, &found.member?.ty)?;
    let name = shown(&key.pointer);
    let finding = |what: String| {
        let message = format!("`{}` lacks {what}, which `{name}` of `{hook}` had", def.name.value);
        let finding = Diagnostic::new(rules::value::RULE, place, message).note(often);
        finding.label(def.name.span, "the enum in the contract")
    };
    if key.found.is_empty() {
        let found = finding("a value that is not shown".to_owned());
        return Some(Drift::told(found.help("the member is sensitive; look at what your backend gets")));
    }
    let near = nearest(&key.found, values.iter().map(|value| value.wire.value.as_str()));
    let near = near.map_or(String::new(), |near| format!("; or an alias of `{near}`, if it is that one"));
    let found = finding(format!("the value `{}`", plain(&key.found))).help(format!("add it to the enum{near}"));
    let what = Missing::Value { def: def.name.value.clone(), value: key.found.clone(), hook: hook.clone() };
    Some(Drift::with(found, Gap { what, seen: evidenced(hook, seen_so(often)) }))
}

fn unknown_hook(contract: &Contract, files: &[File], name: &str, seen: &Seen) -> Option<Drift> {
    let place = span(files, seen.first.as_ref()?);
    let near = nearest(name, contract.hooks.iter().map(|hook| hook.name.value.as_str()));
    let near = near.map_or(String::new(), |near| format!("; or an alias of `{near}`, if it is that one"));
    let times = if seen.received == 1 { "once".to_owned() } else { format!("{} times", seen.received) };
    let finding = Diagnostic::new(rules::hook::RULE, place, format!("the contract has no hook `{}`", plain(name)))
        .note(format!("it came {times}"))
        .help(format!("describe it in the file of its group{near}"));
    let count = |pointer: &str| {
        seen.entries.iter().filter(|(key, _)| key.pointer == pointer).map(|(_, entry)| entry.count).sum()
    };
    let member = |(pointer, shapes): (&String, &Shapes)| {
        new_member(contract, &last(pointer), shapes, seen_so(&often(count(pointer), seen.received)))
    };
    let members = seen.shapes.iter().map(member).collect();
    let what = Missing::Hook { hook: name.to_owned(), members };
    Some(Drift::with(finding, Gap { what, seen: evidenced(name, seen_so(&times)) }))
}

fn new_member(contract: &Contract, name: &str, shapes: &Shapes, sentence: String) -> NewMember {
    let shared = contract.shared.iter().any(|(shared, _)| shared.value == name);
    NewMember { name: name.to_owned(), ty: shapes.ty(), shared, sentence }
}

/// What is known of something that was seen.
fn seen_so(often: &str) -> String {
    format!("Seen {often}; what it means is not confirmed.")
}

fn evidenced(place: &str, sentence: String) -> Evidenced {
    Evidenced { document: None, evidence: Evidence::Captured, place: place.to_owned(), sentence }
}

/// What a pointer leads to.
struct Found<'a> {
    /// The member, if the contract has it.
    member: Option<&'a Parameter>,
    /// The record that it stands in, or would.
    record: Option<(&'a TypeDef, &'a [Parameter])>,
}

fn lookup<'a>(contract: &'a Contract, hook: &'a Hook, pointer: &str) -> Option<Found<'a>> {
    let mut members = hook.parameters.as_slice();
    let mut found = Found { member: None, record: None };
    for part in pointer.split('/').skip(1) {
        if part == "*" {
            continue;
        }
        if let Some(member) = found.member {
            let (def, inner) = record_of(contract, &member.ty)?;
            found.record = Some((def, inner));
            members = inner;
        }
        found.member = vocabulary::member(members, &unescaped(part));
        if found.member.is_none() {
            break;
        }
    }
    Some(found)
}

/// The record that a type is made of.
fn record_of<'a>(contract: &'a Contract, ty: &Type) -> Option<(&'a TypeDef, &'a [Parameter])> {
    match ty {
        Type::Scalar(_) => None,
        Type::Array(item) | Type::Map(item) | Type::List(item) => record_of(contract, item),
        Type::Named(id) => {
            let def = contract.type_def(*id);
            match &def.kind {
                TypeKind::Record(members) => Some((def, members)),
                TypeKind::Enum { .. } => None,
            }
        }
    }
}

/// A pointer as people read it: `courier.badge`, `sizes.*`.
fn shown(pointer: &str) -> String {
    plain(&unescaped(&pointer.trim_start_matches('/').replace('/', ".")))
}

/// What came over the wire as it may be printed: nothing in it moves a cursor.
fn plain(name: &str) -> String {
    let short: String = name.chars().take(LONGEST_NAME).collect();
    short.escape_debug().to_string()
}

/// Characters of a name that are printed.
const LONGEST_NAME: usize = 100;

fn often(count: u64, received: u64) -> String {
    match (count, received) {
        (1, 1) => "in the only body".to_owned(),
        (count, received) if count == received => format!("in all {received} bodies"),
        (count, received) if count < received => format!("in {count} of {received} bodies"),
        (count, received) => format!("{count} times in {received} bodies"),
    }
}
