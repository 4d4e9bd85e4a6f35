//! What a server is going to do, said before it does it.

mod findings;

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::HookServer;
use super::operator::{Setting, open_value};
use super::unhandled::Unhandled;
use crate::declared::Declared;
use crate::descriptor::{ContractDescriptor, HookType};
use crate::policy::{AnswerUse, OnError, SessionPolicy, can_deny};

/// What a server handles, under which policy, and what is doubtful about it. `Display` writes it for people, serde for
/// programs.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Version of this form.
    pub version: u32,
    /// Short identifier of the contract.
    pub contract: &'static str,
    /// Version of the contract.
    pub contract_version: &'static str,
    /// The hooks with a handler, in the order of the contract.
    pub hooks: Vec<HandledHook>,
    /// The hooks without one.
    pub unhandled: Vec<&'static str>,
    /// The policy as it goes into the answer that opens a session; null if nothing goes there.
    pub policy: Value,
    /// Settings that the handled hooks need on the sender's side.
    pub settings: Vec<Setting>,
    /// What should be looked at, warnings first.
    pub findings: Vec<Finding>,
    #[serde(skip)]
    title: &'static str,
}

/// A hook with a handler.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct HandledHook {
    /// Its wire name.
    pub hook: &'static str,
    /// Its type.
    #[serde(serialize_with = "kind_word")]
    pub kind: HookType,
    /// Path of the handler.
    pub handler: &'static str,
    /// What becomes of a denial.
    pub denial: Denial,
    /// The sender's word for what an error does; `None` if the sender has no policies, or if this hook needs none.
    pub on_error: Option<&'static str>,
    /// The sender's word for what an answer does, likewise.
    pub policy: Option<&'static str>,
    /// Members that the handler may replace.
    pub overwrites: &'static [&'static str],
    /// Members that it does not want to be sent.
    pub excludes: &'static [&'static str],
    /// How many milliseconds it may take, if it says so.
    pub deadline_ms: Option<u64>,
}

/// What becomes of a denial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// It is obeyed.
    Obeyed,
    /// It is only logged.
    Logged,
    /// There is none: the hook is an event.
    None,
}

/// Something that should be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How grave it is.
    pub level: Level,
    /// What kind it is; does not change.
    pub code: &'static str,
    /// The hook.
    pub hook: String,
    /// Path of its handler, if it has one.
    pub handler: Option<&'static str>,
    /// What is the matter.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Something has no effect, or shows what should not be shown.
    Warning,
    /// Something to know, which may be all right.
    Note,
}

impl Report {
    /// The findings that are warnings.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.level == Level::Warning)
    }

    /// Writes it to the log: the handlers as information, what should be looked at by its level.
    pub(super) fn log(&self) {
        tracing::info!(
            contract = self.contract,
            version = self.contract_version,
            handled = self.hooks.len(),
            unhandled = self.unhandled.len(),
            "the hooks of the contract are served"
        );
        for hook in &self.hooks {
            tracing::info!(
                hook = hook.hook,
                handler = hook.handler,
                on_error = hook.on_error,
                policy = hook.policy,
                overwrites = hook.overwrites.join(","),
                "a handled hook"
            );
        }
        for finding in &self.findings {
            let Finding { level, code, hook, handler, message, remedy } = finding;
            match level {
                Level::Warning => tracing::warn!(code, hook, handler, remedy, "{message}"),
                Level::Note => tracing::info!(code, hook, handler, remedy, "{message}"),
            }
        }
    }
}

impl<S: Clone + Send + Sync + 'static> HookServer<S> {
    /// What this server is going to do, and what is doubtful about it. The same is logged when it becomes a router.
    #[must_use]
    pub fn report(&self) -> Report {
        report(self.contract, &self.declared(), &self.session_policy(), self.unhandled)
    }
}

/// What a server with these handlers and this policy is going to do; [`HookServer::report`] asks for its own.
#[must_use]
pub fn report(
    contract: &'static ContractDescriptor,
    handlers: &[&Declared],
    policy: &SessionPolicy,
    unhandled: Unhandled,
) -> Report {
    let words = contract.sender.policy;
    let json = words.filter(|_| !policy.is_empty()).map_or(Value::Null, |words| policy.to_json(words));
    let needed = |name: &&str| handlers.iter().any(|handler| handler.hook.requires.contains(name));
    let settings = contract.sender.settings.iter().filter(|setting| needed(&setting.name));
    let handled = |name: &str| handlers.iter().any(|handler| handler.hook.name == name);
    Report {
        version: 1,
        contract: contract.name,
        contract_version: contract.version,
        hooks: handlers.iter().map(|handler| handled_hook(contract, handler, policy)).collect(),
        unhandled: contract.hooks.iter().map(|hook| hook.name).filter(|name| !handled(name)).collect(),
        policy: json,
        settings: settings
            .map(|setting| Setting { name: setting.name, value: open_value(setting.value), doc: setting.doc })
            .collect(),
        findings: findings::all(contract, handlers, policy, unhandled),
        title: contract.title,
    }
}

fn handled_hook(contract: &ContractDescriptor, handler: &Declared, policy: &SessionPolicy) -> HandledHook {
    let hook = handler.hook;
    let entry = policy.of(hook.name).cloned().unwrap_or_default();
    let words = contract.sender.policy.filter(|_| !hook.kind.is_opening());
    let on_error = words.map(|words| entry.effective_on_error(words));
    HandledHook {
        hook: hook.name,
        kind: hook.kind,
        handler: handler.function,
        denial: match on_error {
            _ if !can_deny(hook) => Denial::None,
            Some(OnError::Log) => Denial::Logged,
            Some(OnError::Fail) | None => Denial::Obeyed,
        },
        on_error: words.zip(on_error).map(|(words, on_error)| on_error.word(words)),
        policy: words.map(|words| entry.effective_answer(words).word(words)),
        overwrites: handler.overwrites,
        excludes: handler.exclude,
        deadline_ms: handler.deadline.map(|deadline| u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX)),
    }
}

/// Which members of a handler's answer the sender takes, and which of the declared ones it doesn't.
fn lost_members(handler: &Declared, answer: &AnswerUse) -> Vec<&'static str> {
    let taken = match answer {
        AnswerUse::Overwrite(members) => members.as_slice(),
        AnswerUse::Notify | AnswerUse::Disable => &[],
    };
    handler.overwrites.iter().copied().filter(|member| !taken.iter().any(|known| known == member)).collect()
}

fn kind_word<S: Serializer>(kind: &HookType, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.word())
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (handled, all) = (self.hooks.len(), self.hooks.len() + self.unhandled.len());
        writeln!(f, "{} {}: {handled} of {all} hooks are handled", self.title, self.contract_version)?;
        let width = self.hooks.iter().map(|hook| hook.hook.len()).max().unwrap_or(0);
        for hook in &self.hooks {
            writeln!(f, "  {:width$}  {:8}  {}", hook.hook, hook.kind.word(), facts(hook))?;
        }
        if !self.policy.is_null() {
            writeln!(f, "policy of every session: {}", self.policy)?;
        }
        for setting in &self.settings {
            writeln!(f, "needed on the sender's side: {}={}", setting.name, setting.value)?;
        }
        for finding in &self.findings {
            let level = match finding.level {
                Level::Warning => "warning",
                Level::Note => "note",
            };
            writeln!(f, "{level}[{}]: {}\n  {}", finding.code, finding.message, finding.remedy)?;
        }
        Ok(())
    }
}

fn facts(hook: &HandledHook) -> String {
    let mut facts = vec![hook.handler.to_owned()];
    facts.push(match hook.denial {
        Denial::Obeyed => "a denial is obeyed".to_owned(),
        Denial::Logged => "a denial is only logged".to_owned(),
        Denial::None => "nothing to deny".to_owned(),
    });
    if !hook.overwrites.is_empty() {
        facts.push(format!("replaces {}", hook.overwrites.join(", ")));
    }
    if !hook.excludes.is_empty() {
        facts.push(format!("does without {}", hook.excludes.join(", ")));
    }
    if let (Some(on_error), Some(policy)) = (hook.on_error, hook.policy) {
        facts.push(format!("{on_error}, {policy}"));
    }
    if let Some(deadline) = hook.deadline_ms {
        facts.push(format!("at most {deadline} ms"));
    }
    facts.join("; ")
}
