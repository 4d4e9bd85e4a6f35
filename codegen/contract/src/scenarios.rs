//! Scenarios from a file that does not belong to a contract: the author's own, for the author's own backend.

mod playable;

use std::fs;
use std::path::Path;

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::input::InputError;
use crate::load;
use crate::model::{Contract, Name, Scenario};
use crate::naming::unknown;
use crate::source::{Sources, display_path};
use crate::syntax::{self, Entries};
pub(crate) use playable::{known_member, placeholders, playable};

/// Lays each scenario that begins with another one over it.
pub(crate) fn complete(scenarios: &mut [(Name, Scenario)], others: &[(Name, Scenario)], findings: &mut Findings) {
    let known: Vec<(Name, Scenario)> = scenarios.iter().chain(others).cloned().collect();
    for (name, scenario) in scenarios {
        let Some(wanted) = &scenario.begins_with else { continue };
        match known.iter().find(|(known, _)| known.value == wanted.value) {
            Some((_, first)) if first.begins_with.is_none() => *scenario = after(first, scenario),
            Some((found, first)) => {
                let message = format!("`{}` itself begins with another scenario", found.value);
                let mut found = Diagnostic::error(codes::SCENARIO, wanted.span, message);
                if let Some(deeper) = &first.begins_with {
                    found = found.label(deeper.span, "here");
                }
                findings.push(found.help(format!("let `{}` begin with one that does not", name.value)));
            }
            None => unknown(wanted, "scenario", known.iter().map(|(name, _)| &name.value), findings),
        }
    }
}

/// A scenario with the values and steps of another one before its own.
fn after(first: &Scenario, own: &Scenario) -> Scenario {
    let mut whole = own.clone();
    whole.values = over(&first.values, &own.values);
    whole.set = over(&first.set, &own.set);
    whole.steps = first.steps.iter().chain(&own.steps).cloned().collect();
    whole
}

/// Entries, where the second ones win.
fn over<T: Clone>(first: &Entries<T>, own: &Entries<T>) -> Entries<T> {
    let replaced = |name: &Name| own.items.iter().any(|(known, _)| known.value == name.value);
    let kept = first.items.iter().filter(|(name, _)| !replaced(name));
    Entries { items: kept.chain(&own.items).cloned().collect() }
}

/// What reading a file of scenarios gave.
#[derive(Debug)]
pub struct Read {
    /// The scenarios, in the order in which they were written.
    pub scenarios: Vec<(Name, Scenario)>,
    /// What is wrong with them.
    pub findings: Vec<Diagnostic>,
    /// The text that the findings point into.
    pub sources: Sources,
}

impl Read {
    /// Whether the scenarios can't be played.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|found| found.level == crate::rule::Level::Error)
    }
}

/// Reads a file with the section `scenarios`, and checks that a contract's hooks can play them.
///
/// # Errors
///
/// A file that can't be read. Mistakes in the file are findings.
pub fn read(contract: &Contract, path: &Path) -> Result<Read, InputError> {
    let text = fs::read_to_string(path)
        .map_err(|error| InputError::Unreadable { reason: format!("can't read {}: {error}", path.display()) })?;
    let (mut sources, mut findings) = (Sources::default(), Findings::default());
    let id = sources.add(display_path(path, Path::new(".")), text);
    let mut scenarios = Vec::new();
    if let Some(node) = load::load(id, &sources.get(id).text, &mut findings)
        && let Some(file) = syntax::read_file(&node, &mut findings)
    {
        if file.scenarios.items.is_empty() {
            let message = "the file has no section `scenarios`";
            let found = Diagnostic::error(codes::MISSING_KEY, file.head, message);
            findings.push_absent(found.help("write `scenarios:`, and below it one `name:` for each"));
        }
        scenarios.extend(file.scenarios.items.into_iter().filter_map(|(name, value)| Some((name, value?))));
        complete(&mut scenarios, &contract.scenarios, &mut findings);
        for (_, scenario) in &scenarios {
            playable(contract, scenario, &mut findings);
        }
    }
    Ok(Read { scenarios, findings: findings.into_sorted(), sources })
}
