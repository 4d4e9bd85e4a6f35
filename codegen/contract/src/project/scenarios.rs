//! What the simulator plays, as a sender of one release can.

use std::collections::HashSet;

use crate::load::NodeKind;
use crate::model::{Belonging, Contract, Hook, Json, Name, ScenarioStep};
use crate::syntax::Entries;

/// Leaves out members and values of other releases. A step that is like an example of another release gets the part of
/// its body that this release sends.
pub(super) fn keep_possible(whole: &Contract, projected: &mut Contract) {
    let mut scenarios = std::mem::take(&mut projected.scenarios);
    for (_, scenario) in &mut scenarios {
        keep_steps(whole, projected, &mut scenario.steps);
        let mut hooks = HashSet::new();
        names(&scenario.steps, &mut hooks);
        let used = || projected.hooks.iter().filter(|hook| hooks.contains(hook.name.value.as_str()));
        keep(&mut scenario.set, |name| used().any(|hook| hook.parameter(name).is_some()));
    }
    if let Some(simulation) = &mut projected.simulation {
        keep(&mut simulation.fresh, |name| projected.hooks.iter().any(|hook| hook.parameter(name).is_some()));
    }
    projected.scenarios = scenarios;
}

fn keep_steps(whole: &Contract, projected: &Contract, steps: &mut Vec<ScenarioStep>) {
    steps.retain(|step| {
        let exists = |name: &Name| projected.hooks.iter().any(|hook| hook.parameter(&name.value).is_some());
        step.when.as_ref().is_none_or(|condition| exists(&condition.member))
    });
    for step in steps {
        if let (Some(before), Some(hook)) = (whole.find_hook(&step.hook.value), projected.find_hook(&step.hook.value)) {
            keep_step(before, hook, step);
        }
        step.then.iter_mut().for_each(|then| keep_steps(whole, projected, then));
        keep_steps(whole, projected, &mut step.otherwise);
    }
}

fn keep_step(before: &Hook, hook: &Hook, step: &mut ScenarioStep) {
    let titled = |hook: &Hook, title: &Name| {
        hook.examples.iter().find(|example| example.title.value == title.value).map(|example| example.body.clone())
    };
    let gone = step.like.take_if(|like| titled(hook, like).is_none());
    if let Some(body) = gone.and_then(|like| titled(before, &like)) {
        step.body = Some(body);
    }
    step.body.iter_mut().for_each(|body| keep_members(hook, body));
    keep(&mut step.set, |name| hook.parameter(name).is_some());
    if let Some(expected) = &mut step.expect {
        keep(&mut expected.answer, |name| hook.parameter(name).is_some());
        keep(&mut expected.takes, |name| hook.parameter(name).is_some());
    }
}

/// The hook's own members of a body.
fn keep_members(hook: &Hook, body: &mut Json) {
    let own = |name: &str| hook.parameter(name).is_some_and(|parameter| parameter.belonging == Belonging::Own);
    if let Some(members) = body.value.as_object_mut() {
        members.retain(|name, _| own(name));
    }
    if let NodeKind::Mapping(entries) = &mut body.node.kind {
        entries.retain(|(name, _)| own(&name.value));
    }
}

fn keep<T>(entries: &mut Entries<T>, exists: impl Fn(&str) -> bool) {
    entries.items.retain(|(name, _)| exists(&name.value));
}

fn names<'a>(steps: &'a [ScenarioStep], found: &mut HashSet<&'a str>) {
    for step in steps {
        found.insert(step.hook.value.as_str());
        names(step.then.as_deref().unwrap_or_default(), found);
        names(&step.otherwise, found);
    }
}
