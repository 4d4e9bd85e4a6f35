//! Ways through the model that several rules go.

use crate::model::{Conflict, Contract, EnumValue, Known, Note, Parameter, Text, TypeDef, TypeKind};
use crate::source::Span;

/// Members that stand beside each other: those of each hook, then those of each record.
pub(super) fn scopes(contract: &Contract) -> impl Iterator<Item = &[Parameter]> {
    let hooks = contract.hooks.iter().map(|hook| hook.parameters.as_slice());
    let records = contract.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Record(members) => Some(members.as_slice()),
        TypeKind::Enum { .. } => None,
    });
    hooks.chain(records)
}

/// The values of an enum; none of a record.
pub(super) fn values(def: &TypeDef) -> &[EnumValue] {
    match &def.kind {
        TypeKind::Record(_) => &[],
        TypeKind::Enum { values, .. } => values,
    }
}

/// Whether all of a contract could be read and resolved, so that what is not used is used nowhere.
pub(super) fn is_whole(contract: &Contract) -> bool {
    contract.hooks_known == Known::Wholly
        && contract.types.iter().all(|def| def.known == Known::Wholly)
        && contract.hooks.iter().all(|hook| hook.broken.is_empty())
}

/// All texts for people. One that several hooks inherit comes once for each.
pub(super) fn texts(contract: &Contract) -> Vec<&Text> {
    let mut texts = vec![&contract.title, &contract.doc];
    notes(&contract.notes, &mut texts);
    conflicts(&contract.conflicts, &mut texts);
    texts.extend(contract.releases.iter().map(|(_, release)| &release.doc));
    texts.extend(contract.documents.iter().flat_map(|(_, document)| [&document.title, &document.doc]));
    texts.extend(contract.groups.iter().flat_map(|(_, group)| [&group.title, &group.doc]));
    for hook in &contract.hooks {
        texts.extend([&hook.summary, &hook.deny.doc]);
        texts.extend(&hook.doc);
        texts.extend(hook.aliases.iter().map(|(_, text)| text));
        texts.extend(hook.error_event.iter().filter_map(|(_, event)| event.doc.as_ref()));
        texts.extend(hook.examples.iter().map(|example| &example.title));
        notes(&hook.notes, &mut texts);
        conflicts(&hook.conflicts, &mut texts);
    }
    for member in scopes(contract).flatten() {
        texts.push(&member.doc);
        texts.extend(&member.origin);
        texts.extend(member.overwritable.iter().map(|overwritable| &overwritable.reason));
        notes(&member.notes, &mut texts);
        conflicts(&member.conflicts, &mut texts);
    }
    for def in &contract.types {
        texts.push(&def.doc);
        notes(&def.notes, &mut texts);
        conflicts(&def.conflicts, &mut texts);
        texts.extend(values(def).iter().map(|value| &value.doc));
    }
    for (_, flow) in &contract.flows {
        texts.extend([&flow.title, &flow.doc]);
        texts.extend(flow.steps.iter().flat_map(|step| step.when.iter().chain([&step.doc])));
    }
    texts.extend(
        contract.troubleshooting.iter().flat_map(|(_, trouble)| [&trouble.symptom, &trouble.cause, &trouble.remedy]),
    );
    texts
}

fn notes<'a>(notes: &'a [Note], texts: &mut Vec<&'a Text>) {
    texts.extend(notes.iter().flat_map(|note| std::iter::once(&note.fact).chain(&note.consequence)));
}

fn conflicts<'a>(conflicts: &'a [Conflict], texts: &mut Vec<&'a Text>) {
    texts.extend(conflicts.iter().flat_map(|conflict| [&conflict.topic, &conflict.verdict]));
    texts.extend(conflicts.iter().flat_map(|conflict| conflict.says.iter()).map(|(_, claim)| claim));
}

/// The empty place behind the last character of a text. `None` where its notation does not show where that is.
pub(super) fn end_of(text: &Text) -> Option<Span> {
    let written = (text.span.end - text.span.start) as usize;
    let end = match written.checked_sub(text.value.len())? {
        0 => text.span.end,
        // Between quotes.
        2 => text.span.end - 1,
        _ => return None,
    };
    Some(Span { file: text.span.file, start: end, end })
}
