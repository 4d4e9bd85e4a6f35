//! Keeps what stands between markers in hand-written Markdown up to date. Every byte outside of markers stays.
//!
//! `<!-- wcs:NAME ARGUMENTS -->` begins what the contract says, `<!-- /wcs -->` ends it. Markers in code are text.

mod marker;
mod markers;
mod parse;
mod print;
mod reference;

use std::fmt;

pub use marker::Marker;
pub use markers::MARKERS;
use parse::{Block, Mistaken};
use wcs_contract::model::Contract;

/// What is wrong with a marker, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub reason: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.reason)
    }
}

impl std::error::Error for Mistake {}

/// A text with everything between markers as the contract has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Injected {
    /// The whole text.
    pub text: String,
    /// How many markers there are.
    pub markers: usize,
    /// The markers whose text was another: line, and what is written in the marker.
    pub stale: Vec<(usize, String)>,
}

/// Brings a text up to date.
///
/// # Errors
///
/// Everything that is wrong with its markers.
pub fn inject(contract: &Contract, text: &str) -> Result<Injected, Vec<Mistake>> {
    let (blocks, mistaken) = parse::blocks(text);
    let mut mistakes: Vec<Mistake> = mistaken.into_iter().map(|mistaken| place(text, mistaken)).collect();
    let mut injected = Injected { text: String::new(), markers: blocks.len(), stale: Vec::new() };
    let mut copied = 0;
    for block in &blocks {
        match markers::print(contract, block.written).map(|made| framed(text, block, &made)) {
            Ok(made) => {
                let old = text.get(block.inner.clone()).unwrap_or_default();
                if made != old {
                    injected.stale.push((place_of(text, block.start).0, block.written.to_owned()));
                }
                injected.text.push_str(text.get(copied..block.inner.start).unwrap_or_default());
                injected.text.push_str(&made);
                copied = block.inner.end;
            }
            Err(reason) => mistakes.push(place(text, Mistaken { at: block.start, reason })),
        }
    }
    injected.text.push_str(text.get(copied..).unwrap_or_default());
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    if mistakes.is_empty() { Ok(injected) } else { Err(mistakes) }
}

/// What stands between two markers: in the line, or in lines of its own, indented as the first marker and ended as its
/// line is.
fn framed(text: &str, block: &Block<'_>, made: &marker::Made) -> String {
    // What the contract says must not be taken for a marker.
    let safe = |text: &str| text.replace("<!--", "&lt;!--");
    let old = text.get(block.inner.clone()).unwrap_or_default();
    let lines = match made {
        marker::Made::Words(words) if !old.contains('\n') => return safe(words),
        marker::Made::Words(words) => words,
        marker::Made::Lines(lines) => lines,
    };
    let before = text.get(..block.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(before, |end| before.get(end + 1..).unwrap_or_default());
    let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
    let first_end = text.get(block.start..).and_then(|rest| rest.find('\n')).map(|end| block.start + end);
    let windows = first_end.is_some_and(|end| text.get(..end).is_some_and(|line| line.ends_with('\r')));
    let end = if windows { "\r\n" } else { "\n" };
    let mut framed = format!("{end}{end}");
    for line in safe(lines).lines() {
        if !line.is_empty() {
            framed.push_str(indent);
            framed.push_str(line);
        }
        framed.push_str(end);
    }
    framed + end + indent
}

fn place(text: &str, mistaken: Mistaken) -> Mistake {
    let (line, column) = place_of(text, mistaken.at);
    Mistake { line, column, reason: mistaken.reason }
}

fn place_of(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text).trim_start_matches('\u{feff}');
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
