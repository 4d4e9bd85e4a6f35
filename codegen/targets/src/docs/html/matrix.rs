//! What an error does, as a picture: a row for each word of the policy, a column for each type of hooks.

use super::svg::{Align, Drawing, Face, LINE, lines, units};
use wcs_contract::model::{ClientNotice, Contract, ErrorCell, Execution, HookType};

const LEFT: i32 = 100;
const COLUMN: i32 = 160;
const TOP: i32 = 36;
const ROW: i32 = 112;

/// The picture; empty if the contract has no such table.
pub(super) fn draw(contract: &Contract) -> String {
    if contract.on_error.is_empty() {
        return String::new();
    }
    let policy = contract.session_policy();
    let mut drawing = Drawing::default();
    let mut told = Vec::new();
    for (kind, column) in HookType::ALL.iter().zip(0..) {
        let middle = LEFT + column * COLUMN + COLUMN / 2;
        drawing.boxed(&format!("kind {}", kind.word()), (middle - 52, 2), (104, 24));
        drawing.text((middle, 19), Align::Middle, Face::Code, kind.word());
    }
    for ((word, row), at) in contract.on_error.iter().zip(0..) {
        let top = TOP + at * ROW;
        drawing.text((4, top + 46), Align::Start, Face::Code, &word.value);
        if policy.is_some_and(|policy| policy.on_error.default.value == word.value) {
            drawing.text((4, top + 64), Align::Start, Face::Plain, "the default");
        }
        for ((kind, cell), column) in row.cells.iter().zip(0..) {
            self::cell(&mut drawing, cell, (LEFT + column * COLUMN, top));
            let said = [short(cell.execution.value)].into_iter().map(str::to_owned).chain(others(cell));
            told.push(format!("{}, {}: {}.", word.value, kind.word(), said.collect::<Vec<_>>().join(", ")));
        }
    }
    let height = TOP + units(contract.on_error.len()) * ROW;
    let title = "What an error does, by policy and by type of hooks";
    drawing.finish(
        "picture matrix",
        "matrix",
        (LEFT + units(HookType::ALL.len()) * COLUMN, height),
        title,
        &told.join(" "),
    )
}

fn cell(drawing: &mut Drawing, cell: &ErrorCell, (x, y): (i32, i32)) {
    let stops = cell.execution.value != Execution::Continued;
    let class = if stops { "cell bad" } else { "cell even" };
    drawing.boxed(class, (x + 4, y), (COLUMN - 8, ROW - 8));
    let (middle, sign) = (x + COLUMN / 2, y + 18);
    // A bar across the way, or an arrow that goes on.
    if stops {
        drawing.shape(format_args!("<circle class=\"stop\" cx=\"{middle}\" cy=\"{sign}\" r=\"9\"/>"));
        drawing.line("cross", (middle - 4, sign), (middle + 4, sign));
    } else {
        drawing.line("arrow", (middle - 14, sign), (middle + 10, sign));
        drawing.head((middle + 14, sign), 1);
    }
    let mut line = sign + 26;
    drawing.text((middle, line), Align::Middle, Face::Bold, short(cell.execution.value));
    for text in others(cell) {
        for text in lines(&text, Face::Plain, COLUMN - 16) {
            line += LINE;
            drawing.text((middle, line), Align::Middle, Face::Plain, &text);
        }
    }
}

const fn short(execution: Execution) -> &'static str {
    match execution {
        Execution::Declined => "session refused",
        Execution::Stopped => "does not happen",
        Execution::Continued => "goes on",
    }
}

/// What others than the backend learn.
fn others(cell: &ErrorCell) -> Vec<String> {
    let client = match cell.client.value {
        ClientNotice::Failure => "client told: failed",
        ClientNotice::MatchingEvent => "client told, in its event",
        ClientNotice::ErrorEvent => "client told, as an error",
        ClientNotice::Nothing => "nobody is told",
    };
    let far_side = cell.caller_status.as_ref().map(|status| format!("far side gets {}", status.value));
    std::iter::once(client.to_owned()).chain(far_side).collect()
}
