//! Ends of a verb that are not exit code 0.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use wcs_targets::templates::Mistake;

/// Reason why a verb ends with another exit code than 0.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Findings that are errors, printed already; exit code 1.
    Findings,
    /// An error of usage or of input and output, as a message that is still to be printed; exit code 2.
    Error(String),
    /// Files that are not what the schema makes, reported already; exit code 4.
    Stale,
}

impl Stop {
    /// The exit code of the program.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Findings => 1,
            Self::Error(_) => 2,
            Self::Stale => 4,
        })
    }
}

/// The error of a file or folder that can't be read, for `map_err`.
pub(crate) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Stop + '_ {
    move |error| Stop::Error(format!("can't read {}: {error}", path.display()))
}

/// All mistakes in templates, a line each.
pub(crate) fn joined(mistakes: Vec<Mistake>) -> String {
    mistakes.iter().map(Mistake::to_string).collect::<Vec<_>>().join("\nerror: ")
}

impl<E: Display> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Error(error.to_string())
    }
}
