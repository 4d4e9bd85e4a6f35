//! A folder whose files take the place of built-in templates of the reference pages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{EXTENSION, Mistake, texts};
use crate::docs::{TEMPLATES, pages};
use wcs_codegen::Artifact;
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::Contract;

/// Templates that replace built-in ones of the same name.
#[derive(Debug, Default)]
pub struct Overrides {
    by_name: BTreeMap<&'static str, (PathBuf, String)>,
}

impl Overrides {
    /// Reads a folder. A file's path below it is the name of a template; `.hbs` may follow.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the folder: files that name no template, or the same one twice.
    pub fn read(folder: &Path) -> Result<Self, Vec<Mistake>> {
        let mut overrides = Self::default();
        let mut mistakes = Vec::new();
        for (written, text) in texts(folder).map_err(|mistake| vec![mistake])? {
            let path = folder.join(&written);
            match known(&written) {
                Ok(name) => {
                    if let Some((first, _)) = overrides.by_name.get(name) {
                        let reason = format!("{} is the template `{name}` too; remove one", first.display());
                        mistakes.push(Mistake::new(&path, reason));
                    }
                    overrides.by_name.insert(name, (path, text));
                }
                Err(reason) => mistakes.push(Mistake::new(&path, reason)),
            }
        }
        if mistakes.is_empty() { Ok(overrides) } else { Err(mistakes) }
    }

    /// The text that takes the place of a built-in template.
    pub fn get(&self, name: &str) -> Option<String> {
        self.by_name.get(name).map(|(_, text)| text.clone())
    }

    /// The reference pages as these templates print them.
    ///
    /// # Errors
    ///
    /// The first template that can't be read, or that asks for something that its page doesn't have.
    pub fn pages(&self, contract: &Contract) -> Result<Vec<Artifact>, Mistake> {
        pages(contract, &|name| self.get(name)).map_err(|error| match self.by_name.get(error.template.as_str()) {
            Some((path, _)) => Mistake::new(path, error.reason),
            None => Mistake::new(Path::new(&error.template), error.reason),
        })
    }
}

/// The built-in template that a file is named after.
fn known(written: &str) -> Result<&'static str, String> {
    let bare = written.strip_suffix(EXTENSION).unwrap_or(written);
    let names = || TEMPLATES.iter().map(|(name, _)| *name);
    names().find(|name| *name == written || *name == bare).ok_or_else(|| match nearest(bare, names()) {
        Some(name) => format!("there is no template `{bare}`; did you mean `{name}`?"),
        None => format!("there is no template `{bare}`; `wcs docs --list-templates` lists them"),
    })
}
