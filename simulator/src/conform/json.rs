//! The report as JSON.

use serde_json::{Map, Value, json};
use wcs_contract::model::Contract;

use super::check::{Area, CHECKS, Demand};
use super::report::{Finding, Outcome, Report, State, percent};

/// The report as one object.
#[must_use]
pub fn report(contract: &Contract, report: &Report) -> Value {
    let areas = Area::ALL.iter().filter(|area| report.outcomes.iter().any(|outcome| outcome.check.area == **area));
    let areas: Vec<Value> = areas
        .map(|area| {
            let mut entry = scores(report, Some(*area));
            entry.shift_insert(0, "area".to_owned(), json!(area.word()));
            Value::Object(entry)
        })
        .collect();
    json!({
        "version": 1,
        "contract": {
            "name": contract.name.value,
            "version": contract.version.value,
            "sender": contract.sender_release.as_ref().map(ToString::to_string),
        },
        "address": report.address,
        "requests": report.requests,
        "took_ms": u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
        "score": scores(report, None),
        "areas": areas,
        "checks": report.outcomes.iter().map(outcome).collect::<Vec<_>>(),
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

/// The questions as one object.
#[must_use]
pub fn list() -> Value {
    let checks: Vec<Value> = CHECKS
        .iter()
        .map(|check| {
            json!({
                "id": check.id(), "area": check.area.word(), "demand": check.demand.word(), "title": check.title,
                "why": check.why,
            })
        })
        .collect();
    json!({ "version": 1, "checks": checks })
}

fn scores(report: &Report, area: Option<Area>) -> Map<String, Value> {
    let demands = [Demand::Required, Demand::Advice].map(|demand| {
        let (passed, checks) = report.count(area, demand);
        let percent = report.score(area, demand).map(percent);
        (demand.word().to_owned(), json!({ "percent": percent, "passed": passed, "checks": checks }))
    });
    Map::from_iter(demands)
}

fn outcome(outcome: &Outcome) -> Value {
    let (state, reason) = match &outcome.state {
        State::Judged if outcome.passed == outcome.cases => ("passed", None),
        State::Judged => ("failed", None),
        State::Blocked(reason) => ("blocked", Some(reason)),
        State::Skipped(reason) => ("skipped", Some(reason)),
    };
    let grounds: Map<String, Value> =
        outcome.grounds.iter().map(|(ground, cases)| (ground.word().to_owned(), json!(cases))).collect();
    json!({
        "id": outcome.check.id(),
        "demand": outcome.check.demand.word(),
        "state": state,
        "reason": reason,
        "passed": outcome.passed,
        "cases": outcome.cases,
        "rests_on": grounds,
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "check": finding.check.id(),
        "demand": finding.check.demand.word(),
        "code": finding.code,
        "message": finding.message,
        "hooks": finding.hooks,
        "cases": finding.cases,
        "sent": finding.sent,
        "got": finding.got,
        "why": finding.check.why,
        "help": finding.help,
        "rests_on": finding.ground.word(),
    })
}
