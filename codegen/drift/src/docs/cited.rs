//! What the contract cites a document for, and the document does not have.
//!
//! A citation is checked where it names something that a document of that form must have: a hook's own citation, and
//! those of members and values that name the hooks whose rows they stand in.

use super::reading::{Form, Reading};
use super::statements::Section;
use super::{Document, meanings};
use crate::{Drift, recorded, rules, vocabulary};
use wcs_contract::diagnostic::Diagnostic;
use wcs_contract::model::{Contract, EnumValue, Hook, Name, Parameter, Sdk, Text, TypeDef, TypeKind};
use wcs_contract::source::{Sources, Span};

/// Citations in vain. None of a document that the contract does not cite.
pub(super) fn in_vain(contract: &Contract, sources: &Sources, reading: &Reading, document: &Document) -> Vec<Drift> {
    let Some(key) = document.key.as_deref() else { return Vec::new() };
    let cited = contract.documents.iter().find(|(name, _)| name.value == key);
    let title = cited.map_or(key, |(_, document)| document.title.value.as_str());
    let text = &sources.get(reading.file).text;
    let at = At { contract, reading, text, key, title };
    let mut findings = Vec::new();
    contract.hooks.iter().for_each(|found| hook(at, found, &mut findings));
    if reading.form == Form::Parameters {
        context(at, &mut findings);
    }
    for def in &contract.types {
        if let TypeKind::Enum { values, .. } = &def.kind {
            values.iter().for_each(|found| value(at, def, found, &mut findings));
        }
    }
    findings.into_iter().map(Drift::told).collect()
}

/// What citations are held against.
#[derive(Clone, Copy)]
struct At<'a> {
    contract: &'a Contract,
    reading: &'a Reading,
    text: &'a str,
    key: &'a str,
    title: &'a str,
}

impl<'a> At<'a> {
    fn section(self, hook: &Hook) -> Option<&'a Section> {
        self.reading.section(|name| vocabulary::is_called(hook, name))
    }

    /// What it is cited for, if it is.
    fn citation(self, sources: &'a [(Name, Text)]) -> Option<(&'a Name, &'a Text)> {
        sources.iter().find(|(name, _)| name.value == self.key).map(|(name, text)| (name, text))
    }

    fn told(self, citation: &Name, what: &str, section: Option<&Section>) -> Diagnostic {
        let message = format!("the contract cites “{}” for {what}, which is not in it", self.title);
        let found = Diagnostic::new(rules::citation::RULE, citation.span, message)
            .help("see whether the document or the sender has dropped it; then say `until`, or remove the citation");
        let place = section.map_or(Span { file: self.reading.file, start: 0, end: 0 }, |section| section.name.span);
        found.label(place, if section.is_some() { "the rows of the hook" } else { "the document" })
    }
}

fn hook(at: At<'_>, hook: &Hook, findings: &mut Vec<Diagnostic>) {
    let Some((citation, _)) = at.citation(&hook.sources) else { return };
    let there = match at.reading.form {
        Form::Prose => vocabulary::words(at.text).any(|word| vocabulary::is_called(hook, word)),
        Form::Parameters | Form::Statuses => at.section(hook).is_some(),
        Form::Sdk => at.reading.names().any(|name| vocabulary::is_called(hook, &name.value)),
    };
    if !there {
        findings.push(at.told(citation, &format!("the hook `{}`", hook.name.value), None));
        return;
    }
    if let (Form::Parameters, Some(section)) = (at.reading.form, at.section(hook)) {
        hook.parameters.iter().for_each(|found| member(at, hook, found, section, findings));
    }
    if at.reading.form == Form::Sdk {
        calls(at, hook, findings);
    }
}

fn member(at: At<'_>, hook: &Hook, member: &Parameter, section: &Section, findings: &mut Vec<Diagnostic>) {
    let Some((citation, text)) = at.citation(&member.sources) else { return };
    let names_hook = vocabulary::words(&text.value).any(|word| vocabulary::is_called(hook, word));
    let members = std::slice::from_ref(member);
    let in_rows = section.rows.iter().any(|row| vocabulary::member(members, &row.name.value).is_some());
    let known = recorded::by_topic(&member.conflicts, Some(at.key), &member.name.value);
    if names_hook && !in_rows && !known {
        let what = format!("the member `{}` of `{}`", member.name.value, hook.name.value);
        findings.push(at.told(citation, &what, Some(section)));
    }
}

/// The context stands below a title of its own, which its citations name.
fn context(at: At<'_>, findings: &mut Vec<Diagnostic>) {
    for name in &at.contract.context {
        let mut members = at.contract.hooks.iter().filter_map(|hook| hook.parameter(&name.value));
        let Some((citation, text)) = members.find_map(|member| at.citation(&member.sources)) else { continue };
        let section = at.reading.section(|title| title.contains(' ') && text.value.contains(title));
        let there = section.is_some_and(|section| section.rows.iter().any(|row| row.name.value == name.value));
        if !there && vocabulary::hook(at.contract, &text.value).is_none() {
            findings.push(at.told(citation, &format!("the member `{}` of the context", name.value), section));
        }
    }
}

fn calls(at: At<'_>, hook: &Hook, findings: &mut Vec<Diagnostic>) {
    let Sdk::Used(calls) = &hook.sdk else { return };
    let rows = || at.reading.calls.iter().filter(|row| vocabulary::is_called(hook, &row.hook.value));
    // Without a row of its own it stands in the column of events only, which tells no calls.
    if rows().next().is_none() {
        return;
    }
    for call in calls.iter().map(|call| &call.call) {
        if !rows().filter_map(|row| row.call.known()).any(|said| meanings::same(&said.value, &call.value)) {
            findings.push(at.told(call, &format!("`{}` of `{}`", call.value, hook.name.value), None));
        }
    }
}

/// A value is looked for in the rows of the hooks that its citation names, or that of the enum where it has none.
fn value(at: At<'_>, def: &TypeDef, value: &EnumValue, findings: &mut Vec<Diagnostic>) {
    let sources = if value.sources.is_empty() { &def.sources } else { &value.sources };
    let Some((citation, text)) = at.citation(sources) else { return };
    let citation = if value.sources.is_empty() { &value.wire } else { citation };
    let named = at
        .contract
        .hooks
        .iter()
        .filter(|hook| vocabulary::words(&text.value).any(|word| vocabulary::is_called(hook, word)));
    for hook in named {
        let Some(section) = at.section(hook) else { continue };
        let carries = |name: &str| {
            let member = vocabulary::member(&hook.parameters, name);
            member
                .and_then(|member| vocabulary::enum_of(at.contract, &member.ty))
                .is_some_and(|(of, _)| of.name == def.name)
        };
        let mut rows = section.rows.iter().filter(|row| carries(&row.name.value) && !row.values.is_empty()).peekable();
        let there = |row: &super::statements::Row| {
            row.values.iter().any(|said| vocabulary::value(std::slice::from_ref(value), &said.value).is_some())
        };
        if rows.peek().is_some() && !rows.any(there) {
            let what = format!("the value `{}` of `{}`", value.wire.value, hook.name.value);
            findings.push(at.told(citation, &what, Some(section)));
        }
    }
}
