//! The page of a hook.

use serde::Serialize;

use super::common::{ConflictView, NoteView, aliases, conflicts, notes, pretty, sources};
use super::denial::{self, AnswerView};
use super::link::{Links, Page, Target, lenient_policy};
use super::member::{self, MemberView, Owner};
use super::text::{cell, code, codes, fenced, hanging};
use super::{sample, words};
use wcs_codegen::prose;
use wcs_contract::model::{
    Confidence, Contract, DenyEffect, Example, ExampleOrigin, Hook, Parameter, RunCommand, Sdk, Shape,
};

/// Everything that the page of a hook shows.
#[derive(Serialize)]
pub(super) struct HookPage {
    header: String,
    start: String,
    name: String,
    summary: String,
    doc: Option<String>,
    group: String,
    kind: &'static str,
    kind_title: Option<String>,
    kind_doc: String,
    paths: String,
    aliases: String,
    releases: String,
    deny: String,
    /// The policy's word without which a no changes nothing.
    deny_needs: Option<String>,
    replaceable: String,
    sdk: String,
    requires: String,
    evidence: &'static str,
    evidence_about: &'static str,
    evidence_page: String,
    captured: usize,
    confidence: &'static str,
    confidence_about: &'static str,
    /// Why to be careful with the whole page.
    doubt: Option<&'static str>,
    deprecated: Option<String>,
    sdk_about: Option<&'static str>,
    general_notes: Option<String>,
    calls: Vec<CallView>,
    settings: Vec<SettingView>,
    commands: Vec<String>,
    flows: Vec<FlowView>,
    comes_after: String,
    leads_to: String,
    tells_errors_of: String,
    answer: AnswerView,
    members: Vec<MemberView>,
    presence_legend: Vec<&'static str>,
    parameters_page: String,
    shapes: Vec<ShapeView>,
    examples: Vec<ExampleView>,
    curl: String,
    signed: Option<String>,
    rust: String,
    handler: String,
    notes: Vec<NoteView>,
    conflicts: Vec<ConflictView>,
    member_conflicts: String,
    disputed: bool,
    troubles: Vec<String>,
    sources: String,
}

#[derive(Serialize)]
struct CallView {
    call: String,
    does: String,
}

#[derive(Serialize)]
struct SettingView {
    setting: String,
    line: String,
    doc: String,
}

#[derive(Serialize)]
struct FlowView {
    flow: String,
    steps: String,
}

#[derive(Serialize)]
struct ShapeView {
    when: String,
    backend: String,
    client: String,
}

#[derive(Serialize)]
struct ExampleView {
    title: String,
    origin: &'static str,
    version: Option<String>,
    body: String,
    answer: Option<String>,
}

pub(super) fn page<'a>(hook: &'a Hook, header: &str, links: Links<'a>) -> HookPage {
    let contract = links.contract();
    let about = contract.type_doc(hook.kind);
    HookPage {
        header: header.to_owned(),
        start: links.page(Page::Start),
        name: hook.name.value.clone(),
        summary: links.prose(&hook.summary.value),
        doc: hook.doc.as_ref().map(|doc| links.prose(&doc.value)),
        group: group(hook, links),
        kind: hook.kind.word(),
        kind_title: about.map(|about| cell(&about.title.value)),
        kind_doc: about
            .map_or_else(|| prose::of_type(hook.kind).about.to_owned(), |about| links.prose_cell(&about.doc.value)),
        paths: paths(hook, contract),
        aliases: cell(&aliases(&hook.aliases)),
        releases: cell(&words::lifetime(&hook.lifetime)),
        deny: cell(&deny_in_short(hook, links)),
        deny_needs: deny_needs(hook, contract),
        replaceable: cell(&replaceable(hook, links)),
        sdk: cell(&sdk(hook)),
        requires: requires(hook, links),
        evidence: words::evidence(hook.evidence),
        evidence_about: words::evidence_about(hook.evidence),
        evidence_page: links.page(Page::Evidence),
        captured: captured(hook),
        confidence: words::confidence(hook.confidence),
        confidence_about: words::confidence_about(hook.confidence),
        doubt: denial::doubt(Some(hook.confidence)),
        deprecated: hook.lifetime.deprecated.as_ref().map(|said| links.prose(&said.reason.value)),
        sdk_about: match &hook.sdk {
            Sdk::Unknown => Some("No document names a call of the client's SDK that belongs to it."),
            Sdk::Unused => Some("A client's program has no part in it."),
            Sdk::Used(_) => None,
        },
        general_notes: (!contract.notes.is_empty()).then(|| format!("{}#true-of-all-hooks", links.page(Page::Start))),
        calls: calls(hook, links),
        settings: settings(hook, links),
        commands: commands(hook, contract),
        flows: flows(hook, links),
        comes_after: links.hooks(after(hook, contract)),
        leads_to: links.hooks(hook.leads_to.iter().map(|id| contract.hook(*id))),
        tells_errors_of: links.hooks(errors_of(hook, contract)),
        answer: denial::answer(hook, links),
        members: member::members(&hook.parameters, Owner::Hook(hook.evidence), links),
        presence_legend: member::presence_legend(),
        parameters_page: links.page(Page::Parameters),
        shapes: shapes(hook),
        examples: hook.examples.iter().map(example).collect(),
        curl: sample::curl(hook, contract),
        signed: contract
            .sender
            .as_ref()
            .filter(|sender| sender.signature.is_some())
            .map(|_| format!("{}#signature", links.page(Page::Sender))),
        rust: sample::handler(hook, contract),
        handler: sample::handler_name(hook),
        notes: notes(&hook.notes, links),
        conflicts: conflicts(&hook.conflicts, links),
        disputed: !hook.conflicts.is_empty() || hook.parameters.iter().any(|member| !member.conflicts.is_empty()),
        member_conflicts: member_conflicts(hook, links),
        troubles: troubles(hook, links),
        sources: sources(&hook.sources, links),
    }
}

fn group<'a>(hook: &'a Hook, links: Links<'a>) -> String {
    let name = &hook.group.value;
    let groups = &links.contract().groups;
    let title = groups.iter().find(|(known, _)| known.value == *name).map_or(name, |(_, group)| &group.title.value);
    links.to(Target::Group, name, title)
}

/// The paths under which it arrives, as the sender's defaults have it.
fn paths(hook: &Hook, contract: &Contract) -> String {
    let Some(sender) = &contract.sender else { return String::new() };
    let full = |base: &str| contract.dispatch().address(base, &hook.name.value);
    cell(&codes(sender.base_paths.iter().map(|(base, _)| full(&base.value))))
}

/// What a denial does, in one cell. Under which policy is told further down.
pub(super) fn deny_in_short<'a>(hook: &'a Hook, links: Links<'a>) -> String {
    let doubt = hook.deny.confidence.as_ref().map(|said| said.value).filter(|said| *said != Confidence::High);
    let effect = words::deny_effect(hook.deny.effect.value);
    let mut text = format!("{effect}. {}", links.prose(&hook.deny.doc.value));
    if let Some(doubt) = doubt {
        text.push_str(&format!(" ({})", words::confidence(doubt)));
    }
    text
}

fn deny_needs(hook: &Hook, contract: &Contract) -> Option<String> {
    let matters =
        matches!(hook.deny.effect.value, DenyEffect::Forbids | DenyEffect::NotUseful | DenyEffect::EndsStream);
    let policy = lenient_policy(contract).filter(|_| matters && !hook.kind.is_opening())?;
    Some(cell(&code(&format!("{}: {}", policy.on_error.member.value, policy.on_error.fail.value))))
}

fn replaceable<'a>(hook: &'a Hook, links: Links<'a>) -> String {
    let members = hook.answer_members().map(|member| links.member(hook, member, &code(&member.name.value)));
    let members: Vec<String> = members.collect();
    if members.is_empty() { "nothing".to_owned() } else { members.join(", ") }
}

/// The SDK's part in one cell.
pub(super) fn sdk(hook: &Hook) -> String {
    match &hook.sdk {
        Sdk::Unknown => "no document names one".to_owned(),
        Sdk::Unused => "not used by the client".to_owned(),
        Sdk::Used(calls) => codes(calls.iter().map(|call| &call.call.value)),
    }
}

fn calls<'a>(hook: &'a Hook, links: Links<'a>) -> Vec<CallView> {
    let Sdk::Used(calls) = &hook.sdk else { return Vec::new() };
    let view = |call: &wcs_contract::model::SdkCall| CallView {
        call: code(&call.call.value),
        does: hanging(&links.prose(&call.does.value)),
    };
    calls.iter().map(view).collect()
}

fn requires<'a>(hook: &'a Hook, links: Links<'a>) -> String {
    let linked = hook.requires.iter().map(|name| links.to(Target::Setting, &name.value, &code(&name.value)));
    cell(&linked.collect::<Vec<_>>().join(", "))
}

fn settings<'a>(hook: &'a Hook, links: Links<'a>) -> Vec<SettingView> {
    let known = links.contract().sender.as_ref().map(|sender| &sender.settings);
    let find = |name: &str| known.and_then(|known| known.iter().find(|(setting, _)| setting.value == name));
    let view = |name: &'a wcs_contract::model::Name| {
        let (_, setting) = find(&name.value)?;
        Some(SettingView {
            setting: links.to(Target::Setting, &name.value, &code(&name.value)),
            line: code(&format!("{}={}", name.value, setting.value.value)),
            doc: hanging(&links.prose(&setting.doc.value)),
        })
    };
    hook.requires.iter().filter_map(view).collect()
}

/// The operator's commands that are run for each hook, with this one filled in.
fn commands(hook: &Hook, contract: &Contract) -> Vec<String> {
    let Some(sender) = &contract.sender else { return Vec::new() };
    let of_hook = sender.commands.iter().filter(|(_, command)| command.run.value == RunCommand::EachHook);
    of_hook.map(|(_, command)| fenced("sh", &command.template.value.replace("{hook}", hook.console_name()))).collect()
}

fn flows<'a>(hook: &Hook, links: Links<'a>) -> Vec<FlowView> {
    let contract = links.contract();
    let is_this = |name: &str| contract.find_hook(name).is_some_and(|found| found.name.value == hook.name.value);
    let view = |(name, flow): &'a (wcs_contract::model::Name, wcs_contract::model::Flow)| {
        let steps = flow.steps.iter().zip(1..).filter(|(step, _)| is_this(&step.hook.value));
        let steps: Vec<String> = steps.map(|(_, number): (_, usize)| number.to_string()).collect();
        let what = if steps.len() == 1 { "step" } else { "steps" };
        (!steps.is_empty()).then(|| FlowView {
            flow: links.to(Target::Flow, &name.value, &flow.title.value),
            steps: format!("{what} {}", steps.join(" and ")),
        })
    };
    contract.flows.iter().filter_map(view).collect()
}

fn after<'a>(hook: &Hook, contract: &'a Contract) -> impl Iterator<Item = &'a Hook> {
    let name = hook.name.value.clone();
    contract.hooks.iter().filter(move |other| other.leads_to.iter().any(|id| contract.hook(*id).name.value == name))
}

fn errors_of<'a>(hook: &Hook, contract: &'a Contract) -> impl Iterator<Item = &'a Hook> {
    let name = hook.name.value.clone();
    contract
        .hooks
        .iter()
        .filter(move |other| other.error_event.as_ref().is_some_and(|(id, _)| contract.hook(*id).name.value == name))
}

fn shapes(hook: &Hook) -> Vec<ShapeView> {
    let listed = |members: &[wcs_contract::model::Name]| {
        if members.is_empty() { "nothing".to_owned() } else { cell(&codes(members.iter().map(|name| &name.value))) }
    };
    let view = |shape: &Shape| ShapeView {
        when: cell(&shape.when.value),
        backend: listed(&shape.backend),
        client: listed(&shape.client),
    };
    hook.shapes.iter().map(view).collect()
}

/// How many of its examples were captured.
pub(super) fn captured(hook: &Hook) -> usize {
    hook.examples.iter().filter(|example| example.origin.value == ExampleOrigin::Captured).count()
}

fn example(example: &Example) -> ExampleView {
    ExampleView {
        title: example.title.value.clone(),
        origin: words::example_origin(example.origin.value),
        version: example.version.as_ref().map(ToString::to_string),
        body: fenced("json", &pretty(&example.body.value)),
        answer: example.answer.as_ref().map(|answer| fenced("json", &pretty(&answer.value))),
    }
}

/// Members whose description is disputed; what is disputed stands with them.
fn member_conflicts<'a>(hook: &'a Hook, links: Links<'a>) -> String {
    let disputed = hook.parameters.iter().filter(|member| !member.conflicts.is_empty());
    let link = |member: &Parameter| links.member(hook, member, &code(&member.name.value));
    disputed.map(link).collect::<Vec<_>>().join(", ")
}

fn troubles<'a>(hook: &Hook, links: Links<'a>) -> Vec<String> {
    let contract = links.contract();
    let is_this = |name: &str| contract.find_hook(name).is_some_and(|found| found.name.value == hook.name.value);
    let of_hook = contract.troubleshooting.iter().filter(|(_, trouble)| {
        // What concerns all hooks shows on the opening hook's page, which everybody reads first.
        if trouble.hooks.is_empty() {
            hook.kind.is_opening()
        } else {
            trouble.hooks.iter().any(|name| is_this(&name.value))
        }
    });
    of_hook.map(|(name, trouble)| links.to(Target::Trouble, &name.value, unlinked(&trouble.symptom.value))).collect()
}

/// A sentence as the text of a link.
fn unlinked(text: &str) -> &str {
    text.strip_suffix('.').unwrap_or(text)
}
