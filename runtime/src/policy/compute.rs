//! From what handlers declare to the policy that makes them effective.

use super::{AnswerUse, HookPolicy, OnError, SessionPolicy};
use crate::declared::{Declared, OnErrorChoice};
use crate::descriptor::{ClientSees, ContractDescriptor, DenyEffect, Direction, HookDescriptor, PolicyDescriptor};

/// What becomes of the hooks that nobody handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnhandledHooks {
    /// They are sent.
    #[default]
    Sent,
    /// They are sent and refused, so what they ask for is stopped.
    Refused,
    /// They are not sent: less traffic, but a hook that is missing here is missing for good in that session.
    Disabled,
}

/// The policy by which the sender obeys these handlers.
///
/// | hook | errors | answers | left out |
/// |---|---|---|---|
/// | opens a session | always decline | always taken | |
/// | asks, or brings something from the far side | fail, unless declared `log` | the declared members | the excluded ones |
/// | event whose denial ends the stream | fail, unless declared `log` | the declared members | the excluded ones |
/// | other event | as declared, else log | the declared members | the excluded ones |
/// | without a handler | log; fail where it asks and is to be refused | none; or the hook is not sent | |
///
/// Whatever its type, and handled or not, a hook with members that the contract wants to be withheld from the client gets
/// them excluded. A hook that would keep the sender's defaults is not named. A contract without policies gives an empty
/// one.
#[must_use]
pub fn compute(contract: &ContractDescriptor, handlers: &[&Declared], unhandled: UnhandledHooks) -> SessionPolicy {
    let mut policy = SessionPolicy::new();
    let Some(words) = contract.sender.policy else { return policy };
    for hook in contract.hooks {
        let handler = handlers.iter().find(|handler| handler.hook.name == hook.name);
        let entry = match handler {
            _ if hook.kind.is_opening() => HookPolicy::new(),
            Some(handler) => handled(handler, words),
            None => match unhandled {
                UnhandledHooks::Refused if can_deny(hook) => HookPolicy::new().on_error(OnError::Fail),
                UnhandledHooks::Disabled => HookPolicy::new().answer(AnswerUse::Disable),
                UnhandledHooks::Refused | UnhandledHooks::Sent => HookPolicy::new(),
            },
        };
        let entry = entry.hide_from_client(withheld(hook));
        if entry != HookPolicy::new() {
            policy = policy.with_named(hook.name, entry);
        }
    }
    policy
}

/// The members of a hook that the client would get and should not.
pub(crate) fn withheld(hook: &HookDescriptor) -> impl Iterator<Item = &'static str> {
    let carried = hook.members.iter().filter(|member| member.direction != Direction::Answer);
    carried.filter(|member| member.client == ClientSees::Withhold).map(|member| member.name)
}

/// Whether the sender does something about a denial, provided that the policy lets it.
pub(crate) fn can_deny(hook: &HookDescriptor) -> bool {
    !hook.kind.is_notification() || hook.deny == DenyEffect::EndsStream
}

fn handled(handler: &Declared, words: &PolicyDescriptor) -> HookPolicy {
    let mut entry = HookPolicy::new();
    let on_error = match handler.on_error {
        OnErrorChoice::Fail => OnError::Fail,
        OnErrorChoice::Log => OnError::Log,
        OnErrorChoice::Default if can_deny(handler.hook) => OnError::Fail,
        OnErrorChoice::Default => OnError::Log,
    };
    if entry.effective_on_error(words) != on_error {
        entry = entry.on_error(on_error);
    }
    if !handler.overwrites.is_empty() {
        entry = entry.answer(AnswerUse::Overwrite(handler.overwrites.iter().map(|member| (*member).into()).collect()));
    } else if entry.effective_answer(words) != AnswerUse::Notify {
        entry = entry.answer(AnswerUse::Notify);
    }
    entry.without(handler.exclude.iter().copied())
}
