//! Which files the pages are made of, and whether they have changed: by their contents, because clocks are coarse and
//! some editors keep a file's time.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use wcs_contract::Input;

use super::site::{Site, Trouble, pages};

/// The files that pages are made of.
pub(super) struct Watched {
    schema: PathBuf,
    templates: Option<PathBuf>,
    /// What was read last time, wherever it lies.
    read: Vec<PathBuf>,
}

/// Deepest folder that is looked into.
const MAX_DEPTH: usize = 16;

impl Watched {
    pub(super) fn new(schema: PathBuf, templates: Option<PathBuf>) -> Self {
        Self { schema, templates, read: Vec::new() }
    }

    /// A number that changes with the files' names and contents.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut paths = self.read.clone();
        let is_yaml = |path: &Path| path.extension().is_some_and(|end| end == "yaml" || end == "yml");
        if self.schema.is_dir() {
            below(&self.schema, MAX_DEPTH, &is_yaml, &mut paths);
        } else {
            // What the root lists may lie beside it and may be missing as yet.
            below(self.schema.parent().unwrap_or(Path::new("")), 0, &is_yaml, &mut paths);
        }
        if let Some(folder) = &self.templates {
            below(folder, MAX_DEPTH, &|_| true, &mut paths);
        }
        paths.sort();
        paths.dedup();
        let mut hasher = DefaultHasher::new();
        for path in paths {
            path.hash(&mut hasher);
            fs::read(&path).ok().hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The pages as the files are now. If they can't be made, those from before, and why.
    pub(super) fn build(&mut self, before: Option<&Site>) -> Site {
        let number = before.map_or_else(first_number, |before| before.number + 1);
        let made = match wcs_contract::compile(&Input::at(&self.schema)) {
            Ok(compiled) => {
                self.read.clone_from(&compiled.paths);
                pages(&compiled, self.templates.as_deref())
            }
            Err(error) => Err(Trouble::plain(&error.to_string())),
        };
        match made {
            Ok(pages) => Site { number, pages, trouble: None },
            Err(trouble) => {
                let pages = before.map(|before| before.pages.clone()).unwrap_or_default();
                Site { number, pages, trouble: Some(trouble) }
            }
        }
    }
}

/// Another one at every start, so that a page that was open before loads itself again.
fn first_number() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or_default()
}

fn below(folder: &Path, depth: usize, wanted: &dyn Fn(&Path) -> bool, found: &mut Vec<PathBuf>) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(listing) = fs::read_dir(folder) else { return };
    for path in listing.flatten().map(|entry| entry.path()) {
        if !path.is_dir() {
            found.extend(wanted(&path).then_some(path));
        } else if depth > 0 {
            below(&path, depth - 1, wanted, found);
        }
    }
}
