//! Random contracts without errors, for properties of everything that is made of a contract.
//!
//! A list of numbers decides everything about a contract, one number after the other; once the list has ended, the
//! first option is taken. A shorter list, or one of smaller numbers, is therefore a simpler contract, so a failure
//! shrinks to a small one. The same list is always the same contract.
//!
//! To cover another part of the language, let [`contract`] decide about it; every option must be without errors.

mod types;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Map, Value, json};

use types::{Declared, Type};

/// Properties of random contracts look at the same ones every time; `PROPTEST_CASES=10000` looks at more of them.
#[must_use]
pub fn config(default: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    Config {
        cases: asked.unwrap_or(default),
        rng_seed: RngSeed::Fixed(0),
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::default()
    }
}

/// Random contracts, each as the text of its root file.
pub fn contracts() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<u16>(), 0..300).prop_map(|numbers| contract(&numbers))
}

/// The contract that a list of numbers decides, as the text of its root file. JSON is YAML too.
#[must_use]
pub fn contract(numbers: &[u16]) -> String {
    let mut choices = Choices { numbers: numbers.iter().copied() };
    let declared = Declared::new(&mut choices);
    let mut hooks = Map::new();
    for kind in ["direct", "event", "connect", "incoming"] {
        if hooks.is_empty() || choices.maybe() {
            hooks.insert(format!("{kind}Hook"), hook(kind, &declared, &mut choices));
        }
    }
    let mut sections = Map::from_iter([
        ("types".to_owned(), Value::Object(declared.definitions(&mut choices))),
        ("hooks".to_owned(), Value::Object(hooks)),
    ]);
    if choices.maybe() {
        sections.insert("sender".to_owned(), sender());
    }
    whole(sections)
}

/// The text of a contract that has these sections beside its identity and the group `everything`.
#[must_use]
pub fn whole(sections: Map<String, Value>) -> String {
    let contract = json!({ "name": "random", "title": "Random", "version": "1.0.0", "doc": "Anything." });
    let groups = json!({ "everything": { "title": "Everything", "doc": "Every hook." } });
    let head = [("contract".to_owned(), contract), ("groups".to_owned(), groups)];
    format!("{:#}\n", Value::Object(head.into_iter().chain(sections).collect()))
}

/// A sender without a signature and a session policy.
fn sender() -> Value {
    json!({
        "name": "Random",
        "doc": "Sends each hook as a POST.",
        "base_paths": { "/random": { "doc": "As delivered." } },
        "timeout": { "seconds": 5, "setting": "patience", "doc": "It counts as an error." },
        "answer": { "accept_status": 200, "deny_status": 403, "content_type": "application/json", "doc": "One object." },
        "settings": { "patience": { "value": "5", "doc": "Seconds." } },
    })
}

/// A list of numbers that decides.
pub(crate) struct Choices<'a> {
    numbers: std::iter::Copied<std::slice::Iter<'a, u16>>,
}

impl Choices<'_> {
    /// A number below another one.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::from(self.numbers.next().unwrap_or(0)) % end.max(1)
    }

    /// True or false.
    pub(crate) fn maybe(&mut self) -> bool {
        self.below(2) == 1
    }

    /// One of some options.
    pub(crate) fn one<T: Copy>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())]
    }
}

/// Wire names of members, some of which are awkward.
const NAMES: [&str; 6] = ["a", "first", "someMember", "type", "x-header", "b\"c"];

/// How often members are sent.
const PRESENCES: [&str; 3] = ["sometimes", "always", "usually"];

/// A hook without members.
#[must_use]
pub fn bare_hook(kind: &str, effect: &str) -> Map<String, Value> {
    let hook = json!({
        "type": kind,
        "group": "everything",
        "summary": "Something happens.",
        "deny": { "effect": effect, "doc": "Nothing more." },
        "evidence": "documents",
    });
    hook.as_object().cloned().unwrap_or_default()
}

fn hook(kind: &str, declared: &Declared, choices: &mut Choices<'_>) -> Value {
    let effects: &[&str] = match kind {
        "event" => &["no_effect", "ends_stream", "undocumented"],
        _ => &["forbids", "not_useful", "no_effect", "undocumented"],
    };
    let mut hook = bare_hook(kind, choices.one(effects));
    if choices.maybe() {
        hook.insert("aliases".to_owned(), json!({ format!("{kind}Alias"): "Old firmware." }));
    }
    let count = choices.below(NAMES.len() + 1);
    let (mut parameters, mut body, mut answer) = (Map::new(), Map::new(), Map::new());
    let mut has_example = choices.maybe();
    for name in NAMES.into_iter().take(count) {
        let ty = declared.any_type(choices, None);
        let limits = types::limits(&ty, choices);
        let presence = choices.one(&PRESENCES);
        let mut member = member(name, &ty, &limits, presence, declared, choices);
        let place = choices.one(&["request", "answer", "both"]);
        if kind != "event" {
            member.insert("in".to_owned(), json!(place));
            if choices.maybe() {
                member.insert("overwritable".to_owned(), json!({ "reason": "The manual says so." }));
            }
        }
        let is_received = kind == "event" || place != "answer";
        if has_example && (presence == "always" || choices.maybe()) {
            match declared.value(&ty, &limits, choices) {
                Some(value) if is_received => drop(body.insert(name.to_owned(), value)),
                Some(value) => drop(answer.insert(name.to_owned(), value)),
                None => has_example &= !is_received || presence != "always",
            }
        }
        parameters.insert(name.to_owned(), Value::Object(member));
    }
    hook.insert("parameters".to_owned(), Value::Object(parameters));
    if has_example {
        let example = json!({ "title": "Plain", "origin": "derived", "body": body, "answer": answer });
        hook.insert("examples".to_owned(), json!([example]));
    }
    Value::Object(hook)
}

/// A member of a hook or a record, without what only members of hooks have.
fn member(
    name: &str,
    ty: &Type,
    limits: &Map<String, Value>,
    presence: &str,
    declared: &Declared,
    choices: &mut Choices<'_>,
) -> Map<String, Value> {
    let mut member = Map::from_iter([
        ("type".to_owned(), json!(declared.written(ty))),
        ("doc".to_owned(), json!("Anything.")),
        ("presence".to_owned(), json!(presence)),
    ]);
    if !limits.is_empty() {
        member.insert("constraints".to_owned(), json!(limits));
    }
    if choices.maybe() {
        member.insert("aliases".to_owned(), json!({ format!("old_{name}"): "Old firmware." }));
    }
    for key in ["example", "default"] {
        let value = if choices.maybe() { declared.value(ty, limits, choices) } else { None };
        member.extend(value.map(|value| (key.to_owned(), value)));
    }
    if choices.maybe() {
        member.insert("sensitive".to_owned(), json!(true));
    }
    member
}
