//! What several pages show: notes, contradictions, sources, JSON.

use serde::Serialize;
use serde_json::Value;

use super::link::{Links, Target};
use super::text::{cell, code, hanging};
use super::words;
use wcs_contract::model::{Conflict, Name, Note, Text};

/// A label and what is said under it.
#[derive(Serialize)]
pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) text: String,
    /// Whether a row of the table says it already, in short.
    pub(super) in_row: bool,
}

/// A fact and what follows from it.
#[derive(Serialize)]
pub(super) struct NoteView {
    fact: String,
    consequence: Option<String>,
}

pub(super) fn notes(notes: &[Note], links: Links<'_>) -> Vec<NoteView> {
    let view = |note: &Note| NoteView {
        fact: hanging(&links.prose(&note.fact.value)),
        consequence: note.consequence.as_ref().map(|text| hanging(&links.prose(&text.value))),
    };
    notes.iter().map(view).collect()
}

/// A contradiction among documents.
#[derive(Serialize)]
pub(super) struct ConflictView {
    topic: String,
    place: Option<String>,
    says: Vec<Claim>,
    verdict: String,
    confidence: String,
}

#[derive(Serialize)]
struct Claim {
    who: String,
    claim: String,
}

/// A contradiction, and where it belongs if the page doesn't say.
pub(super) fn conflict<'a>(conflict: &'a Conflict, place: Option<String>, links: Links<'a>) -> ConflictView {
    let says = conflict.says.iter();
    ConflictView {
        topic: conflict.topic.value.clone(),
        place,
        says: says
            .map(|(document, claim)| Claim {
                // Claims speak of other documents by their keys.
                who: format!("{} ({})", self::document(document, links), document.value),
                claim: hanging(&links.prose(&claim.value)),
            })
            .collect(),
        verdict: hanging(&links.prose(&conflict.verdict.value)),
        confidence: words::confidence_in_full(conflict.confidence.value),
    }
}

pub(super) fn conflicts<'a>(conflicts: &'a [Conflict], links: Links<'a>) -> Vec<ConflictView> {
    conflicts.iter().map(|one| conflict(one, None, links)).collect()
}

/// A document by its title, as a link to what kind of evidence it is.
pub(super) fn document<'a>(key: &'a Name, links: Links<'a>) -> String {
    let documents = &links.contract().documents;
    let title = documents.iter().find(|(known, _)| known.value == key.value).map(|(_, document)| &document.title.value);
    links.to(Target::Document, &key.value, title.unwrap_or(&key.value))
}

/// Sources in one line.
pub(super) fn sources<'a>(sources: &'a [(Name, Text)], links: Links<'a>) -> String {
    let shown: Vec<String> =
        sources.iter().map(|(key, place)| format!("{} ({})", document(key, links), place.value)).collect();
    shown.join("; ")
}

/// Other spellings in one line.
pub(super) fn aliases(aliases: &[(Name, Text)]) -> String {
    let shown: Vec<String> =
        aliases.iter().map(|(name, origin)| format!("{} ({})", code(&name.value), unstopped(&origin.value))).collect();
    shown.join("; ")
}

/// A sentence inside another.
fn unstopped(text: &str) -> &str {
    text.strip_suffix('.').unwrap_or(text)
}

/// JSON as a code span.
pub(super) fn json_code(value: &Value) -> String {
    code(&value.to_string())
}

/// JSON over several lines.
pub(super) fn pretty(value: &Value) -> String {
    // The alternate form is `serde_json`'s own indented one and can't fail.
    format!("{value:#}")
}

/// The anchor of something that has one.
pub(super) fn anchor_id<'a>(target: Target, name: &'a str, links: Links<'a>) -> String {
    links.anchors.get(target, name).unwrap_or_default().to_owned()
}

/// Nothing, said so that a cell isn't empty.
pub(super) fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

/// A text of the contract in a cell.
pub(super) fn cell_or_dash(text: &str) -> String {
    or_dash(cell(text))
}
