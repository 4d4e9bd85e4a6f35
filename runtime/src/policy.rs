//! The policy of a session: what the sender does with each hook of it. The answer to the opening hook carries it.
//!
//! A server computes it from what its handlers declare, so that a denial is obeyed and a replaced member is taken; the
//! author may change any of it, and a handler that opens sessions may lay its own over it, session by session.
//!
//! A sender does not tell a denial from a backend that is down. Where an error fails, which is so for every handled hook
//! that asks, an outage of the backend refuses clients; where it is only logged, an outage lets everybody do everything.
//! A handler chooses with `on_error`.

#[cfg(feature = "server")]
mod attach;
#[cfg(feature = "server")]
mod compute;

use std::borrow::Cow;

use serde_json::{Map, Value};

#[cfg(feature = "server")]
pub(crate) use attach::{Computed, Received, attach};
#[cfg(feature = "server")]
pub use compute::{UnhandledHooks, compute};
#[cfg(feature = "server")]
pub(crate) use compute::{can_deny, withheld};

use crate::descriptor::{HookDescriptor, PolicyDescriptor};

/// What the sender does with the hooks of a session. Hooks that it does not name keep the sender's defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionPolicy {
    hooks: Vec<(Cow<'static, str>, HookPolicy)>,
}

impl SessionPolicy {
    /// Names no hook.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With the policy of a hook; one given before for the same hook is forgotten.
    #[must_use]
    pub fn with(self, hook: &'static HookDescriptor, policy: HookPolicy) -> Self {
        self.with_named(hook.name, policy)
    }

    /// As [`SessionPolicy::with`], by wire name, for a hook that the contract does not know.
    #[must_use]
    pub fn with_named(mut self, hook: impl Into<Cow<'static, str>>, policy: HookPolicy) -> Self {
        let hook = hook.into();
        match self.hooks.iter_mut().find(|(known, _)| *known == hook) {
            Some((_, known)) => *known = policy,
            None => self.hooks.push((hook, policy)),
        }
        self
    }

    /// With the policy of a hook changed, for what it already says is to be kept.
    #[must_use]
    pub fn change(self, hook: &'static HookDescriptor, change: impl FnOnce(HookPolicy) -> HookPolicy) -> Self {
        let policy = self.of(hook.name).cloned().unwrap_or_default();
        self.with_named(hook.name, change(policy))
    }

    /// Without a hook, which then has the sender's defaults.
    #[must_use]
    pub fn forget(mut self, hook: &'static HookDescriptor) -> Self {
        self.hooks.retain(|(known, _)| *known != hook.name);
        self
    }

    /// What it says about a hook, by wire name.
    #[must_use]
    pub fn of(&self, hook: &str) -> Option<&HookPolicy> {
        self.hooks.iter().find(|(known, _)| known == hook).map(|(_, policy)| policy)
    }

    /// The hooks that it names.
    pub fn hooks(&self) -> impl Iterator<Item = (&str, &HookPolicy)> {
        self.hooks.iter().map(|(hook, policy)| (hook.as_ref(), policy))
    }

    /// Whether it names no hook.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hooks.is_empty()
    }

    /// It as the sender spells it.
    #[must_use]
    pub fn to_json(&self, words: &PolicyDescriptor) -> Value {
        let entries = self.hooks.iter().map(|(hook, policy)| (hook.clone().into_owned(), policy.to_json(words)));
        Value::Object(entries.collect())
    }
}

/// What the sender does with one hook. What is not said keeps the sender's default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HookPolicy {
    on_error: Option<OnError>,
    answer: Option<AnswerUse>,
    omitted: Vec<Cow<'static, str>>,
    hidden: Vec<Cow<'static, str>>,
}

/// What an error does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnError {
    /// It stops what was asked for.
    Fail,
    /// It is only logged.
    Log,
}

impl OnError {
    /// The sender's word for it.
    #[must_use]
    pub const fn word(self, words: &PolicyDescriptor) -> &'static str {
        match self {
            Self::Fail => words.on_error.fail,
            Self::Log => words.on_error.log,
        }
    }
}

/// What an answer does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AnswerUse {
    /// Nothing: the hook only notifies.
    Notify,
    /// These members are taken from it.
    Overwrite(Vec<Cow<'static, str>>),
    /// The hook is not sent at all.
    Disable,
}

impl AnswerUse {
    /// The sender's word for it.
    #[must_use]
    pub const fn word(&self, words: &PolicyDescriptor) -> &'static str {
        match self {
            Self::Notify => words.policy.notify,
            Self::Overwrite(_) => words.policy.overwrite,
            Self::Disable => words.policy.disable,
        }
    }
}

impl HookPolicy {
    /// Says nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What an error does.
    #[must_use]
    pub fn on_error(mut self, on_error: OnError) -> Self {
        self.on_error = Some(on_error);
        self
    }

    /// What an answer does.
    #[must_use]
    pub fn answer(mut self, answer: AnswerUse) -> Self {
        self.answer = Some(answer);
        self
    }

    /// Members that the backend does not want, besides those named before.
    #[must_use]
    pub fn without(mut self, members: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) -> Self {
        add(&mut self.omitted, members);
        self
    }

    /// Members that the client does not get, besides those named before.
    #[must_use]
    pub fn hide_from_client(mut self, members: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) -> Self {
        add(&mut self.hidden, members);
        self
    }

    /// Members that the client gets all the same.
    #[must_use]
    pub fn show_to_client(mut self, members: &[&str]) -> Self {
        self.hidden.retain(|known| !members.contains(&known.as_ref()));
        self
    }

    /// What it says about errors; `None` is the sender's default.
    #[must_use]
    pub fn said_on_error(&self) -> Option<OnError> {
        self.on_error
    }

    /// What it says about answers; `None` is the sender's default.
    #[must_use]
    pub fn said_answer(&self) -> Option<&AnswerUse> {
        self.answer.as_ref()
    }

    /// Members that the backend does not get.
    #[must_use]
    pub fn omitted(&self) -> &[Cow<'static, str>] {
        &self.omitted
    }

    /// Members that the client does not get.
    #[must_use]
    pub fn hidden(&self) -> &[Cow<'static, str>] {
        &self.hidden
    }

    /// What an error does after all.
    #[must_use]
    pub fn effective_on_error(&self, words: &PolicyDescriptor) -> OnError {
        let default = if words.on_error.default == words.on_error.fail { OnError::Fail } else { OnError::Log };
        self.on_error.unwrap_or(default)
    }

    /// What an answer does after all.
    #[must_use]
    pub fn effective_answer(&self, words: &PolicyDescriptor) -> AnswerUse {
        let default = if words.policy.default == words.policy.disable { AnswerUse::Disable } else { AnswerUse::Notify };
        self.answer.clone().unwrap_or(default)
    }

    fn to_json(&self, words: &PolicyDescriptor) -> Value {
        let mut json = Map::new();
        let mut say = |member: &str, word: String| {
            json.insert(member.to_owned(), Value::String(word));
        };
        if let Some(on_error) = self.on_error {
            say(words.on_error.member, on_error.word(words).to_owned());
        }
        if let Some(answer) = &self.answer {
            say(words.policy.member, answer.word(words).to_owned());
            if let AnswerUse::Overwrite(members) = answer {
                say(words.overwrite, members.join(","));
            }
        }
        if !self.omitted.is_empty() {
            say(words.request_exclude, self.omitted.join(","));
        }
        if !self.hidden.is_empty() {
            say(words.client_exclude, self.hidden.join(","));
        }
        Value::Object(json)
    }
}

fn add(list: &mut Vec<Cow<'static, str>>, members: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) {
    for member in members.into_iter().map(Into::into) {
        if !list.contains(&member) {
            list.push(member);
        }
    }
}
