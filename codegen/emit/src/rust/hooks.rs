//! Hooks, and the members that hooks and records have.

use std::fmt::Write;

use super::{Examples, accessor_type, doc, ident, kind_expression, literal, literals};
use crate::prose;
use wcs_contract::constraint::Limit;
use wcs_contract::model::{
    Belonging, ClientSees, Condition, Constraints, Contract, DenyEffect, Direction, Hook, Lifetime, Parameter,
    Presence, Scalar, Sdk, Sensitivity, Type,
};
use wcs_contract::names::Role;
use wcs_contract::text::commas;

/// The hooks of one group.
pub(super) fn module(contract: &Contract, group: &str, examples: &Examples) -> String {
    let mut text = String::new();
    for hook in contract.hooks_of(group) {
        declaration(&mut text, contract, hook, examples);
    }
    text
}

fn declaration(text: &mut String, contract: &Contract, hook: &Hook, examples: &Examples) {
    let name = ident(&hook.name.value, Role::Hook);
    text.push_str("hook! {\n");
    doc::write(text, 4, &documentation(contract, hook));
    example(text, hook, &name, examples);
    let _ = writeln!(text, "    pub struct {name}: {}, {};", hook.kind.word(), hook.deny.effect.value.word());
    let mut about = format!("HookDescriptor::new({}, {})", literal(&hook.name.value), literal(&hook.summary.value));
    if !hook.aliases.is_empty() {
        let _ = write!(about, ".aliases({})", literals(hook.aliases.iter().map(|(alias, _)| alias.value.as_str())));
    }
    if let Some(console) = &hook.console {
        let _ = write!(about, ".console({})", literal(&console.value));
    }
    if !hook.requires.is_empty() {
        let _ = write!(about, ".requires({})", literals(hook.requires.iter().map(|setting| setting.value.as_str())));
    }
    let _ = writeln!(text, "    about: {about};\n    builder: {name}Builder;");
    members(text, contract, &hook.parameters);
    let replaced: Vec<&Parameter> = hook.answer_members().collect();
    if !replaced.is_empty() {
        let _ = writeln!(text, "    overwrite: {name}Overwrite {{");
        for member in replaced {
            let ty = accessor_type(contract, &member.ty);
            let _ = writeln!(text, "        {}: {ty};", ident(&member.name.value, Role::Member));
        }
        text.push_str("    }\n");
    }
    text.push_str("}\n\n");
}

/// The table of members.
pub(super) fn members(text: &mut String, contract: &Contract, members: &[Parameter]) {
    text.push_str("    members {\n");
    for member in members {
        doc::write(text, 8, &member_documentation(member));
        let (name, ty) = (ident(&member.name.value, Role::Member), accessor_type(contract, &member.ty));
        let _ = writeln!(text, "        {name}: {ty} = {};", descriptor(contract, member));
    }
    text.push_str("    }\n");
}

fn descriptor(contract: &Contract, member: &Parameter) -> String {
    let mut text = format!("Member::new({}, {})", literal(&member.name.value), kind_expression(contract, &member.ty));
    if !member.aliases.is_empty() {
        let _ = write!(text, ".aliases({})", literals(member.aliases.iter().map(|(alias, _)| alias.value.as_str())));
    }
    if member.belonging == Belonging::Context {
        text.push_str(".context()");
    }
    text.push_str(match member.presence {
        Presence::Always => ".always()",
        Presence::Usually => ".usually()",
        Presence::Sometimes => "",
    });
    text.push_str(match member.direction {
        Direction::Request => "",
        Direction::Answer => ".answer_only()",
        Direction::Both => ".both_ways()",
    });
    if member.sensitive == Sensitivity::Sensitive {
        text.push_str(".sensitive()");
    }
    if member.overwritable.is_some() {
        text.push_str(".overwritable()");
    }
    text.push_str(match member.client {
        ClientSees::Same => "",
        ClientSees::Withhold => ".withheld_from_client()",
        ClientSees::Never => ".hidden_from_client()",
    });
    if let Some(limits) = &member.constraints {
        let _ = write!(text, ".limits(&Limits {{ {}..Limits::NONE }})", limit_fields(limits));
    }
    for (method, condition) in [("used_if", &member.used_if), ("sent_if", &member.sent_if)] {
        if let Some(condition) = condition {
            let _ = write!(text, ".{method}(&{})", rule(condition));
        }
    }
    text
}

fn limit_fields(limits: &Constraints) -> String {
    let mut fields = String::new();
    for (constraint, limit) in limits.given() {
        let value = match limit.value {
            Limit::Pattern(pattern) => literal(&pattern),
            number => number.to_string(),
        };
        let _ = write!(fields, "{}: Some({value}), ", constraint.key);
    }
    fields
}

fn rule(condition: &Condition) -> String {
    let values: Vec<String> = condition.is.iter().map(|json| json.value.to_string()).collect();
    let values = literals(values.iter().map(String::as_str));
    format!("Rule {{ member: {}, is: {values} }}", literal(&condition.member.value))
}

/// What a hook is, in paragraphs.
pub(super) fn documentation(contract: &Contract, hook: &Hook) -> Vec<String> {
    let mut paragraphs = vec![hook.summary.value.clone()];
    paragraphs.extend(hook.doc.as_ref().map(|doc| doc.value.clone()));
    let denial = match hook.deny.effect.value {
        DenyEffect::Forbids => "A denial forbids it.",
        DenyEffect::NotUseful => "A denial is possible but serves no purpose.",
        DenyEffect::NoEffect => "It can't be denied.",
        DenyEffect::EndsStream => "A denial ends the stream.",
        DenyEffect::Undocumented => "What a denial does is documented nowhere.",
    };
    let kind = prose::of_type(hook.kind).in_short;
    paragraphs.push(format!("*{kind}* {denial} {}", hook.deny.doc.value));
    match &hook.sdk {
        Sdk::Unknown => {}
        Sdk::Unused => paragraphs.push("The client has no part in it.".to_owned()),
        Sdk::Used(calls) => paragraphs.push(prose::calls(calls)),
    }
    if !hook.leads_to.is_empty() {
        let events: Vec<String> = hook.leads_to.iter().map(|id| link(&contract.hook(*id).name.value)).collect();
        paragraphs.push(format!("Followed by {}.", commas(&events)));
    }
    paragraphs.extend(hook.notes.iter().map(prose::note));
    paragraphs.extend(lifetime(&hook.lifetime));
    let sources: Vec<String> = hook
        .sources
        .iter()
        .map(|(key, row)| {
            let title = contract.documents.iter().find(|(name, _)| name.value == key.value);
            format!("{} ({})", title.map_or(key.value.as_str(), |(_, document)| &document.title.value), row.value)
        })
        .collect();
    let evidence =
        format!("Evidence: {}; confidence: {}.", hook.evidence.word().replace('_', " "), hook.confidence.word());
    paragraphs.push(if sources.is_empty() { evidence } else { format!("{evidence} Sources: {}.", sources.join("; ")) });
    paragraphs
}

/// A link that `doc` leaves alone, as code spans are not escaped.
fn link(hook: &str) -> String {
    format!("`{}`", ident(hook, Role::Hook))
}

fn member_documentation(member: &Parameter) -> Vec<String> {
    let mut first = member.doc.value.clone();
    if let Some(origin) = &member.origin {
        let _ = write!(first, " Comes from: {}.", origin.value.trim_end_matches('.'));
    }
    if let Some(default) = &member.default {
        let _ = write!(first, " Default: `{}`.", default.value);
    }
    let mut paragraphs = vec![first];
    paragraphs.extend(member.notes.iter().map(prose::note));
    paragraphs.extend(lifetime(&member.lifetime));
    paragraphs
}

/// Since when, until when, why no longer.
pub(super) fn lifetime(lifetime: &Lifetime) -> Vec<String> {
    let mut paragraphs = Vec::new();
    match (&lifetime.since, &lifetime.until) {
        (Some(since), Some(until)) => paragraphs.push(format!("Since {since}, until {until}.")),
        (Some(since), None) => paragraphs.push(format!("Since {since}.")),
        (None, Some(until)) => paragraphs.push(format!("Until {until}.")),
        (None, None) => {}
    }
    if let Some(deprecated) = &lifetime.deprecated {
        paragraphs.push(format!("Deprecated: {}", prose::deprecation(deprecated)));
    }
    paragraphs
}

/// The first example of the contract, read through an accessor.
fn example(text: &mut String, hook: &Hook, name: &str, examples: &Examples) {
    let Some(example) = hook.examples.first() else { return };
    let body = example.body.value.to_string();
    doc::raw(text, 4, "");
    match examples {
        Examples::Compiled(crate_name) => {
            doc::raw(text, 4, "```");
            doc::raw(text, 4, &format!("use {crate_name}::{name};"));
            doc::raw(text, 4, "");
        }
        Examples::Shown => doc::raw(text, 4, "```text"),
    }
    let hashes = "#".repeat(if body.contains("\"#") { 2 } else { 1 });
    doc::raw(text, 4, &format!("let hook = {name}::from_bytes(r{hashes}\"{body}\"{hashes})?;"));
    if let Some(shown) = shown_member(hook, &example.body.value) {
        doc::raw(text, 4, &shown);
    }
    doc::raw(text, 4, "# Ok::<(), wcs_runtime::DecodeError>(())");
    doc::raw(text, 4, "```");
}

/// An assertion about the most telling member of the example: the first of its own that is text.
fn shown_member(hook: &Hook, body: &serde_json::Value) -> Option<String> {
    let own = hook.parameters.iter().filter(|member| member.belonging == Belonging::Own);
    let readable =
        |member: &&Parameter| member.ty == Type::Scalar(Scalar::String) && member.sensitive == Sensitivity::Plain;
    let (member, value) = own
        .chain(&hook.parameters)
        .filter(readable)
        .find_map(|member| Some((member, body.get(&member.name.value)?.as_str()?)))?;
    let accessor = ident(&member.name.value, Role::Member);
    Some(format!("assert_eq!(hook.{accessor}().as_deref(), Some({}));", literal(value)))
}
