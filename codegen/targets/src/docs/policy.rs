//! The page of the session policy.

use serde::Serialize;

use super::common::{cell_or_dash, json_code, pretty};
use super::denial::doubt;
use super::link::{Links, Page, Target};
use super::policy_sample::{Chosen, chosen, example};
use super::sample::{crate_name, ident};
use super::text::{cell, code, codes, fenced};
use super::words;
use wcs_contract::model::{
    ClientSees, Contract, DenyEffect, ErrorCell, ErrorRow, Hook, HookType, Parameter, Sensitivity, SessionPolicy, Type,
    TypeKind,
};
use wcs_contract::names::Role;

#[derive(Serialize)]
pub(super) struct PolicyPage {
    header: String,
    member: String,
    opening: String,
    record: String,
    doc: String,
    words: WordsView,
    members: Vec<MemberRow>,
    errors: Vec<ErrorView>,
    ends_stream: String,
    answers: Vec<WordRow>,
    example: String,
    rust: String,
    deniable: Vec<EffectRow>,
    replaceable: Vec<HookRow>,
    secret: Vec<HookRow>,
    troubleshooting: String,
    has_troubles: bool,
}

/// The spellings, as code.
#[derive(Serialize)]
struct WordsView {
    on_error: String,
    fail: String,
    log: String,
    on_error_default: String,
    policy: String,
    notify: String,
    overwrite: String,
    disable: String,
    policy_default: String,
    overwrite_list: String,
    request_exclude: String,
    client_exclude: String,
}

#[derive(Serialize)]
struct MemberRow {
    name: String,
    ty: String,
    default: String,
    doc: String,
}

#[derive(Serialize)]
pub(super) struct ErrorView {
    word: String,
    doc: String,
    cells: Vec<CellView>,
}

/// What the sender does with errors of one hook type.
#[derive(Serialize)]
struct CellView {
    kind: &'static str,
    said: String,
}

#[derive(Serialize)]
struct WordRow {
    word: String,
    doc: String,
}

#[derive(Serialize)]
struct EffectRow {
    effect: &'static str,
    hooks: String,
}

#[derive(Serialize)]
struct HookRow {
    hook: String,
    members: String,
}

/// The page; `None` if the sender has no session policy.
pub(super) fn page<'a>(header: &str, links: Links<'a>) -> Option<PolicyPage> {
    let contract = links.contract();
    let policy = contract.session_policy()?;
    let record = contract.types.iter().find(|ty| ty.name.value == policy.record.value);
    let members = match record.map(|record| &record.kind) {
        Some(TypeKind::Record(members)) => members.as_slice(),
        _ => &[],
    };
    Some(PolicyPage {
        header: header.to_owned(),
        member: code(&policy.member.value),
        opening: contract.opening().map(|hook| links.hook(hook)).unwrap_or_default(),
        record: links.to(Target::Type, &policy.record.value, &code(&policy.record.value)),
        doc: links.prose(&policy.doc.value),
        words: spellings(policy),
        members: members.iter().map(|member| member_row(member, links)).collect(),
        errors: errors(links),
        ends_stream: ending_streams(links),
        answers: answers(policy, members, links),
        example: fenced("json", &pretty(&example(contract, policy))),
        rust: rust(contract, policy),
        deniable: deniable(links),
        replaceable: members_by_hook(links, |hook, member| !hook.kind.is_opening() && member.overwritable.is_some()),
        secret: members_by_hook(links, |_, member| {
            member.sensitive == Sensitivity::Sensitive && member.client != ClientSees::Never && member.is_received()
        }),
        troubleshooting: links.page(Page::Troubleshooting),
        has_troubles: !contract.troubleshooting.is_empty(),
    })
}

fn spellings(policy: &SessionPolicy) -> WordsView {
    WordsView {
        on_error: code(&policy.on_error.member.value),
        fail: code(&policy.on_error.fail.value),
        log: code(&policy.on_error.log.value),
        on_error_default: code(&policy.on_error.default.value),
        policy: code(&policy.policy.member.value),
        notify: code(&policy.policy.notify.value),
        overwrite: code(&policy.policy.overwrite.value),
        disable: code(&policy.policy.disable.value),
        policy_default: code(&policy.policy.default.value),
        overwrite_list: code(&policy.overwrite.value),
        request_exclude: code(&policy.request_exclude.value),
        client_exclude: code(&policy.client_exclude.value),
    }
}

fn member_row(member: &Parameter, links: Links<'_>) -> MemberRow {
    MemberRow {
        name: cell(&code(&member.name.value)),
        ty: cell(&links.ty(&member.ty)),
        default: cell_or_dash(&member.default.as_ref().map(|value| json_code(&value.value)).unwrap_or_default()),
        doc: links.prose_cell(&member.doc.value),
    }
}

/// What the sender does with errors, by on-error word and hook type.
pub(super) fn errors(links: Links<'_>) -> Vec<ErrorView> {
    let said = |(kind, cell_of): (HookType, &ErrorCell)| {
        let doc = links.prose(&cell_of.doc.value);
        let doubt = doubt(cell_of.confidence.as_ref().map(|said| said.value));
        let server = format!("**The server {}.**", words::execution(cell_of.execution.value));
        let said = doubt.map_or_else(|| format!("{server} {doc}"), |doubt| format!("{server} {doc} ({doubt})"));
        CellView { kind: kind.word(), said: cell(&said) }
    };
    let view = |(word, row): &(wcs_contract::model::Name, ErrorRow)| ErrorView {
        word: cell(&code(&word.value)),
        doc: links.prose_cell(&row.doc.value),
        cells: row.cells.iter().map(said).collect(),
    };
    links.contract().on_error.iter().map(view).collect()
}

/// Events whose denial ends a stream: exceptions to what errors of events do.
pub(super) fn ending_streams(links: Links<'_>) -> String {
    let hooks = links.contract().hooks.iter();
    links.hooks(hooks.filter(|hook| hook.deny.effect.value == DenyEffect::EndsStream))
}

/// What the policy's words mean, from the enum that its member has as type.
fn answers(policy: &SessionPolicy, members: &[Parameter], links: Links<'_>) -> Vec<WordRow> {
    let member = members.iter().find(|member| member.name.value == policy.policy.member.value);
    let Some(Type::Named(id)) = member.map(|member| &member.ty) else { return Vec::new() };
    match &links.contract().type_def(*id).kind {
        TypeKind::Record(_) => Vec::new(),
        TypeKind::Enum { values, .. } => values
            .iter()
            .map(|value| WordRow { word: cell(&code(&value.wire.value)), doc: links.prose_cell(&value.doc.value) })
            .collect(),
    }
}

/// The same in Rust.
fn rust(contract: &Contract, policy: &SessionPolicy) -> String {
    let Chosen { forbidden, replaced, ended } = chosen(contract);
    let Some(opening) = contract.opening() else { return String::new() };
    let ty = |hook: &Hook| ident(&hook.name.value, Role::Hook);
    let mut types: Vec<String> = vec![ty(opening)];
    let mut steps = String::new();
    for hook in forbidden.into_iter().chain(ended) {
        types.push(ty(hook));
        steps
            .push_str(&format!("        .with({}::DESCRIPTOR, HookPolicy::new().on_error(OnError::Fail))\n", ty(hook)));
    }
    if let Some((hook, member)) = replaced {
        types.push(ty(hook));
        steps.push_str(&format!(
            "        .with(\n            {}::DESCRIPTOR,\n            HookPolicy::new()\n                \
             .on_error(OnError::Fail)\n                \
             .answer(AnswerUse::Overwrite(vec![\"{}\".into()])),\n        )\n",
            ty(hook),
            member.name.value
        ));
    }
    types.sort();
    types.dedup();
    let uses_answers = if replaced.is_some() { "Answer, AnswerUse" } else { "Answer" };
    let opening_type = ty(opening);
    let handler = ident(&opening.name.value, Role::Member);
    fenced(
        "rust",
        &format!(
            "use {}::{{{}}};\nuse wcs_runtime::{{{uses_answers}, Hook, HookPolicy, OnError, SessionPolicy, wcs_hook}};\n\n\
             #[wcs_hook({opening_type})]\nasync fn {handler}(_hook: {opening_type}) -> Answer<{opening_type}> {{\n    \
             // Goes into the answer as `{}`.\n    let policy = SessionPolicy::new()\n{};\n    \
             Answer::accept().with_policy(&policy)\n}}",
            crate_name(contract),
            types.join(", "),
            policy.member.value,
            steps.trim_end(),
        ),
    )
}

/// Hooks whose denial needs the fail word, by effect.
fn deniable(links: Links<'_>) -> Vec<EffectRow> {
    let of_effect = |effect: DenyEffect| {
        let hooks = links.contract().hooks.iter();
        let hooks = hooks.filter(move |hook| !hook.kind.is_opening() && hook.deny.effect.value == effect);
        EffectRow { effect: words::deny_effect(effect), hooks: links.hooks(hooks) }
    };
    let effects = [DenyEffect::Forbids, DenyEffect::EndsStream, DenyEffect::NotUseful, DenyEffect::Undocumented];
    effects.into_iter().map(of_effect).filter(|row| !row.hooks.is_empty()).collect()
}

fn members_by_hook<'a>(links: Links<'a>, wanted: impl Fn(&Hook, &Parameter) -> bool) -> Vec<HookRow> {
    let row = |hook: &'a Hook| {
        let members = hook.parameters.iter().filter(|member| wanted(hook, member));
        let members = codes(members.map(|member| &member.name.value));
        (!members.is_empty()).then(|| HookRow { hook: links.hook(hook), members: cell(&members) })
    };
    links.contract().hooks.iter().filter_map(row).collect()
}
