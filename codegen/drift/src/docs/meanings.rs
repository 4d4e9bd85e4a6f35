//! What a document says otherwise of hooks that both have: the type, the SDK's calls, the events that follow.

use super::Document;
use super::reading::Reading;
use super::statements::{Call, CallRow};
use crate::{Drift, recorded, rules, vocabulary};
use wcs_contract::diagnostic::Diagnostic;
use wcs_contract::model::{Contract, Hook, Sdk};

/// What is said otherwise.
pub(super) fn otherwise(contract: &Contract, reading: &Reading, document: &Document) -> Vec<Drift> {
    let mut findings = Vec::new();
    for listed in &reading.listed {
        let (Some(kind), Some(hook)) = (listed.kind, vocabulary::hook(contract, &listed.name.value)) else { continue };
        let words = [kind.word(), &format!("{}s", kind.word())];
        if hook.kind == kind || recorded::by_claim(&hook.conflicts, document.key.as_deref(), &words) {
            continue;
        }
        let message = format!(
            "`{}` stands in a list about the type `{}`; in the contract it has the type `{}`",
            listed.name.value,
            kind.word(),
            hook.kind.word()
        );
        findings.push(told(message, listed.name.span, hook));
    }
    for row in &reading.calls {
        if let Some(hook) = vocabulary::hook(contract, &row.hook.value) {
            call(hook, row, document, &mut findings);
            events(contract, hook, reading, row, document, &mut findings);
        }
    }
    findings.into_iter().map(Drift::told).collect()
}

fn call(hook: &Hook, row: &CallRow, document: &Document, findings: &mut Vec<Diagnostic>) {
    let name = &hook.name.value;
    match (&row.call, &hook.sdk) {
        (Call::Known(call), Sdk::Used(known)) if known.iter().any(|known| same(&known.call.value, &call.value)) => {}
        (Call::Known(call), _) => {
            if !recorded::by_claim(&hook.conflicts, document.key.as_deref(), &[&call.value]) {
                let message = format!("`{}` belongs to `{name}` here; the contract does not say so", call.value);
                findings.push(told(message, call.span, hook));
            }
        }
        (Call::Unused, Sdk::Used(known)) => {
            if !recorded::by_claim(&hook.conflicts, document.key.as_deref(), &["client", "SDK"]) {
                let calls: Vec<String> = known.iter().map(|known| format!("`{}`", known.call.value)).collect();
                let message =
                    format!("the client has no part in `{name}` here; in the contract it has {}", calls.join(" and "));
                findings.push(told(message, row.hook.span, hook));
            }
        }
        (Call::Unused, Sdk::Unused | Sdk::Unknown) | (Call::Unsaid, _) => {}
    }
}

/// Calls are compared without white space.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

fn events(
    contract: &Contract,
    hook: &Hook,
    reading: &Reading,
    row: &CallRow,
    document: &Document,
    findings: &mut Vec<Diagnostic>,
) {
    let name = &hook.name.value;
    for event in row.events.iter().filter(|event| !vocabulary::is_called(hook, &event.value)) {
        let Some(known) = vocabulary::hook(contract, &event.value) else { continue };
        let follows = hook.leads_to.iter().any(|id| contract.hook(*id).name.value == known.name.value);
        if !follows && !recorded::by_claim(&hook.conflicts, document.key.as_deref(), &[&event.value]) {
            let message = format!("`{}` follows `{name}` here; the contract does not say so", event.value);
            findings.push(told(message, event.span, hook));
        }
    }
    // The first row of a hook speaks for all of them.
    let rows = || reading.calls.iter().filter(|other| vocabulary::is_called(hook, &other.hook.value));
    if rows().next().is_none_or(|first| first.hook.span != row.hook.span) {
        return;
    }
    for following in hook.leads_to.iter().map(|id| contract.hook(*id)) {
        let said = rows().flat_map(|row| &row.events).any(|event| vocabulary::is_called(following, &event.value));
        if !said && !recorded::by_claim(&hook.conflicts, document.key.as_deref(), &[&following.name.value]) {
            let message = format!("`{}` does not follow `{name}` here; in the contract it does", following.name.value);
            findings.push(told(message, row.hook.span, hook));
        }
    }
}

fn told(message: String, span: wcs_contract::source::Span, hook: &Hook) -> Diagnostic {
    Diagnostic::new(rules::meaning::RULE, span, message)
        .label(hook.name.span, "the hook in the contract")
        .help("correct the contract, or record the conflict with a verdict")
}
