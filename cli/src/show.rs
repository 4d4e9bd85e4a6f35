//! `wcs show HOOK`.

use std::fmt::Write;

use serde_json::json;
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::{Contract, Hook, Parameter, Sdk, Sensitivity, Type, TypeKind};
use wcs_contract::text::wrap;

use crate::args::{DataFormat, ShowOptions};
use crate::terminal::{BOLD, DIM, Terminal, WARN, pad};
use crate::{Outcome, check, origins, sender};

/// Width of running text.
const WIDTH: usize = 96;

pub(crate) fn run(options: &ShowOptions, terminal: &mut Terminal) -> Result<Outcome, String> {
    let compiled = check::compiled(options.schema.as_deref(), &options.overlay, terminal)?;
    let Some(whole) = &compiled.contract else {
        return Ok(check::passed(compiled, terminal).err().unwrap_or(Outcome::Findings));
    };
    let sent = find(whole, &options.hook)?;
    let contract = sender::projected(whole, options.sender.as_deref(), terminal)?;
    let Some(hook) = contract.find_hook(&sent.name.value) else {
        return Err(sender::not_sent(sent, options.sender.as_deref().unwrap_or_default()));
    };
    if options.origins {
        return Ok(origins::print(&contract, hook, &compiled.sources, options.format, terminal));
    }
    match options.format {
        DataFormat::Text => terminal.out(&page(&contract, hook)),
        DataFormat::Json => terminal.line(&format!("{:#}", as_json(&contract, hook))),
    }
    Ok(Outcome::Fine)
}

/// The hook of that name or alias; otherwise what to type instead.
pub(crate) fn find<'a>(contract: &'a Contract, name: &str) -> Result<&'a Hook, String> {
    contract.find_hook(name).ok_or_else(|| {
        let names = contract.hooks.iter().flat_map(|hook| {
            std::iter::once(hook.name.value.as_str()).chain(hook.aliases.iter().map(|(alias, _)| alias.value.as_str()))
        });
        let hint = match nearest(name, names) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`wcs list` shows those that exist".to_owned(),
        };
        format!("there is no hook `{name}`; {hint}")
    })
}

fn page(contract: &Contract, hook: &Hook) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{BOLD}{}{BOLD:#}  {} hook, group {}, evidence: {}, confidence: {}",
        hook.name.value,
        hook.kind.word(),
        hook.group.value,
        hook.evidence.word().replace('_', " "),
        hook.confidence.word(),
    );
    paragraph(&mut text, &hook.summary.value);
    if let Some(doc) = &hook.doc {
        paragraph(&mut text, &doc.value);
    }
    for (alias, why) in &hook.aliases {
        paragraph(&mut text, &format!("Also spelt {}: {}", alias.value, why.value));
    }
    let _ = writeln!(text, "\n{BOLD}Denial{BOLD:#}: {}", hook.deny.effect.value.word().replace('_', " "));
    paragraph(&mut text, &hook.deny.doc.value);
    semantics(&mut text, contract, hook);
    let _ = writeln!(text, "\n{BOLD}Parameters{BOLD:#}");
    let name_width = hook.parameters.iter().map(|member| member.name.value.chars().count()).max().unwrap_or(0) + 2;
    for member in &hook.parameters {
        parameter(&mut text, contract, member, name_width);
    }
    values(&mut text, contract, hook);
    if let Some(example) = hook.examples.first() {
        let _ =
            writeln!(text, "\n{BOLD}Example{BOLD:#} {DIM}({}){DIM:#}: {}", example.origin.word(), example.title.value);
        let _ = writeln!(text, "{:#}", example.body.value);
        if let Some(answer) = &example.answer {
            let _ = writeln!(text, "{DIM}answered with{DIM:#}\n{:#}", answer.value);
        }
    }
    text
}

fn semantics(text: &mut String, contract: &Contract, hook: &Hook) {
    match &hook.sdk {
        Sdk::Unknown => {}
        Sdk::Unused => text.push_str("Client SDK: not used by the client\n"),
        Sdk::Used(calls) => {
            for call in calls {
                let _ = writeln!(text, "Client SDK: {} {DIM}{}{DIM:#}", call.call.value, call.does.value);
            }
        }
    }
    if !hook.leads_to.is_empty() {
        let events: Vec<&str> = hook.leads_to.iter().map(|id| contract.hook(*id).name.value.as_str()).collect();
        let _ = writeln!(text, "Followed by: {}", events.join(", "));
    }
    if !hook.requires.is_empty() {
        let settings: Vec<&str> = hook.requires.iter().map(|name| name.value.as_str()).collect();
        let _ = writeln!(text, "Sent only with: {}", settings.join(", "));
    }
    for note in &hook.notes {
        let consequence = note.consequence.as_ref().map_or("", |text| &text.value);
        paragraph(text, &format!("Note: {} {consequence}", note.fact.value));
    }
    for conflict in &hook.conflicts {
        paragraph(text, &format!("Conflict: {}. {}", conflict.topic.value, conflict.verdict.value));
    }
}

fn parameter(text: &mut String, contract: &Contract, member: &Parameter, name_width: usize) {
    let mut marks = vec![member.presence.word()];
    if member.is_settable() {
        marks.push(if member.overwritable.is_some() { "overwritable" } else { "in the answer" });
    }
    if member.sensitive == Sensitivity::Sensitive {
        marks.push("sensitive");
    }
    let _ = writeln!(
        text,
        "  {}{} {DIM}{}{DIM:#}",
        pad(&member.name.value, name_width),
        pad(&type_name(contract, &member.ty), 18),
        marks.join(", ")
    );
    for line in wrap(&member.doc.value, WIDTH - 4) {
        let _ = writeln!(text, "    {line}");
    }
    for conflict in &member.conflicts {
        let _ = writeln!(text, "    {WARN}conflict{WARN:#}: {}. {}", conflict.topic.value, conflict.verdict.value);
    }
}

/// The values of the enums that the hook uses.
fn values(text: &mut String, contract: &Contract, hook: &Hook) {
    for member in &hook.parameters {
        let Type::Named(id) = &member.ty else { continue };
        let def = contract.type_def(*id);
        if let TypeKind::Enum { values, openness } = &def.kind {
            let _ = writeln!(
                text,
                "\n{BOLD}{}{BOLD:#}, values of `{}` ({})",
                def.name.value,
                member.name.value,
                openness.word()
            );
            let width = values.iter().map(|value| value.wire.value.chars().count()).max().unwrap_or(0) + 2;
            for value in values {
                let _ = writeln!(text, "  {}{}", pad(&value.wire.value, width), value.doc.value);
            }
        }
    }
}

fn type_name(contract: &Contract, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => scalar.word().to_owned(),
        Type::Array(item) => format!("array<{}>", type_name(contract, item)),
        Type::Map(item) => format!("map<{}>", type_name(contract, item)),
        Type::List(item) => format!("list<{}>", type_name(contract, item)),
        Type::Named(id) => contract.type_def(*id).name.value.clone(),
    }
}

fn paragraph(text: &mut String, prose: &str) {
    for line in wrap(prose, WIDTH) {
        text.push_str(&line);
        text.push('\n');
    }
}

fn as_json(contract: &Contract, hook: &Hook) -> serde_json::Value {
    let parameters: Vec<_> = hook
        .parameters
        .iter()
        .map(|member| {
            json!({
                "name": member.name.value,
                "type": type_name(contract, &member.ty),
                "presence": member.presence.word(),
                "in": member.direction.word(),
                "client": member.client.word(),
                "overwritable": member.overwritable.is_some(),
                "sensitive": member.sensitive == Sensitivity::Sensitive,
                "doc": member.doc.value,
            })
        })
        .collect();
    let examples: Vec<_> = hook
        .examples
        .iter()
        .map(|example| {
            let answer = example.answer.as_ref().map(|answer| &answer.value);
            json!({ "title": example.title.value, "origin": example.origin.word(), "body": example.body.value, "answer": answer })
        })
        .collect();
    json!({
        "version": 1,
        "name": hook.name.value,
        "type": hook.kind.word(),
        "group": hook.group.value,
        "summary": hook.summary.value,
        "deny": { "effect": hook.deny.effect.value.word(), "doc": hook.deny.doc.value },
        "leads_to": hook.leads_to.iter().map(|id| &contract.hook(*id).name.value).collect::<Vec<_>>(),
        "parameters": parameters,
        "examples": examples,
    })
}
