//! Mutations of a contract, each with the verdicts that a comparison is expected to give.
//!
//! `codegen/diff/tests/mutations/README.md` says how they are written.

use std::fs;
use std::path::{Path, PathBuf};
use wcs_contract::Input;

use wcs_contract::diagnostic::Findings;
use wcs_contract::model::Contract;
use wcs_contract::source::Sources;
use wcs_diff::Change;

/// One edit of the contract.
#[derive(Debug, Clone)]
pub(crate) struct Mutation {
    /// The file that it is written in, without the ending.
    pub(crate) file: String,
    /// What it does.
    pub(crate) title: String,
    /// Whether a compiler is asked too.
    pub(crate) is_proven: bool,
    /// What goes away and what takes its place, in whole lines.
    pub(crate) edits: Vec<(String, String)>,
    /// What is said from the contract as it stands to the edited one.
    pub(crate) there: Vec<String>,
    /// What is said the other way.
    pub(crate) back: Vec<String>,
}

/// The folder of the contract and its mutations.
#[must_use]
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutations")
}

/// The contract as it stands.
///
/// # Panics
///
/// If it can't be read.
#[must_use]
pub(crate) fn contract_text() -> String {
    let path = folder().join("garage.yaml");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All mutations, in the order of their files.
///
/// # Panics
///
/// If a file can't be read or is not written as the README says.
#[must_use]
pub(crate) fn all() -> Vec<Mutation> {
    let mut files: Vec<PathBuf> = wcs_test_support::entries(&folder());
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.iter().flat_map(|path| of_file(path)).collect()
}

fn of_file(path: &Path) -> Vec<Mutation> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut found: Vec<Mutation> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            let (title, is_proven) = title.strip_suffix(" *").map_or((title, false), |title| (title, true));
            found.push(Mutation {
                file: file.clone(),
                title: title.to_owned(),
                is_proven,
                edits: vec![(String::new(), String::new())],
                there: Vec::new(),
                back: Vec::new(),
            });
            continue;
        }
        let Some(mutation) = found.last_mut() else { panic!("{}: `{line}` before a title", path.display()) };
        let (Some(edit), Some(first)) = (mutation.edits.last_mut(), line.chars().next()) else { continue };
        let rest = line.get(1..).unwrap_or_default();
        match first {
            '-' => edit.0.push_str(&format!("{rest}\n")),
            '+' => edit.1.push_str(&format!("{rest}\n")),
            '@' => mutation.edits.push((String::new(), String::new())),
            '>' => mutation.there.push(rest.trim().to_owned()),
            '<' => mutation.back.push(rest.trim().to_owned()),
            _ => panic!("{}: `{line}` is neither an edit nor a verdict", path.display()),
        }
    }
    found
}

impl Mutation {
    /// The contract with the edit.
    ///
    /// # Errors
    ///
    /// That a piece of the contract does not stand there exactly once.
    pub(crate) fn apply(&self, contract: &str) -> Result<String, String> {
        let mut text = contract.to_owned();
        for (old, new) in &self.edits {
            // A last line may be cut short, so that it says only which place is meant.
            let pattern = old.trim_end_matches('\n');
            let starts: Vec<usize> = text.match_indices(pattern).map(|(at, _)| at).collect();
            let starts: Vec<usize> =
                starts.into_iter().filter(|at| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n')).collect();
            let [start] = starts.as_slice() else {
                return Err(format!("{}: `{}`: found {} times:\n{old}", self.file, self.title, starts.len()));
            };
            let end = start + pattern.len();
            text.replace_range(*start..end, new.trim_end_matches('\n'));
        }
        Ok(text)
    }
}

/// A contract from its text.
///
/// # Errors
///
/// What is wrong with it.
pub(crate) fn contract(name: &str, text: &str, sources: &mut Sources) -> Result<Contract, String> {
    let mut findings = Findings::default();
    let input = Input::texts([(name, text)]);
    let contract = wcs_contract::read(&input, sources, &mut findings).map_err(|error| error.to_string())?;
    contract.ok_or_else(|| {
        let said: Vec<String> = findings.into_sorted().iter().map(|found| found.message.clone()).collect();
        said.join("\n")
    })
}

/// What differs between two texts: from the first to the second, and back.
///
/// # Errors
///
/// What is wrong with one of them.
pub(crate) fn changes(old: &str, new: &str) -> Result<[Vec<Change>; 2], String> {
    let mut sources = Sources::default();
    let new = contract("new.yaml", new, &mut sources)?;
    let old = contract("old.yaml", old, &mut sources)?;
    Ok([wcs_diff::compare(&old, &new, &sources), wcs_diff::compare(&new, &old, &sources)])
}

/// A change as the tables write it.
#[must_use]
pub(crate) fn written(change: &Change) -> String {
    let verdict = change.verdict;
    let words = [verdict.wire, verdict.rust, verdict.others].map(wcs_diff::Impact::word).join(" ");
    format!("{} {}: {words}", change.rule.rule.name, change.subject())
}
