//! `wcs show HOOK`.

mod origins;

use std::fmt::Write;

use serde_json::json;
use wcs_contract::model::{Contract, Hook, Parameter, Sdk, Sensitivity, Type, TypeKind};
use wcs_contract::text::wrap;

use crate::contract;
use crate::flags::{DataFormat, OverlayFlag, SchemaFlag, SenderFlag};
use crate::stop::Stop;
use crate::terminal::{BOLD, DIM, Terminal, WARN, pad};
use crate::words::{WIDTH, paragraph};

#[derive(Debug, clap::Args)]
#[command(mut_arg("sender", |sender| sender.help("As a sender of this release sends it")))]
pub(crate) struct ShowOptions {
    /// Name of the hook, or another spelling of it
    hook: String,
    #[command(flatten)]
    overlay: OverlayFlag,
    /// Say of each fact where it is written: in the schema, or in which overlay, and what that overrides
    #[arg(long)]
    origins: bool,
    #[command(flatten)]
    sender: SenderFlag,
    #[command(flatten)]
    schema: SchemaFlag,
    /// How the hook is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

pub(crate) fn run(options: &ShowOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let compiled = contract::compiled(options.schema.path(), options.overlay.paths(), terminal)?;
    let Some(whole) = &compiled.contract else {
        return Err(contract::refused(&compiled, terminal));
    };
    let sent = contract::hook(whole, &options.hook)?;
    let contract = contract::projected(whole, options.sender.release(), terminal)?;
    let Some(hook) = contract.find_hook(&sent.name.value) else {
        return Err(not_sent(sent, options.sender.release().unwrap_or_default()).into());
    };
    if options.origins {
        origins::print(&contract, hook, &compiled.sources, options.format, terminal);
        return Ok(());
    }
    match options.format {
        DataFormat::Text => terminal.out(&page(&contract, hook)),
        DataFormat::Json => terminal.json(&as_json(&contract, hook)),
    }
    Ok(())
}

/// A message for a hook that is known, but not to a release.
fn not_sent(hook: &Hook, sender: &str) -> String {
    let when = hook.lifetime.in_words().unwrap_or_default().to_lowercase();
    format!("a sender of release {sender} does not send `{}`; others do {when}", hook.name.value)
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
