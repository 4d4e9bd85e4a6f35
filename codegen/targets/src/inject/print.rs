//! What markers print of a contract.

use super::marker::{Given, Made};
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::{Contract, Direction, Hook, HookType, Openness, Parameter, Type, TypeDef, TypeKind};

pub(super) fn hooks(contract: &Contract, given: &Given<'_>) -> Result<Made, String> {
    let types = HookType::ALL.iter().map(|kind| kind.word());
    let kind = given.option("type").map(|word| known("type", word, types).map(|_| word)).transpose()?;
    let groups = contract.groups.iter().map(|(name, _)| name.value.as_str());
    let group = given.option("group").map(|word| known("group", word, groups).map(|_| word)).transpose()?;
    let wanted = |hook: &&Hook| {
        kind.is_none_or(|kind| hook.kind.word() == kind) && group.is_none_or(|group| hook.group.value == group)
    };
    let rows = contract.hooks.iter().filter(wanted);
    let rows = rows.map(|hook| [code(&hook.name.value), hook.kind.word().to_owned(), cell(&hook.summary.value)]);
    Ok(table(["Hook", "Type", "What it says or asks"], rows))
}

pub(super) fn parameters(contract: &Contract, given: &Given<'_>) -> Result<Made, String> {
    Ok(member_table(contract, &hook(contract, given)?.parameters))
}

pub(super) fn members(contract: &Contract, given: &Given<'_>) -> Result<Made, String> {
    let is_record = |def: &&TypeDef| matches!(def.kind, TypeKind::Record(_));
    match &type_def(contract, "record", given, is_record)?.kind {
        TypeKind::Record(members) => Ok(member_table(contract, members)),
        TypeKind::Enum { .. } => unreachable!("only records were looked at"),
    }
}

pub(super) fn values(contract: &Contract, given: &Given<'_>) -> Result<Made, String> {
    let is_enum = |def: &&TypeDef| matches!(def.kind, TypeKind::Enum { .. });
    match &type_def(contract, "enum", given, is_enum)?.kind {
        TypeKind::Record(_) => unreachable!("only enums were looked at"),
        TypeKind::Enum { openness, values } => {
            let rows = values.iter().map(|value| [code(&value.wire.value), cell(&value.doc.value)]);
            let Made::Lines(mut text) = table(["Value", "Meaning"], rows) else {
                return Ok(Made::Lines(String::new()));
            };
            if *openness == Openness::Open {
                text.push_str("\nOther values are possible.\n");
            }
            Ok(Made::Lines(text))
        }
    }
}

pub(super) fn errors(contract: &Contract, _: &Given<'_>) -> Result<Made, String> {
    if contract.on_error.is_empty() {
        return Err("the contract has no section `on_error`".to_owned());
    }
    let rows = contract.on_error.iter().map(|(word, row)| {
        let cells = row.cells.iter().map(|(_, one)| cell(&one.doc.value));
        std::iter::once(code(&word.value)).chain(cells).collect::<Vec<_>>()
    });
    let types = HookType::ALL.iter().map(|kind| kind.word());
    let head: Vec<&str> = std::iter::once("On error").chain(types).collect();
    Ok(table(head, rows))
}

pub(super) fn flow(contract: &Contract, given: &Given<'_>) -> Result<Made, String> {
    let name = given.word(0).unwrap_or_default();
    let names = contract.flows.iter().map(|(name, _)| name.value.as_str());
    known("flow", name, names)?;
    let steps = contract.flows.iter().filter(|(flow, _)| flow.value == name).flat_map(|(_, flow)| &flow.steps);
    let mut text = String::new();
    for (index, step) in steps.enumerate() {
        let when = step.when.as_ref().map(|when| format!(" ({})", one_line(&when.value))).unwrap_or_default();
        text.push_str(&format!("{}. {}{when}: {}\n", index + 1, code(&step.hook.value), one_line(&step.doc.value)));
    }
    Ok(Made::Lines(text))
}

pub(super) fn settings(contract: &Contract, given: &Given<'_>) -> Result<Made, String> {
    let Some(sender) = &contract.sender else {
        return Err("the contract has no section `sender`".to_owned());
    };
    let needed = given.word(0).map(|_| hook(contract, given)).transpose()?.map(|hook| &hook.requires);
    let wanted = |name: &str| needed.is_none_or(|needed| needed.iter().any(|need| need.value == name));
    let rows = sender.settings.iter().filter(|(name, _)| wanted(&name.value));
    let rows = rows.map(|(name, setting)| [code(&name.value), code(&setting.value.value), cell(&setting.doc.value)]);
    Ok(table(["Setting", "Value", "What it does"], rows))
}

pub(super) fn example(contract: &Contract, given: &Given<'_>) -> Result<Made, String> {
    let hook = hook(contract, given)?;
    let number =
        given.word(1).map_or(Ok(1), |word| word.parse::<usize>().map_err(|_| format!("`{word}` is no number")))?;
    let found = number.checked_sub(1).and_then(|index| hook.examples.get(index));
    let example = found
        .ok_or_else(|| format!("`{}` has no example {number}; it has {}", hook.name.value, hook.examples.len()))?;
    Ok(Made::Lines(format!("```json\n{:#}\n```\n", example.body.value)))
}

pub(super) fn count(contract: &Contract, given: &Given<'_>) -> Result<Made, String> {
    let values = contract.types.iter().map(|def| match &def.kind {
        TypeKind::Record(_) => 0,
        TypeKind::Enum { values, .. } => values.len(),
    });
    let what = given.word(0).unwrap_or_default();
    let counts = [
        ("hooks", contract.hooks.len()),
        ("parameters", contract.hooks.iter().map(|hook| hook.parameters.len()).sum()),
        ("types", contract.types.len()),
        ("values", values.sum()),
        ("flows", contract.flows.len()),
    ];
    known("count of", what, counts.iter().map(|(name, _)| *name))?;
    let found = counts.iter().find(|(name, _)| *name == what).map_or(0, |(_, count)| *count);
    Ok(Made::Words(found.to_string()))
}

pub(super) fn version(contract: &Contract, _: &Given<'_>) -> Result<Made, String> {
    Ok(Made::Words(contract.version.value.clone()))
}

fn hook<'a>(contract: &'a Contract, given: &Given<'_>) -> Result<&'a Hook, String> {
    let name = given.word(0).unwrap_or_default();
    known("hook", name, contract.hooks.iter().map(|hook| hook.name.value.as_str()))
        .or_else(|told| if contract.find_hook(name).is_some() { Ok(()) } else { Err(told) })?;
    contract.find_hook(name).ok_or_else(|| format!("there is no hook `{name}`"))
}

fn type_def<'a>(
    contract: &'a Contract,
    kind: &str,
    given: &Given<'_>,
    wanted: impl Fn(&&TypeDef) -> bool,
) -> Result<&'a TypeDef, String> {
    let name = given.word(0).unwrap_or_default();
    let all = || contract.types.iter().filter(&wanted);
    let found = all().find(|def| def.name.value == name);
    found.ok_or_else(|| unknown(kind, name, all().map(|def| def.name.value.as_str())))
}

fn known<'a>(kind: &str, name: &str, names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let names: Vec<&str> = names.collect();
    if names.contains(&name) { Ok(()) } else { Err(unknown(kind, name, names.into_iter())) }
}

fn unknown<'a>(kind: &str, name: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("there is no {kind} `{name}`; did you mean `{near}`?"),
        None if names.is_empty() => format!("the contract has no {kind}"),
        None if names.len() <= 24 => format!("there is no {kind} `{name}`; there are {}", names.join(", ")),
        None => format!("there is no {kind} `{name}`; `wcs model --format json` has the names"),
    }
}

fn member_table(contract: &Contract, members: &[Parameter]) -> Made {
    let rows = members.iter().map(|member| {
        let place = match member.direction {
            Direction::Request if member.is_settable() => "request; may be overwritten",
            Direction::Request => "request",
            Direction::Answer => "answer",
            Direction::Both => "request and answer",
        };
        let kind = code(&written(contract, &member.ty));
        [code(&member.name.value), kind, member.presence.word().to_owned(), place.to_owned(), cell(&member.doc.value)]
    });
    table(["Parameter", "Type", "Sent", "Stands in", "Meaning"], rows)
}

fn written(contract: &Contract, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => scalar.word().to_owned(),
        Type::Array(inner) => format!("array<{}>", written(contract, inner)),
        Type::Map(inner) => format!("map<{}>", written(contract, inner)),
        Type::List(inner) => format!("list<{}>", written(contract, inner)),
        Type::Named(id) => contract.type_def(*id).name.value.clone(),
    }
}

/// A table, its cells ready to stand in one.
pub(super) fn table<'a>(head: impl AsRef<[&'a str]>, rows: impl Iterator<Item = impl AsRef<[String]>>) -> Made {
    let head = head.as_ref();
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    rows.for_each(|row| text.push_str(&format!("| {} |\n", row.as_ref().join(" | "))));
    Made::Lines(text)
}

pub(super) fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

/// A code span in a cell.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
