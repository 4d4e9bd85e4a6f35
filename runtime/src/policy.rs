//! The policy of a session: what the sender does with each hook of it. The answer to the opening hook carries it.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::descriptor::{HookDescriptor, PolicyDescriptor};

/// What the sender does with the hooks of a session. HookServer that it does not name keep the sender's defaults.
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
        self.hooks.retain(|(known, _)| *known != hook);
        self.hooks.push((hook, policy));
        self
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

    /// Members that the backend does not want.
    #[must_use]
    pub fn without(mut self, members: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) -> Self {
        self.omitted.extend(members.into_iter().map(Into::into));
        self
    }

    /// Members that the client does not get.
    #[must_use]
    pub fn hide_from_client(mut self, members: impl IntoIterator<Item = impl Into<Cow<'static, str>>>) -> Self {
        self.hidden.extend(members.into_iter().map(Into::into));
        self
    }

    fn to_json(&self, words: &PolicyDescriptor) -> Value {
        let mut json = Map::new();
        let mut say = |member: &str, word: String| {
            json.insert(member.to_owned(), Value::String(word));
        };
        match self.on_error {
            Some(OnError::Fail) => say(words.on_error.member, words.on_error.fail.to_owned()),
            Some(OnError::Log) => say(words.on_error.member, words.on_error.log.to_owned()),
            None => {}
        }
        match &self.answer {
            Some(AnswerUse::Notify) => say(words.policy.member, words.policy.notify.to_owned()),
            Some(AnswerUse::Disable) => say(words.policy.member, words.policy.disable.to_owned()),
            Some(AnswerUse::Overwrite(members)) => {
                say(words.policy.member, words.policy.overwrite.to_owned());
                say(words.overwrite, members.join(","));
            }
            None => {}
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
