//! A flow of the contract as a sequence.

use super::exchange::{Lanes, sender_name};
use super::markup::plain;
use super::sequence::{Item, Line, Sequence};
use wcs_contract::model::{Cause, Contract, Flow, Hook, Sdk};

/// The steps of a flow, each with what causes it and what reaches the client.
pub(super) fn of(flow: &Flow, contract: &Contract) -> Sequence {
    let hooks = flow.steps.iter().filter_map(|step| contract.find_hook(&step.hook.value));
    let lanes = Lanes::new(sender_name(contract), hooks.map(|hook| hook.kind));
    let mut items = Vec::new();
    for (step, number) in flow.steps.iter().zip(1..) {
        let Some(hook) = contract.find_hook(&step.hook.value) else { continue };
        items.extend(step.when.as_ref().map(|when| Item::Guard(format!("[{}]", plain(&when.value)))));
        items.extend(cause(hook, &lanes));
        items.push(Item::Arrow {
            from: lanes.server,
            to: lanes.backend,
            code: format!("{number} {}", hook.name.value),
            about: String::new(),
            line: Line::Full,
        });
        items.extend(arrival(hook, &lanes));
    }
    Sequence { title: flow.title.value.clone(), lanes: lanes.titles, items }
}

fn call(hook: &Hook) -> Option<String> {
    match &hook.sdk {
        Sdk::Used(calls) => calls.first().map(|call| call.call.value.clone()),
        Sdk::Unknown | Sdk::Unused => None,
    }
}

/// What comes to the server before the hook.
fn cause(hook: &Hook, lanes: &Lanes) -> Option<Item> {
    let (from, code) = match (hook.kind.cause(), &hook.sdk) {
        (Cause::Client, Sdk::Unused) | (Cause::Sender | Cause::Api, _) => return None,
        (Cause::Client, _) => (lanes.client, call(hook)),
        (Cause::FarSide, _) => (lanes.far_side?, None),
    };
    let about = if code.is_none() { plain(&hook.summary.value) } else { String::new() };
    Some(Item::Arrow { from, to: lanes.server, code: code.unwrap_or_default(), about, line: Line::Full })
}

/// What goes from the server to the client after the hook.
fn arrival(hook: &Hook, lanes: &Lanes) -> Option<Item> {
    if hook.kind.cause() == Cause::Client {
        return None;
    }
    Some(Item::Arrow {
        from: lanes.server,
        to: lanes.client,
        code: call(hook)?,
        about: String::new(),
        line: Line::Full,
    })
}
