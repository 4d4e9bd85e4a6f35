//! A list of statuses: the name of an event, then each value and what it means, at last what the event is about; every
//! cell on a line of its own. A heading names the member: `Statuses (the status field)`.

use super::statements::{Row, Section, is_name, lines, piece};
use crate::vocabulary;
use wcs_contract::model::Contract;
use wcs_contract::source::{FileId, Spanned};

/// The sections of a text; none if it has no such heading.
pub(super) fn read(contract: &Contract, file: FileId, text: &str) -> Vec<Section> {
    let Some((member, after)) = member(file, text) else { return Vec::new() };
    let mut cells = lines(text)
        .filter(|(start, line)| *start >= after && !line.trim().is_empty())
        .map(|(start, line)| piece(file, start, line))
        .collect::<Vec<_>>();
    // The titles of the columns: the first event has a value below it, and what the value means below that.
    while matches!(cells.get(..3), Some(first) if first.iter().all(|cell| is_name(&cell.value))) {
        cells.remove(0);
    }
    let mut cells = cells.into_iter().peekable();
    let mut sections: Vec<Section> = Vec::new();
    // After what an event is about, the next one begins.
    let mut expects_event = true;
    while let Some(cell) = cells.next() {
        if !is_name(&cell.value) {
            expects_event = true;
            continue;
        }
        if expects_event || vocabulary::hook(contract, &cell.value).is_some() {
            let row = Row { name: member.clone(), text: Spanned::new(String::new(), cell.span), values: Vec::new() };
            sections.push(Section { name: cell, rows: vec![row] });
            expects_event = false;
        } else if let Some(row) = sections.last_mut().and_then(|section| section.rows.first_mut()) {
            row.values.push(cell);
            // What the value means, unless the cell is empty and an event follows.
            cells.next_if(|next| vocabulary::hook(contract, &next.value).is_none());
        }
    }
    // Single words also stand above the table.
    sections.retain(|section| section.rows.iter().any(|row| !row.values.is_empty()));
    sections
}

/// The member whose values are listed, and where the table begins.
fn member(file: FileId, text: &str) -> Option<(Spanned<String>, usize)> {
    lines(text).find_map(|(start, line)| {
        let (before, rest) = line.split_once("(the ")?;
        let (name, _) = rest.split_once(" field)")?;
        let at = start + before.len() + "(the ".len();
        is_name(name).then(|| (piece(file, at, name), start + line.len()))
    })
}
