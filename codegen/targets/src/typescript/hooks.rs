//! The interfaces of the hooks.

use std::fmt::Write;

use super::comment;
use super::scope::Scope;
use super::types::{interface, lifetime, notes};
use wcs_codegen::prose;
use wcs_contract::model::{Hook, Parameter, Sdk, Side};
use wcs_contract::text::{codes, commas};

/// Request and answer of every hook.
pub(super) fn write(text: &mut String, scope: &Scope<'_>) {
    for (hook, request, answer) in scope.hooks() {
        comment::write(text, 0, &documentation(scope, hook));
        let _ = writeln!(text, "export interface {request} {{");
        interface(text, scope, hook.parameters.iter(), Side::Request);
        text.push_str("}\n\n");
        answer_of(text, scope, hook, answer);
    }
}

fn answer_of(text: &mut String, scope: &Scope<'_>, hook: &Hook, name: &str) {
    let members: Vec<&Parameter> = hook.answer_members().collect();
    let hook_name = &hook.name.value;
    if members.is_empty() {
        comment::write(text, 0, &[format!("What an answer to `{hook_name}` can change: nothing.")]);
        let _ = writeln!(text, "export type {name} = {{ [member: string]: never }};\n");
        return;
    }
    comment::write(
        text,
        0,
        &[format!("What an answer to `{hook_name}` can change or bring. Anything may be left out.")],
    );
    let _ = writeln!(text, "export interface {name} {{");
    interface(text, scope, members.into_iter(), Side::Answer);
    text.push_str("}\n\n");
}

fn documentation(scope: &Scope<'_>, hook: &Hook) -> Vec<String> {
    let mut doc = vec![hook.summary.value.clone()];
    doc.extend(hook.doc.as_ref().map(|doc| doc.value.clone()));
    let confidence = match &hook.deny.confidence {
        Some(confidence) => format!(" (confidence: {})", confidence.value),
        None => String::new(),
    };
    doc.push(format!(
        "Type: `{}`. Denial (`{}`): {}{confidence}",
        hook.kind, hook.deny.effect.value, hook.deny.doc.value
    ));
    if !hook.leads_to.is_empty() {
        let events = hook.leads_to.iter().map(|id| &scope.contract.hook(*id).name.value);
        doc.push(format!("Followed by {}.", codes(events)));
    }
    if let Sdk::Used(calls) = &hook.sdk
        && !calls.is_empty()
    {
        doc.push(prose::calls(calls));
    }
    if !hook.requires.is_empty() {
        let settings = hook.requires.iter().map(|setting| &setting.value);
        doc.push(format!("Needs these settings of the sender: {}.", codes(settings)));
    }
    if !hook.aliases.is_empty() {
        let aliases =
            hook.aliases.iter().map(|(alias, doc)| format!("`{}` ({})", alias.value, doc.value.trim_end_matches('.')));
        doc.push(format!("Other spellings: {}.", commas(&aliases.collect::<Vec<_>>())));
    }
    doc.extend(notes(&hook.notes));
    doc.push(format!("Evidence: {} Confidence: {}.", hook.evidence.doc(), hook.confidence));
    doc.extend(lifetime(&hook.lifetime));
    doc
}
