//! Whether a step came out as its scenario expects.

use wcs_contract::model::{Expectation, ExpectedOutcome};

use crate::judge::{Effect, Reception, Verdict};
use crate::level::{Level, Remark};
use crate::remarks::same;

/// What is not as expected.
pub(crate) fn unmet(hook: &str, expected: &Expectation, status: Option<u16>, verdict: &Verdict) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut add = |message: String| {
        remarks.push(Remark { level: Level::Error, code: "unexpected", message, help: None });
    };
    if let Some(outcome) = &expected.outcome {
        let found = outcome_of(verdict);
        if found != outcome.value {
            add(format!("{hook}: expected `{}`, but the server {}", outcome.value, verb(found)));
        }
    }
    if let Some(wanted) = &expected.status
        && status != Some(wanted.value)
    {
        let found = status.map_or("none".to_owned(), |status| status.to_string());
        add(format!("{hook}: expected the status {}, found {found}", wanted.value));
    }
    let answer = match &verdict.reception {
        Reception::Accepted(answer) => Some(answer),
        _ => None,
    };
    for (member, value) in expected.answer.iter() {
        let found = answer.and_then(|answer| answer.get(&member.value));
        if !same(&value.value, found) {
            add(differs(hook, "the answer's", &member.value, &value.value, found));
        }
    }
    for (member, value) in expected.takes.iter() {
        let found = verdict.takes.get(&member.value);
        if !same(&value.value, found) {
            add(differs(hook, "what the server takes as", &member.value, &value.value, found));
        }
    }
    remarks
}

fn outcome_of(verdict: &Verdict) -> ExpectedOutcome {
    match (&verdict.reception, verdict.effect) {
        (Reception::Withheld, _) => ExpectedOutcome::Withheld,
        (_, Effect::GoesOn) => ExpectedOutcome::GoesOn,
        (_, Effect::Declines | Effect::Stops) => ExpectedOutcome::Stops,
        (_, Effect::EndsStream) => ExpectedOutcome::EndsStream,
    }
}

fn verb(outcome: ExpectedOutcome) -> &'static str {
    match outcome {
        ExpectedOutcome::GoesOn => "goes on",
        ExpectedOutcome::Stops => "stops",
        ExpectedOutcome::EndsStream => "ends the stream",
        ExpectedOutcome::Withheld => "does not send it",
    }
}

fn differs(
    hook: &str,
    whose: &str,
    member: &str,
    expected: &serde_json::Value,
    found: Option<&serde_json::Value>,
) -> String {
    let found = found.map_or("nothing".to_owned(), ToString::to_string);
    format!("{hook}: expected {whose} `{member}` to be {expected}, found {found}")
}
