//! What a document has and the contract lacks: hooks, members, values; and types that the text of a row contradicts.

use super::Document;
use super::reading::Reading;
use super::statements::{Row, Section};
use crate::{Drift, Gap, Missing, NewMember, Owner, Seen, recorded, rules, vocabulary};
use wcs_contract::diagnostic::{Diagnostic, nearest};
use wcs_contract::model::{Contract, Evidence, Hook, Parameter, Scalar, Type};
use wcs_contract::source::Spanned;
use wcs_contract::text;

/// What is known of something that a document lists.
const LISTED: &str = "Listed in a document; what it means is not described yet.";

/// What the contract lacks of a document.
pub(super) fn lacking(contract: &Contract, reading: &Reading, document: &Document) -> Vec<Drift> {
    let mut drifts = Vec::new();
    let mut unknown: Vec<&str> = Vec::new();
    for name in reading.names() {
        let is_title = name.value.contains(' ');
        if !is_title && vocabulary::hook(contract, &name.value).is_none() && !unknown.contains(&name.value.as_str()) {
            unknown.push(&name.value);
            drifts.extend(unknown_hook(contract, reading, document, name));
        }
    }
    for section in &reading.sections {
        match vocabulary::hook(contract, &section.name.value) {
            Some(hook) => {
                section.rows.iter().for_each(|row| in_row(contract, hook, row, document, &mut drifts));
            }
            None if section.name.value.contains(' ') => titled(contract, section, document, &mut drifts),
            None => {}
        }
    }
    drifts
}

fn unknown_hook(contract: &Contract, reading: &Reading, document: &Document, name: &Spanned<String>) -> Option<Drift> {
    let key = document.key.as_deref();
    if recorded::by_topic(&contract.conflicts, key, &name.value) {
        return None;
    }
    let section = reading.section(|section| section == name.value);
    let rows = section.map(|section| section.rows.as_slice()).unwrap_or_default();
    let is_own = |row: &&Row| contract.context.iter().all(|context| context.value != row.name.value);
    let members = rows.iter().filter(is_own).map(|row| new_member(contract, row)).collect();
    let spellings = contract.hooks.iter().map(|hook| hook.name.value.as_str());
    let hint = nearest(&name.value, spellings).map(|near| format!("; or an alias of `{near}`, if it is that one"));
    let finding = Diagnostic::new(rules::hook::RULE, name.span, format!("the contract has no hook `{}`", name.value))
        .note(match rows.len() {
            0 => "it stands here".to_owned(),
            rows => format!("it stands here with {}", text::count(rows, "row")),
        })
        .help(format!("describe it in the file of its group{}", hint.unwrap_or_default()));
    let sentence = LISTED.to_owned();
    let what = Missing::Hook { hook: name.value.clone(), members };
    Some(Drift::with(finding, Gap { what, seen: seen(document, &name.value, sentence) }))
}

fn in_row(contract: &Contract, hook: &Hook, row: &Row, document: &Document, drifts: &mut Vec<Drift>) {
    let key = document.key.as_deref();
    let (name, of) = (&row.name.value, &hook.name.value);
    let Some(member) = vocabulary::member(&hook.parameters, name) else {
        // One that could not be read has findings of its own.
        if hook.broken.contains(name) || recorded::by_topic(&hook.conflicts, key, name) {
            return;
        }
        let spellings = hook.parameters.iter().map(|member| member.name.value.as_str());
        let hint = nearest(name, spellings).map(|near| format!("; or an alias of `{near}`, if it is that one"));
        let finding = Diagnostic::new(
            rules::member::RULE,
            row.name.span,
            format!("the contract has no member `{name}` in `{of}`"),
        )
        .label(hook.name.span, "the hook in the contract")
        .help(format!("describe it there{}", hint.unwrap_or_default()));
        let sentence = LISTED.to_owned();
        let what = Missing::Member { owner: Owner::Hook(of.clone()), member: new_member(contract, row) };
        drifts.push(Drift::with(finding, Gap { what, seen: seen(document, of, sentence) }));
        return;
    };
    values(contract, hook, member, row, document, drifts);
    drifts.extend(type_of(contract, hook, member, row, document).map(Drift::told));
}

fn values(
    contract: &Contract,
    hook: &Hook,
    member: &Parameter,
    row: &Row,
    document: &Document,
    drifts: &mut Vec<Drift>,
) {
    let Some((def, known)) = vocabulary::enum_of(contract, &member.ty) else { return };
    let conflicts = || def.conflicts.iter().chain(&hook.conflicts).chain(&member.conflicts);
    for value in row.values.iter().filter(|value| vocabulary::value(known, &value.value).is_none()) {
        if recorded::by_topic(conflicts(), document.key.as_deref(), &value.value) {
            continue;
        }
        let spellings = known.iter().map(|known| known.wire.value.as_str());
        let hint = nearest(&value.value, spellings).map(|near| format!("; or an alias of `{near}`, if it is that one"));
        let message = format!(
            "`{}` lacks the value `{}`, which `{}` of `{}` can have",
            def.name.value, value.value, member.name.value, hook.name.value
        );
        let finding = Diagnostic::new(rules::value::RULE, value.span, message)
            .label(def.name.span, "the enum in the contract")
            .help(format!("add it to the enum{}", hint.unwrap_or_default()));
        let what =
            Missing::Value { def: def.name.value.clone(), value: value.value.clone(), hook: hook.name.value.clone() };
        let sentence = LISTED.to_owned();
        drifts.push(Drift::with(finding, Gap { what, seen: seen(document, &hook.name.value, sentence) }));
    }
}

/// A title that is no hook: the context, if all that stands below it is.
fn titled(contract: &Contract, section: &Section, document: &Document, drifts: &mut Vec<Drift>) {
    let is_context = |row: &Row| contract.context.iter().any(|context| context.value == row.name.value);
    if !section.rows.iter().any(is_context) {
        return;
    }
    for row in section.rows.iter().filter(|row| !is_context(row)) {
        let name = &row.name.value;
        if !recorded::by_topic(&contract.conflicts, document.key.as_deref(), name) {
            let finding = Diagnostic::new(
                rules::member::RULE,
                row.name.span,
                format!("the contract's context has no member `{name}`"),
            )
            .help("declare it as a shared parameter, and name it under `contract: context:`");
            drifts.push(Drift::told(finding));
        }
    }
}

/// What a text says plainly of a type, and the contract otherwise.
fn type_of(contract: &Contract, hook: &Hook, member: &Parameter, row: &Row, document: &Document) -> Option<Diagnostic> {
    let (said, words) = told_type(&row.text.value)?;
    let agrees = match (&member.ty, said) {
        (Type::Scalar(Scalar::Bool), Told::Bool)
        | (Type::Array(_), Told::Array)
        | (Type::Scalar(Scalar::Object) | Type::Map(_), Told::Object) => true,
        (Type::Named(_), Told::Object) => vocabulary::enum_of(contract, &member.ty).is_none(),
        _ => false,
    };
    let conflicts = hook.conflicts.iter().chain(&member.conflicts);
    let recorded = recorded::by_topic(conflicts, document.key.as_deref(), &row.name.value);
    if agrees || recorded {
        return None;
    }
    let fact = member.facts.iter().find(|fact| fact.key == "type").map_or(member.name.span, |fact| fact.span);
    let message = format!(
        "`{}` of `{}` is {words} here, and `{}` in the contract",
        row.name.value,
        hook.name.value,
        contract.type_word(&member.ty)
    );
    let place = row.text.span.slice(0, row.text.value.find('\n').unwrap_or(row.text.value.len()));
    Some(
        Diagnostic::new(rules::shape::RULE, place, message)
            .label(fact, "the type in the contract")
            .help("correct the type, or record the conflict with a verdict"),
    )
}

/// A type that running text can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Bool,
    Array,
    Object,
}

fn told_type(text: &str) -> Option<(Told, &'static str)> {
    let lower = text.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.strip_prefix("a ").unwrap_or(&lower).starts_with(word));
    let is_switch = lower.starts_with("if ")
        && lower
            .get(..60)
            .unwrap_or(&lower)
            .split([',', '.'])
            .next()
            .is_some_and(|clause| vocabulary::words(clause).any(|word| matches!(word, "true" | "false")));
    if is_switch {
        Some((Told::Bool, "true or false"))
    } else if begins(&["array of", "an array of"]) {
        Some((Told::Array, "an array"))
    } else if begins(&["json-object", "json object"]) {
        Some((Told::Object, "an object"))
    } else {
        None
    }
}

/// A member as a row describes it: the shared parameter of that name, or what its text tells.
fn new_member(contract: &Contract, row: &Row) -> NewMember {
    let shared = contract.shared.iter().any(|(name, _)| name.value == row.name.value);
    let ty = match told_type(&row.text.value) {
        _ if shared => None,
        Some((Told::Bool, _)) => Some("bool"),
        Some((Told::Array, _)) => Some("array<string>"),
        Some((Told::Object, _)) => Some("object"),
        None => Some("string"),
    };
    NewMember { name: row.name.value.clone(), ty: ty.map(str::to_owned), shared, sentence: LISTED.to_owned() }
}

fn seen(document: &Document, place: &str, sentence: String) -> Seen {
    Seen { document: document.key.clone(), evidence: Evidence::Documents, place: place.to_owned(), sentence }
}
