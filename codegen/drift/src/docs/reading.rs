//! What stands in a document, whatever its form: the statements that can be compared, each with its place.

use crate::vocabulary;
use wcs_contract::model::Contract;
use wcs_contract::source::{FileId, Sources, Spanned};

use super::statements::{CallRow, Listed, Section};
use super::{mentions, parameters, sdk, statuses};

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Rows of parameters below each hook.
    Parameters,
    /// Values of a status below each event.
    Statuses,
    /// A table of SDK calls, hooks and events.
    Sdk,
    /// Running text with lists of hooks.
    Prose,
}

impl Form {
    /// How it is called.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Parameters => "a list of parameters",
            Self::Statuses => "a list of statuses",
            Self::Sdk => "a table of SDK calls",
            Self::Prose => "running text",
        }
    }
}

/// What was read of a document.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) form: Form,
    pub(super) file: FileId,
    pub(super) sections: Vec<Section>,
    pub(super) calls: Vec<CallRow>,
    pub(super) listed: Vec<Listed>,
}

impl Reading {
    /// Reads a document in the form that makes the most of it.
    pub(super) fn of(contract: &Contract, sources: &Sources, file: FileId) -> Self {
        let text = &sources.get(file).text;
        let empty = |form| Self { form, file, sections: Vec::new(), calls: Vec::new(), listed: Vec::new() };
        let parameters = Self { sections: parameters::read(contract, file, text), ..empty(Form::Parameters) };
        let statuses = Self { sections: statuses::read(contract, file, text), ..empty(Form::Statuses) };
        let sdk = Self { calls: sdk::read(file, text), ..empty(Form::Sdk) };
        let mut best = Self { listed: mentions::read(contract, file, text), ..empty(Form::Prose) };
        for other in [sdk, statuses, parameters] {
            let rows = other.sections.len() + other.calls.len();
            if rows > 0 && other.known_hooks(contract) >= best.tables_hooks(contract).max(1) {
                best = other;
            }
        }
        best
    }

    /// Known hooks, but those in running text, which any form has.
    fn tables_hooks(&self, contract: &Contract) -> usize {
        if self.form == Form::Prose { 0 } else { self.known_hooks(contract) }
    }

    /// The names of hooks in it.
    pub(super) fn names(&self) -> impl Iterator<Item = &Spanned<String>> {
        let sections = self.sections.iter().map(|section| &section.name);
        let calls = self.calls.iter().flat_map(|row| std::iter::once(&row.hook).chain(&row.events));
        sections.chain(calls).chain(self.listed.iter().map(|listed| &listed.name))
    }

    /// How many hooks of the contract are in it.
    pub(super) fn known_hooks(&self, contract: &Contract) -> usize {
        let called =
            |hook: &&wcs_contract::model::Hook| self.names().any(|name| vocabulary::is_called(hook, &name.value));
        contract.hooks.iter().filter(called).count()
    }

    /// How many statements there are.
    pub(super) fn statements(&self) -> usize {
        let rows = |section: &Section| 1 + section.rows.iter().map(|row| 1 + row.values.len()).sum::<usize>();
        let calls = |row: &CallRow| 1 + usize::from(row.call.known().is_some()) + row.events.len();
        self.sections.iter().map(rows).sum::<usize>() + self.calls.iter().map(calls).sum::<usize>() + self.listed.len()
    }

    /// The section of a hook.
    pub(super) fn section(&self, is: impl Fn(&str) -> bool) -> Option<&Section> {
        self.sections.iter().find(|section| is(&section.name.value))
    }
}
