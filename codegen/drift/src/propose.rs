//! What the contract lacks, written into its files: text between other text, so that comments and layout stay.
//!
//! What is written says plainly what is known and marks itself as unconfirmed: by its text, by low confidence where the
//! language has a word for it, and by its source. Nothing is proposed that would bring an error.

mod entry;
mod guess;
mod place;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Gap, Missing, Owner};
use wcs_contract::diagnostic::{Edit, Fix};
use wcs_contract::fix::{FixedFile, new_errors};
use wcs_contract::model::Contract;
use wcs_contract::source::FileId;
use wcs_contract::{Compiled, InputError};
use wcs_contract::{Edited, Input};

/// What could be added. Nothing is written.
#[derive(Debug)]
pub struct Proposal {
    /// What settles each gap, or why nothing does, in the order of the gaps.
    pub answers: Vec<Answer>,
    /// The files that differ.
    pub files: Vec<FixedFile>,
    /// What is said about the contract then; `None` if nothing could be added.
    pub after: Option<Compiled>,
}

/// What settles a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// An addition.
    Added(Fix),
    /// An earlier gap asks for the same.
    Same,
    /// Nothing mechanical, for a reason.
    Left(String),
}

/// Proposes what settles as many gaps as can be. The contract is what was compiled from these paths.
///
/// # Errors
///
/// A text about a path itself.
pub fn propose(
    path: &Path,
    overlays: &[PathBuf],
    compiled: &Compiled,
    contract: &Contract,
    gaps: &[&Gap],
) -> Result<Proposal, InputError> {
    let mut answers: Vec<Answer> = Vec::new();
    for (at, gap) in gaps.iter().enumerate() {
        let is_told = gaps.iter().take(at).any(|earlier| same(&earlier.what, &gap.what));
        answers.push(match is_told {
            true => Answer::Same,
            false => match write::edits(compiled, contract, gap) {
                Ok(fix) => Answer::Added(fix),
                Err(reason) => Answer::Left(reason),
            },
        });
    }
    let candidates: Vec<usize> =
        answers.iter().enumerate().filter(|(_, answer)| matches!(answer, Answer::Added(_))).map(|(at, _)| at).collect();
    let mut attempt = Attempt { path, overlays, compiled, answers: &answers, accepted: Vec::new(), after: None };
    let refused = attempt.add(&candidates)?;
    let (accepted, after) = (attempt.accepted, attempt.after);
    let files = files(compiled, &edited(compiled, &answers, &accepted));
    for (at, why) in refused {
        if let Some(answer) = answers.get_mut(at) {
            *answer = Answer::Left(format!("the contract would not compile: {why}"));
        }
    }
    Ok(Proposal { answers, files, after })
}

/// Whether two gaps ask for the same.
fn same(one: &Missing, other: &Missing) -> bool {
    match (one, other) {
        (Missing::Hook { hook, .. }, Missing::Hook { hook: other, .. }) => hook == other,
        (Missing::Member { owner, member }, Missing::Member { owner: other, member: named }) => {
            owner == other && member.name == named.name
        }
        (Missing::Value { def, value, .. }, Missing::Value { def: other, value: named, .. }) => {
            def == other && value == named
        }
        (Missing::Presence { hook, member }, Missing::Presence { hook: other, member: named }) => {
            hook == other && member == named
        }
        _ => false,
    }
}

/// Additions that are tried.
struct Attempt<'a> {
    path: &'a Path,
    overlays: &'a [PathBuf],
    compiled: &'a Compiled,
    answers: &'a [Answer],
    accepted: Vec<usize>,
    after: Option<Compiled>,
}

impl Attempt<'_> {
    /// Accepts what brings no new error, and gives the others with the error. Halves are tried by themselves, so that one
    /// that does harm costs few attempts.
    fn add(&mut self, candidates: &[usize]) -> Result<Vec<(usize, String)>, InputError> {
        if candidates.is_empty() {
            return Ok(Vec::new());
        }
        let all: Vec<usize> = self.accepted.iter().chain(candidates).copied().collect();
        let after = wcs_contract::compile(&Input::at(self.path).with_overlays(self.overlays).with_edits(edited(
            self.compiled,
            self.answers,
            &all,
        )))?;
        let Some(error) = new_errors(self.compiled, &after).into_iter().next() else {
            (self.accepted, self.after) = (all, Some(after));
            return Ok(Vec::new());
        };
        match candidates {
            [only] => Ok(vec![(*only, error.message)]),
            several => {
                let (first, second) = several.split_at(several.len() / 2);
                let mut refused = self.add(first)?;
                refused.extend(self.add(second)?);
                Ok(refused)
            }
        }
    }
}

/// The files with some additions.
fn edited(compiled: &Compiled, answers: &[Answer], accepted: &[usize]) -> Edited {
    let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in accepted.iter().filter_map(|at| answers.get(*at)).flat_map(edits_of) {
        let edits = by_file.entry(edit.span.file).or_default();
        // Several may need the same, such as the document that they cite.
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    let text = |(file, mut edits): (FileId, Vec<&Edit>)| {
        let path = compiled.paths.get(file.index())?;
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let text = &compiled.sources.get(file).text;
        let (mut out, mut done) = (String::with_capacity(text.len()), 0);
        for edit in edits {
            out.push_str(text.get(done..edit.span.start as usize).unwrap_or_default());
            out.push_str(&edit.text);
            done = edit.span.end as usize;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        Some((path.clone(), out))
    };
    by_file.into_iter().filter_map(text).collect()
}

fn edits_of(answer: &Answer) -> &[Edit] {
    match answer {
        Answer::Added(fix) => &fix.edits,
        Answer::Same | Answer::Left(_) => &[],
    }
}

fn files(compiled: &Compiled, edited: &Edited) -> Vec<FixedFile> {
    let sources = compiled.paths.iter().zip(compiled.sources.iter());
    let changed = sources.filter_map(|(path, (_, source))| {
        let after = edited.get(path).filter(|after| **after != source.text)?;
        let (shown, before) = (source.path.clone(), source.text.clone());
        Some(FixedFile { path: path.clone(), shown, before, after: after.clone() })
    });
    changed.collect()
}

/// What a gap is about, for people.
pub fn title(gap: &Gap) -> String {
    match &gap.what {
        Missing::Hook { hook, .. } => format!("add the hook `{hook}`"),
        Missing::Member { owner: Owner::Hook(name) | Owner::Record(name), member } => {
            format!("add the member `{}` to `{name}`", member.name)
        }
        Missing::Value { def, value, .. } => format!("add the value `{value}` to `{def}`"),
        Missing::Presence { hook, member } => format!("say that `{member}` is not always in `{hook}`"),
    }
}
