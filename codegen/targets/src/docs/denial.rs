//! How a hook is answered, and what comes of saying no.

use serde::Serialize;

use super::link::{Links, Page, lenient_policy};
use super::policy_sample::{example, policy_json};
use super::text::{cell, code, codes, fenced};
use super::{common, words};
use wcs_contract::model::{Confidence, DenyEffect, Direction, Hook, SessionPolicy};

/// How a hook is answered.
#[derive(Serialize)]
pub(super) struct AnswerView {
    /// What the answer that every hook hopes for is called.
    yes: &'static str,
    is_refusable: bool,
    /// HTTP status that means yes.
    accept_status: Option<u16>,
    /// HTTP status that means no.
    deny_status: Option<u16>,
    content_type: Option<String>,
    timeout: Option<u32>,
    sender_page: String,
    /// What an answer to hooks of this type should contain.
    contents: Option<String>,
    /// What denying does to hooks of this type.
    type_denial: Option<String>,
    effect: &'static str,
    effect_doc: String,
    effect_confidence: Option<&'static str>,
    table: Option<Table>,
    error_event: Option<String>,
    error_event_doc: Option<String>,
    error_event_confidence: Option<&'static str>,
    /// Whether a no is documented to have an effect, given the right policy.
    fail_is_documented: bool,
    fail_policy: Option<PolicyView>,
    replaceable: String,
    /// Members that only an answer has.
    brought: String,
    policy_example: Option<PolicyView>,
    overwrite_policy: Option<PolicyView>,
}

/// What an error does, by on-error word.
#[derive(Serialize)]
struct Table {
    /// The member that holds the word, if the contract has one.
    member: String,
    far_side: bool,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    word: String,
    server: &'static str,
    client: String,
    far_side: String,
    doc: String,
}

/// An entry of the session policy.
#[derive(Serialize)]
struct PolicyView {
    page: String,
    opening: String,
    word: String,
    json: String,
}

pub(super) fn answer(hook: &Hook, links: Links<'_>) -> AnswerView {
    let contract = links.contract();
    let sender = contract.sender.as_ref();
    let about = contract.type_doc(hook.kind);
    let effect = hook.deny.effect.value;
    let replaceable: Vec<&str> = hook
        .parameters
        .iter()
        .filter(|member| member.overwritable.is_some())
        .map(|member| member.name.value.as_str())
        .collect();
    let is_event = hook.kind.is_notification();
    AnswerView {
        yes: if is_event { "To acknowledge it" } else { "To say yes" },
        is_refusable: effect != DenyEffect::NoEffect,
        accept_status: sender.map(|sender| sender.answer.accept_status.value),
        deny_status: sender.map(|sender| sender.answer.deny_status.value),
        content_type: sender.map(|sender| code(&sender.answer.content_type.value)),
        timeout: sender.map(|sender| sender.timeout.seconds.value).filter(|seconds| *seconds > 0),
        sender_page: links.page(Page::Sender),
        contents: about.map(|about| links.prose(&about.answer.value)),
        type_denial: about.map(|about| links.prose(&about.deny.value)),
        effect: words::deny_effect_about(effect),
        effect_doc: links.prose(&hook.deny.doc.value),
        effect_confidence: doubt(hook.deny.confidence.as_ref().map(|said| said.value)),
        table: table(hook, links),
        error_event: hook.error_event.as_ref().map(|(event, _)| links.hook(contract.hook(*event))),
        error_event_doc: hook.error_event.as_ref().and_then(|(_, event)| Some(links.prose(&event.doc.as_ref()?.value))),
        error_event_confidence: hook
            .error_event
            .as_ref()
            .and_then(|(_, event)| doubt(event.confidence.as_ref().map(|said| said.value))),
        fail_is_documented: effect != DenyEffect::Undocumented,
        fail_policy: lenient_policy(contract)
            .filter(|_| !hook.kind.is_opening() && effect != DenyEffect::NoEffect)
            .map(|policy| fail_policy(hook, policy, links)),
        overwrite_policy: contract
            .session_policy()
            .filter(|_| !hook.kind.is_opening() && !replaceable.is_empty())
            .map(|policy| overwrite_policy(hook, policy, &replaceable, links)),
        replaceable: codes(replaceable),
        brought: brought(hook, links),
        policy_example: contract.session_policy().filter(|policy| hook.parameter(&policy.member.value).is_some()).map(
            |policy| PolicyView {
                page: links.page(Page::Policy),
                opening: links.hook(hook),
                word: code(&policy.member.value),
                json: fenced("json", &common::pretty(&example(contract, policy))),
            },
        ),
    }
}

fn brought(hook: &Hook, links: Links<'_>) -> String {
    let only = hook.parameters.iter().filter(|member| member.direction == Direction::Answer);
    only.map(|member| links.member(hook, member, &code(&member.name.value))).collect::<Vec<_>>().join(", ")
}

/// What is worth saying about a confidence: nothing if it is high.
pub(super) fn doubt(confidence: Option<Confidence>) -> Option<&'static str> {
    confidence.filter(|said| *said != Confidence::High).map(words::confidence_about)
}

fn table(hook: &Hook, links: Links<'_>) -> Option<Table> {
    let contract = links.contract();
    let policy = contract.session_policy();
    let ends_stream = hook.deny.effect.value == DenyEffect::EndsStream;
    // Which row ends the stream is known by the policy's words alone.
    if contract.on_error.is_empty() || (ends_stream && policy.is_none()) {
        return None;
    }
    let event = hook.error_event.as_ref().map(|(event, _)| links.hook(contract.hook(*event)));
    let rows = contract.on_error.iter().map(|(word, row)| {
        let cell_of = &row.cells[hook.kind];
        let fails = policy.is_some_and(|policy| policy.on_error.fail.value == word.value);
        let (server, doc) = if ends_stream && fails {
            ("ends the stream", "The error is logged and the stream that the event reports is ended.")
        } else {
            (words::execution(cell_of.execution.value), cell_of.doc.value.as_str())
        };
        let doubt = doubt(cell_of.confidence.as_ref().map(|said| said.value));
        let default = policy.is_some_and(|policy| policy.on_error.default.value == word.value);
        Row {
            word: cell(&if default { format!("{} (default)", code(&word.value)) } else { code(&word.value) }),
            server,
            client: cell(&words::client_notice(cell_of.client.value, event.as_deref())),
            far_side: cell_of
                .caller_status
                .as_ref()
                .map_or("–".to_owned(), |status| format!("status {}", status.value)),
            doc: cell(&doubt.map_or_else(|| links.prose(doc), |doubt| format!("{} ({doubt})", links.prose(doc)))),
        }
    });
    let member = policy.map_or("Policy".to_owned(), |policy| cell(&code(&policy.on_error.member.value)));
    let far_side = contract.on_error.iter().any(|(_, row)| row.cells[hook.kind].caller_status.is_some());
    Some(Table { member, far_side, rows: rows.collect() })
}

fn fail_policy(hook: &Hook, policy: &SessionPolicy, links: Links<'_>) -> PolicyView {
    let fail = &policy.on_error.fail.value;
    let entry = [(policy.on_error.member.value.as_str(), fail.as_str())];
    policy_view(hook, policy, fail, &entry, links)
}

fn overwrite_policy(hook: &Hook, policy: &SessionPolicy, members: &[&str], links: Links<'_>) -> PolicyView {
    let word = &policy.policy.overwrite.value;
    let list = members.join(",");
    let entry = [(policy.policy.member.value.as_str(), word.as_str()), (policy.overwrite.value.as_str(), &list)];
    policy_view(hook, policy, word, &entry, links)
}

fn policy_view(
    hook: &Hook,
    policy: &SessionPolicy,
    word: &str,
    entry: &[(&str, &str)],
    links: Links<'_>,
) -> PolicyView {
    PolicyView {
        page: links.page(Page::Policy),
        opening: links.contract().opening().map(|opening| links.hook(opening)).unwrap_or_default(),
        word: code(word),
        json: fenced("json", &common::pretty(&policy_json(policy, &[(&hook.name.value, entry)]))),
    }
}
