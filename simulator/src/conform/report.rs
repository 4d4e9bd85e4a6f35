//! What came out: an outcome for each question, findings, scores.

use std::collections::BTreeMap;
use std::time::Duration;

use super::check::{Area, CHECKS, Check, Demand, Ground};

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The backend's address.
    pub address: String,
    /// Requests that were sent.
    pub requests: usize,
    /// How long it took.
    pub took: Duration,
    /// For each question in turn.
    pub outcomes: Vec<Outcome>,
    /// What is not well, required things first.
    pub findings: Vec<Finding>,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The question.
    pub check: &'static Check,
    /// What is known.
    pub state: State,
    /// Cases that were well.
    pub passed: usize,
    /// All cases.
    pub cases: usize,
    /// What the cases rest on, and how many on each.
    pub grounds: BTreeMap<Ground, usize>,
}

/// What is known about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Its cases say it.
    Judged,
    /// Nothing can be said, as something more basic fails; and what. It counts as failed.
    Blocked(String),
    /// Nothing can be said, and why. It does not count.
    Skipped(String),
}

/// Something that is not well.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The question.
    pub check: &'static Check,
    /// What kind it is; stable.
    pub code: &'static str,
    /// What it is.
    pub message: String,
    /// The hooks where it was met.
    pub hooks: Vec<String>,
    /// How often.
    pub cases: usize,
    /// What was sent, the first time.
    pub sent: String,
    /// What came back.
    pub got: String,
    /// What to do.
    pub help: String,
    /// The best ground of the cases.
    pub ground: Ground,
}

/// A case that is not well.
pub(super) struct Problem {
    pub(super) code: &'static str,
    /// The same for all cases that are one finding.
    pub(super) message: String,
    pub(super) hook: Option<String>,
    pub(super) sent: String,
    pub(super) got: String,
    pub(super) help: String,
}

impl Report {
    pub(super) fn new(address: String) -> Self {
        let outcome = |check: &&'static Check| Outcome {
            check,
            state: State::Skipped("it was not asked".to_owned()),
            passed: 0,
            cases: 0,
            grounds: BTreeMap::new(),
        };
        let outcomes = CHECKS.iter().map(outcome).collect();
        Self { address, requests: 0, took: Duration::ZERO, outcomes, findings: Vec::new() }
    }

    fn case(&mut self, check: &'static Check, ground: Ground, passed: usize) {
        if let Some(outcome) = self.outcome(check) {
            outcome.state = State::Judged;
            outcome.cases += 1;
            outcome.passed += passed;
            *outcome.grounds.entry(ground).or_default() += 1;
        }
    }

    fn outcome(&mut self, check: &'static Check) -> Option<&mut Outcome> {
        self.outcomes.iter_mut().find(|outcome| std::ptr::eq(outcome.check, check))
    }

    /// A case that is well.
    pub(super) fn pass(&mut self, check: &'static Check, ground: Ground) {
        self.case(check, ground, 1);
    }

    /// A case that is not well because of something that is told elsewhere.
    pub(super) fn fail_quietly(&mut self, check: &'static Check, ground: Ground) {
        self.case(check, ground, 0);
    }

    /// A case that is not well.
    pub(super) fn fail(&mut self, check: &'static Check, ground: Ground, problem: Problem) {
        self.case(check, ground, 0);
        let Problem { code, message, hook, sent, got, help } = problem;
        let same = |known: &&mut Finding| {
            std::ptr::eq(known.check, check) && known.code == code && known.message == message && known.help == help
        };
        match self.findings.iter_mut().find(same) {
            Some(known) => {
                known.cases += 1;
                known.hooks.extend(hook.filter(|hook| !known.hooks.contains(hook)));
                known.ground = known.ground.min(ground);
            }
            None => {
                let hooks = hook.into_iter().collect();
                self.findings.push(Finding { check, code, message, hooks, cases: 1, sent, got, help, ground });
            }
        }
    }

    /// A question that can't be answered, which is no fault.
    pub(super) fn skip(&mut self, check: &'static Check, reason: &str) {
        if let Some(outcome) = self.outcome(check).filter(|outcome| outcome.cases == 0) {
            outcome.state = State::Skipped(reason.to_owned());
        }
    }

    /// All questions that were not answered yet can't be, as something more basic fails.
    pub(super) fn block_rest(&mut self, reason: &str) {
        for outcome in self.outcomes.iter_mut().filter(|outcome| outcome.cases == 0) {
            outcome.state = State::Blocked(reason.to_owned());
        }
    }

    /// Leaves out what was not wanted.
    pub(super) fn finish(&mut self, wanted: &dyn Fn(Area) -> bool, requests: usize, took: Duration) {
        self.outcomes.retain(|outcome| wanted(outcome.check.area));
        self.findings.retain(|finding| wanted(finding.check.area));
        self.findings.sort_by_key(|finding| (finding.check.demand, finding.check.area));
        (self.requests, self.took) = (requests, took);
    }

    /// How much of what is demanded is well, from 0 to 1; in one area or in all. Each question counts the same. `None`
    /// if there is nothing to say.
    #[must_use]
    pub fn score(&self, area: Option<Area>, demand: Demand) -> Option<f64> {
        let shares: Vec<f64> = self.of(area, demand).filter_map(Outcome::share).collect();
        (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64)
    }

    /// How many questions are well, and how many were judged.
    #[must_use]
    pub fn count(&self, area: Option<Area>, demand: Demand) -> (usize, usize) {
        let shares = || self.of(area, demand).filter_map(Outcome::share);
        (shares().filter(|share| *share >= 1.0).count(), shares().count())
    }

    fn of(&self, area: Option<Area>, demand: Demand) -> impl Iterator<Item = &Outcome> {
        self.outcomes
            .iter()
            .filter(move |outcome| outcome.check.demand == demand && area.is_none_or(|area| outcome.check.area == area))
    }

    /// Whether nothing of that demand is wrong.
    #[must_use]
    pub fn is_well(&self, demand: Demand) -> bool {
        let (well, all) = self.count(None, demand);
        well == all
    }
}

impl Outcome {
    /// The share of cases that were well; `None` if it does not count.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        match self.state {
            State::Judged => Some(self.passed as f64 / self.cases.max(1) as f64),
            State::Blocked(_) => Some(0.0),
            State::Skipped(_) => None,
        }
    }
}

/// A share as a percentage, rounded down so that 100 means all.
#[must_use]
pub fn percent(share: f64) -> u32 {
    // Between 0 and 100. The small amount makes up for sums of fractions.
    (share * 100.0 + 1e-9).floor() as u32
}
