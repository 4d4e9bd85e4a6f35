//! A body's members held against their declarations.

use std::collections::HashSet;

use serde_json::Value;
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::{
    Constraints, Contract, EnumValue, Hook, Openness, Parameter, Presence, Scalar, Type, TypeKind,
};
use wcs_contract::pointer;
use wcs_contract::text::codes;

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
    let mut look = Look { contract, findings: Vec::new() };
    let members = look.members("", &hook.name.value, &hook.parameters, real, shown);
    (members, look.findings)
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

/// Whether a member is spelt so, in any release.
pub(super) fn spells(member: &Parameter, name: &str) -> bool {
    member.name.value == name
        || member.aliases.iter().any(|(alias, _)| alias.value == name)
        || member.by_release.iter().filter_map(|release| release.spelt.as_ref()).any(|spelt| spelt.value == name)
}

/// What a member's value should be, if it is none of that, in any release.
pub(super) fn expected(contract: &Contract, member: &Parameter, value: &Value) -> Option<String> {
    let others = member.by_release.iter().filter_map(|release| release.ty.as_ref()).map(|(ty, _)| ty);
    let wanted = wanted(contract, &member.ty, value)?;
    others.map(|ty| self::wanted(contract, ty, value)).all(|other| other.is_some()).then_some(wanted)
}

struct Look<'c> {
    contract: &'c Contract,
    findings: Vec<Finding>,
}

impl<'c> Look<'c> {
    /// The members of the hook or record `owner`, which stands at a place.
    fn members(
        &mut self,
        at: &str,
        owner: &str,
        declared: &'c [Parameter],
        real: &Members,
        shown: &Members,
    ) -> Vec<Member<'c>> {
        let mut found = Vec::new();
        for ((name, value), (shown_name, shown)) in real.iter().zip(shown) {
            let pointer = pointer::member(at, shown_name);
            let member = declared.iter().filter(|member| member.is_received()).find(|member| spells(member, name));
            match member {
                Some(member) => {
                    let mut one = self.value(&pointer, shown_name, &member.ty, value, shown, Some(member));
                    one.declared = Some(member);
                    found.push(one);
                }
                None => {
                    self.unknown(&pointer, shown_name, owner, declared);
                    let (pointer, name, value) = (pointer, shown_name.clone(), display(value, shown));
                    found.push(Member {
                        pointer,
                        name,
                        value,
                        declared: None,
                        ty: None,
                        means: None,
                        members: Vec::new(),
                    });
                }
            }
        }
        let absent = declared.iter().filter(|member| member.is_received() && member.presence == Presence::Always);
        for member in absent.filter(|member| !real.keys().any(|name| spells(member, name)) && is_sent(member, real)) {
            let pointer = format!("{at}/{}", member.name.value);
            self.findings.push(Finding::new(Kind::Absent, &pointer, "it is always sent, and is not there".to_owned()));
        }
        found
    }

    fn value(
        &mut self,
        pointer: &str,
        name: &str,
        ty: &'c Type,
        real: &Value,
        shown: &Value,
        member: Option<&'c Parameter>,
    ) -> Member<'c> {
        let mut found = Member {
            pointer: pointer.to_owned(),
            name: name.to_owned(),
            value: display(real, shown),
            declared: None,
            ty: Some(ty),
            means: None,
            members: Vec::new(),
        };
        // Null says the same as nothing.
        if real.is_null() {
            return found;
        }
        let wrong = match member {
            Some(member) => expected(self.contract, member, real),
            None => wanted(self.contract, ty, real),
        };
        if let Some(wanted) = wrong {
            let message = format!("expected {wanted}, found {}", quoted(&found.value));
            self.findings.push(Finding::new(Kind::Type, pointer, message));
            return found;
        }
        match (ty, real, shown) {
            (Type::Named(id), _, _) => match (&self.contract.type_def(*id).kind, real, shown) {
                (TypeKind::Enum { values, openness }, Value::String(text), _) => {
                    found.means = self.word(pointer, values, *openness, text, &found.value);
                }
                (TypeKind::Record(members), Value::Object(real), Value::Object(shown)) => {
                    let owner = &self.contract.type_def(*id).name.value;
                    found.members = self.members(pointer, owner, members, real, shown);
                }
                _ => {}
            },
            (Type::List(item), Value::String(text), _) => {
                if let Type::Named(id) = item.as_ref()
                    && let TypeKind::Enum { values, openness } = &self.contract.type_def(*id).kind
                {
                    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                        self.word(pointer, values, *openness, part, &Value::from(part));
                    }
                }
            }
            (Type::Array(item), Value::Array(real), Value::Array(shown)) => {
                for (index, (real, shown)) in real.iter().zip(shown).enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    found.members.push(self.value(&pointer, &index.to_string(), item, real, shown, None));
                }
            }
            (Type::Map(item), Value::Object(real), Value::Object(shown)) => {
                for ((_, real), (name, shown)) in real.iter().zip(shown) {
                    let pointer = pointer::member(pointer, name);
                    found.members.push(self.value(&pointer, name, item, real, shown, None));
                }
            }
            _ => {}
        }
        if let Some(broken) = member.and_then(|member| broken(member.constraints.as_ref()?, ty, real)) {
            self.findings.push(Finding::new(Kind::Limit, pointer, broken));
        }
        found
    }

    /// The value of an enum that a text is.
    fn word(
        &mut self,
        pointer: &str,
        values: &'c [EnumValue],
        openness: Openness,
        text: &str,
        shown: &Value,
    ) -> Option<&'c EnumValue> {
        let known = values.iter().find(|value| {
            value.wire.value == text
                || value.aliases.iter().any(|(alias, _)| alias.value == text)
                || value.by_release.iter().any(|release| release.spelt.value == text)
        });
        if known.is_none() {
            let shown = quoted(shown);
            let message = match openness {
                Openness::Open => format!("{shown} is none of the values that are known"),
                Openness::Closed => format!("{shown} is none of the values that there are"),
            };
            let help = match nearest(text, values.iter().map(|value| value.wire.value.as_str())) {
                Some(near) => Some(format!("did you mean `{near}`?")),
                None if values.len() <= 8 => Some(format!("known: {}", listed(values))),
                None => None,
            };
            self.findings.push(Finding { help, ..Finding::new(Kind::Value, pointer, message) });
        }
        known
    }

    fn unknown(&mut self, pointer: &str, name: &str, owner: &str, declared: &[Parameter]) {
        let near = nearest(name, declared.iter().map(|member| member.name.value.as_str()));
        let mut others = self.contract.hooks.iter().filter(|hook| hook.parameters.iter().any(|one| spells(one, name)));
        let help = match (near, others.next()) {
            (Some(near), _) => Some(format!("did you mean `{near}`?")),
            (None, Some(first)) => {
                let (first, more) = (&first.name.value, others.count());
                let more = if more > 0 { format!(" and {more} more hooks have it") } else { " has it".to_owned() };
                Some(format!("{first}{more}"))
            }
            (None, None) => None,
        };
        self.findings
            .push(Finding { help, ..Finding::new(Kind::Unknown, pointer, format!("{owner} has no such member")) });
    }
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

/// What a value should be, if its JSON type is another.
fn wanted(contract: &Contract, ty: &Type, value: &Value) -> Option<String> {
    let (fits, wanted) = match ty {
        Type::Scalar(Scalar::String) => (value.is_string(), "text"),
        Type::Scalar(Scalar::Bool) => (value.is_boolean(), "`true` or `false`"),
        Type::Scalar(Scalar::Int32) => {
            (value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()), "an integer of 32 bits")
        }
        Type::Scalar(Scalar::Int64) => (value.is_i64(), "an integer of 64 bits"),
        Type::Scalar(Scalar::Float) => (value.is_number(), "a number"),
        Type::Scalar(Scalar::Object) | Type::Map(_) => (value.is_object(), "an object"),
        Type::Scalar(Scalar::StringOrNumber) => (value.is_string() || value.is_number(), "text or a number"),
        Type::List(_) => (value.is_string(), "text with commas"),
        Type::Array(_) => (value.is_array(), "an array"),
        Type::Named(id) => match contract.type_def(*id).kind {
            TypeKind::Enum { .. } => (value.is_string(), "text"),
            TypeKind::Record(_) => (value.is_object(), "an object"),
        },
    };
    (!fits && !value.is_null()).then(|| wanted.to_owned())
}

/// Which limit a value breaks, in words.
fn broken(limits: &Constraints, ty: &Type, value: &Value) -> Option<String> {
    let items = match (ty, value) {
        (Type::List(_), Value::String(text)) => Some(text.split(',').filter(|part| !part.trim().is_empty()).count()),
        (_, Value::Array(items)) => Some(items.len()),
        (_, Value::Object(members)) => Some(members.len()),
        _ => None,
    };
    let side = |found: f64, least: Option<f64>, most: Option<f64>| match (least, most) {
        (Some(least), _) if found < least => Some(format!("at least {least}")),
        (_, Some(most)) if found > most => Some(format!("at most {most}")),
        _ => None,
    };
    let count = |limit: &Option<wcs_contract::source::Spanned<u64>>| limit.as_ref().map(|limit| limit.value as f64);
    let number = |limit: &Option<wcs_contract::source::Spanned<i64>>| limit.as_ref().map(|limit| limit.value as f64);
    match (items, value) {
        (Some(items), _) => side(items as f64, count(&limits.min_items), count(&limits.max_items))
            .map(|side| format!("it has {items} items; there must be {side}")),
        (None, Value::String(text)) => {
            let length = text.chars().count();
            let of_length = side(length as f64, count(&limits.min_length), count(&limits.max_length));
            let pattern = limits.pattern.as_ref().map(|pattern| pattern.value.as_str());
            let unlike = pattern.filter(|pattern| regex::Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text)));
            of_length
                .map(|side| format!("its length is {length}; it must be {side}"))
                .or_else(|| unlike.map(|pattern| format!("it does not match `{pattern}`")))
        }
        (None, Value::Number(found)) => side(found.as_f64()?, number(&limits.minimum), number(&limits.maximum))
            .map(|side| format!("it must be {side}")),
        _ => None,
    }
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
