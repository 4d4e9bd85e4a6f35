//! Safe fixes of a contract's findings, applied: text in place of other text, so that comments and layout stay.
//!
//! Fixes are applied in rounds, causes first: what a file says is known only once it can be read, and a name that refers
//! to nothing may be declared in what could not be. The contract is checked again after each round. A round whose result
//! has an error that was not there before is taken back, and its fixes are tried one by one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::rule::{Category, Level, Rule};
use crate::source::Position;
use crate::{Compiled, Edited, Input, InputError, compile};

/// Rounds after which no fix is applied any more: one that needs more is going in circles.
const ROUNDS: usize = 20;

/// How often the errors that a fix has brought to light are fixed in their turn.
const DEEPER: usize = 4;

/// Why a fix is left to a person that compiles to a new error.
const HARMFUL: &str = "it would bring another error";

/// A contract before and after its safe fixes. Nothing is written.
#[derive(Debug)]
pub struct Fixed {
    /// The fixes that were applied, in that order.
    pub applied: Vec<Applied>,
    /// The files that differ.
    pub files: Vec<FixedFile>,
    /// The contract with the fixes, and the findings that remain. Each fix among them was left to a person, for the
    /// reason that its applicability gives.
    pub after: Compiled,
}

impl Fixed {
    /// The fixes that were left to a person, each with its finding and the reason.
    pub fn left(&self) -> impl Iterator<Item = (&Diagnostic, &Fix, &'static str)> {
        self.after.findings.iter().filter_map(|found| {
            let fix = found.fix.as_ref()?;
            Some((found, fix, fix.applicability.reason()?))
        })
    }
}

/// A fix that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The rule of the finding.
    pub rule: &'static Rule,
    /// The file of the finding, as it is shown.
    pub path: String,
    /// Its place before the fix.
    pub position: Position,
    /// What the fix did, as a command.
    pub title: String,
}

/// A file that fixes changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// Where it lies.
    pub path: PathBuf,
    /// The path as it is shown.
    pub shown: String,
    /// Its text on disk.
    pub before: String,
    /// Its text with the fixes.
    pub after: String,
}

/// Applies every safe fix that leads to no new error.
///
/// # Errors
///
/// A text about the path itself.
pub fn fix(path: &Path) -> Result<Fixed, InputError> {
    fix_with(path, &[])
}

/// As [`fix`], with overlays on top, the lowest first; their own findings are fixed too.
///
/// # Errors
///
/// A text about a path itself.
pub fn fix_with(path: &Path, overlays: &[PathBuf]) -> Result<Fixed, InputError> {
    let now = compile(&Input::at(path).with_overlays(overlays))?;
    let mut state = State { path, overlays, edited: Edited::new(), applied: Vec::new(), now };
    let originals: BTreeMap<PathBuf, (String, String)> = texts(&state.now);
    let mut refused = Vec::new();
    for _ in 0..ROUNDS {
        let fixable = safe(&state.now.findings).filter(|found| !refused.contains(&key(found)));
        let round = without_overlaps(first(fixable.collect()));
        if round.is_empty() {
            break;
        }
        if state.attempt(&round)? {
            continue;
        }
        // Each for itself, so that one that does harm does not keep back the others.
        let (harmless, harmful) = state.divided(round)?;
        refused.extend(harmful.iter().map(key));
        if !harmless.is_empty() && !state.attempt(&harmless)? {
            // They do harm together only. The first one makes its way, and the next round judges the others again.
            state.attempt(harmless.get(..1).unwrap_or_default())?;
        }
    }
    let State { edited, applied, mut now, .. } = state;
    for found in now.findings.iter_mut().filter(|found| refused.contains(&key(found))) {
        if let Some(fix) = found.fix.as_mut().filter(|fix| fix.applicability == Applicability::Safe) {
            fix.applicability = Applicability::Proposed(HARMFUL);
        }
    }
    let files = edited.into_iter().filter_map(|(path, after)| {
        let (shown, before) = originals.get(&path).cloned()?;
        (before != after).then_some(FixedFile { path, shown, before, after })
    });
    Ok(Fixed { applied, files: files.collect(), after: now })
}

/// A contract while fixes are applied.
struct State<'a> {
    path: &'a Path,
    overlays: &'a [PathBuf],
    /// The files that differ from the disk.
    edited: Edited,
    applied: Vec<Applied>,
    now: Compiled,
}

impl<'a> State<'a> {
    /// Applies fixes, unless that leads to a new error.
    fn attempt(&mut self, round: &[Diagnostic]) -> Result<bool, InputError> {
        let Some(next) = self.outcome(round)? else { return Ok(false) };
        self.applied.extend(next.applied);
        (self.edited, self.now) = (next.edited, next.now);
        Ok(true)
    }

    /// The fixes that lead to no new error by themselves, and those that do.
    fn divided(&self, round: Vec<Diagnostic>) -> Result<(Vec<Diagnostic>, Vec<Diagnostic>), InputError> {
        let (mut harmless, mut harmful) = (Vec::new(), Vec::new());
        for found in round {
            match self.outcome(std::slice::from_ref(&found))? {
                Some(_) => harmless.push(found),
                None => harmful.push(found),
            }
        }
        Ok((harmless, harmful))
    }

    /// What the contract would be after some fixes, and after those of the errors that they bring to light: a misspelt
    /// key may have a misspelt value. `None` if a new error would remain.
    fn outcome(&self, round: &[Diagnostic]) -> Result<Option<State<'a>>, InputError> {
        let mut next = self.with(round)?;
        for _ in 0..DEEPER {
            let Some(reached) = next else { return Ok(None) };
            let new = new_errors(&self.now, &reached.now);
            if new.is_empty() {
                return Ok(Some(reached));
            }
            let fixable = without_overlaps(safe(&new).cloned().collect());
            next = if fixable.is_empty() { None } else { reached.with(&fixable)? };
            if let Some(next) = &mut next {
                next.applied.splice(..0, reached.applied);
            }
        }
        Ok(None)
    }

    /// What the contract is with the edits of some fixes. `None` if they contradict each other.
    fn with(&self, round: &[Diagnostic]) -> Result<Option<Self>, InputError> {
        let mut edited = self.edited.clone();
        let edits = round.iter().filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits);
        for (id, source) in self.now.sources.iter() {
            let own: Vec<&Edit> = edits.clone().filter(|edit| edit.span.file == id).collect();
            let Some(path) = self.now.paths.get(id.index()).filter(|_| !own.is_empty()) else { continue };
            let Some(text) = spliced(&source.text, own) else { return Ok(None) };
            edited.insert(path.clone(), text);
        }
        let applied = round.iter().filter_map(|found| {
            let title = found.fix.as_ref()?.title.clone();
            let path = self.now.sources.get(found.span.file).path.clone();
            Some(Applied { rule: found.rule, path, position: self.now.sources.position(found.span), title })
        });
        let now = compile(&Input::at(self.path).with_overlays(self.overlays).with_edits(edited.clone()))?;
        Ok(Some(Self { path: self.path, overlays: self.overlays, edited, applied: applied.collect(), now }))
    }
}

/// Findings with a safe fix.
fn safe(findings: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    findings.iter().filter(|found| found.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe))
}

/// The findings whose fixes come first: errors by category, as those of one may be caused by those of an earlier one, and
/// then all others.
fn first(fixable: Vec<&Diagnostic>) -> Vec<Diagnostic> {
    let stage = |found: &Diagnostic| match found.level {
        Level::Error => (Level::Error, Some(found.rule.category)),
        Level::Warning | Level::Note => (Level::Note, None::<Category>),
    };
    let earliest = fixable.iter().map(|found| stage(found)).min();
    fixable.into_iter().filter(|found| Some(stage(found)) == earliest).cloned().collect()
}

/// What tells a finding from others even if it moves.
fn key(found: &Diagnostic) -> (&'static str, String) {
    (found.rule.code, found.message.clone())
}

/// The errors that were not there before.
pub fn new_errors(before: &Compiled, after: &Compiled) -> Vec<Diagnostic> {
    let errors = |compiled: &Compiled| -> Vec<Diagnostic> {
        compiled.findings.iter().filter(|found| found.level == Level::Error).cloned().collect()
    };
    let mut known: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for found in errors(before) {
        *known.entry(key(&found)).or_default() += 1;
    }
    let mut is_new = |found: &Diagnostic| match known.get_mut(&key(found)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    errors(after).into_iter().filter(|found| is_new(found)).collect()
}

/// Findings none of whose fixes touches the place of another's. The first one at a place wins; the next round sees to
/// the others.
fn without_overlaps(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut taken: Vec<Edit> = Vec::new();
    findings
        .into_iter()
        .filter(|found| {
            let edits = found.fix.as_ref().map_or(&[][..], |fix| &fix.edits);
            let free = edits.iter().all(|edit| taken.iter().all(|other| !overlap(edit, other)));
            if free {
                taken.extend(edits.iter().cloned());
            }
            free
        })
        .collect()
}

/// Whether two edits touch; at one place the order of two texts would be open.
fn overlap(a: &Edit, b: &Edit) -> bool {
    a.span.file == b.span.file && a.span.start <= b.span.end && b.span.start <= a.span.end
}

/// A text with its edits. `None` if they contradict each other or lie outside.
fn spliced(text: &str, mut edits: Vec<&Edit>) -> Option<String> {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        out.push_str(text.get(done..start)?);
        out.push_str(&edit.text);
        text.get(start..end)?;
        done = end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// The texts that were read, each with the path as it is shown.
fn texts(compiled: &Compiled) -> BTreeMap<PathBuf, (String, String)> {
    let shown = compiled.sources.iter().map(|(_, source)| (source.path.clone(), source.text.clone()));
    compiled.paths.iter().cloned().zip(shown).collect()
}
