//! A vendor's documents compared with the contract, in both directions.
//!
//! Documents are plain text, as a page gives it when it is copied or printed. Four forms are known, and the one by which
//! the most of a text can be read is taken: rows of parameters below each hook (`parameters`), values of a status below
//! each event (`statuses`), a table of SDK calls with hooks and events (`sdk`), and lists of hooks in running text
//! (`mentions`). What belongs to which hook is told by the contract's own names.

mod cited;
mod compare;
mod meanings;
mod mentions;
mod parameters;
mod reading;
mod sdk;
mod statements;
mod statuses;
mod values;

pub use reading::Form;

use super::Drift;
use reading::Reading;
use wcs_contract::model::Contract;
use wcs_contract::source::{FileId, Sources};

/// A document to compare with.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its text, among the sources.
    pub file: FileId,
    /// Key by which the contract cites it, if it does.
    pub key: Option<String>,
}

/// What came of a document.
#[derive(Debug)]
pub struct Compared {
    /// How it was read.
    pub form: Form,
    /// Hooks that were recognised in it.
    pub hooks: usize,
    /// Statements that were compared: rows, values, calls, events.
    pub statements: usize,
    /// How it differs from the contract.
    pub drifts: Vec<Drift>,
}

/// The key of the contract's document that has a file's name for its title (`event-statuses.txt`, “Event statuses”).
pub fn key_of<'c>(contract: &'c Contract, stem: &str) -> Option<&'c str> {
    let plain =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let found = contract.documents.iter().find(|(_, document)| plain(&document.title.value) == plain(stem));
    found.map(|(key, _)| key.value.as_str())
}

/// Compares a document with the contract.
pub fn compare(contract: &Contract, sources: &Sources, document: &Document) -> Compared {
    let reading = Reading::of(contract, sources, document.file);
    let mut drifts = compare::lacking(contract, &reading, document);
    drifts.extend(meanings::otherwise(contract, &reading, document));
    drifts.extend(cited::in_vain(contract, sources, &reading, document));
    drifts.sort_by_key(|drift| drift.finding.span);
    Compared { form: reading.form, hooks: reading.known_hooks(contract), statements: reading.statements(), drifts }
}
