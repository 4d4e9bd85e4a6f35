//! A list of parameters: rows of a name, a bar and a text, with the name of a hook above the rows of its parameters.
//!
//! A text may go over several lines; a bar ends it. Names of hooks and of parameters look the same. A row is a hook's if
//! the contract knows a hook of that name. A hook that it does not know is found by an ending that only hooks have, by a
//! parameter that comes a second time below the same hook, and by parameters below it that belong to other hooks.

use super::statements::{Row, Section, is_name, lines, piece};
use super::values;
use crate::vocabulary;
use wcs_contract::model::Contract;
use wcs_contract::source::{FileId, Spanned};

/// The sections of a text; none if it has no rows.
pub(super) fn read(contract: &Contract, file: FileId, text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (name, text) in rows(file, text) {
        match sections.last_mut() {
            Some(section) if !is_heading(contract, &name.value) => {
                section.rows.push(Row { values: values::listed(&text), name, text });
            }
            // The first row is a hook's, too, even if nobody knows it.
            _ => sections.push(Section { name, rows: Vec::new() }),
        }
    }
    // Titles of the columns look like a hook without rows.
    let is_header = |section: &Section| section.rows.is_empty() && !is_heading(contract, &section.name.value);
    if sections.len() > 1 && sections.first().is_some_and(is_header) {
        sections.remove(0);
    }
    sections.into_iter().flat_map(|section| divided(contract, section)).collect()
}

/// Whether a row begins a section: a hook, or a title, which a source in the contract names.
fn is_heading(contract: &Contract, name: &str) -> bool {
    vocabulary::hook(contract, name).is_some() || name.contains(' ')
}

/// The rows of a text: name and what is said.
fn rows(file: FileId, text: &str) -> Vec<(Spanned<String>, Spanned<String>)> {
    let mut rows = Vec::new();
    let mut open: Option<(Spanned<String>, usize)> = None;
    let mut end = 0;
    for (start, line) in lines(text) {
        end = start + line.len();
        if let Some((name, from)) = open.take_if(|_| line.trim_end().ends_with('|')) {
            let to = start + line.trim_end().len() - 1;
            rows.push((name, piece(file, from, text.get(from..to).unwrap_or_default())));
            continue;
        }
        if open.is_some() {
            continue;
        }
        let Some((name, from)) = begun(file, start, line) else { continue };
        let rest = text.get(from..end).unwrap_or_default();
        match rest.trim_end().strip_suffix('|') {
            Some(said) => rows.push((name, piece(file, from, said))),
            None => open = Some((name, from)),
        }
    }
    if let Some((name, from)) = open {
        rows.push((name, piece(file, from, text.get(from..end).unwrap_or_default())));
    }
    rows
}

/// The name at the beginning of a row, and where the text after its bar begins.
fn begun(file: FileId, start: usize, line: &str) -> Option<(Spanned<String>, usize)> {
    let inner = line.trim_start().strip_prefix('|').unwrap_or(line);
    let lead = line.len() - inner.len();
    let (name, _) = inner.split_once('|')?;
    let after = start + lead + name.len() + 1;
    let bare = name.trim().trim_matches('`');
    let is_title = bare.split(' ').count() <= 3 && bare.split(' ').all(is_name);
    let at = start + lead + name.find(bare)?;
    is_title.then(|| (piece(file, at, bare), after))
}

/// A section, and the ones below it whose hooks the contract does not know.
fn divided(contract: &Contract, mut section: Section) -> Vec<Section> {
    let mut found = Vec::new();
    while let Some(at) = hidden_heading(contract, &section) {
        let rest = section.rows.split_off(at);
        let mut rest = rest.into_iter();
        let Some(heading) = rest.next() else { break };
        found.push(section);
        section = Section { name: heading.name, rows: rest.collect() };
    }
    found.push(section);
    found
}

/// The row of a section that is the name of a hook.
fn hidden_heading(contract: &Contract, section: &Section) -> Option<usize> {
    let found = [by_ending(contract, section), by_repetition(contract, section), by_strangers(contract, section)];
    found.into_iter().flatten().min()
}

/// A name with an ending that only hooks have.
fn by_ending(contract: &Contract, section: &Section) -> Option<usize> {
    let endings = vocabulary::endings(contract);
    section.rows.iter().position(|row| {
        let (_, last) = vocabulary::ends(&row.name.value);
        last != row.name.value && endings.contains(&last)
    })
}

/// A parameter comes twice: before that, the first unknown name after the context is a hook.
fn by_repetition(contract: &Contract, section: &Section) -> Option<usize> {
    let rows = &section.rows;
    let is_again = |at: usize, row: &Row| rows.iter().take(at).any(|earlier| earlier.name.value == row.name.value);
    let again = rows.iter().enumerate().position(|(at, row)| is_again(at, row))?;
    let is_context = |row: &Row| contract.context.iter().any(|context| context.value == row.name.value);
    let before = rows.get(..again).unwrap_or_default();
    let after_context = before.iter().rposition(is_context).map_or(0, |at| at + 1);
    let unknown = |from: usize| {
        let mut unknown = before.iter().enumerate().skip(from);
        unknown.find(|(_, row)| !vocabulary::is_member_somewhere(contract, &row.name.value)).map(|(at, _)| at)
    };
    unknown(after_context).or_else(|| unknown(0))
}

/// An unknown name with parameters below it that the hook above does not have, but others do.
fn by_strangers(contract: &Contract, section: &Section) -> Option<usize> {
    let hook = vocabulary::hook(contract, &section.name.value)?;
    let is_strange = |row: &Row| {
        vocabulary::member(&hook.parameters, &row.name.value).is_none()
            && vocabulary::is_member_somewhere(contract, &row.name.value)
    };
    section.rows.iter().enumerate().position(|(at, row)| {
        let below = section.rows.get(at + 1..at + 3).unwrap_or_default();
        !vocabulary::is_member_somewhere(contract, &row.name.value) && below.len() == 2 && below.iter().all(is_strange)
    })
}
