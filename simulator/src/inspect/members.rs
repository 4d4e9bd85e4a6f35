//! A body's members held against their declarations.

use std::collections::HashSet;

use serde_json::Value;
use wcs_contract::constraint::{Measure, Measured};
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::{Contract, EnumValue, Hook, Openness, Parameter, Side, Type, TypeKind};
use wcs_contract::pointer::member as joined;
use wcs_contract::text::codes;
use wcs_contract::value::{self, Problem, Step};

use crate::Members;
use crate::record::leaves::{self, Kind as Leaf};

/// A member of a body, or an item of an array.
#[derive(Debug)]
pub struct Member<'c> {
    /// Where it stands.
    pub pointer: String,
    /// Its name, or its number in an array.
    pub name: String,
    /// Its value, as far as it may be shown.
    pub value: Value,
    /// Its declaration, if the contract knows it.
    pub declared: Option<&'c Parameter>,
    /// Its type, if the contract knows it.
    pub ty: Option<&'c Type>,
    /// The value of an enum that it has.
    pub means: Option<&'c EnumValue>,
    /// What is in it, where the contract knows that.
    pub members: Vec<Member<'c>>,
}

/// Something unknown or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind it is.
    pub kind: Kind,
    /// Where, as a JSON Pointer.
    pub pointer: String,
    /// What it is.
    pub message: String,
    /// What may be meant.
    pub help: Option<String>,
}

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The contract does not know the member.
    Unknown,
    /// The value is not of the declared type.
    Type,
    /// The contract does not list the value.
    Value,
    /// The value breaks a limit.
    Limit,
    /// The member is always sent, and is not there.
    Absent,
    /// The member stands there twice.
    Duplicate,
    /// A release does not send the hook.
    Release,
}

impl Kind {
    /// The kind as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Type => "type",
            Self::Value => "value",
            Self::Limit => "limit",
            Self::Absent => "absent",
            Self::Duplicate => "duplicate",
            Self::Release => "release",
        }
    }
}

impl Finding {
    pub(super) fn new(kind: Kind, pointer: &str, message: String) -> Self {
        Self { kind, pointer: pointer.to_owned(), message, help: None }
    }
}

/// The members of a body, and what is unknown or wrong. Messages quote from `shown`, which has the same members.
#[must_use]
pub fn look<'c>(
    contract: &'c Contract,
    hook: &'c Hook,
    real: &Members,
    shown: &Members,
) -> (Vec<Member<'c>>, Vec<Finding>) {
    let members = members(contract, "", &hook.parameters, real, shown);
    let mut findings = Vec::new();
    value::judge_members(contract, &hook.name.value, &hook.parameters, real, Side::Request, &mut |path, problem| {
        findings.extend(finding(contract, path, &problem, real, shown));
    });
    (members, findings)
}

/// Members that stand in an object more than once: readers disagree on which of them counts.
#[must_use]
pub fn duplicates(text: &str) -> Vec<Finding> {
    let leaves = leaves::leaves(text).unwrap_or_default();
    let mut known = HashSet::new();
    let names = leaves.iter().filter(|leaf| leaf.kind == Leaf::Name).map(leaves::Leaf::pointer);
    names
        .filter(|pointer| !known.insert(pointer.clone()))
        .map(|pointer| Finding::new(Kind::Duplicate, &pointer, "it stands there twice; the last one counts".to_owned()))
        .collect()
}

/// The members of an object, as the contract knows them.
fn members<'c>(
    contract: &'c Contract,
    at: &str,
    declared: &'c [Parameter],
    real: &Members,
    shown: &Members,
) -> Vec<Member<'c>> {
    let member = |((name, real), (shown_name, shown)): ((&String, &Value), (&String, &Value))| {
        let declared = value::member(declared, name).filter(|member| member.is_received());
        let ty = declared.map(|member| &member.ty);
        Member { declared, ..inside(contract, &joined(at, shown_name), shown_name, ty, real, shown) }
    };
    real.iter().zip(shown).map(member).collect()
}

/// A value with what is in it.
fn inside<'c>(
    contract: &'c Contract,
    pointer: &str,
    name: &str,
    ty: Option<&'c Type>,
    real: &Value,
    shown: &Value,
) -> Member<'c> {
    let (pointer, name) = (pointer.to_owned(), name.to_owned());
    let mut found =
        Member { pointer, name, value: display(real, shown), declared: None, ty, means: None, members: Vec::new() };
    let at = &found.pointer;
    match (ty, real, shown) {
        (Some(Type::Named(id)), _, _) => match (&contract.type_def(*id).kind, real, shown) {
            (TypeKind::Enum { values, .. }, Value::String(text), _) => found.means = value::listed(values, text),
            (TypeKind::Record(declared), Value::Object(real), Value::Object(shown)) => {
                found.members = members(contract, at, declared, real, shown);
            }
            _ => {}
        },
        (Some(Type::Array(item)), Value::Array(real), Value::Array(shown)) => {
            let items = real.iter().zip(shown).enumerate();
            let item = |(index, (real, shown)): (usize, (&Value, &Value))| {
                let name = index.to_string();
                inside(contract, &joined(at, &name), &name, Some(item), real, shown)
            };
            found.members = items.map(item).collect();
        }
        (Some(Type::Map(item)), Value::Object(real), Value::Object(shown)) => {
            let entry = |((_, real), (name, shown)): ((&String, &Value), (&String, &Value))| {
                inside(contract, &joined(at, name), name, Some(item), real, shown)
            };
            found.members = real.iter().zip(shown).map(entry).collect();
        }
        _ => {}
    }
    found
}

/// A problem as a finding. It quotes what may be shown.
fn finding(
    contract: &Contract,
    path: &[Step<'_>],
    problem: &Problem<'_>,
    real: &Members,
    shown: &Members,
) -> Option<Finding> {
    let place = Place::of(path, real, shown);
    let new = |kind, message| Finding::new(kind, &place.pointer, message);
    Some(match problem {
        Problem::Type { expected, found, .. } => {
            new(Kind::Type, format!("expected {expected}, found {}", quoted(&place.value(found))))
        }
        Problem::Unlisted { word, values, openness } => {
            let shown = quoted(&place.value(&Value::from(*word)));
            let message = match openness {
                Openness::Open => format!("{shown} is none of the values that are known"),
                Openness::Closed => format!("{shown} is none of the values that there are"),
            };
            let help = match nearest(word, values.iter().map(|value| value.wire.value.as_str())) {
                Some(near) => Some(format!("did you mean `{near}`?")),
                None if values.len() <= 8 => Some(format!("known: {}", listed(values))),
                None => None,
            };
            Finding { help, ..new(Kind::Value, message) }
        }
        Problem::Limit { constraint, limit, measured, .. } => {
            let demand = value::demand(constraint, limit);
            let message = match (constraint.measure, measured) {
                (Measure::Items, Measured::Count(items)) => format!("it has {items} items; {demand}"),
                (Measure::Length, Measured::Count(length)) => format!("its length is {length}; {demand}"),
                (Measure::Text, _) => format!("it {demand}"),
                _ => demand,
            };
            new(Kind::Limit, message)
        }
        Problem::Unknown { owner, members } => unknown(contract, path, &place, owner, members),
        Problem::AnswerOnly => new(Kind::Unknown, "only an answer has this member".to_owned()),
        Problem::Null | Problem::Absent => {
            let Some(Step::Member(member, _)) = path.last() else { return None };
            if !is_sent(member, owner_of(path, real)?) {
                return None;
            }
            let what = if matches!(problem, Problem::Null) { "null" } else { "not there" };
            new(Kind::Absent, format!("it is always sent, and is {what}"))
        }
    })
}

fn unknown(contract: &Contract, path: &[Step<'_>], place: &Place<'_>, owner: &str, declared: &[Parameter]) -> Finding {
    let name = path.last().map(|step| step.name()).unwrap_or_default();
    let near = nearest(&name, declared.iter().map(|member| member.name.value.as_str()));
    let has = |hook: &&Hook| value::member(&hook.parameters, &name).is_some();
    let mut others = contract.hooks.iter().filter(has);
    let help = match (near, others.next()) {
        (Some(near), _) => Some(format!("did you mean `{near}`?")),
        (None, Some(first)) => {
            let (first, more) = (&first.name.value, others.count());
            let more = if more > 0 { format!(" and {more} more hooks have it") } else { " has it".to_owned() };
            Some(format!("{first}{more}"))
        }
        (None, None) => None,
    };
    Finding { help, ..Finding::new(Kind::Unknown, &place.pointer, format!("{owner} has no such member")) }
}

/// A place in a body, with its value as it came and as it may be shown.
struct Place<'b> {
    pointer: String,
    values: Option<(&'b Value, &'b Value)>,
}

impl<'b> Place<'b> {
    /// The end of some steps. Names are those that may be shown; both bodies have their members in the same order.
    fn of(path: &[Step<'_>], real: &'b Members, shown: &'b Members) -> Self {
        let mut pointer = String::new();
        let mut values: Option<(&'b Value, &'b Value)> = None;
        let mut objects = Some((real, shown));
        for step in path {
            let name = step.name();
            let found = match (step, values, objects) {
                (Step::Item(index), Some((Value::Array(real), Value::Array(shown))), _) => {
                    real.get(*index).zip(shown.get(*index)).map(|values| (name.clone().into_owned(), values))
                }
                (_, _, Some((real, shown))) => {
                    let entry = real.iter().zip(shown).find(|((key, _), _)| **key == *name);
                    entry.map(|((_, real), (key, shown))| (key.clone(), (real, shown)))
                }
                _ => None,
            };
            pointer = joined(&pointer, found.as_ref().map_or(&*name, |(name, _)| name));
            values = found.map(|(_, values)| values);
            objects = match values {
                Some((Value::Object(real), Value::Object(shown))) => Some((real, shown)),
                _ => None,
            };
        }
        Self { pointer, values }
    }

    /// A value here, or a part of a text here, as it may be shown.
    fn value(&self, found: &Value) -> Value {
        match self.values {
            Some((real, shown)) if found == real => display(real, shown),
            Some((real, shown)) if real != shown => shown.clone(),
            _ => found.clone(),
        }
    }
}

/// The object that the last step leads into.
fn owner_of<'b>(path: &[Step<'_>], real: &'b Members) -> Option<&'b Members> {
    let (_, outer) = path.split_last()?;
    if outer.is_empty() {
        return Some(real);
    }
    Place::of(outer, real, real).values?.0.as_object()
}

fn listed(values: &[EnumValue]) -> String {
    codes(values.iter().map(|value| &value.wire.value))
}

/// A value as it may be shown. Numbers that stand for a secret look like others.
fn display(real: &Value, shown: &Value) -> Value {
    match shown {
        Value::Number(_) if real != shown => Value::from("[secret number]"),
        _ => shown.clone(),
    }
}

/// Whether a member is sent with these others.
fn is_sent(member: &Parameter, body: &Members) -> bool {
    member.sent_if.as_ref().is_none_or(|condition| {
        let value = body.get(&condition.member.value);
        value.is_some_and(|value| condition.is.iter().any(|wanted| wanted.value == *value))
    })
}

/// A value as a message quotes it.
fn quoted(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) => format!("`{value}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
        other => kind_of(other).to_owned(),
    }
}

/// What kind of JSON value it is.
pub(super) const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "`true` or `false`",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
