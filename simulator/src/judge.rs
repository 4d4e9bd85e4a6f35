//! What an answer means: for the server, for the client, for the far side; and why.

use serde_json::Value;
use wcs_contract::model::{
    Cause, ClientNotice, ClientSees, Contract, DenyEffect, ErrorCell, Execution, Hook, HookType, Sdk,
};

use crate::Members;
use crate::policy::{HookPolicy, Mode, OnError, Policy, kind};
use crate::wire::Reply;

/// How the server reads what came back.
#[derive(Debug, Clone, PartialEq)]
pub enum Reception {
    /// Yes, with the members of the answer.
    Accepted(Members),
    /// No, by the status that the contract has for it.
    Denied(u16),
    /// Any other status: to the server the same as no.
    WrongStatus(u16),
    /// The right status, but nothing that can be read; and why.
    Unreadable(String),
    /// No answer in time.
    TimedOut,
    /// No connection, or one that broke; and why.
    Failed(String),
    /// Nothing, as the hook was not sent: the session's policy says so.
    Withheld,
}

/// What the server does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It goes on.
    GoesOn,
    /// It refuses the session.
    Declines,
    /// It doesn't do what was asked for.
    Stops,
    /// It ends the stream that the hook reports.
    EndsStream,
}

impl Effect {
    /// The effect as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::GoesOn => "goes_on",
            Self::Declines => "declines",
            Self::Stops => "stops",
            Self::EndsStream => "ends_stream",
        }
    }
}

/// What the client gets.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientGets {
    /// Nothing: there is no error, or it is not told.
    Nothing,
    /// What it asked for.
    Success,
    /// The hook itself, with these members.
    Delivery(Members),
    /// That its session is refused.
    Failure,
    /// An error, in this event (`None`: no document says in which).
    Error(Option<String>),
    /// The hook itself, as it has happened, and an error besides, in this event.
    DeliveryAndError(Members, Option<String>),
}

/// A judgement.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How the server reads what came back.
    pub reception: Reception,
    /// What the server does.
    pub effect: Effect,
    /// Whether the server's log has an error.
    pub logged: bool,
    /// What the client gets.
    pub client: ClientGets,
    /// Status that the caller on the far side gets.
    pub caller_status: Option<u16>,
    /// The members with which the server goes on.
    pub takes: Members,
    /// The reason, in a sentence.
    pub why: String,
}

/// Reads a reply as the contract's sender does.
#[must_use]
pub fn receive(contract: &Contract, reply: &Reply) -> Reception {
    let answer = contract.sender.as_ref().map(|sender| &sender.answer);
    let (yes, no) = answer.map_or((200, 403), |answer| (answer.accept_status.value, answer.deny_status.value));
    let wanted = answer.map_or("application/json", |answer| answer.content_type.value.as_str());
    match reply {
        Reply::TimedOut => Reception::TimedOut,
        Reply::Failed(reason) => Reception::Failed(reason.clone()),
        Reply::Answered { status, .. } if *status == no => Reception::Denied(no),
        Reply::Answered { status, .. } if *status != yes => Reception::WrongStatus(*status),
        Reply::Answered { content_type: None, .. } => {
            Reception::Unreadable(format!("the answer has no content type; it must be `{wanted}`"))
        }
        Reply::Answered { content_type: Some(found), .. } if essence(found) != wanted => {
            Reception::Unreadable(format!("the content type is `{found}`, not `{wanted}`"))
        }
        Reply::Answered { body, .. } => match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Reception::Accepted(members),
            Ok(other) => Reception::Unreadable(format!("the answer is {}, not an object", kind(&other))),
            Err(error) if body.is_empty() => Reception::Unreadable(format!("the answer is empty: {error}")),
            Err(error) => Reception::Unreadable(format!("the answer is not JSON: {error}")),
        },
    }
}

/// A content type without its parameters.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Judges what came back for a hook with a body, in a session with a policy.
#[must_use]
pub fn judge(contract: &Contract, policy: &Policy, hook: &Hook, body: &Members, reception: Reception) -> Verdict {
    let rules = policy.of(hook);
    let takes = takes(contract, rules, hook, body, &reception);
    match &reception {
        Reception::Accepted(_) | Reception::Withheld => {
            let why = why_accepted(contract, policy, hook, &reception);
            let client = delivered(rules, hook, &takes);
            Verdict { effect: Effect::GoesOn, logged: false, client, caller_status: None, takes, why, reception }
        }
        _ => refused(contract, policy, hook, takes, reception),
    }
}

/// The members with which the server goes on.
fn takes(contract: &Contract, rules: &HookPolicy, hook: &Hook, body: &Members, reception: &Reception) -> Members {
    let mut takes = body.clone();
    let Reception::Accepted(answer) = reception else { return takes };
    let carrier = contract.session_policy().map(|rules| rules.member.value.as_str());
    for (name, value) in answer {
        let counts = if hook.kind.is_opening() {
            // The answer to the opening hook always counts.
            Some(name.as_str()) != carrier
        } else {
            rules.mode == Mode::Overwrite && rules.overwrite.contains(name)
        };
        if counts {
            takes.insert(name.clone(), value.clone());
        }
    }
    takes
}

/// What the client gets when the server goes on.
fn delivered(rules: &HookPolicy, hook: &Hook, takes: &Members) -> ClientGets {
    match hook.kind.cause() {
        Cause::Client => ClientGets::Success,
        _ if matches!(hook.sdk, Sdk::Unused) => ClientGets::Nothing,
        _ => {
            let mut members = takes.clone();
            members.retain(|name, _| {
                let never = hook.parameter(name).is_some_and(|parameter| parameter.client == ClientSees::Never);
                !never && !rules.client_exclude.contains(name)
            });
            ClientGets::Delivery(members)
        }
    }
}

fn refused(contract: &Contract, policy: &Policy, hook: &Hook, takes: Members, reception: Reception) -> Verdict {
    let rules = policy.of(hook);
    let cell = cell(contract, rules.on_error, hook.kind);
    let fails = rules.on_error == OnError::Fail;
    let ends_stream = fails && hook.deny.effect.value == DenyEffect::EndsStream;
    let effect = match cell.map_or(hook.kind.default_execution(), |cell| cell.execution.value) {
        Execution::Declined => Effect::Declines,
        Execution::Stopped => Effect::Stops,
        Execution::Continued if ends_stream => Effect::EndsStream,
        Execution::Continued => Effect::GoesOn,
    };
    let event = hook.error_event.as_ref().map(|(id, _)| contract.hook(*id).name.value.clone());
    let event = event.or_else(|| usual_error_event(contract, hook));
    let notice = cell.map_or(ClientNotice::Nothing, |cell| cell.client.value);
    let client = match (notice, effect, hook.kind) {
        (ClientNotice::Failure, ..) => ClientGets::Failure,
        (ClientNotice::MatchingEvent | ClientNotice::ErrorEvent, ..) => {
            match (effect, delivered(rules, hook, &takes)) {
                (Effect::GoesOn, ClientGets::Delivery(members)) => ClientGets::DeliveryAndError(members, event),
                _ => ClientGets::Error(event),
            }
        }
        // What the server goes on with, it brings to the client or does for it.
        (ClientNotice::Nothing, Effect::GoesOn, _) => delivered(rules, hook, &takes),
        (ClientNotice::Nothing, ..) => ClientGets::Nothing,
    };
    Verdict {
        why: why_refused(contract, policy, hook, effect, &client, &reception),
        effect,
        logged: cell.is_none_or(|cell| cell.logged.as_ref().is_none_or(|logged| logged.value)),
        client,
        caller_status: cell.and_then(|cell| cell.caller_status.as_ref()).map(|status| status.value),
        takes,
        reception,
    }
}

/// The event for errors that most events name, for an event that names none.
fn usual_error_event(contract: &Contract, hook: &Hook) -> Option<String> {
    let events = contract.hooks.iter().filter(|event| event.kind.is_notification());
    let named: Vec<&str> = events
        .filter_map(|event| event.error_event.as_ref())
        .map(|(id, _)| contract.hook(*id).name.value.as_str())
        .collect();
    let often = |name: &str| named.iter().filter(|known| **known == name).count();
    let usual = named.iter().copied().max_by_key(|name| often(name))?;
    (hook.kind.is_notification() && hook.name.value != usual).then(|| usual.to_owned())
}

/// What the contract says of an on-error word and a hook type.
#[must_use]
pub fn cell(contract: &Contract, on_error: OnError, kind: HookType) -> Option<&ErrorCell> {
    contract.error_cell(on_error_word(contract, on_error)?, kind)
}

/// The contract's word.
#[must_use]
pub fn on_error_word(contract: &Contract, on_error: OnError) -> Option<&str> {
    let words = &contract.session_policy()?.on_error;
    Some(match on_error {
        OnError::Fail => &words.fail.value,
        OnError::Log => &words.log.value,
    })
}

/// What came back, as the start of a sentence.
#[must_use]
pub fn told(reception: &Reception) -> String {
    match reception {
        Reception::Accepted(_) => "your yes".to_owned(),
        Reception::Denied(status) | Reception::WrongStatus(status) => format!("your {status}"),
        Reception::Unreadable(reason) => format!("your answer that can't be read ({reason})"),
        Reception::TimedOut => "your silence".to_owned(),
        Reception::Failed(reason) => format!("the failed connection ({reason})"),
        Reception::Withheld => "nothing".to_owned(),
    }
}

fn why_accepted(contract: &Contract, policy: &Policy, hook: &Hook, reception: &Reception) -> String {
    let name = &hook.name.value;
    match (reception, contract.session_policy()) {
        (Reception::Withheld, Some(rules)) => format!(
            "not sent: {} is {} for {name}; the server goes on as if it had been accepted",
            rules.policy.member.value, rules.policy.disable.value,
        ),
        (_, _) if hook.kind.is_opening() => "accepted: the answer always counts for this hook".to_owned(),
        (_, Some(rules)) if policy.of(hook).mode == Mode::Overwrite => format!(
            "accepted: {} is {} for {name}, so {} counts",
            rules.policy.member.value,
            rules.policy.overwrite.value,
            listed(&policy.of(hook).overwrite),
        ),
        _ => "accepted".to_owned(),
    }
}

fn listed(names: &[String]) -> String {
    match names {
        [] => "no member of the answer".to_owned(),
        names => names.join(", "),
    }
}

fn why_refused(
    contract: &Contract,
    policy: &Policy,
    hook: &Hook,
    effect: Effect,
    client: &ClientGets,
    reception: &Reception,
) -> String {
    let (name, told) = (&hook.name.value, told(reception));
    let rule = contract.session_policy().map_or(String::new(), |rules| {
        let word = on_error_word(contract, policy.of(hook).on_error).unwrap_or_default();
        format!("{} is {word} for {name}", rules.on_error.member.value)
    });
    let because = if policy.names(hook) { rule } else { format!("{rule}, by default") };
    match (effect, client) {
        (Effect::Declines, _) => format!("{told} declined the session: an error always does here, whatever the policy"),
        (Effect::Stops, _) => format!("{told} stopped it: {because}"),
        (Effect::EndsStream, _) => format!("{told} ended the stream: {because}"),
        (Effect::GoesOn, ClientGets::Error(_) | ClientGets::DeliveryAndError(..)) => {
            format!("{told} changed nothing, as this has happened already; the client is told: {because}")
        }
        (Effect::GoesOn, _) => format!("{told} was ignored: {because}"),
    }
}
