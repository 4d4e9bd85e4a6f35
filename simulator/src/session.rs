//! What the server knows of a client's session, and of the things that happen in it.

use std::collections::HashMap;

use serde_json::Value;
use wcs_contract::model::{Belonging, Contract, Hook, Scenario, ScenarioStep};

use crate::Members;
use crate::body::{self, Names};
use crate::policy::Policy;
use crate::random::Random;

/// The moment at which every play begins, in milliseconds since 1970, so that a seed repeats a play wholly.
pub(crate) const EPOCH: u64 = 1_767_225_600_000;

/// A client's session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The policy in force.
    pub(crate) policy: Policy,
    /// What the server has taken from answers, by member.
    pub(crate) known: Members,
    /// Fresh values of context members.
    context: HashMap<String, Value>,
}

impl Session {
    pub(crate) fn new(contract: &Contract) -> Self {
        Self { policy: Policy::standard(contract), known: Members::new(), context: HashMap::new() }
    }
}

/// The made-up values of a play.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// By the scenario's name for them.
    own: HashMap<String, Value>,
    /// By thing and member.
    things: HashMap<(String, String), Value>,
}

/// What a body is made for.
pub(crate) struct Making<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) scenario: &'a Scenario,
    /// Milliseconds since the play began.
    pub(crate) at: u64,
}

/// Makes the body of a step.
pub(crate) fn body(
    making: &Making<'_>,
    step: &ScenarioStep,
    hook: &Hook,
    session: &mut Session,
    values: &mut Values,
    random: &mut Random,
) -> Members {
    let Making { contract, scenario, at } = *making;
    let written = step.body.as_ref().and_then(|body| body.value.as_object());
    let mut body = match written {
        Some(own) => body::completed(contract, hook, own.clone()),
        None => body::example(contract, hook, step.like.as_ref().map(|like| like.value.as_str())),
    };
    let about = step.about.as_ref().map_or_else(String::new, |about| about.value.clone());
    let mut maker = Maker { contract, scenario, about, time: EPOCH + at, values, session };
    for name in body.keys().cloned().collect::<Vec<_>>() {
        if let Some(fresh) = maker.fresh(hook, &name, random) {
            body::refresh(&mut body, &name, fresh);
        }
    }
    for (name, value) in scenario.set.iter().filter(|(name, _)| body.contains_key(&name.value)).collect::<Vec<_>>() {
        maker.set(hook, &mut body, &name.value, &value.value, random);
    }
    for (name, value) in step.set.iter() {
        maker.set(hook, &mut body, &name.value, &value.value, random);
    }
    body::ordered(contract, hook, body)
}

struct Maker<'a> {
    contract: &'a Contract,
    scenario: &'a Scenario,
    about: String,
    time: u64,
    values: &'a mut Values,
    session: &'a mut Session,
}

impl Maker<'_> {
    /// The fresh value of a member, if the contract makes one up: a context member's for the session, another's for the
    /// thing that the step is about.
    fn fresh(&mut self, hook: &Hook, member: &str, random: &mut Random) -> Option<Value> {
        let simulation = self.contract.simulation.as_ref()?;
        let (_, pattern) = simulation.fresh.iter().find(|(name, _)| name.value == member)?;
        let parameter = hook.parameter(member)?;
        let is_context = parameter.belonging == Belonging::Context;
        let thing = (self.about.clone(), member.to_owned());
        let known = if is_context { self.session.context.get(member) } else { self.values.things.get(&thing) };
        if let Some(known) = known {
            return Some(known.clone());
        }
        let mut names = Names { lookup: &mut |_, _| None, time: self.time };
        let value = body::fill_text(&pattern.value, Some(&parameter.ty), &mut names, random);
        if is_context {
            self.session.context.insert(member.to_owned(), value.clone());
        } else {
            self.values.things.insert(thing, value.clone());
        }
        Some(value)
    }

    /// Puts a value of the scenario into the body; null takes the member out.
    fn set(&mut self, hook: &Hook, body: &mut Members, member: &str, value: &Value, random: &mut Random) {
        if hook.parameter(member).is_none() {
            return;
        }
        if value.is_null() {
            body.remove(member);
            return;
        }
        let known = body.clone();
        let time = self.time;
        let mut lookup = |name: &str, random: &mut Random| {
            let of_body = || known.get(name).cloned();
            let of_session = |maker: &Self| maker.session.known.get(name).cloned();
            self.own(name, random)
                .or_else(|| if name == member { None } else { of_body() })
                .or_else(|| of_session(self))
                .or_else(|| self.fresh(hook, name, random))
        };
        let ty = hook.parameter(member).map(|parameter| &parameter.ty);
        let filled = body::fill(value, ty, &mut Names { lookup: &mut lookup, time }, random);
        if filled.is_null() {
            // What it stands for has no value.
            body.remove(member);
        } else if body.contains_key(member) {
            body::refresh(body, member, filled);
        } else {
            body.insert(member.to_owned(), filled);
        }
    }

    /// A value of the scenario, made up when it is first asked for.
    fn own(&mut self, name: &str, random: &mut Random) -> Option<Value> {
        if let Some(known) = self.values.own.get(name) {
            return Some(known.clone());
        }
        let (_, pattern) = self.scenario.values.iter().find(|(known, _)| known.value == name)?;
        let mut names = Names { lookup: &mut |_, _| None, time: self.time };
        let value = body::fill_text(&pattern.value, None, &mut names, random);
        self.values.own.insert(name.to_owned(), value.clone());
        Some(value)
    }
}
