//! A comparison for programs.

use serde_json::{Map, Value, json};

use super::Report;
use crate::{Audience, Change, Impact};
use wcs_contract::model::Contract;
use wcs_contract::source::Span;

pub(super) fn render(report: &Report<'_>) -> String {
    let changes: Vec<Value> = report.changes.iter().map(|change| describe(report, change)).collect();
    let summary: Map<String, Value> = Audience::ALL
        .iter()
        .map(|audience| {
            let counts: Map<String, Value> = Impact::ALL
                .iter()
                .map(|impact| (impact.word().to_owned(), report.count(*audience, *impact).into()))
                .collect();
            (audience.key().to_owned(), counts.into())
        })
        .collect();
    let advice = report.advice;
    let findings = wcs_contract::render::json::findings(report.findings, report.sources);
    let document = json!({
        "version": 1,
        "old": side(report.old),
        "new": side(report.new),
        "summary": summary,
        "worst": report.worst().map(Impact::word),
        "bump": {
            "needed": advice.needed.word(),
            "lowest": advice.lowest,
            "suffices": advice.suffices,
        },
        "changes": changes,
        "findings": findings,
    });
    format!("{document:#}\n")
}

fn side((contract, shown): (&Contract, &str)) -> Value {
    json!({
        "at": shown,
        "name": contract.name.value,
        "version": contract.version.value,
        "hash": contract.hash,
    })
}

fn describe(report: &Report<'_>, change: &Change) -> Value {
    let place = |span: Span| wcs_contract::render::json::place(span, report.sources);
    let hooks: Vec<Value> =
        change.hooks.iter().map(|(name, kind)| json!({ "name": name, "type": kind.word() })).collect();
    let verdict: Map<String, Value> = Audience::ALL
        .iter()
        .map(|audience| (audience.key().to_owned(), change.verdict.of(*audience).word().into()))
        .collect();
    json!({
        "code": change.rule.rule.code,
        "name": change.rule.rule.name,
        "level": change.impact().word(),
        "verdict": verdict,
        "subject": change.subject(),
        "hooks": hooks,
        "sides": change.sides.word(),
        "message": change.message,
        "before": change.before,
        "after": change.after,
        "effect": change.effect,
        "action": change.action,
        "place": place(change.span),
        "was": change.old_span.map(place),
        "fix": change.fix.as_ref().map(|fix| wcs_contract::render::json::fix(fix, report.sources)),
        "approved": report.reason(change),
        "fingerprint": change.fingerprint(),
    })
}
