//! Plays a scenario: one hook after the other, each as the answers before it allow.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::Value;
use wcs_contract::model::{Condition, Contract, Hook, Scenario, ScenarioStep};

use crate::gate::Gate;
use crate::judge::{self, Effect, Reception, Verdict};
use crate::level::{Level, Remark};
use crate::policy::{Mode, Policy};
use crate::random::Random;
use crate::session::{self, Session, Values};
use crate::trace::{Entry, Exchange};
use crate::trouble::{self, Trouble};
use crate::wire::{Manner, Reply, Wire};
use crate::{Members, expect, remarks};

/// How to play.
#[derive(Clone)]
pub struct Settings {
    /// The wire to the backend.
    pub wire: Wire,
    /// What random values come from.
    pub seed: u64,
    /// What is to go wrong.
    pub troubles: Vec<Trouble>,
    /// How fast a scenario's pauses pass: 1 is as written, 0 leaves them out.
    pub pace: f64,
    /// When each request is due, and when to stop; without it, at once and to the end.
    pub gate: Option<Arc<Gate>>,
}

/// Where entries of the trace go.
pub type Listener<'a> = &'a mut (dyn FnMut(Entry) + Send);

/// What a play came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Hooks that were sent.
    pub sent: usize,
    /// The worst level of the remarks.
    pub worst: Option<Level>,
}

/// Plays a scenario against the backend.
pub async fn play(
    contract: &Contract,
    settings: &Settings,
    name: &str,
    scenario: &Scenario,
    listener: Listener<'_>,
) -> Summary {
    let mut troubles = settings.troubles.clone();
    let mut play = Play::new(contract, settings, name, scenario, listener);
    play.tell(Entry::Begins {
        scenario: name.to_owned(),
        title: scenario.title.value.clone(),
        doc: scenario.doc.value.clone(),
    });
    while play.run(&troubles).await == Run::Restarted {
        play.restart();
        troubles.retain(|kind| *kind != Trouble::Restart);
    }
    let Summary { sent, worst } = play.summary;
    play.tell(Entry::Ends { scenario: name.to_owned(), sent, worst });
    play.summary
}

/// How a run through the steps ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Over,
    Restarted,
}

struct Play<'a> {
    contract: &'a Contract,
    settings: &'a Settings,
    wire: Wire,
    name: &'a str,
    scenario: &'a Scenario,
    listener: Listener<'a>,
    random: Random,
    mishaps: Random,
    sessions: HashMap<String, Session>,
    values: Values,
    at: u64,
    summary: Summary,
}

/// A hook that is ready to be sent.
struct Ready<'a> {
    step: &'a ScenarioStep,
    hook: &'a Hook,
    trouble: Option<Trouble>,
    /// The body as the server has it.
    body: Members,
    /// The body as the backend gets it.
    sent: Members,
}

impl<'a> Play<'a> {
    fn new(
        contract: &'a Contract,
        settings: &'a Settings,
        name: &'a str,
        scenario: &'a Scenario,
        listener: Listener<'a>,
    ) -> Self {
        Self {
            contract,
            settings,
            wire: settings.wire.clone(),
            name,
            scenario,
            listener,
            random: Random::for_part(settings.seed, name),
            mishaps: Random::for_part(!settings.seed, name),
            sessions: HashMap::new(),
            values: Values::default(),
            at: 0,
            summary: Summary::default(),
        }
    }

    fn tell(&mut self, entry: Entry) {
        (self.listener)(entry);
    }

    /// The server forgets everything; so do its connections.
    fn restart(&mut self) {
        self.tell(Entry::Restart { scenario: self.name.to_owned() });
        self.wire = self.wire.fresh();
        self.sessions.clear();
        self.values = Values::default();
    }

    async fn run(&mut self, troubles: &[Trouble]) -> Run {
        let scenario = self.scenario;
        let mut lists: Vec<(&[ScenarioStep], usize)> = vec![(&scenario.steps, 0)];
        let mut late: Option<Ready<'_>> = None;
        while let Some((list, place)) = lists.last_mut() {
            let Some(step) = list.get(*place) else {
                lists.pop();
                continue;
            };
            *place += 1;
            if self.settings.gate.as_ref().is_some_and(|gate| gate.is_over()) {
                break;
            }
            let Some(hook) = self.wanted(step) else { continue };
            let trouble = trouble::draw(troubles, hook, &mut self.mishaps);
            if trouble == Some(Trouble::Restart) {
                return Run::Restarted;
            }
            self.pause(step).await;
            let ready = self.ready(step, hook, trouble);
            let effect = if trouble == Some(Trouble::Reorder) && late.is_none() {
                late = Some(ready);
                Effect::GoesOn
            } else {
                let effect = self.send(ready).await;
                if let Some(late) = late.take() {
                    self.send(late).await;
                }
                effect
            };
            if effect == Effect::GoesOn {
                lists.push((step.then.as_deref().unwrap_or_default(), 0));
            } else {
                if let (None, Some((list, place))) = (&step.then, lists.last_mut()) {
                    *place = list.len();
                }
                lists.push((&step.otherwise, 0));
            }
        }
        if let Some(late) = late {
            self.send(late).await;
        }
        Run::Over
    }

    /// The step's hook, if the sender sends it now.
    fn wanted(&mut self, step: &ScenarioStep) -> Option<&'a Hook> {
        let skip =
            |reason: String| Entry::Skipped { scenario: self.name.to_owned(), hook: step.hook.value.clone(), reason };
        let Some(hook) = self.contract.find_hook(&step.hook.value) else {
            let entry = skip("this version of the sender does not have it".to_owned());
            self.tell(entry);
            return None;
        };
        match &step.when {
            Some(condition) if !holds(condition, self.sessions.get(client(step))) => {
                let values: Vec<String> = condition.is.iter().map(|value| value.value.to_string()).collect();
                let entry = skip(format!("{} is not {}", condition.member.value, values.join(" or ")));
                self.tell(entry);
                None
            }
            _ => Some(hook),
        }
    }

    /// Time passes before a step: in the play, and at its pace also here.
    async fn pause(&mut self, step: &ScenarioStep) {
        const USUAL: u64 = 20;
        let milliseconds = step.after_ms.as_ref().map_or(USUAL, |after| after.value.into());
        self.at += milliseconds;
        if self.settings.pace > 0.0 && step.after_ms.is_some() {
            let wait = Duration::from_millis(milliseconds).mul_f64(self.settings.pace);
            tokio::time::sleep(wait).await;
        }
    }

    fn ready(&mut self, step: &'a ScenarioStep, hook: &'a Hook, trouble: Option<Trouble>) -> Ready<'a> {
        let session = self.sessions.entry(client(step).to_owned()).or_insert_with(|| Session::new(self.contract));
        let made = session::Making { contract: self.contract, scenario: self.scenario, at: self.at };
        let body = session::body(&made, step, hook, session, &mut self.values, &mut self.random);
        let mut sent = body.clone();
        let excluded = &session.policy.of(hook).request_exclude;
        sent.retain(|name, _| !excluded.contains(name));
        if let Some(trouble) = trouble {
            trouble::change(trouble, self.contract, hook, &mut sent);
        }
        Ready { step, hook, trouble, body, sent }
    }

    async fn send(&mut self, ready: Ready<'_>) -> Effect {
        let Ready { step, hook, trouble, body, sent } = ready;
        let policy = self.sessions.get(client(step)).map(|session| session.policy.clone());
        let policy = policy.unwrap_or_else(|| Policy::standard(self.contract));
        let cause = step.cause.as_ref().map_or(hook.kind.cause(), |cause| cause.value);
        let mut status = None;
        let mut text = None;
        let mut took = Duration::ZERO;
        let mut remarks = Vec::new();
        let reception = if !hook.kind.is_opening() && policy.of(hook).mode == Mode::Disable {
            Reception::Withheld
        } else {
            let bytes = Bytes::from(Value::Object(sent.clone()).to_string());
            let (reply, time) = self.post(hook, bytes.clone(), trouble).await;
            let reception = judge::receive(self.contract, &reply);
            if let Reply::Answered { status: found, body, .. } = &reply {
                status = Some(*found);
                if !matches!(reception, Reception::Accepted(_)) && !body.is_empty() {
                    text = Some(String::from_utf8_lossy(body).into_owned());
                }
            }
            if trouble == Some(Trouble::Duplicate) {
                let (again, _) = self.post(hook, bytes, None).await;
                let again = judge::receive(self.contract, &again);
                remarks.extend(remarks::unlike(hook, &reception, &again));
            }
            took = time;
            self.summary.sent += 1;
            reception
        };
        let verdict = judge::judge(self.contract, &policy, hook, &body, reception);
        remarks.extend(remarks::about(self.contract, &policy, hook, cause, &sent, &verdict));
        forgive(&mut remarks, trouble, status);
        if let Some(expected) = &step.expect {
            remarks.extend(expect::unmet(&hook.name.value, expected, status, &verdict));
        }
        let lines = self.learn(step, hook, &verdict, &mut remarks);
        let goes_on = verdict.effect == Effect::GoesOn;
        let seen = if goes_on { &step.accepted } else { &step.denied };
        self.summary.worst = remarks.iter().map(|remark| remark.level).chain(self.summary.worst).max();
        let effect = verdict.effect;
        self.tell(Entry::Exchange(Box::new(Exchange {
            scenario: self.name.to_owned(),
            number: self.summary.sent,
            client: step.client.as_ref().map(|client| client.value.clone()),
            at: self.at,
            hook: hook.name.value.clone(),
            kind: hook.kind,
            cause,
            doc: step.doc.value.clone(),
            request: sent,
            trouble,
            status,
            text,
            took,
            verdict,
            seen: seen.as_ref().map(|seen| seen.value.clone()),
            remarks,
        })));
        if let Some(lines) = lines {
            self.tell(Entry::Policy { scenario: self.name.to_owned(), lines });
        }
        effect
    }

    /// Posts when it is due; the time counts from then, so that waiting for a slow backend is not left out.
    async fn post(&mut self, hook: &Hook, body: Bytes, trouble: Option<Trouble>) -> (Reply, Duration) {
        let due = match &self.settings.gate {
            Some(gate) => gate.wait().await,
            None => Instant::now(),
        };
        let manner = trouble.map_or(Manner::Plain, Trouble::manner);
        let (reply, _) = self.wire.post(&hook.name.value, body, manner).await;
        (reply, due.elapsed())
    }

    /// What the session takes from an answer. For the hook that opens it: its policy, in words.
    fn learn(
        &mut self,
        step: &ScenarioStep,
        hook: &Hook,
        verdict: &Verdict,
        remarks: &mut Vec<Remark>,
    ) -> Option<Vec<String>> {
        let session = self.sessions.get_mut(client(step))?;
        let Reception::Accepted(answer) = &verdict.reception else { return None };
        session.known.extend(verdict.takes.clone());
        if !hook.kind.is_opening() || self.contract.session_policy().is_none() {
            return None;
        }
        let (policy, faults) = Policy::read(self.contract, answer);
        remarks.extend(crate::remarks::faults(&faults));
        let lines = policy.lines(self.contract);
        session.policy = policy;
        Some(lines)
    }
}

fn client(step: &ScenarioStep) -> &str {
    step.client.as_ref().map_or("", |client| &client.value)
}

fn holds(condition: &Condition, session: Option<&Session>) -> bool {
    let known = session.and_then(|session| session.known.get(&condition.member.value));
    condition.is.iter().any(|value| known == Some(&value.value))
}

/// What goes wrong because of our own trouble is no fault of the backend's.
fn forgive(remarks: &mut [Remark], trouble: Option<Trouble>, status: Option<u16>) {
    const TOO_LARGE: u16 = 413;
    const TOO_SLOW: u16 = 408;
    let ours = match trouble {
        Some(Trouble::Cut) => true,
        Some(Trouble::Huge) => status == Some(TOO_LARGE),
        Some(Trouble::Slow) => status == Some(TOO_SLOW),
        _ => false,
    };
    if ours {
        remarks.iter_mut().filter(|remark| remark.level == Level::Error).for_each(|remark| remark.level = Level::Note);
    }
}
