//! Many sessions at once, at a rate that does not wait for the backend.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use wcs_contract::model::{Contract, Name, Scenario};

use crate::gate::Gate;
pub use crate::gate::Load;
use crate::histogram::Histogram;
use crate::judge::Reception;
use crate::level::{Level, Remark};
use crate::play::{Settings, play};
use crate::trace::{Entry, Exchange};

/// What a load came to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// How long it really took.
    pub took: Duration,
    /// Answers by kind.
    pub answers: BTreeMap<&'static str, u64>,
    /// Plays that were begun.
    pub plays: u64,
    /// Remarks by code, with their level, how often, and the first of them.
    pub remarks: BTreeMap<&'static str, (Level, u64, Remark)>,
    /// Requests that trouble was made for, by its word.
    pub troubles: BTreeMap<&'static str, u64>,
    times: Histogram,
}

impl Outcome {
    /// Hooks that were sent.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.times.count()
    }

    /// Hooks per second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.sent() as f64 / self.took.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    /// The time within which so many in a thousand were answered.
    #[must_use]
    pub fn permille(&self, permille: u64) -> Duration {
        self.times.permille(permille)
    }

    /// The longest time.
    #[must_use]
    pub fn longest(&self) -> Duration {
        self.times.longest()
    }

    /// The worst level of the remarks.
    #[must_use]
    pub fn worst(&self) -> Option<Level> {
        self.remarks.values().map(|(level, ..)| *level).max()
    }

    fn note(&mut self, exchange: &Exchange) {
        let kind = match &exchange.verdict.reception {
            Reception::Withheld => return,
            Reception::Accepted(_) => "accepted",
            Reception::Denied(_) => "denied",
            Reception::WrongStatus(_) => "wrong status",
            Reception::Unreadable(_) => "unreadable",
            Reception::TimedOut => "timeout",
            Reception::Failed(_) => "no answer",
        };
        *self.answers.entry(kind).or_default() += 1;
        self.times.record(exchange.took);
        if let Some(trouble) = exchange.trouble {
            *self.troubles.entry(trouble.word()).or_default() += 1;
        }
        for remark in &exchange.remarks {
            let entry = self.remarks.entry(remark.code).or_insert_with(|| (remark.level, 0, remark.clone()));
            if remark.level > entry.0 {
                (entry.0, entry.2) = (remark.level, remark.clone());
            }
            entry.1 += 1;
        }
    }

    fn add(&mut self, other: &Self) {
        self.plays += other.plays;
        self.times.add(&other.times);
        for (kind, count) in &other.answers {
            *self.answers.entry(kind).or_default() += count;
        }
        for (kind, count) in &other.troubles {
            *self.troubles.entry(kind).or_default() += count;
        }
        for (code, (level, count, remark)) in &other.remarks {
            let entry = self.remarks.entry(code).or_insert_with(|| (*level, 0, remark.clone()));
            if *level > entry.0 {
                (entry.0, entry.2) = (*level, remark.clone());
            }
            entry.1 += count;
        }
    }
}

/// Plays scenarios in many sessions at once, each session one after the other. `progress` is told once a second how
/// many hooks were sent.
pub async fn run(
    contract: Arc<Contract>,
    settings: Settings,
    scenarios: Arc<Vec<(Name, Scenario)>>,
    load: Load,
    progress: &mut (dyn FnMut(Duration, u64) + Send),
) -> Outcome {
    let gate = Arc::new(Gate::new(&load));
    let mut workers = JoinSet::new();
    for number in 0..load.sessions.max(1) {
        let settings = Settings { gate: Some(Arc::clone(&gate)), ..settings.clone() };
        workers.spawn(session(Arc::clone(&contract), settings, Arc::clone(&scenarios), number, Arc::clone(&gate)));
    }
    let mut outcome = Outcome::default();
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    seconds.tick().await;
    loop {
        tokio::select! {
            ended = workers.join_next() => match ended {
                Some(Ok(part)) => outcome.add(&part),
                Some(Err(_)) => {}
                None => break,
            },
            _ = seconds.tick() => progress(gate.elapsed(), gate.done()),
        }
    }
    outcome.took = gate.elapsed();
    outcome
}

/// One session after the other, until it is over.
async fn session(
    contract: Arc<Contract>,
    settings: Settings,
    scenarios: Arc<Vec<(Name, Scenario)>>,
    number: usize,
    gate: Arc<Gate>,
) -> Outcome {
    let mut outcome = Outcome::default();
    let mut settings = settings;
    let base = settings.seed;
    for round in 0_u64.. {
        let place = (round as usize).wrapping_add(number) % scenarios.len().max(1);
        let Some((name, scenario)) = scenarios.get(place).filter(|_| !gate.is_over()) else { break };
        settings.seed = base.wrapping_add((number as u64) << 32).wrapping_add(round);
        outcome.plays += 1;
        let mut listener = |entry: Entry| {
            if let Entry::Exchange(exchange) = entry {
                outcome.note(&exchange);
                gate.note_done();
            }
        };
        play(&contract, &settings, &name.value, scenario, &mut listener).await;
    }
    outcome
}
