//! What stands in a document, whatever its form: the statements that can be compared, each with its place.

use crate::drift::vocabulary;
use crate::model::{Contract, HookType};
use crate::source::{FileId, Sources, Span, Spanned};

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

/// What stands below the name of a hook.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) name: Spanned<String>,
    pub(super) rows: Vec<Row>,
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: Spanned<String>,
    /// What is said about it; may be empty.
    pub(super) text: Spanned<String>,
    /// Values that are listed for it.
    pub(super) values: Vec<Spanned<String>>,
}

/// A row that says which call, hook and events belong together.
#[derive(Debug)]
pub(super) struct CallRow {
    pub(super) call: Call,
    pub(super) hook: Spanned<String>,
    pub(super) events: Vec<Spanned<String>>,
}

/// What the client has to do with a hook.
#[derive(Debug)]
pub(super) enum Call {
    /// It calls or handles this, as it is written in a program.
    Known(Spanned<String>),
    /// Nothing: words in place of a call say so.
    Unused,
    /// The cell is empty.
    Unsaid,
}

impl Call {
    pub(super) fn known(&self) -> Option<&Spanned<String>> {
        match self {
            Self::Known(call) => Some(call),
            Self::Unused | Self::Unsaid => None,
        }
    }
}

/// A hook in a list or in running text.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) name: Spanned<String>,
    /// The type of hooks that the list is about.
    pub(super) kind: Option<HookType>,
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
        let called = |hook: &&crate::model::Hook| self.names().any(|name| vocabulary::is_called(hook, &name.value));
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

/// Lines of a text with their places, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// A piece of a text, trimmed, with its place. `start` is where the piece stands in the file.
pub(super) fn piece(file: FileId, start: usize, text: &str) -> Spanned<String> {
    let trimmed = text.trim_start();
    let start = start + (text.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    Spanned::new(trimmed.to_owned(), span(file, start, start + trimmed.len()))
}

/// A place by byte offsets.
pub(super) fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: offset(start), end: offset(end) }
}

/// Whether a piece of text may be a name: one word of letters, digits, underscores and hyphens.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
