//! What becomes of findings: the levels that a contract gives to rules, and comments that allow one where it stands.

mod allow;
mod applicability;

use crate::catalogue;
use crate::codes;
use crate::diagnostic::{Allowed, Diagnostic, Findings, nearest};
use crate::model::{Contract, Name, RuleLevel};
use crate::rule::{Level, Rule};
use crate::source::{Sources, Spanned};

/// Applies levels and allowances, and decides which fixes are safe. What remains is sorted; what is allowed stands apart,
/// with the reasons.
pub(crate) fn judge(
    mut findings: Findings,
    contract: Option<&Contract>,
    sources: &Sources,
) -> (Vec<Diagnostic>, Vec<Allowed>) {
    let levels = contract.map_or(&[][..], |contract| &contract.levels);
    let seen = applicability::Seen::of(&findings, contract);
    let wanted = wanted_levels(levels, &mut findings);
    let mut comments = allow::comments(sources, &mut findings);
    let (mut kept, mut allowed) = (Findings::default(), Vec::new());
    for finding in findings.into_sorted() {
        match comments.iter_mut().find(|comment| comment.covers(&finding, sources)) {
            Some(comment) => allowed.push(comment.allowed(finding)),
            None => kept.push(finding),
        }
    }
    allow::report_unused(&comments, &mut kept);
    let mut kept = kept.into_sorted().into_iter().filter_map(|finding| leveled(finding, &wanted)).collect::<Vec<_>>();
    applicability::decide(&mut kept, seen, sources);
    (kept, allowed)
}

/// The rules whose level the contract sets. Those that it can't set are told.
fn wanted_levels(levels: &[(Name, Spanned<RuleLevel>)], findings: &mut Findings) -> Vec<(&'static Rule, RuleLevel)> {
    let mut wanted = Vec::new();
    for (name, level) in levels {
        match catalogue::find(&name.value) {
            Some(rule) if rule.is_fixed() && level.value != RuleLevel::Error => {
                let message = format!("{} {} is an error by nature and can't be lowered", rule.code, rule.name);
                findings.push(Diagnostic::new(codes::LEVEL, level.span, message).help("remove the line"));
            }
            Some(rule) => wanted.push((rule, level.value)),
            None => findings.push(unknown(codes::LEVEL, name)),
        }
    }
    wanted
}

/// That there is no such rule.
fn unknown(told_by: &'static Rule, name: &Name) -> Diagnostic {
    let known: Vec<&str> = catalogue::all().iter().flat_map(|rule| [rule.name, rule.code]).collect();
    let found = Diagnostic::new(told_by, name.span, format!("`wcs check` has no rule `{}`", name.value))
        .help("only the rules of `check` have levels and can be allowed; `wcs rules` lists them");
    match nearest(&name.value, known.iter().copied()) {
        Some(meant) => found.did_you_mean_word(&name.value, meant, &known),
        None => found,
    }
}

/// A finding at the level that is wanted. `None` if it is not wanted at all.
fn leveled(mut finding: Diagnostic, wanted: &[(&'static Rule, RuleLevel)]) -> Option<Diagnostic> {
    let level = wanted.iter().find(|(rule, _)| *rule == finding.rule).map(|(_, level)| *level);
    finding.level = match level {
        None => finding.level,
        Some(RuleLevel::Error) => Level::Error,
        Some(RuleLevel::Warning) => Level::Warning,
        Some(RuleLevel::Note) => Level::Note,
        Some(RuleLevel::Allow) => return None,
    };
    Some(finding)
}
