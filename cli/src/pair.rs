//! Two contracts and what differs between them.

use std::collections::HashMap;
use std::path::PathBuf;

use wcs_contract::diagnostic::Diagnostic;
use wcs_contract::model::Contract;
use wcs_contract::source::Sources;
use wcs_diff::render::Report;
use wcs_diff::{Audience, Change, advice};

use crate::side;
use crate::stop::Stop;
use crate::terminal::Terminal;

/// Two contracts and what differs between them.
pub(crate) struct Pair {
    old: Contract,
    /// The new contract.
    pub(crate) new: Contract,
    names: (String, String),
    /// What differs.
    pub(crate) changes: Vec<Change>,
    /// The version that the new contract should have.
    pub(crate) advice: advice::Advice,
    /// The files of both.
    pub(crate) sources: Sources,
    /// Folder or file of the new contract.
    pub(crate) new_path: PathBuf,
}

impl Pair {
    /// Reads and compares; the new contract is by default that of the work tree. If one has errors, they are printed.
    pub(crate) fn read(old: &str, new: Option<&str>, terminal: &mut Terminal) -> Result<Self, Stop> {
        let (old, new) = (side::named(old)?, new.map_or_else(side::work_tree, side::named)?);
        let mut sources = Sources::default();
        terminal.progress(&format!("comparing {} with {}", old.name, new.name));
        let is = new.read(&mut sources, terminal)?;
        let was = old.read(&mut sources, terminal)?;
        let changes = wcs_diff::compare(&was, &is, &sources);
        let advice = advice::advise(&was, &is, &changes);
        let new_path = new.path().to_owned();
        Ok(Self { old: was, new: is, names: (old.name, new.name), changes, advice, sources, new_path })
    }

    /// The difference as it is printed.
    pub(crate) fn report<'a>(
        &'a self,
        approved: &'a HashMap<String, String>,
        findings: &'a [Diagnostic],
        audiences: &'a [Audience],
    ) -> Report<'a> {
        Report {
            old: (&self.old, &self.names.0),
            new: (&self.new, &self.names.1),
            changes: &self.changes,
            approved,
            findings,
            advice: &self.advice,
            audiences,
            sources: &self.sources,
        }
    }
}
