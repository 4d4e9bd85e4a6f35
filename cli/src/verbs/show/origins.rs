//! `wcs show HOOK --origins`: where each fact is written, and what it overrides.

use std::fmt::Write;

use serde_json::{Value, json};
use wcs_contract::model::{Contract, Hook};
use wcs_contract::source::{Sources, Span};

use crate::flags::DataFormat;
use crate::terminal::{BOLD, DIM, Terminal, WARN, pad};

/// One fact of a hook or of one of its members.
struct Origin<'c> {
    /// The member; `None` for the hook itself.
    member: Option<&'c str>,
    fact: &'static str,
    place: Span,
}

pub(super) fn print(contract: &Contract, hook: &Hook, sources: &Sources, format: DataFormat, terminal: &mut Terminal) {
    let origins = origins(hook);
    match format {
        DataFormat::Text => terminal.out(&text(contract, hook, sources, &origins)),
        DataFormat::Json => {
            let facts: Vec<Value> = origins.iter().map(|origin| as_json(contract, sources, origin)).collect();
            terminal.json(&json!({ "version": 1, "hook": hook.name.value, "facts": facts }));
        }
    }
}

fn origins(hook: &Hook) -> Vec<Origin<'_>> {
    let own = |fact, place| Origin { member: None, fact, place };
    let mut found = vec![own("declared", hook.name.span), own("summary", hook.summary.span)];
    found.extend(hook.doc.iter().map(|doc| own("doc", doc.span)));
    for member in &hook.parameters {
        let of_member = |fact, place| Origin { member: Some(&member.name.value), fact, place };
        found.push(of_member("declared", member.name.span));
        found.extend(member.facts.iter().map(|fact| of_member(fact.key, fact.span)));
    }
    found
}

fn layer_name(contract: &Contract, place: Span) -> &str {
    contract.layer_of(place).map_or(&contract.name.value, |layer| &layer.name.value)
}

fn shown(sources: &Sources, place: Span) -> String {
    let at = sources.position(place);
    format!("{}:{}:{}", sources.get(place.file).path, at.line, at.column)
}

fn text(contract: &Contract, hook: &Hook, sources: &Sources, origins: &[Origin<'_>]) -> String {
    let names = std::iter::once(&contract.name).chain(contract.layers.iter().map(|layer| &layer.name));
    let width = names.map(|name| name.value.chars().count()).max().unwrap_or(0) + 2;
    let mut text = format!("{BOLD}{}{BOLD:#}\n", hook.name.value);
    let mut member = None;
    for origin in origins {
        if origin.member != member {
            member = origin.member;
            let _ = writeln!(text, "{BOLD}{}{BOLD:#}", member.unwrap_or_default());
        }
        let is_laid = contract.layer_of(origin.place).is_some();
        let name = pad(layer_name(contract, origin.place), width);
        let name = if is_laid { format!("{WARN}{name}{WARN:#}") } else { name };
        let _ = write!(text, "  {}{name}{DIM}{}{DIM:#}", pad(origin.fact, 14), shown(sources, origin.place));
        if let Some(base) = contract.override_at(origin.place).and_then(|said| said.base) {
            let _ = write!(text, " overrides {DIM}{}{DIM:#}", shown(sources, base));
        }
        text.push('\n');
    }
    text
}

fn as_json(contract: &Contract, sources: &Sources, origin: &Origin<'_>) -> Value {
    let base = contract.override_at(origin.place).and_then(|said| said.base);
    json!({
        "member": origin.member,
        "fact": origin.fact,
        "layer": contract.layer_of(origin.place).map(|layer| &layer.name.value),
        "place": shown(sources, origin.place),
        "overrides": base.map(|base| shown(sources, base)),
    })
}
