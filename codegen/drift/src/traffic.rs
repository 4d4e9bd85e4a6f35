//! What the sender really sends, compared with the contract.
//!
//! Three kinds of files are read, told apart by what is in them: recorded requests, one a line or in one JSON document
//! (`exchanges`); the sender's own log (`log`); the drift report of a running backend (`report`). Bodies are
//! gathered over all files (`observed`) and told once, with counts and with the first place (`tell`).
//!
//! What was sent is private. Of values only words of enums are told, of sensitive members not even those; the lines that
//! findings point at are shown without values (`shown`).

mod exchanges;
mod input;
mod log;
mod mask;
mod observed;
mod report;
mod shapes;
mod shown;
mod tell;
mod walk;

pub use input::Form;
pub use observed::Observed;
pub use tell::drifts;

use std::io::{self, BufRead};

use input::Lines;
use wcs_contract::model::Contract;

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What it was taken for.
    pub form: Form,
    /// Requests that were compared.
    pub requests: u64,
    /// Answers, which are not compared.
    pub answers: u64,
    /// Pieces that could not be read.
    pub unread: u64,
}

/// Reads a file, whatever it is, and adds what is in it to what was observed.
///
/// # Errors
///
/// When the file can't be read. What is in it is never an error.
pub fn read(contract: &Contract, shown: &str, file: &mut impl BufRead, observed: &mut Observed) -> io::Result<Read> {
    let file_number = observed.add_file(shown);
    let mut lines = Lines::new(file);
    let form = lines.form()?;
    let mut sink = observed::Sink { contract, observed, file: file_number, requests: 0, answers: 0, unread: 0 };
    match form {
        Form::Document => exchanges::document(&lines.rest()?, &mut sink),
        Form::Exchanges => {
            while let Some(line) = lines.next()? {
                exchanges::line(&line, &mut sink);
            }
        }
        Form::Log => log::read(&mut lines, &mut sink)?,
    }
    Ok(Read { form, requests: sink.requests, answers: sink.answers, unread: sink.unread })
}
