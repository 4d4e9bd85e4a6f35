//! Sends the bodies, and keeps what came back.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::{Contract, Hook};

use super::cases::{self, Case};
use super::check::{Area, Check, Ground, MALFORMED, VALID};
use super::probe::Probe;
use super::report::Problem;
use super::{Progress, Settings, excerpt};
use crate::Members;
use crate::judge::{self, Reception};
use crate::wire::{Manner, Reply, Wire};

/// A backend under examination.
pub(super) struct Suite<'a> {
    pub(super) contract: &'a Contract,
    pub(super) settings: &'a Settings,
    pub(super) wire: Wire,
    /// The hooks that the backend takes, the opening one first.
    pub(super) hooks: Vec<&'a Hook>,
    pub(super) exchanges: Vec<Exchange<'a>>,
    /// Names of hooks whose plain bodies are all answered.
    sound: HashSet<&'a str>,
    requests: AtomicUsize,
}

/// A body and what came back.
pub(super) struct Exchange<'a> {
    pub(super) hook: &'a Hook,
    pub(super) case: Case,
    /// `None` if it was not sent, as too many before got no answer.
    pub(super) got: Option<Got>,
}

/// What came back.
pub(super) struct Got {
    pub(super) reply: Reply,
    pub(super) reception: Reception,
    pub(super) took: Duration,
}

impl Got {
    /// Whether the server can work with it: a yes or a no.
    pub(super) fn is_fine(&self) -> bool {
        matches!(self.reception, Reception::Accepted(_) | Reception::Denied(_))
    }

    /// The members of a yes.
    pub(super) fn members(&self) -> Option<&Members> {
        match &self.reception {
            Reception::Accepted(members) => Some(members),
            _ => None,
        }
    }

    /// That there was an answer which does not speak of a failure of the backend itself.
    pub(super) fn is_calm(&self) -> bool {
        matches!(self.reply, Reply::Answered { status, .. } if status < 500)
    }
}

impl<'a> Suite<'a> {
    pub(super) fn new(contract: &'a Contract, settings: &'a Settings, wire: Wire) -> Result<Self, String> {
        let mut hooks: Vec<&Hook> = Vec::new();
        for name in &settings.hooks {
            match contract.find_hook(name) {
                Some(hook) => hooks.push(hook),
                None => {
                    let known = contract.hooks.iter().map(|hook| hook.name.value.as_str());
                    let help = nearest(name, known)
                        .map_or("name hooks of the contract".to_owned(), |meant| format!("did you mean `{meant}`?"));
                    return Err(format!("there is no hook `{name}`; {help}"));
                }
            }
        }
        for (name, _) in &settings.set {
            let mut known = contract.hooks.iter().flat_map(|hook| &hook.parameters).map(|member| &member.name.value);
            if !known.any(|known| known == name) {
                let known = contract.hooks.iter().flat_map(|hook| &hook.parameters);
                let help = nearest(name, known.map(|member| member.name.value.as_str()))
                    .map_or("name a member of the contract".to_owned(), |meant| format!("did you mean `{meant}`?"));
                return Err(format!("no hook has a member `{name}`; {help}"));
            }
        }
        let is_opening = |hook: &&Hook| hook.kind.is_opening();
        let taken =
            |hook: &&Hook| hooks.is_empty() || is_opening(hook) || hooks.iter().any(|one| one.name == hook.name);
        let mut hooks: Vec<&Hook> = contract.hooks.iter().filter(taken).collect();
        hooks.sort_by_key(|hook| !is_opening(hook));
        Ok(Self {
            contract,
            settings,
            wire,
            hooks,
            exchanges: Vec::new(),
            sound: HashSet::new(),
            requests: AtomicUsize::new(0),
        })
    }

    /// Whether there is anybody at all.
    pub(super) async fn knock(&self) -> Result<(), String> {
        let probe = Probe::new(&self.settings.target)?;
        probe.connect().await.map(drop).map_err(|reason| {
            let address = self.settings.target.base();
            format!("there is no backend at {address}: {reason}; start it, or correct the address")
        })
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    pub(super) fn count(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    /// Sends every body that is wanted. A hook that gets no answer is not waited for again, and a backend that leaves
    /// several without one is not asked for more.
    pub(super) async fn send_bodies(&mut self, wanted: &dyn Fn(Area) -> bool, progress: Progress<'_>) {
        const PATIENCE: usize = 5;
        let (contract, set) = (self.contract, &self.settings.set);
        let of_hook = |hook: &'a Hook| cases::of(contract, hook, set, wanted).into_iter().map(move |case| (hook, case));
        let mut cases: Vec<(&Hook, Case)> = self.hooks.iter().copied().flat_map(of_hook).collect();
        // The plain bodies of all hooks first, what is malformed last, so that it can't spoil anything else.
        cases.sort_by_key(|(_, case)| match case.check {
            check if std::ptr::eq(check, &VALID) => 0,
            check if std::ptr::eq(check, &MALFORMED) => 2,
            _ => 1,
        });
        let all = cases.len();
        let mut silent: HashSet<&str> = HashSet::new();
        let mut is_plain = true;
        for (at, (hook, case)) in cases.into_iter().enumerate() {
            const EVERY: usize = 100;
            if !std::ptr::eq(case.check, &VALID) && is_plain {
                is_plain = false;
                if self.hopeless().is_some() {
                    break;
                }
            }
            if at % EVERY == 0 {
                progress(&case.check.id(), at, all);
            }
            let name = hook.name.value.as_str();
            let got = if silent.len() < PATIENCE && !silent.contains(name) {
                Some(self.post(&case.path, case.body.clone(), Manner::Plain).await)
            } else {
                None
            };
            if got.as_ref().is_some_and(|got| got.reply == Reply::TimedOut) {
                silent.insert(name);
            }
            self.exchanges.push(Exchange { hook, case, got });
        }
        let mut sound: HashSet<&str> = self.hooks.iter().map(|hook| hook.name.value.as_str()).collect();
        for exchange in self.of(&VALID).filter(|exchange| !exchange.got.as_ref().is_some_and(Got::is_fine)) {
            sound.remove(exchange.hook.name.value.as_str());
        }
        self.sound = sound;
    }

    /// Sends a body.
    pub(super) async fn post(&self, path: &str, body: Bytes, manner: Manner) -> Got {
        self.post_over(&self.wire, path, body, manner).await
    }

    /// Sends a body over a connection of its own, so that nothing is left of what was done to others.
    pub(super) async fn post_anew(&self, path: &str, body: Bytes) -> Got {
        self.post_over(&self.wire.fresh(), path, body, Manner::Plain).await
    }

    async fn post_over(&self, wire: &Wire, path: &str, body: Bytes, manner: Manner) -> Got {
        self.count();
        let (reply, took) = wire.post(path, body, manner).await;
        let reception = judge::receive(self.contract, &reply);
        Got { reply, reception, took }
    }

    /// Why nothing else can be judged, if it can't.
    pub(super) fn hopeless(&self) -> Option<String> {
        let mut plain = self.of(&VALID).peekable();
        plain.peek()?;
        let none = !plain.any(|exchange| exchange.got.as_ref().is_some_and(Got::is_fine));
        none.then(|| "no plain body is answered as it should be".to_owned())
    }

    /// The exchanges of a question.
    pub(super) fn of(&self, check: &'static Check) -> impl Iterator<Item = &Exchange<'a>> {
        self.exchanges.iter().filter(move |exchange| std::ptr::eq(exchange.case.check, check))
    }

    /// Whether all plain bodies of a hook are answered. If they are not, nothing else about it is worth telling.
    pub(super) fn is_sound(&self, hook: &Hook) -> bool {
        self.sound.contains(hook.name.value.as_str())
    }

    /// A plain body that is answered, if possible of the opening hook and with a yes.
    pub(super) fn sample(&self) -> Option<&Exchange<'a>> {
        let fine = || self.of(&VALID).filter(|exchange| exchange.got.as_ref().is_some_and(Got::is_fine));
        fine().find(|exchange| exchange.got.as_ref().and_then(Got::members).is_some()).or_else(|| fine().next())
    }

    /// A first plain body of each hook that is answered.
    pub(super) fn samples(&self) -> Vec<&Exchange<'a>> {
        let sound = self.hooks.iter().filter(|hook| self.is_sound(hook));
        sound.filter_map(|hook| self.of(&VALID).find(|exchange| exchange.hook.name == hook.name)).collect()
    }

    /// A problem with an answer that is neither yes nor no.
    pub(super) fn trouble(&self, hook: &Hook, path: &str, body: &[u8], got: &Got) -> Problem {
        let answer = self.contract.sender.as_ref().map(|sender| &sender.answer);
        let (yes, no) = answer.map_or((200, 403), |answer| (answer.accept_status.value, answer.deny_status.value));
        let wanted = answer.map_or("application/json", |answer| answer.content_type.value.as_str());
        let (code, message, help) = match &got.reception {
            Reception::WrongStatus(status @ (404 | 405)) => (
                "wrong-status",
                format!("answered with {status}"),
                format!(
                    "answer POST with {yes} and a JSON object, if only `{{}}`, or with {no} to say no; hooks that the \
                     operator does not switch on need no answer: name the others with `--hooks`"
                ),
            ),
            Reception::WrongStatus(status) => (
                "wrong-status",
                format!("answered with {status}"),
                format!("answer with {yes} and a JSON object, if only `{{}}`, or with {no} to say no"),
            ),
            Reception::Unreadable(reason) => (
                "unreadable",
                reason.clone(),
                format!("send one JSON object, if only `{{}}`, with `Content-Type: {wanted}`"),
            ),
            Reception::TimedOut => (
                "timeout",
                format!("not answered within {} s", self.wire.timeout().as_secs_f64()),
                "answer at once and do the work afterwards".to_owned(),
            ),
            Reception::Failed(_) => (
                "no-answer",
                "the connection ended before there was a whole answer".to_owned(),
                "look into the backend's log; answer every request before closing its connection".to_owned(),
            ),
            Reception::Accepted(_) | Reception::Denied(_) | Reception::Withheld => {
                ("unexpected", "answered in an unexpected way".to_owned(), String::new())
            }
        };
        Problem {
            code,
            message,
            hook: Some(hook.name.value.clone()),
            sent: excerpt::sent(self.contract, hook, path, body),
            got: excerpt::got(self.contract, hook, &got.reply),
            help,
        }
    }

    /// A value for reports: what was said about a body's hook.
    pub(super) fn ground(&self, hook: &Hook) -> Ground {
        Ground::of_hook(hook)
    }
}

/// Whether two values say the same, however a number is written.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(left), Value::Number(right)) if left.is_f64() != right.is_f64() => {
            left.as_f64() == right.as_f64()
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(name, value)| right.get(name).is_some_and(|right| same(value, right)))
        }
        _ => one == other,
    }
}
