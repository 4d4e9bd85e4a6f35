//! The facts of the vendor's documents, as plain tables in `tables/*.tsv`, against the contract and everything made of
//! it: no hook, parameter, value, SDK call, denial or error rule may be lost on the way.

#![allow(clippy::expect_used, reason = "a test fails by it")]

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde_json::Value;
use wcs_contract::model::{Contract, DenyEffect, Hook, HookType, Sdk, Type, TypeDef, TypeKind};
use wcs_contract::names::{self, Role};
use wcs_contract::{Input, compile};
use wcs_tests::{none, root};

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let compiled = compile(&Input::at(root().join("schema"))).expect("the schema is there");
    compiled.contract.expect("the schema has no mistake")
});

/// The rows of a table, without its heading.
fn table<const N: usize>(name: &str) -> Vec<[String; N]> {
    let path = root().join("tests/tables").join(format!("{name}.tsv"));
    let text = std::fs::read_to_string(&path).expect("the table is there");
    let row = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        cells.try_into().unwrap_or_else(|cells| panic!("{name}: {cells:?} has not {N} cells"))
    };
    text.lines().skip(1).map(row).collect()
}

fn hook(name: &str) -> Option<&'static Hook> {
    CONTRACT.hooks.iter().find(|hook| hook.name.value == name)
}

/// The text of a generated file: as committed, or as it would be made if nothing of its kind is committed.
fn generated(emitter: &str, path: &str) -> String {
    let folder = root().join("generated").join(emitter);
    if folder.join(wcs_codegen::output::MANIFEST).is_file() {
        let file = folder.join(path);
        return std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
    artifact(emitter, path).unwrap_or_else(|| panic!("{emitter} makes no {path}"))
}

fn artifact(emitter: &str, path: &str) -> Option<String> {
    static EMITTED: LazyLock<HashMap<(&str, String), String>> = LazyLock::new(|| {
        let artifacts = wcs_targets::EMITTERS.iter().map(|emitter| (emitter.name(), emitter.emit(&CONTRACT)));
        artifacts.flat_map(|(name, made)| made.into_iter().map(move |one| ((name, one.path), one.text))).collect()
    });
    let name = wcs_targets::find(emitter)?.name();
    EMITTED.get(&(name, path.to_owned())).cloned()
}

/// Complains about each row that does not hold.
fn all<const N: usize>(rows: &[[String; N]], holds: impl Fn(&[String; N]) -> bool) {
    none(&rows.iter().filter(|row| !holds(row)).map(|row| row.join(" / ")).collect::<Vec<_>>());
}

// The contract itself.

#[test]
fn the_tables_are_whole() {
    let parameters = table::<3>("parameters");
    let hooks: BTreeSet<&str> = parameters.iter().map(|[hook, ..]| hook.as_str()).collect();
    assert_eq!((parameters.len(), hooks.len()), (303, 37));
    assert_eq!(table::<3>("values").len(), 78);
    assert_eq!(table::<4>("sdk").len(), 27);
    assert_eq!(table::<2>("deny").len(), 35);
    assert_eq!(table::<6>("matrix").len(), 8);
}

#[test]
fn the_contract_has_every_hook() {
    assert!(CONTRACT.hooks.len() >= 43, "{}", CONTRACT.hooks.len());
    all(&table::<3>("parameters"), |[name, ..]| hook(name).is_some());
    all(&table::<4>("sdk"), |[name, ..]| hook(name).is_some());
    all(&table::<2>("deny"), |[name, _]| hook(name).is_some());
}

#[test]
fn the_contract_has_every_parameter() {
    all(&table::<3>("parameters"), |[name, parameter, _]| {
        hook(name).is_some_and(|hook| hook.parameter(parameter).is_some())
    });
}

/// A spelling of the documents that differs is another spelling of the hook or of the parameter.
#[test]
fn the_contract_knows_the_documents_spellings() {
    all(&table::<3>("parameters"), |[name, parameter, document]| {
        let Some((spelt_hook, spelt)) = document.split_once('.') else { return document == "-" };
        let Some(found) = CONTRACT.find_hook(spelt_hook) else { return spelt_hook != name && hook(name).is_some() };
        found.name.value == *name
            && (spelt == parameter || hook(name).is_some_and(|hook| hook.parameter(parameter).is_some()))
    });
}

/// The enum of a member, looked up through arrays, maps and lists; a dot leads into a record.
fn enum_of(hook: &Hook, path: &str) -> Option<&'static TypeDef> {
    let mut members = hook.parameters.as_slice();
    let mut found = None;
    for name in path.split('.') {
        let member = members.iter().find(|member| member.name.value == name)?;
        let def = named(&member.ty)?;
        members = match &def.kind {
            TypeKind::Record(members) => members,
            TypeKind::Enum { .. } => &[],
        };
        found = Some(def);
    }
    found
}

fn named(ty: &Type) -> Option<&'static TypeDef> {
    match ty {
        Type::Named(id) => Some(CONTRACT.type_def(*id)),
        Type::Array(item) | Type::Map(item) | Type::List(item) => named(item),
        Type::Scalar(_) => None,
    }
}

fn has_value(def: &TypeDef, value: &str) -> bool {
    match &def.kind {
        TypeKind::Enum { values, .. } => values.iter().any(|known| known.wire.value == value),
        TypeKind::Record(_) => false,
    }
}

#[test]
fn the_contract_has_every_value() {
    all(&table::<3>("values"), |[name, member, value]| {
        hook(name).and_then(|hook| enum_of(hook, member)).is_some_and(|def| has_value(def, value))
    });
}

/// The row of a call that belongs to no hook of its own says that the client has no part in it.
#[test]
fn the_contract_has_every_sdk_call_and_the_events_that_follow() {
    all(&table::<4>("sdk"), |[name, call, _, events]| {
        let Some(hook) = hook(name) else { return false };
        let called = match &hook.sdk {
            Sdk::Used(calls) => calls.iter().any(|known| known.call.value == *call),
            Sdk::Unused | Sdk::Unknown => call == "-",
        };
        let follows = |event: &str| hook.leads_to.iter().any(|id| CONTRACT.hook(*id).name.value == event);
        called && events.split(',').all(|event| event == "-" || event == name || follows(event))
    });
}

fn denial(list: &str, hook: &Hook) -> bool {
    let effect = hook.deny.effect.value;
    match list {
        "forbid" => effect == DenyEffect::Forbids && hook.kind != HookType::Event,
        "not-useful" => effect == DenyEffect::NotUseful && hook.kind == HookType::Direct,
        "event" => hook.kind == HookType::Event && effect != DenyEffect::Forbids,
        "incoming" => hook.kind == HookType::Incoming,
        _ => false,
    }
}

#[test]
fn the_contract_says_what_can_be_denied() {
    all(&table::<2>("deny"), |[name, list]| hook(name).is_some_and(|hook| denial(list, hook)));
}

#[test]
fn the_contract_has_every_cell_of_the_error_matrix() {
    all(&table::<6>("matrix"), |[word, kind, logged, execution, client, caller]| {
        let Some((_, row)) = CONTRACT.on_error.iter().find(|(known, _)| known.value == *word) else { return false };
        let Some((_, cell)) = row.cells.iter().find(|(known, _)| known.word() == kind) else { return false };
        let is_logged = cell.logged.as_ref().is_none_or(|said| said.value);
        (logged == "-" || logged == &is_logged.to_string())
            && cell.execution.value.word() == execution
            && cell.client.value.word() == client
            && cell.caller_status.as_ref().map_or("-".to_owned(), |status| status.value.to_string()) == *caller
    });
}

// OpenAPI, both versions.

fn openapi(version: &str) -> Value {
    serde_json::from_str(&generated("openapi", &format!("openapi-{version}.json"))).expect("the document is JSON")
}

/// The operation of a hook: a path of 3.0, a webhook of 3.1.
fn operation<'a>(document: &'a Value, name: &str) -> Option<&'a Value> {
    let of = |item: &'a Value| item.get("post");
    let webhook = document.get("webhooks").and_then(|all| all.get(name)).and_then(of);
    webhook.or_else(|| document.get("paths")?.get(format!("/{name}")).and_then(of))
}

/// The schemas of a hook's request and answer.
fn bodies<'a>(document: &'a Value, name: &str) -> Vec<&'a Value> {
    let Some(operation) = operation(document, name) else { return Vec::new() };
    let content = |body: &'a Value| body.get("content")?.get("application/json")?.get("schema");
    let request = operation.get("requestBody").and_then(content);
    let answer = operation.get("responses").and_then(|all| all.get("200")).and_then(content);
    request.into_iter().chain(answer).map(|schema| followed(document, schema)).collect()
}

/// A schema itself, or what it refers to.
fn followed<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    reference.and_then(|pointer| document.pointer(pointer)).unwrap_or(schema)
}

/// A member of a schema, through references, combinations, items and additional properties.
fn member<'a>(document: &'a Value, schema: &'a Value, name: &str) -> Option<&'a Value> {
    let schema = followed(document, schema);
    if let Some(found) = schema.get("properties").and_then(|properties| properties.get(name)) {
        return Some(found);
    }
    let combined = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let inner = ["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key));
    combined.chain(inner).find_map(|schema| member(document, schema, name))
}

/// Whether a schema lists a value, in the same places.
fn lists(document: &Value, schema: &Value, value: &str) -> bool {
    let schema = followed(document, schema);
    let listed = ["enum", "x-extensible-enum"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let combined = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let inner = ["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key));
    listed.chain(schema.get("const")).any(|known| known == value)
        || combined.chain(inner).any(|schema| lists(document, schema, value))
}

fn check_openapi(version: &str) {
    let document = openapi(version);
    let name_of = |hook: &Hook| operation(&document, &hook.name.value).is_none().then(|| hook.name.value.clone());
    none(&CONTRACT.hooks.iter().filter_map(name_of).collect::<Vec<_>>());
    all(&table::<3>("parameters"), |[name, parameter, _]| {
        bodies(&document, name).iter().any(|body| member(&document, body, parameter).is_some())
    });
    all(&table::<3>("values"), |[name, path, value]| {
        let at = |body| path.split('.').try_fold(body, |schema, name| member(&document, schema, name));
        bodies(&document, name).into_iter().filter_map(at).any(|schema| lists(&document, schema, value))
    });
    all(&table::<4>("sdk"), |[name, call, ..]| {
        let text = operation(&document, name).and_then(|operation| operation.get("description")?.as_str());
        call == "-" || text.is_some_and(|text| text.contains(&format!("`{call}`")))
    });
    all(&table::<2>("deny"), |[name, list]| {
        let effect = operation(&document, name).and_then(|operation| operation.pointer("/x-wcs-deny/effect")?.as_str());
        let kind = operation(&document, name).and_then(|operation| operation.get("x-wcs-type")?.as_str());
        match list.as_str() {
            "forbid" => effect == Some("forbids"),
            "not-useful" => effect == Some("not_useful"),
            other => kind == Some(other),
        }
    });
    all(&table::<6>("matrix"), |[word, kind, _, execution, client, caller]| {
        let of_kind = |hook: &&Hook| hook.kind.word() == kind && hook.deny.effect.value != DenyEffect::EndsStream;
        CONTRACT.hooks.iter().filter(of_kind).all(|hook| {
            let responses = operation(&document, &hook.name.value).and_then(|operation| operation.get("responses"));
            let mut effects = responses.and_then(Value::as_object).into_iter().flat_map(|responses| responses.values());
            effects.any(|response| {
                let cell = response.pointer(&format!("/x-wcs-on-error/{word}"));
                cell.is_some_and(|cell| {
                    cell["execution"] == execution.as_str()
                        && cell["client"] == client.as_str()
                        && (caller == "-" || cell.to_string().contains(caller.as_str()))
                })
            })
        })
    });
}

#[test]
fn openapi_3_0_has_every_fact() {
    check_openapi("3.0");
}

#[test]
fn openapi_3_1_has_every_fact() {
    check_openapi("3.1");
}

// The reference pages.

fn page(name: &str) -> String {
    generated("docs", &format!("hooks/{}.md", names::file(name)))
}

#[test]
fn the_pages_have_every_fact() {
    all(&table::<3>("parameters"), |[name, parameter, _]| page(name).contains(&format!("</a>`{parameter}`\n")));
    let types = generated("docs", "types.md");
    all(&table::<3>("values"), |[name, member, value]| {
        let Some(def) = hook(name).and_then(|hook| enum_of(hook, member)) else { return false };
        let section = types.split("\n## ").find(|section| {
            section.lines().next().is_some_and(|heading| heading.ends_with(&format!("`{}`", def.name.value)))
        });
        section.is_some_and(|section| section.contains(&format!("| `{value}` |")))
    });
    let sdk = generated("docs", "sdk.md");
    all(&table::<4>("sdk"), |[name, call, ..]| {
        let spelt = format!("`{call}`");
        call == "-" || (page(name).contains(&spelt) && sdk.contains(&spelt))
    });
    all(&table::<2>("deny"), |[name, list]| {
        let page = page(name);
        let row = page.lines().find(|line| line.starts_with("| If you say no |")).unwrap_or_default();
        match list.as_str() {
            "forbid" => row.contains("forbids it"),
            "not-useful" => row.contains("of no use"),
            _ => !row.is_empty() && (list != "event" || !row.contains("forbids it")),
        }
    });
}

#[test]
fn the_pages_have_every_cell_of_the_error_matrix() {
    let policy = generated("docs", "session-policy.md");
    all(&table::<6>("matrix"), |[word, kind, _, execution, _, caller]| {
        let row =
            policy.lines().find(|line| line.starts_with(&format!("| `{word}` |")) && line.matches(" | ").count() == 5);
        let column = ["connect", "direct", "event", "incoming"].iter().position(|known| known == kind);
        let Some(cell) = row.zip(column).and_then(|(row, column)| row.split(" | ").nth(column + 2)) else {
            return false;
        };
        let says = match execution.as_str() {
            "declined" => "refuses the session",
            "stopped" => "does not do what was asked for",
            "continued" => "goes on as if you had said yes",
            _ => return false,
        };
        cell.contains(says) && (caller == "-" || cell.contains(caller.as_str()))
    });
}

// Rust.

/// The declaration of a hook in the generated Rust, from its name to the next declaration.
fn declaration(name: &str) -> Option<String> {
    let module = names::rust_module(&hook(name)?.group.value)?;
    let text = generated("rust", &format!("src/generated/hooks_{module}.rs"));
    let start = text.find(&format!("HookDescriptor::new(\"{name}\""))?;
    let head = text.get(..start)?.rfind("pub struct ")?;
    let rest = text.get(head..)?;
    Some(rest.split("\nhook! {").next().unwrap_or(rest).to_owned())
}

#[test]
fn rust_has_every_fact() {
    all(&table::<3>("parameters"), |[name, parameter, _]| {
        declaration(name).is_some_and(|text| text.contains(&format!("Member::new(\"{parameter}\",")))
    });
    let types = generated("rust", "src/generated/types.rs");
    all(&table::<3>("values"), |[name, member, value]| {
        let Some(def) = hook(name).and_then(|hook| enum_of(hook, member)) else { return false };
        let Some(ident) = names::rust(&def.name.value, Role::Type) else { return false };
        let Some((_, rest)) = types.split_once(&format!("pub enum {ident} ")) else { return false };
        rest.split("\n    }").next().is_some_and(|body| body.contains(&format!("= \"{value}\"")))
    });
    all(&table::<2>("deny"), |[name, list]| {
        let Some(text) = declaration(name) else { return false };
        let head = text.lines().next().unwrap_or_default();
        match list.as_str() {
            "forbid" => head.ends_with(", forbids;"),
            "not-useful" => head.ends_with(", not_useful;"),
            other => head.contains(&format!(": {other}, ")),
        }
    });
    all(&table::<4>("sdk"), |[name, call, ..]| {
        let Some(text) = documentation(name) else { return false };
        let one_line = text.replace("\n    /// ", " ");
        if call == "-" {
            one_line.contains("The client has no part in it.")
        } else {
            one_line.contains(&format!("`{call}`"))
        }
    });
    let contract = generated("rust", "src/generated/contract.rs");
    all(&table::<6>("matrix"), |[word, kind, _, execution, _, caller]| {
        let line = contract.lines().find(|line| line.starts_with(&format!("/// `{word}`, {kind}: {execution}")));
        line.is_some_and(|line| caller == "-" || line.contains(caller.as_str()))
    });
}

/// The doc comment above the declaration of a hook.
fn documentation(name: &str) -> Option<String> {
    let module = names::rust_module(&hook(name)?.group.value)?;
    let text = generated("rust", &format!("src/generated/hooks_{module}.rs"));
    let before = text.get(..text.find(&format!("HookDescriptor::new(\"{name}\""))?)?;
    Some(before.rsplit("\nhook! {").next()?.to_owned())
}
