//! What templates are told: the model, cut to the hooks that the backend handles, with what only a program needs.

use serde_json::{Map, Value, json};

use super::{Crates, Layout, Plan, base_path};
use wcs_contract::export;
use wcs_contract::model::{Contract, DenyEffect, Hook};
use wcs_contract::names::{self, Role};
use wcs_contract::text::codes;
use wcs_targets::open_api_names;
use wcs_targets::{handler_name, readable_members};

/// The model for a new backend.
pub(super) fn model(contract: &Contract, plan: &Plan<'_>) -> Value {
    let mut model = export::document(contract);
    let (groups, hooks) = groups_of(contract, &plan.hooks, &model);
    if let Value::Object(model) = &mut model {
        model.insert("project".to_owned(), project(contract, plan));
        model.insert("operator".to_owned(), plan.operator.text.trim_end().into());
        // As rustfmt sorts them.
        let mut modules: Vec<&str> = groups.iter().filter_map(|group| group.get("module")?.as_str()).collect();
        modules.sort_unstable();
        model.insert("modules".to_owned(), json!(modules));
        model.insert("groups".to_owned(), groups.into());
        model.insert("hooks".to_owned(), hooks.into());
    }
    model
}

fn project(contract: &Contract, plan: &Plan<'_>) -> Value {
    let sender = contract.sender.as_ref();
    let title = sender.map_or(&contract.title, |sender| &sender.name).value.trim_end_matches('.');
    let opening = contract.opening();
    let signature = sender.and_then(|sender| sender.signature.as_ref());
    let (hooks_crate, runtime_crate, checkout) = match &plan.crates {
        Crates::Checkout(path) => {
            let at = |folder: &str| format!("{{ path = {} }}", json!(format!("{path}/{folder}")));
            (at("generated/rust"), at("runtime"), path.as_str())
        }
        Crates::Released => {
            let version = json!(env!("CARGO_PKG_VERSION")).to_string();
            (version.clone(), version, "")
        }
    };
    json!({
        "name": plan.name,
        "description": format!("A backend of the {title}: it decides about hooks and hears what has happened"),
        "language": plan.language.word(),
        "layout": plan.layout.word(),
        "full": plan.layout == Layout::Full,
        "all_hooks": contract.hooks.len(),
        "base": base_path(contract),
        // A template's own name can't begin with an underscore: that is what parts are called.
        "init": "__init__",
        "bases": base_paths(contract),
        "listen": "127.0.0.1:8081",
        "port": 8081,
        "url": plan.operator.url,
        "opening": opening.map_or("", |hook| &hook.name.value),
        "signed": signature.is_some(),
        "accept_status": contract.answers().accept,
        "deny_status": contract.answers().deny,
        "reject_status": signature.map_or(403, |signature| signature.reject_status.value),
        "rust_version": env!("CARGO_PKG_RUST_VERSION"),
        "hooks_crate": hooks_crate,
        "runtime_crate": runtime_crate,
        "checkout": checkout,
    })
}

/// Every path under which a sender may look for a backend.
fn base_paths(contract: &Contract) -> Vec<String> {
    let bases = contract.sender.iter().flat_map(|sender| sender.base_paths.iter());
    let paths: Vec<String> = bases.map(|(path, _)| path.value.trim_end_matches('/').to_owned()).collect();
    if paths.is_empty() { vec![base_path(contract)] } else { paths }
}

/// Some hooks of a model as templates see them, and the groups that have one of them.
pub(super) fn groups_of(contract: &Contract, hooks: &[&Hook], model: &Value) -> (Vec<Value>, Vec<Value>) {
    let list = |key| model.get(key).and_then(Value::as_array).into_iter().flatten();
    let wanted = |hook: &Hook| hooks.iter().any(|wanted| wanted.name.value == hook.name.value);
    let all = contract.hooks.iter().zip(list("hooks")).zip(open_api_names(contract));
    let hooks: Vec<Value> = all
        .filter(|((hook, _), _)| wanted(hook))
        .filter_map(|((hook, json), models)| described(contract, hook, json, models))
        .collect();
    (list("groups").filter_map(|group| with_hooks(group, &hooks)).collect(), hooks)
}

/// A hook of the model with the names that it has in programs, and a body to try it with.
fn described(contract: &Contract, hook: &Hook, json: &Value, (request, answer): (String, String)) -> Option<Value> {
    let mut described: Map<String, Value> = json.as_object()?.clone();
    let body = hook.examples.first().map_or_else(|| json!({}), |example| example.body.value.clone());
    let settable: Vec<String> = hook
        .answer_members()
        .filter(|member| member.overwritable.is_some())
        .map(|member| names::rust(&member.name.value, Role::Member).unwrap_or_default())
        .collect();
    let settable_words = codes(&settable);
    let reads: Vec<String> = readable_members(hook)
        .into_iter()
        .filter_map(|member| names::rust(&member.name.value, Role::Member))
        .map(|name| format!("`hook.{name}()`"))
        .collect();
    // What asks is stopped by an error only if the policy says so; where a denial is of no known use, it should not.
    let stoppable = hook.kind.is_permission() && !hook.kind.is_opening();
    let asks = match hook.deny.effect.value {
        DenyEffect::Forbids => stoppable,
        DenyEffect::EndsStream => true,
        DenyEffect::NotUseful | DenyEffect::NoEffect | DenyEffect::Undocumented => false,
    };
    described.extend([
        ("rust_type".to_owned(), names::rust(&hook.name.value, Role::Hook).into()),
        ("rust_name".to_owned(), handler_name(hook).into()),
        ("request_model".to_owned(), request.into()),
        ("answer_model".to_owned(), answer.into()),
        ("access".to_owned(), access(&hook.name.value).into()),
        ("python_name".to_owned(), python_word(&names::snake(&hook.name.value)).into()),
        ("policy_member".to_owned(), policy_member(contract, hook).into()),
        ("changeable".to_owned(), changeable(hook).into()),
        ("asks".to_owned(), asks.into()),
        ("tolerated".to_owned(), (stoppable && !asks).into()),
        ("denial".to_owned(), denial(hook).into()),
        ("settable".to_owned(), settable.into()),
        ("settable_words".to_owned(), format!("{settable_words}.").into()),
        ("reads".to_owned(), reads.join(", ").into()),
        ("body".to_owned(), format!("{body:#}").into()),
    ]);
    Some(Value::Object(described))
}

/// The member of the answer that opens a session by which denials of other hooks count; empty for other hooks.
fn policy_member<'a>(contract: &'a Contract, hook: &Hook) -> &'a str {
    let policy = contract.session_policy().filter(|_| hook.kind.is_opening());
    policy.map_or("", |policy| &policy.member.value)
}

/// What an answer may change, under the names of the wire.
fn changeable(hook: &Hook) -> String {
    let members = hook.answer_members().filter(|member| member.overwritable.is_some());
    let words = codes(members.map(|member| &member.name.value));
    if words.is_empty() { words } else { format!("An answer may change {words}.") }
}

/// How TypeScript gets at a member.
fn access(name: &str) -> String {
    match names::typescript(name, Role::Member) {
        quoted if quoted.starts_with('"') => format!("[{quoted}]"),
        bracketed if bracketed.starts_with('[') => bracketed,
        plain => format!(".{plain}"),
    }
}

/// A word that Python takes for a name.
pub(super) fn python_word(word: &str) -> String {
    let keywords = [
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
        "raise", "return", "try", "while", "with", "yield", "None", "True", "False",
    ];
    if keywords.contains(&word) { format!("{word}_") } else { word.to_owned() }
}

fn denial(hook: &Hook) -> String {
    let doc = hook.deny.doc.value.trim();
    let says = match hook.deny.effect.value {
        DenyEffect::Forbids => "A denial forbids it.",
        DenyEffect::NotUseful => "A denial serves no purpose.",
        DenyEffect::NoEffect => "It has happened already, so it can't be denied.",
        DenyEffect::EndsStream => "A denial ends the stream.",
        DenyEffect::Undocumented => "What a denial does is not documented.",
    };
    if doc.is_empty() { says.to_owned() } else { format!("{says} {doc}") }
}

/// A group with those of its hooks that are handled; `None` if there are none.
fn with_hooks(group: &Value, hooks: &[Value]) -> Option<Value> {
    let mut group = group.as_object()?.clone();
    let name = group.get("name")?.clone();
    let own: Vec<Value> = hooks.iter().filter(|hook| hook.get("group") == Some(&name)).cloned().collect();
    if own.is_empty() {
        return None;
    }
    let module = python_word(&names::rust_module(name.as_str()?)?);
    let says_policy = |hook: &Value| hook.get("policy_member").is_some_and(|member| member != "");
    group.insert("has_policy".to_owned(), own.iter().any(says_policy).into());
    group.insert("module".to_owned(), module.into());
    group.insert("hooks".to_owned(), own.into());
    Some(Value::Object(group))
}
