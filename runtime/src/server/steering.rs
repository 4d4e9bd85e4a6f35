//! What a server at work does about the policy: it goes into the answer that opens a session, and a denial that the
//! policy takes the effect from is not passed over in silence.

use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use serde_json::Value;

use super::counters::Counters;
use crate::answer::Reply;
use crate::decode::Span;
use crate::descriptor::{ContractDescriptor, HookDescriptor, PolicyDescriptor};
use crate::policy::{self, AnswerUse, Computed, OnError, Received, SessionPolicy};

/// The policy of all sessions.
pub(super) struct Steering {
    words: Option<&'static PolicyDescriptor>,
    accept_status: u16,
    policy: SessionPolicy,
    /// The same as it is sent.
    written: Option<Computed>,
    handled: Vec<&'static HookDescriptor>,
    warned_of_session: AtomicBool,
}

impl Steering {
    pub(super) fn new(
        contract: &'static ContractDescriptor,
        policy: SessionPolicy,
        handled: Vec<&'static HookDescriptor>,
    ) -> Self {
        Self {
            words: contract.sender.policy,
            written: contract.sender.policy.map(|words| Computed::of(&policy, words)),
            accept_status: contract.sender.accept_status,
            policy,
            handled,
            warned_of_session: AtomicBool::new(false),
        }
    }

    /// What of a request is needed once its answer is there: the body, if the answer may carry the policy.
    pub(super) fn keep(&self, hook: &HookDescriptor, body: &Bytes, spans: &[Span]) -> Option<Received> {
        let words = self.words.filter(|_| hook.kind.is_opening())?;
        Some(Received::new(body.clone(), hook.members, spans, words))
    }

    /// The answer as it is sent. `kept` is what [`Steering::keep`] gave.
    pub(super) fn finish(
        &self,
        hook: &'static HookDescriptor,
        kept: Option<&Received>,
        mut reply: Reply,
        counters: &Counters,
    ) -> Reply {
        let Some(words) = self.words else { return reply };
        match (kept, &self.written) {
            (Some(request), Some(written)) if reply.status == self.accept_status => {
                let (body, given) = policy::attach(request, reply.body, words, written);
                reply.body = body;
                if let Some(merged) = given {
                    self.check_session(&merged, words);
                }
            }
            (Some(_), _) => {}
            (None, _) => self.note_denial(hook, reply.status, words, counters),
        }
        reply
    }

    fn note_denial(&self, hook: &HookDescriptor, status: u16, words: &PolicyDescriptor, counters: &Counters) {
        // A failure, of another status, is counted as one.
        let denies = (400..500).contains(&status) && policy::can_deny(hook);
        if !denies || self.on_error(hook, words) == OnError::Fail {
            return;
        }
        Counters::add(&counters.ineffective_denials, 1);
        tracing::warn!(
            hook = hook.name,
            status,
            policy = words.on_error.log,
            "the answer says no, but by the session's policy the sender only logs that and goes on"
        );
    }

    fn on_error(&self, hook: &HookDescriptor, words: &PolicyDescriptor) -> OnError {
        self.policy.of(hook.name).cloned().unwrap_or_default().effective_on_error(words)
    }

    /// A handler's own policy is not known before the first session, so what is wrong with it is said then, once.
    fn check_session(&self, merged: &Value, words: &PolicyDescriptor) {
        for hook in self.handled.iter().filter(|hook| !hook.kind.is_opening()) {
            let said = |member: &str| merged.get(hook.name)?.get(member)?.as_str();
            let computed = self.policy.of(hook.name).cloned().unwrap_or_default();
            let fails = said(words.on_error.member).unwrap_or(words.on_error.default) == words.on_error.fail;
            let lost_denial = computed.effective_on_error(words) == OnError::Fail && !fails;
            let lost_members = match computed.effective_answer(words) {
                AnswerUse::Overwrite(members) => {
                    let taken: Vec<&str> =
                        said(words.overwrite).unwrap_or_default().split(',').map(str::trim).collect();
                    members.iter().any(|member| !taken.contains(&member.as_ref()))
                }
                AnswerUse::Notify | AnswerUse::Disable => false,
            };
            let disabled = said(words.policy.member) == Some(words.policy.disable);
            if (lost_denial || lost_members || disabled) && !self.warned_of_session.swap(true, Ordering::Relaxed) {
                let policy = merged.get(hook.name).map(Value::to_string);
                tracing::warn!(
                    hook = hook.name,
                    policy,
                    "the policy that the handler gave to a session makes the handler of this hook ineffective; leave the \
                     hook out of it, or change what its handler declares"
                );
            }
        }
    }
}
