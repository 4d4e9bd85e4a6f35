//! `wcs drift --propose` and `--apply`.

use std::path::Path;

use wcs_codegen::output;
use wcs_contract::Compiled;
use wcs_contract::model::Contract;
use wcs_contract::rule::Level;
use wcs_drift::propose::{Answer, Proposal, propose, title};
use wcs_drift::{Drift, Gap};

use super::DriftOptions;
use crate::patch::patch;
use crate::stop::Stop;
use crate::terminal::{DIM, GOOD, Terminal, WARN};
use crate::words::counted;

/// Finds out what could be added, gives it to the findings as their fix, and writes it if that was asked for.
pub(super) fn make(
    schema: &Path,
    options: &DriftOptions,
    compiled: &Compiled,
    contract: &Contract,
    drifts: &mut [Drift],
    terminal: &mut Terminal,
) -> Result<Proposal, Stop> {
    let gaps: Vec<Gap> = drifts.iter().filter_map(|drift| drift.gap.clone()).collect();
    if !gaps.is_empty() {
        terminal.progress("looking for what would settle it");
    }
    let proposal = propose(schema, options.overlay.paths(), compiled, contract, &gaps.iter().collect::<Vec<_>>())?;
    let with_gaps = drifts.iter_mut().filter(|drift| drift.gap.is_some());
    for (drift, answer) in with_gaps.zip(&proposal.answers) {
        if let Answer::Added(fix) = answer {
            drift.finding.fix = Some(fix.clone());
        }
    }
    if options.apply {
        for file in &proposal.files {
            output::write(&file.path, &file.after)?;
        }
    }
    Ok(proposal)
}

/// Whether each drift is settled by what was written.
pub(super) fn settled(proposal: &Proposal, drifts: &[Drift], options: &DriftOptions) -> Vec<bool> {
    let mut answers = proposal.answers.iter();
    let mut is_settled = |drift: &Drift| {
        let answer = if drift.gap.is_some() { answers.next() } else { None };
        options.apply && matches!(answer, Some(Answer::Added(_) | Answer::Same))
    };
    drifts.iter().map(&mut is_settled).collect()
}

/// Says what could be added, or was.
pub(super) fn report(
    proposal: &Proposal,
    drifts: &[Drift],
    options: &DriftOptions,
    terminal: &mut Terminal,
    aside: &mut Terminal,
) {
    let added = proposal.answers.iter().filter(|answer| matches!(answer, Answer::Added(_))).count();
    if options.propose || options.apply {
        reasons(proposal, drifts, aside);
    }
    if options.propose {
        for file in &proposal.files {
            terminal.out(&patch(&file.shown, &file.before, &file.after));
        }
    }
    if added == 0 {
        return;
    }
    let additions = counted(added, "addition");
    let files: Vec<&str> = proposal.files.iter().map(|file| file.shown.as_str()).collect();
    if options.apply {
        aside.line(&format!("{GOOD}{additions} written{GOOD:#} to {}", files.join(", ")));
        let warnings = proposal.after.iter().flat_map(|after| &after.findings);
        let warnings = warnings.filter(|found| found.level == Level::Warning).count();
        if warnings > 0 {
            aside.line(&format!("{WARN}{}{WARN:#} in the schema now: wcs check", counted(warnings, "warning")));
        }
        aside.line("next: look at what was written, then wcs generate");
    } else if options.propose {
        aside.line(&format!("{additions} in {}; --apply writes them", files.join(", ")));
    } else {
        aside.line(&format!(
            "{DIM}{additions} would settle some of it: --propose shows them, --apply writes them{DIM:#}"
        ));
    }
}

/// Says of what is left why it is.
fn reasons(proposal: &Proposal, drifts: &[Drift], aside: &mut Terminal) {
    let gaps = drifts.iter().filter_map(|drift| drift.gap.as_ref());
    for (gap, answer) in gaps.zip(&proposal.answers) {
        match answer {
            Answer::Added(_) if proposal.after.is_some() => aside.line(&title(gap)),
            Answer::Left(why) => aside.line(&format!("{WARN}can't {}{WARN:#}: {why}", title(gap))),
            Answer::Added(_) | Answer::Same => {}
        }
    }
}
