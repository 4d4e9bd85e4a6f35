//! Templates in the hands of whoever runs the program: in place of built-in ones, or as a target of their own.
//!
//! Unlike an emitter, such a template can be wrong; what is wrong with it is told with file, line and column.

mod helpers;
mod overrides;
mod target;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

pub use helpers::{Described, HELPERS};
pub use overrides::Overrides;
pub use target::{EXTENSION, Target};

use wcs_contract::source::display_path;

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file, or the folder.
    pub path: PathBuf,
    /// Line and column, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong and what to do.
    pub reason: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for Mistake {}

impl Mistake {
    /// A mistake in a file as a whole.
    pub fn new(path: &Path, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), place: None, reason: reason.into() }
    }
}

/// Deepest folder that is looked into.
const MAX_DEPTH: usize = 16;

/// All files below a folder with their text, by path. Hidden files and editors' backups are nobody's templates.
///
/// # Errors
///
/// A file or folder that can't be read, a file that is not UTF-8, and folders that are too deep.
pub fn texts(folder: &Path) -> Result<Vec<(String, String)>, Mistake> {
    let mut paths = Vec::new();
    files(folder, MAX_DEPTH, &mut paths)?;
    paths.sort();
    let text = |path: PathBuf| {
        let bytes = fs::read(&path).map_err(|error| Mistake::new(&path, format!("can't read it: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|_| Mistake::new(&path, "not UTF-8; templates are text"))?;
        Ok((display_path(&path, folder), text))
    };
    paths.into_iter().map(text).collect()
}

fn files(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Mistake> {
    let unlisted = |error| Mistake::new(folder, format!("can't list the folder: {error}"));
    for entry in fs::read_dir(folder).map_err(unlisted)? {
        let path = entry.map_err(unlisted)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        if !path.is_dir() {
            found.push(path);
        } else if depth == 0 {
            return Err(Mistake::new(&path, format!("folders may be {MAX_DEPTH} deep")));
        } else {
            files(&path, depth - 1, found)?;
        }
    }
    Ok(())
}
