//! Whether the hooks of a contract can play a scenario.

use std::collections::BTreeSet;

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings, nearest};
use crate::fit;
use crate::load::NodeKind;
use crate::model::Side;
use crate::model::{Contract, Hook, Json, Known, Name, Parameter, Scenario, ScenarioStep, Type, TypeKind};
use crate::naming::unknown;
use crate::pattern::{self, Piece};
use crate::source::Span;

/// Whether a scenario can be played with a contract's hooks.
pub(crate) fn playable(contract: &Contract, scenario: &Scenario, findings: &mut Findings) {
    for flow in &scenario.plays {
        if !contract.flows.iter().any(|(name, _)| name.value == flow.value) {
            unknown(flow, "flow", contract.flows.iter().map(|(name, _)| &name.value), findings);
        }
    }
    for (_, text) in scenario.values.iter() {
        placeholders(text.span, &text.value, &[], findings);
    }
    let mut hooks = Vec::new();
    let all_found = collect(contract, &scenario.steps, &mut hooks);
    for (member, value) in scenario.set.iter() {
        if all_found {
            known_member(contract, member, hooks.iter().flat_map(|hook| &hook.parameters), findings);
        }
        for hook in &hooks {
            if let Some(parameter) = hook.parameter(&member.value) {
                fits(contract, scenario, hook, parameter, value, findings);
            }
        }
    }
    if scenario.steps.is_empty() && !scenario.broken.contains(&"steps") {
        let found = Diagnostic::new(codes::SCENARIO, scenario.head, "this scenario has no step");
        findings.push(found.help("add `steps:` with at least one `- hook:`"));
    }
    Walk { contract, scenario, findings }.list(&scenario.steps, &mut BTreeSet::new());
}

/// Every hook that a scenario may send. False if some name is no hook's, so that it might have had any member.
fn collect<'a>(contract: &'a Contract, steps: &[ScenarioStep], hooks: &mut Vec<&'a Hook>) -> bool {
    let mut all_found = true;
    for step in steps {
        match contract.find_hook(&step.hook.value) {
            Some(hook) if hooks.iter().any(|known| known.name.value == hook.name.value) => {}
            Some(hook) => hooks.push(hook),
            None => all_found = false,
        }
        all_found &= collect(contract, step.then.as_deref().unwrap_or_default(), hooks);
        all_found &= collect(contract, &step.otherwise, hooks);
    }
    all_found
}

struct Walk<'a> {
    contract: &'a Contract,
    scenario: &'a Scenario,
    findings: &'a mut Findings,
}

impl Walk<'_> {
    /// The steps of a list; `opened` has the clients whose session is open.
    fn list(&mut self, steps: &[ScenarioStep], opened: &mut BTreeSet<String>) {
        for step in steps {
            self.step(step, opened);
            self.list(step.then.as_deref().unwrap_or_default(), opened);
            self.list(&step.otherwise, &mut opened.clone());
        }
    }

    fn step(&mut self, step: &ScenarioStep, opened: &mut BTreeSet<String>) {
        let Some(hook) = self.contract.find_hook(&step.hook.value) else {
            if self.contract.hooks_known == Known::Wholly {
                let names = self.contract.hooks.iter().map(|hook| &hook.name.value);
                unknown(&step.hook, "hook", names, self.findings);
            }
            return;
        };
        self.session(step, hook, opened);
        if let Some(like) = &step.like
            && !hook.examples.iter().any(|example| example.title.value == like.value)
        {
            let titles: Vec<&String> = hook.examples.iter().map(|example| &example.title.value).collect();
            unknown(like, "example", titles, self.findings);
        }
        if let Some(body) = &step.body {
            self.body(hook, body);
        }
        for (member, value) in step.set.iter() {
            self.member(hook, member, value);
        }
        if let Some(expected) = &step.expect {
            for (member, value) in expected.answer.iter().chain(expected.takes.iter()) {
                self.member(hook, member, value);
            }
        }
        if let Some(condition) = &step.when {
            let all = self.contract.hooks.iter().flat_map(|hook| &hook.parameters);
            known_member(self.contract, &condition.member, all, self.findings);
        }
    }

    /// A session begins with the hook that opens it, where the contract has one.
    fn session(&mut self, step: &ScenarioStep, hook: &Hook, opened: &mut BTreeSet<String>) {
        let client = step.client.as_ref().map_or("", |client| client.value.as_str());
        let Some(opening) = self.contract.opening() else { return };
        if hook.kind.is_opening() {
            opened.insert(client.to_owned());
        } else if opened.insert(client.to_owned()) {
            let whose = if client.is_empty() { "the session".to_owned() } else { format!("the session of `{client}`") };
            let message = format!("{whose} was not opened before `{}` is sent", hook.name.value);
            self.findings.push(
                Diagnostic::new(codes::SCENARIO, step.hook.span, message)
                    .help(format!("send `{}` first, with the same `client`", opening.name.value)),
            );
        }
    }

    /// A body is an object of members; each is compared with its declaration.
    fn body(&mut self, hook: &Hook, body: &Json) {
        match (&body.node.kind, body.value.as_object()) {
            (NodeKind::Mapping(entries), Some(members)) => {
                for (name, node) in entries {
                    let value = members.get(&name.value).cloned().unwrap_or_default();
                    self.member(hook, name, &Json { value, node: node.clone() });
                }
            }
            (NodeKind::Refused, _) => {}
            _ => {
                let found = Diagnostic::new(codes::EXAMPLE, body.node.span, "a body is an object");
                self.findings.push(found.help("write `{member: value}`"));
            }
        }
    }

    fn member(&mut self, hook: &Hook, name: &Name, value: &Json) {
        match hook.parameter(&name.value) {
            Some(parameter) => fits(self.contract, self.scenario, hook, parameter, value, self.findings),
            None if hook.broken.contains(&name.value) => {}
            None => {
                let names = hook.parameters.iter().map(|parameter| &parameter.name.value);
                unknown(name, "parameter", names, self.findings);
            }
        }
    }
}

pub(crate) fn known_member<'a>(
    contract: &Contract,
    name: &Name,
    mut members: impl Iterator<Item = &'a Parameter> + Clone,
    findings: &mut Findings,
) {
    let names = members.clone().map(|parameter| &parameter.name.value);
    if !members.any(|parameter| parameter.name.value == name.value) && contract.hooks_known == Known::Wholly {
        unknown(name, "parameter", names, findings);
    }
}

/// A value suits its member; one with placeholders is only known when it is played.
fn fits(
    contract: &Contract,
    scenario: &Scenario,
    hook: &Hook,
    parameter: &Parameter,
    value: &Json,
    findings: &mut Findings,
) {
    let what = format!("`{}` of `{}`", parameter.name.value, hook.name.value);
    let mut has_placeholders = false;
    texts(&value.value, &mut |text| {
        let own = scenario.values.items.iter().map(|(name, _)| name.value.as_str());
        let members = hook.parameters.iter().map(|parameter| parameter.name.value.as_str());
        let known: Vec<&str> = own.chain(members).collect();
        placeholders(value.node.span, text, &known, findings);
        has_placeholders |= pattern::is_pattern(text);
    });
    if value.value.is_null() || has_placeholders {
        return;
    }
    for found in fit::mismatches(contract, &parameter.ty, None, &value.node, &value.value, Side::Answer) {
        let message = format!("{what} does not fit: {}", found.message);
        findings.push(Diagnostic::new(codes::EXAMPLE, found.span, message).help(found.help));
    }
    unlisted(contract, &parameter.ty, &what, value, findings);
}

/// A value of an open enum that looks like a slip of a listed one.
fn unlisted(contract: &Contract, ty: &Type, what: &str, value: &Json, findings: &mut Findings) {
    let (Type::Named(id), Some(text)) = (ty, value.value.as_str()) else { return };
    let TypeKind::Enum { values, .. } = &contract.type_def(*id).kind else { return };
    let listed = |known: &&str| *known == text;
    let spellings =
        || values.iter().flat_map(|value| [&value.wire].into_iter().chain(value.aliases.iter().map(|(a, _)| a)));
    let mut words = spellings().map(|name| name.value.as_str());
    if words.any(|word| listed(&word)) {
        return;
    }
    if let Some(meant) = nearest(text, spellings().map(|name| name.value.as_str())) {
        let message = format!("{what} has no listed value `{text}`");
        let found = Diagnostic::warning(codes::UNKNOWN_REFERENCE, value.node.span, message);
        findings.push(found.help(format!("did you mean `{meant}`?")));
    }
}

/// The placeholders of a text are well written, and their names are known.
pub(crate) fn placeholders(span: Span, text: &str, known: &[&str], findings: &mut Findings) {
    match pattern::parse(text) {
        Err(error) => {
            let found = Diagnostic::new(codes::SCENARIO, span, error.to_string());
            findings.push(found.help("write `{uuid}`, `{hex:8}`, `{digits:4}`, `{number:1-9}`, `{time}` or `{name}`"));
        }
        Ok(pieces) => {
            for piece in pieces {
                let Piece::Named(name) = piece else { continue };
                if !known.contains(&name.as_str()) {
                    let message = format!("`{{{name}}}` names nothing that has a value here");
                    let found = Diagnostic::new(codes::SCENARIO, span, message)
                        .help("name a key of the scenario's `values` or a member of the hook, or one of `{uuid}`, `{hex:8}`, `{digits:4}`, `{number:1-9}`, `{time}`");
                    findings.push(found.did_you_mean(&name, known.iter().copied()));
                }
            }
        }
    }
}

fn texts(value: &serde_json::Value, seen: &mut dyn FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => seen(text),
        serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, seen)),
        serde_json::Value::Object(members) => members.values().for_each(|member| texts(member, seen)),
        _ => {}
    }
}
