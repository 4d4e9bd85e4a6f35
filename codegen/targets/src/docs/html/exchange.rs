//! What happens around one hook: who asks, what is sent, and what follows from each answer.

use super::markup::plain;
use super::sequence::{Item, Line, Sequence, Tone};
use crate::docs::words;
use wcs_codegen::prose;
use wcs_contract::model::{
    Cause, ClientNotice, Contract, DenyEffect, ErrorCell, Execution, Hook, HookType, Sdk, SessionPolicy,
};

/// The lanes, by who stands on them.
pub(super) struct Lanes {
    pub(super) client: usize,
    pub(super) server: usize,
    pub(super) backend: usize,
    pub(super) far_side: Option<usize>,
    pub(super) titles: Vec<String>,
}

impl Lanes {
    /// With a far side if something comes from there.
    pub(super) fn new(server: &str, kinds: impl IntoIterator<Item = HookType>) -> Self {
        let far = usize::from(kinds.into_iter().any(|kind| kind.cause() == Cause::FarSide));
        let mut titles: Vec<String> = ["Client", server, "Your backend"].map(str::to_owned).to_vec();
        if far > 0 {
            titles.insert(0, "Far side".to_owned());
        }
        Self { client: far, server: far + 1, backend: far + 2, far_side: (far > 0).then_some(0), titles }
    }
}

/// What the sender is called in pictures.
pub(super) fn sender_name(contract: &Contract) -> &str {
    contract.sender.as_ref().map_or("Media server", |sender| sender.name.value.as_str())
}

/// What happens around a hook, drawn from what the contract says of it.
pub(super) fn of(hook: &Hook, contract: &Contract) -> Sequence {
    let lanes = Lanes::new(sender_name(contract), [hook.kind]);
    let mut items = beginning(hook, &lanes);
    items.push(request(hook, contract, &lanes));
    items.push(accepted(hook, contract, &lanes));
    items.extend(refused(hook, contract, &lanes));
    Sequence { title: format!("What happens around {}", hook.name.value), lanes: lanes.titles, items }
}

/// What causes the hook.
fn beginning(hook: &Hook, lanes: &Lanes) -> Vec<Item> {
    let summary = plain(&hook.summary.value);
    let call = match &hook.sdk {
        Sdk::Used(calls) => calls.first().map_or("", |call| call.call.value.as_str()),
        Sdk::Unknown | Sdk::Unused => "",
    };
    let arrow = |from: usize, code: &str| Item::Arrow {
        from,
        to: lanes.server,
        code: code.to_owned(),
        about: summary.clone(),
        line: Line::Full,
    };
    match (hook.kind.cause(), &hook.sdk) {
        (Cause::FarSide, _) => vec![arrow(lanes.far_side.unwrap_or(lanes.client), "")],
        (Cause::Sender | Cause::Api, _) | (Cause::Client, Sdk::Unused) => {
            vec![Item::Note { lane: lanes.server, text: summary }]
        }
        (Cause::Client, _) => vec![arrow(lanes.client, call)],
    }
}

fn request(hook: &Hook, contract: &Contract, lanes: &Lanes) -> Item {
    let base = contract.sender.as_ref().and_then(|sender| sender.base_paths.iter().next());
    let base = base.map_or("", |(path, _)| path.value.trim_end_matches('/'));
    Item::Arrow {
        from: lanes.server,
        to: lanes.backend,
        code: format!("POST {base}/{}", hook.name.value),
        about: asks(hook).to_owned(),
        line: Line::Full,
    }
}

const fn asks(hook: &Hook) -> &'static str {
    match hook.deny.effect.value {
        DenyEffect::EndsStream if hook.kind.is_notification() => "may it go on?",
        _ => prose::of_type(hook.kind).question,
    }
}

/// The way on after a yes.
fn accepted(hook: &Hook, contract: &Contract, lanes: &Lanes) -> Item {
    let mut items = vec![Item::Arrow {
        from: lanes.backend,
        to: lanes.server,
        code: contract.answers().accept.to_string(),
        about: answer_about(hook, contract),
        line: Line::Dashed,
    }];
    items.extend(
        prose::of_type(hook.kind).after_yes.map(|text| Item::Note { lane: lanes.server, text: text.to_owned() }),
    );
    items.extend(to_client(hook, lanes));
    for id in &hook.leads_to {
        items.push(Item::Arrow {
            from: lanes.server,
            to: lanes.backend,
            code: contract.hook(*id).name.value.clone(),
            about: "reports how it went".to_owned(),
            line: Line::Full,
        });
    }
    let is_report = !hook.is_deniable();
    let title = if is_report { "You acknowledge it" } else { "You say yes" };
    Item::Branch { title: title.to_owned(), tone: Tone::Good, items }
}

fn answer_about(hook: &Hook, contract: &Contract) -> String {
    let replaced = hook.answer_members().count();
    let policy = contract.session_policy().filter(|_| !hook.kind.is_opening());
    match (replaced, policy) {
        (0, _) => "the body as it came".to_owned(),
        (1, None) => "the body, one member of it changed at will".to_owned(),
        (_, None) => format!("the body, up to {replaced} members of it changed at will"),
        (1, Some(policy)) => format!("the body; one member may be changed under {}", policy.policy.overwrite.value),
        (_, Some(policy)) => {
            format!("the body; {replaced} members may be changed under {}", policy.policy.overwrite.value)
        }
    }
}

/// What reaches the client by the hook itself.
fn to_client(hook: &Hook, lanes: &Lanes) -> Option<Item> {
    let handler = match (&hook.sdk, hook.kind.cause()) {
        (_, Cause::Client) => None,
        (Sdk::Used(calls), _) => calls.first().map(|call| call.call.value.clone()),
        (_, Cause::FarSide) => Some(String::new()),
        (_, Cause::Sender | Cause::Api) => None,
    }?;
    let about = if hook.kind.is_notification() { "the client learns of it too" } else { "" };
    Some(Item::Arrow {
        from: lanes.server,
        to: lanes.client,
        about: if handler.is_empty() { "it reaches the client".to_owned() } else { about.to_owned() },
        code: handler,
        line: Line::Full,
    })
}

/// The ways on after an error, one for each outcome.
fn refused(hook: &Hook, contract: &Contract, lanes: &Lanes) -> Vec<Item> {
    let policy = contract.session_policy();
    let mut outcomes: Vec<(Vec<&str>, &ErrorCell, bool)> = Vec::new();
    for (word, row) in &contract.on_error {
        let cell = &row.cells[hook.kind];
        let fails = policy.is_some_and(|policy| policy.on_error.fail.value == word.value);
        let ends = fails && hook.deny.effect.value == DenyEffect::EndsStream;
        let same = |other: &ErrorCell| {
            other.execution.value == cell.execution.value
                && other.client.value == cell.client.value
                && other.caller_status.as_ref().map(|status| status.value)
                    == cell.caller_status.as_ref().map(|status| status.value)
        };
        match outcomes.iter_mut().find(|(_, other, ended)| *ended == ends && same(other)) {
            Some((words, ..)) => words.push(&word.value),
            None => outcomes.push((vec![&word.value], cell, ends)),
        }
    }
    if outcomes.is_empty() {
        return vec![refused_in_short(hook, contract, lanes)];
    }
    let all = outcomes.len() == 1;
    let branch = |(words, cell, ends): (Vec<&str>, &ErrorCell, bool)| {
        let title = if all { "You fail or say no, whatever the policy says".to_owned() } else { under(&words, policy) };
        let stops = ends || cell.execution.value != Execution::Continued;
        let mut items = vec![error_answer(contract, lanes)];
        items.push(Item::Note { lane: lanes.server, text: consequence(hook, cell, ends) });
        items.extend(told_to_others(hook, contract, lanes, cell));
        Item::Branch { title, tone: if stops { Tone::Bad } else { Tone::Even }, items }
    };
    outcomes.into_iter().map(branch).collect()
}

fn under(words: &[&str], policy: Option<&SessionPolicy>) -> String {
    let Some(policy) = policy else { return format!("You fail or say no, under {}", words.join(" or ")) };
    let default = if words.contains(&policy.on_error.default.value.as_str()) { ", as by default" } else { "" };
    format!("You fail or say no, and {} is {}{default}", policy.on_error.member.value, words.join(" or "))
}

fn error_answer(contract: &Contract, lanes: &Lanes) -> Item {
    let answer = contract.sender.as_ref().map(|sender| &sender.answer);
    Item::Arrow {
        from: lanes.backend,
        to: lanes.server,
        code: answer.map_or("error".to_owned(), |answer| answer.deny_status.value.to_string()),
        about: "or any other error, or no answer in time".to_owned(),
        line: Line::Dashed,
    }
}

fn consequence(hook: &Hook, cell: &ErrorCell, ends: bool) -> String {
    let stops = cell.execution.value != Execution::Continued;
    match hook.deny.effect.value {
        DenyEffect::Forbids if stops => plain(&hook.deny.doc.value),
        DenyEffect::EndsStream if ends => "ends the stream".to_owned(),
        DenyEffect::Undocumented if stops => format!("{}, presumably", words::execution(cell.execution.value)),
        _ if hook.kind.is_notification() && !stops => "goes on".to_owned(),
        _ => words::execution(cell.execution.value).to_owned(),
    }
}

fn told_to_others(hook: &Hook, contract: &Contract, lanes: &Lanes, cell: &ErrorCell) -> Vec<Item> {
    let mut items = Vec::new();
    if let (Some(status), Some(far_side)) = (&cell.caller_status, lanes.far_side) {
        items.push(Item::Arrow {
            from: lanes.server,
            to: far_side,
            code: status.value.to_string(),
            about: "refuses the far side".to_owned(),
            line: Line::Dashed,
        });
    }
    let event = hook.error_event.as_ref().map(|(id, _)| contract.hook(*id).name.value.clone());
    let (code, about) = match (cell.client.value, event) {
        (ClientNotice::Nothing, _) => return items,
        (ClientNotice::Failure, event) => (event.unwrap_or_default(), "a failure"),
        (ClientNotice::MatchingEvent | ClientNotice::ErrorEvent, Some(event)) => (event, "the error"),
        (ClientNotice::MatchingEvent, None) => (String::new(), "the error, in the event that belongs to it"),
        (ClientNotice::ErrorEvent, None) => (String::new(), "the error, in the event for errors"),
    };
    items.push(Item::Arrow { from: lanes.server, to: lanes.client, code, about: about.to_owned(), line: Line::Dashed });
    items
}

/// For a contract that has no table of errors.
fn refused_in_short(hook: &Hook, contract: &Contract, lanes: &Lanes) -> Item {
    let tone = match hook.deny.effect.value {
        DenyEffect::Forbids | DenyEffect::EndsStream => Tone::Bad,
        DenyEffect::NotUseful | DenyEffect::NoEffect | DenyEffect::Undocumented => Tone::Even,
    };
    let text = plain(&hook.deny.doc.value);
    let items = vec![error_answer(contract, lanes), Item::Note { lane: lanes.server, text }];
    Item::Branch { title: "You fail or say no".to_owned(), tone, items }
}

/// What hooks of a type have in common, for a small picture.
pub(super) fn in_general(kind: HookType, contract: &Contract) -> Sequence {
    let rules = if contract.session_policy().is_some() { "yes, and rules" } else { "yes or no" };
    let lanes = Lanes {
        titles: if kind.cause() == Cause::FarSide {
            ["Far side", "Client", "Server", "Backend"].map(str::to_owned).to_vec()
        } else {
            ["Client", "Server", "Backend"].map(str::to_owned).to_vec()
        },
        ..Lanes::new("", [kind])
    };
    let arrow = |from: usize, to: usize, about: &str, line: Line| Item::Arrow {
        from,
        to,
        code: String::new(),
        about: about.to_owned(),
        line,
    };
    let (client, server, backend) = (lanes.client, lanes.server, lanes.backend);
    let items = match kind {
        HookType::Connect => vec![
            arrow(client, server, "opens", Line::Full),
            arrow(server, backend, "may it?", Line::Full),
            arrow(backend, server, rules, Line::Dashed),
            arrow(server, client, "session", Line::Dashed),
        ],
        HookType::Direct => vec![
            arrow(client, server, "wants", Line::Full),
            arrow(server, backend, "may it?", Line::Full),
            arrow(backend, server, "yes or no", Line::Dashed),
            arrow(server, client, "does it, or not", Line::Dashed),
        ],
        HookType::Event => vec![
            arrow(server, client, "has happened", Line::Full),
            arrow(server, backend, "has happened", Line::Full),
            arrow(backend, server, "noted", Line::Dashed),
        ],
        HookType::Incoming => vec![
            arrow(lanes.far_side.unwrap_or(client), server, "comes in", Line::Full),
            arrow(server, backend, "may it?", Line::Full),
            arrow(backend, server, "yes or no", Line::Dashed),
            arrow(server, client, "arrives", Line::Full),
        ],
    };
    Sequence { title: format!("Hooks of type {}", kind.word()), lanes: lanes.titles, items }
}
