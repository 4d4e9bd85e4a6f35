//! A table of SDK calls: cells with tabs between them, below a header that names the columns.

use super::statements::{Call, CallRow, is_name, lines, piece};
use wcs_contract::source::{FileId, Spanned};

/// The columns by which a table is read.
#[derive(Debug, Clone, Copy)]
struct Columns {
    call: usize,
    hook: usize,
    events: usize,
}

/// The rows of a text; none if there is no such table.
pub(super) fn read(file: FileId, text: &str) -> Vec<CallRow> {
    let mut columns = None;
    let mut rows = Vec::new();
    for (start, line) in lines(text).filter(|(_, line)| line.contains('\t')) {
        let cells = cells(file, start, line);
        if let Some(header) = header(&cells) {
            columns = Some(header);
        } else if let Some(columns) = columns {
            rows.extend(row(file, &cells, columns));
        }
    }
    rows
}

fn header(cells: &[Spanned<String>]) -> Option<Columns> {
    let column =
        |word: &str| cells.iter().position(|cell| cell.value.to_lowercase().split(' ').any(|part| part == word));
    let hook = column("hook").or_else(|| column("hooks"))?;
    Some(Columns { call: column("sdk")?, hook, events: column("events").or_else(|| column("event"))? })
}

fn cells(file: FileId, start: usize, line: &str) -> Vec<Spanned<String>> {
    let mut at = start;
    line.split('\t')
        .map(|cell| {
            let cell_at = at;
            at += cell.len() + 1;
            piece(file, cell_at, cell)
        })
        .collect()
}

/// `None` for the title of a group of rows.
fn row(file: FileId, cells: &[Spanned<String>], columns: Columns) -> Option<CallRow> {
    let mut hooks = names(file, cells.get(columns.hook)?).into_iter();
    let hook = hooks.next()?;
    let events = cells.get(columns.events).map(|cell| names(file, cell)).unwrap_or_default();
    // Where the column of events is empty, the names after the first have slipped into the one before.
    let events = if events.is_empty() { hooks.collect() } else { events };
    let call = cells.get(columns.call).map_or(Call::Unsaid, |cell| call(file, cell));
    Some(CallRow { call, hook, events })
}

fn call(file: FileId, cell: &Spanned<String>) -> Call {
    let bare = cell.value.trim_start_matches("<code>").trim_end_matches("</code>").trim_matches('`');
    let at = cell.span.start as usize + cell.value.find(bare).unwrap_or_default();
    match bare {
        "" => Call::Unsaid,
        _ if bare.contains('(') => Call::Known(piece(file, at, bare)),
        _ => Call::Unused,
    }
}

/// The names in a cell, with commas between them.
fn names(file: FileId, cell: &Spanned<String>) -> Vec<Spanned<String>> {
    let mut at = cell.span.start as usize;
    let mut names = Vec::new();
    for part in cell.value.split(',') {
        let name = piece(file, at, part);
        at += part.len() + 1;
        if is_name(&name.value) {
            names.push(name);
        }
    }
    names
}
