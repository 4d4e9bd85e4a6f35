//! Pages that list one thing each: flows, SDK calls, problems, contradictions, evidence.

use serde::Serialize;

use super::common::{ConflictView, anchor_id, conflict, or_dash};
use super::hook::{captured, sdk};
use super::link::{Links, Page, Target};
use super::text::{cell, code, hanging};
use super::words;
use wcs_contract::model::{Confidence, Conflict, Contract, Evidence, Hook, Sdk, TypeKind};
use wcs_contract::source::Span;

#[derive(Serialize)]
pub(super) struct FlowsPage {
    header: String,
    flows: Vec<FlowView>,
}

#[derive(Serialize)]
struct FlowView {
    id: String,
    link: String,
    title: String,
    doc: String,
    steps: Vec<StepView>,
}

#[derive(Serialize)]
struct StepView {
    hook: String,
    kind: &'static str,
    when: Option<String>,
    doc: String,
}

pub(super) fn flows_page(header: &str, links: Links<'_>) -> FlowsPage {
    let contract = links.contract();
    let flows = contract.flows.iter().map(|(name, flow)| FlowView {
        id: anchor_id(Target::Flow, &name.value, links),
        link: links.to(Target::Flow, &name.value, &flow.title.value),
        title: flow.title.value.clone(),
        doc: links.prose(&flow.doc.value),
        steps: flow
            .steps
            .iter()
            .map(|step| StepView {
                hook: links.hook_named(&step.hook.value),
                kind: contract.find_hook(&step.hook.value).map_or("", |hook| hook.kind.word()),
                when: step.when.as_ref().map(|when| links.prose(&when.value)),
                doc: hanging(&links.prose(&step.doc.value)),
            })
            .collect(),
    });
    FlowsPage { header: header.to_owned(), flows: flows.collect() }
}

#[derive(Serialize)]
pub(super) struct SdkPage {
    header: String,
    calls: Vec<CallRow>,
    hooks: Vec<HookRow>,
}

#[derive(Serialize)]
struct CallRow {
    call: String,
    does: String,
    hooks: String,
    events: String,
}

#[derive(Serialize)]
struct HookRow {
    hook: String,
    kind: &'static str,
    calls: String,
    events: String,
}

pub(super) fn sdk_page(header: &str, links: Links<'_>) -> SdkPage {
    let contract = links.contract();
    let mut calls: Vec<(&str, &str, Vec<&Hook>)> = Vec::new();
    for hook in &contract.hooks {
        let Sdk::Used(of_hook) = &hook.sdk else { continue };
        for call in of_hook {
            let (name, does) = (call.call.value.as_str(), call.does.value.as_str());
            match calls.iter_mut().find(|(known, said, _)| *known == name && *said == does) {
                Some((_, _, hooks)) => hooks.push(hook),
                None => calls.push((name, does, vec![hook])),
            }
        }
    }
    calls.sort_by_key(|(name, ..)| name.to_ascii_lowercase());
    SdkPage {
        header: header.to_owned(),
        calls: calls
            .into_iter()
            .map(|(call, does, hooks)| CallRow {
                call: cell(&code(call)),
                does: links.prose_cell(does),
                events: or_dash(links.hooks(followers(&hooks, contract))),
                hooks: links.hooks(hooks),
            })
            .collect(),
        hooks: contract
            .hooks
            .iter()
            .map(|hook| HookRow {
                hook: links.hook(hook),
                kind: hook.kind.word(),
                calls: cell(&sdk(hook)),
                events: or_dash(links.hooks(hook.leads_to.iter().map(|id| contract.hook(*id)))),
            })
            .collect(),
    }
}

/// The events that follow some hooks, each once.
fn followers<'a>(hooks: &[&'a Hook], contract: &'a Contract) -> Vec<&'a Hook> {
    let mut ids: Vec<_> = hooks.iter().flat_map(|hook| &hook.leads_to).copied().collect();
    ids.sort();
    ids.dedup();
    ids.into_iter().map(|id| contract.hook(id)).collect()
}

#[derive(Serialize)]
pub(super) struct TroublePage {
    header: String,
    troubles: Vec<TroubleView>,
}

#[derive(Serialize)]
struct TroubleView {
    id: String,
    link: String,
    symptom: String,
    cause: String,
    remedy: String,
    hooks: String,
}

pub(super) fn trouble_page(header: &str, links: Links<'_>) -> TroublePage {
    let contract = links.contract();
    let troubles = contract.troubleshooting.iter().map(|(name, trouble)| TroubleView {
        id: anchor_id(Target::Trouble, &name.value, links),
        link: links.to(Target::Trouble, &name.value, &trouble.symptom.value),
        symptom: trouble.symptom.value.clone(),
        cause: hanging(&links.prose(&trouble.cause.value)),
        remedy: hanging(&links.prose(&trouble.remedy.value)),
        hooks: if trouble.hooks.is_empty() {
            "all".to_owned()
        } else {
            trouble.hooks.iter().map(|name| links.hook_named(&name.value)).collect::<Vec<_>>().join(", ")
        },
    });
    TroublePage { header: header.to_owned(), troubles: troubles.collect() }
}

#[derive(Serialize)]
pub(super) struct ConflictsPage {
    header: String,
    conflicts: Vec<ConflictView>,
    evidence_page: String,
}

/// All contradictions, each once: a shared parameter's stands in every hook that carries it. `None` if there are none.
pub(super) fn conflicts_page<'a>(header: &str, links: Links<'a>) -> Option<ConflictsPage> {
    let contract = links.contract();
    let mut found: Vec<(Span, &'a Conflict, Vec<String>)> = Vec::new();
    let mut add =
        |conflict: &'a Conflict, place: String| match found.iter_mut().find(|(span, ..)| *span == conflict.span) {
            Some((.., places)) => places.push(place),
            None => found.push((conflict.span, conflict, vec![place])),
        };
    for conflict in &contract.conflicts {
        add(conflict, "the contract as a whole".to_owned());
    }
    for hook in &contract.hooks {
        for conflict in &hook.conflicts {
            add(conflict, links.hook(hook));
        }
        for member in &hook.parameters {
            for conflict in &member.conflicts {
                let text = code(&format!("{}.{}", hook.name.value, member.name.value));
                add(conflict, links.member(hook, member, &text));
            }
        }
    }
    for ty in &contract.types {
        let of_members = match &ty.kind {
            TypeKind::Record(members) => members.as_slice(),
            TypeKind::Enum { .. } => &[],
        };
        for conflict in ty.conflicts.iter().chain(of_members.iter().flat_map(|member| &member.conflicts)) {
            add(conflict, links.type_def(ty));
        }
    }
    let view = |(_, one, places): (Span, &'a Conflict, Vec<String>)| conflict(one, Some(places.join(", ")), links);
    (!found.is_empty()).then(|| ConflictsPage {
        header: header.to_owned(),
        conflicts: found.into_iter().map(view).collect(),
        evidence_page: links.page(Page::Evidence),
    })
}

#[derive(Serialize)]
pub(super) struct EvidencePage {
    header: String,
    grades: Vec<Grade>,
    confidences: Vec<ConfidenceRow>,
    documents: Vec<DocumentRow>,
    doubtful: Vec<DoubtRow>,
    members: Vec<MemberRow>,
}

#[derive(Serialize)]
struct Grade {
    title: &'static str,
    about: &'static str,
    hooks: Vec<GradedHook>,
}

#[derive(Serialize)]
struct GradedHook {
    hook: String,
    confidence: &'static str,
    captured: usize,
}

#[derive(Serialize)]
struct ConfidenceRow {
    word: &'static str,
    about: &'static str,
}

#[derive(Serialize)]
struct DocumentRow {
    id: String,
    key: String,
    title: String,
    doc: String,
}

#[derive(Serialize)]
struct DoubtRow {
    hook: String,
    confidence: &'static str,
    about: &'static str,
}

#[derive(Serialize)]
struct MemberRow {
    evidence: &'static str,
    members: String,
}

pub(super) fn evidence_page(header: &str, links: Links<'_>) -> EvidencePage {
    let contract = links.contract();
    let grade = |evidence: Evidence| Grade {
        title: words::evidence(evidence),
        about: words::evidence_about(evidence),
        hooks: contract
            .hooks
            .iter()
            .filter(|hook| hook.evidence == evidence)
            .map(|hook| GradedHook {
                hook: links.hook(hook),
                confidence: words::confidence(hook.confidence),
                captured: captured(hook),
            })
            .collect(),
    };
    let unlike = |evidence: Evidence| {
        let of_hooks = contract.hooks.iter().flat_map(|hook| {
            let members = hook.parameters.iter();
            members.filter(move |member| member.evidence == Some(evidence) && hook.evidence != evidence).map(
                move |member| links.member(hook, member, &code(&format!("{}.{}", hook.name.value, member.name.value))),
            )
        });
        MemberRow { evidence: words::evidence(evidence), members: of_hooks.collect::<Vec<_>>().join(", ") }
    };
    EvidencePage {
        header: header.to_owned(),
        grades: Evidence::ALL.iter().copied().map(grade).collect(),
        confidences: Confidence::ALL
            .iter()
            .map(|said| ConfidenceRow { word: words::confidence(*said), about: words::confidence_about(*said) })
            .collect(),
        documents: contract
            .documents
            .iter()
            .map(|(key, document)| DocumentRow {
                id: anchor_id(Target::Document, &key.value, links),
                key: cell(&key.value),
                title: cell(&document.title.value),
                doc: links.prose_cell(&document.doc.value),
            })
            .collect(),
        doubtful: contract
            .hooks
            .iter()
            .filter(|hook| hook.confidence != Confidence::High)
            .map(|hook| DoubtRow {
                hook: links.hook(hook),
                confidence: words::confidence(hook.confidence),
                about: words::confidence_about(hook.confidence),
            })
            .collect(),
        members: Evidence::ALL.iter().copied().map(unlike).filter(|row| !row.members.is_empty()).collect(),
    }
}
