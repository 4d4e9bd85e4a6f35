//! The report as text.

use std::collections::BTreeMap;

use wcs_contract::model::Contract;

use super::check::{Area, CHECKS, Demand, Ground};
use super::report::{Finding, Report, State, percent};
use crate::render::text::{Mark, Paint};

/// The report as lines; each ends with a line break.
#[must_use]
pub fn report(contract: &Contract, report: &Report, paint: Paint<'_>) -> String {
    let sender = contract.sender_release.as_ref().map(|release| format!(", sender {release}")).unwrap_or_default();
    let title = format!("{} {}{sender}", contract.title.value, contract.version.value);
    let mut text = format!("{} at {}\n", paint(Mark::Bold, &title), report.address);
    for finding in &report.findings {
        text.push('\n');
        text.push_str(&self::finding(finding, paint));
    }
    text.push('\n');
    text.push_str(&table(report, paint));
    let skipped = skipped(report);
    if !skipped.is_empty() {
        text.push('\n');
    }
    for (reason, checks) in skipped {
        text.push_str(&paint(Mark::Dim, &format!("not judged: {}: {reason}", checks.join(", "))));
        text.push('\n');
    }
    let line = format!("\n{} requests in {:.1} s. {}\n", report.requests, report.took.as_secs_f64(), grounds(report));
    text.push_str(&line);
    text
}

/// The questions as lines.
#[must_use]
pub fn list(paint: Paint<'_>) -> String {
    let mut text = String::new();
    for area in Area::ALL {
        text.push_str(&format!("{}  {}\n", paint(Mark::Bold, area.word()), paint(Mark::Dim, area.about())));
        for check in CHECKS.iter().filter(|check| check.area == area) {
            text.push_str(&format!("  {:<11}{:<9} {}\n", check.name, check.demand.word(), check.title));
        }
    }
    text
}

fn finding(finding: &Finding, paint: Paint<'_>) -> String {
    const HOOKS: usize = 6;
    let mark = if finding.check.demand == Demand::Required { Mark::Bad } else { Mark::Warn };
    let head = format!("{}[{}]", finding.check.demand.word(), finding.code);
    let mut text = format!("{} {}: {}\n", paint(mark, &head), finding.check.id(), paint(Mark::Bold, &finding.message));
    let mut line =
        |name: &str, value: &str| text.push_str(&format!("  {} {value}\n", paint(Mark::Dim, &format!("{name:<8}"))));
    if finding.cases > 1 || finding.hooks.len() > 1 {
        let more = finding.hooks.len().saturating_sub(HOOKS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let shown: Vec<&str> = finding.hooks.iter().take(HOOKS).map(String::as_str).collect();
        line("met", &format!("{} times, {}{more}", finding.cases, shown.join(", ")));
    }
    line("sent", &finding.sent);
    line("got", &finding.got);
    line("why", finding.check.why);
    line("help", &finding.help);
    line("rests on", finding.ground.told());
    text
}

fn table(report: &Report, paint: Paint<'_>) -> String {
    let mut text = format!("{:<12}{:>20}{:>20}\n", "", Demand::Required.word(), Demand::Advice.word());
    let areas = Area::ALL.into_iter().filter(|area| report.outcomes.iter().any(|outcome| outcome.check.area == *area));
    for (name, area) in areas.map(|area| (area.word(), Some(area))).chain([("all", None)]) {
        let name = format!("{name:<12}");
        text.push_str(&if area.is_none() { paint(Mark::Bold, &name) } else { name });
        for demand in [Demand::Required, Demand::Advice] {
            let shown = match report.score(area, demand) {
                Some(score) => {
                    let (well, all) = report.count(area, demand);
                    format!("{} %  {well:>2} of {all:>2}", percent(score))
                }
                None => "-".to_owned(),
            };
            let mark = match (report.score(area, demand), demand) {
                (None, _) => Mark::Dim,
                (Some(score), _) if score >= 1.0 => Mark::Good,
                (Some(_), Demand::Required) => Mark::Bad,
                (Some(_), Demand::Advice) => Mark::Warn,
            };
            text.push_str(&paint(mark, &format!("{shown:>20}")));
        }
        text.push('\n');
    }
    text
}

/// Questions without an answer, by the reason.
fn skipped(report: &Report) -> Vec<(String, Vec<String>)> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for outcome in &report.outcomes {
        let (State::Skipped(reason) | State::Blocked(reason)) = &outcome.state else { continue };
        match reasons.iter_mut().find(|(known, _)| known == reason) {
            Some((_, checks)) => checks.push(outcome.check.id()),
            None => reasons.push((reason.clone(), vec![outcome.check.id()])),
        }
    }
    reasons
}

/// How many judgements rest on what.
fn grounds(report: &Report) -> String {
    let mut all: BTreeMap<Ground, usize> = BTreeMap::new();
    for (ground, cases) in report.outcomes.iter().flat_map(|outcome| &outcome.grounds) {
        *all.entry(*ground).or_default() += cases;
    }
    let total: usize = all.values().sum();
    let parts: Vec<String> = all.iter().map(|(ground, cases)| format!("{cases} on {}", ground.told())).collect();
    format!("{total} judgements: {}.", parts.join(", "))
}
