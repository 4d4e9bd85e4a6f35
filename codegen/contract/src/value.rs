//! Meaning of JSON values by the types of a contract: one answer for `check`, `inspect`, `drift` and the test vectors.
//!
//! A value means what JSON Schema says that it means, read as leniently as the runtime reads it:
//!
//! | value | meaning |
//! |---|---|
//! | `1.0`, `1e3`, `-0`, `-0.0` | the integers 1, 1000, 0 and 0; `1.5` is no integer |
//! | an integer beyond 32 or 64 bits | does not fit `int32` or `int64`; fits `float` |
//! | a number above or below a limit | compared exactly, never rounded to a float first |
//! | `1e400` | fits no number type, as no float holds it; [`parse`] reads it as text, as which `string_or_number` keeps it |
//! | a number, `true` or `false` in quotes | text; fits `string` and `string_or_number` alone |
//! | null for a member that is always sent | the same as an absent member: a violation |
//! | null for another member of a request | the same as an absent member: allowed |
//! | null inside an array or a map | fits no type |
//! | an empty text | a text; no value for an open enum, so that nothing is unknown; not listed by a closed one |
//! | `list<T>` | one text, split at commas, blanks trimmed, empty items left out; integers there are plain digits |
//! | a member twice, in any of its spellings | the last one counts |
//! | a value that an open enum does not list | fits, and is unknown |
//!
//! A number with a fraction or an exponent is the float next to it, written with as few digits as tell it apart. The
//! runtime reads digits instead, so that the two differ where more than 17 of them are written.
//!
//! The runtime decodes on its own; tests compare both.

use std::borrow::Cow;

use serde_json::{Number, Value};

use crate::constraint::{Bound, Constraint, Limit, Measure, Measured};
use crate::model::{
    Constraints, Contract, EnumValue, Known, Openness, Parameter, Presence, Scalar, Side, Type, TypeKind,
};

/// Members of a JSON object.
pub type Object = serde_json::Map<String, Value>;

/// One step from a value to a value inside it.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// A declared member, and how the body spells it.
    Member(&'a Parameter, &'a str),
    /// A member that is not declared.
    Unknown(&'a str),
    /// An entry of a map.
    Key(&'a str),
    /// An item of an array.
    Item(usize),
}

/// Reason why a value does not fit, or a part of it that the contract does not know.
#[derive(Debug, Clone)]
pub enum Problem<'a> {
    /// The value is of another type.
    Type {
        /// The declared type.
        ty: &'a Type,
        /// The declared type in words.
        expected: &'static str,
        /// The value, or the item of a comma-separated list.
        found: Cow<'a, Value>,
    },
    /// The text is not listed by its enum; a problem only if the enum is closed.
    Unlisted {
        /// The text.
        word: &'a str,
        /// The values of the enum.
        values: &'a [EnumValue],
        /// Whether unlisted values are expected.
        openness: Openness,
    },
    /// The value breaks a constraint.
    Limit {
        /// The constraint.
        constraint: &'static Constraint,
        /// Its limit.
        limit: Limit,
        /// Its length, number of items and so on.
        measured: Measured<'a>,
        /// The value.
        value: &'a Value,
    },
    /// A member is not declared by the hook or record `owner`.
    Unknown {
        /// Name of the hook or record.
        owner: &'a str,
        /// Its members.
        members: &'a [Parameter],
    },
    /// A member that only an answer has is in a request.
    AnswerOnly,
    /// A member that is always sent is null.
    Null,
    /// A member that is always sent is absent; it is the last step.
    Absent,
}

/// Receiver of problems; the steps lead from the judged value to the place.
pub type Report<'r, 'a> = dyn FnMut(&[Step<'a>], Problem<'a>) + 'r;

impl<'a> Step<'a> {
    /// Name or index, as the body has it.
    pub fn name(self) -> Cow<'a, str> {
        match self {
            Self::Member(_, name) | Self::Unknown(name) | Self::Key(name) => Cow::Borrowed(name),
            Self::Item(index) => Cow::Owned(index.to_string()),
        }
    }
}

/// Judges a value by a type and by limits.
pub fn judge<'a>(
    contract: &'a Contract,
    ty: &'a Type,
    limits: Option<&'a Constraints>,
    value: &'a Value,
    side: Side,
    report: &mut Report<'_, 'a>,
) {
    Judge { contract, side, path: Vec::new(), report }.value(ty, limits, value);
}

/// Judges the members of an object by those that the hook or record `owner` declares.
pub fn judge_members<'a>(
    contract: &'a Contract,
    owner: &'a str,
    members: &'a [Parameter],
    object: &'a Object,
    side: Side,
    report: &mut Report<'_, 'a>,
) {
    Judge { contract, side, path: Vec::new(), report }.members(owner, members, object);
}

/// The type of a value in words, if the value itself, without its inside, is of another type.
pub fn unlike(contract: &Contract, ty: &Type, value: &Value) -> Option<&'static str> {
    let (fits, expected) = match ty {
        Type::Scalar(scalar) => (is_scalar(*scalar, value), scalar_in_words(*scalar)),
        Type::Map(_) => (value.is_object(), "an object"),
        Type::List(_) => (value.is_string(), "text with commas"),
        Type::Array(_) => (value.is_array(), "an array"),
        Type::Named(id) => match contract.type_def(*id).kind {
            TypeKind::Enum { .. } => (value.is_string(), "text"),
            TypeKind::Record(_) => (value.is_object(), "an object"),
        },
    };
    (!fits).then_some(expected)
}

/// Whether a value is one of a scalar type.
pub fn is_scalar(scalar: Scalar, value: &Value) -> bool {
    match scalar {
        Scalar::String => value.is_string(),
        Scalar::Bool => value.is_boolean(),
        Scalar::Int32 => integer(value).is_some_and(|number| i32::try_from(number).is_ok()),
        Scalar::Int64 => integer(value).is_some(),
        Scalar::Float => value.is_number(),
        Scalar::Object => value.is_object(),
        Scalar::StringOrNumber => value.is_string() || value.is_number(),
    }
}

/// The integer of 64 bits that a value is, however it is written: `1.0`, `1e3` and `-0` are integers.
pub fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => whole(number),
        _ => None,
    }
}

/// Items of a comma-separated list.
pub fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Whether an item of a comma-separated list is of a type; words of an enum fit if the enum lists them or is open.
pub fn is_item(contract: &Contract, ty: &Type, item: &str) -> bool {
    match ty {
        Type::Scalar(Scalar::String | Scalar::StringOrNumber) => true,
        Type::Scalar(Scalar::Bool) => matches!(item, "true" | "false"),
        Type::Scalar(Scalar::Int32) => item.parse::<i32>().is_ok(),
        Type::Scalar(Scalar::Int64) => item.parse::<i64>().is_ok(),
        Type::Scalar(Scalar::Float) => item.parse::<f64>().is_ok_and(f64::is_finite),
        Type::Named(id) => match &contract.type_def(*id).kind {
            TypeKind::Enum { openness, values } => *openness == Openness::Open || listed(values, item).is_some(),
            TypeKind::Record(_) => false,
        },
        Type::Scalar(Scalar::Object) | Type::Array(_) | Type::Map(_) | Type::List(_) => false,
    }
}

/// The value of an enum that a text is, in any of its spellings.
pub fn listed<'c>(values: &'c [EnumValue], text: &str) -> Option<&'c EnumValue> {
    values.iter().find(|value| {
        value.wire.value == text
            || value.aliases.iter().any(|(alias, _)| alias.value == text)
            || value.by_release.iter().any(|release| release.spelt.value == text)
    })
}

/// The member with a name, in any of its spellings.
pub fn member<'c>(members: &'c [Parameter], name: &str) -> Option<&'c Parameter> {
    members.iter().find(|member| is_called(member, name))
}

/// Whether a member has a name, in any of its spellings.
pub fn is_called(member: &Parameter, name: &str) -> bool {
    member.name.value == name
        || member.aliases.iter().any(|(alias, _)| alias.value == name)
        || member.by_release.iter().filter_map(|release| release.spelt.as_ref()).any(|spelt| spelt.value == name)
}

/// Whether a body has to have a member, and not as null.
pub fn is_required(member: &Parameter) -> bool {
    member.presence == Presence::Always && member.is_received()
}

/// Whether another spelling of a member comes after this one, so that this one does not count.
pub fn is_said_later(member: &Parameter, object: &Object, name: &str) -> bool {
    object.keys().rev().take_while(|key| *key != name).any(|key| is_called(member, key))
}

/// The constraints that a value of this type breaks.
pub fn broken<'v>(
    limits: &Constraints,
    ty: &Type,
    value: &'v Value,
) -> impl Iterator<Item = (&'static Constraint, Limit, Measured<'v>)> {
    limits.given().filter_map(move |(constraint, limit)| {
        let measured = measured(constraint.measure, ty, value)?;
        (!constraint.allows(&limit.value, measured)).then_some((constraint, limit.value, measured))
    })
}

/// Reads JSON. A number that no float holds becomes a text, as it fits no type.
///
/// # Errors
///
/// When the text is no JSON.
pub fn parse(json: &str) -> Result<Value, serde_json::Error> {
    match serde_json::from_str(json) {
        Err(error) if is_out_of_range(&error) => serde_json::from_str(&quoted_overflows(json)),
        read => read,
    }
}

/// Demand of a constraint in words: `it must be at least 3`, ``does not match `^a$` ``.
pub fn demand(constraint: &Constraint, limit: &Limit) -> String {
    match (constraint.bound, constraint.measure) {
        (Bound::Match, _) => format!("does not match `{limit}`"),
        (bound, Measure::Items) => format!("there must be {} {limit}", bound.word()),
        (bound, _) => format!("it must be {} {limit}", bound.word()),
    }
}

struct Judge<'r, 'a> {
    contract: &'a Contract,
    side: Side,
    path: Vec<Step<'a>>,
    report: &'r mut Report<'r, 'a>,
}

impl<'a> Judge<'_, 'a> {
    fn members(&mut self, owner: &'a str, members: &'a [Parameter], object: &'a Object) {
        for (name, value) in object {
            match member(members, name) {
                None => self.at(Step::Unknown(name), |judge| judge.found(Problem::Unknown { owner, members })),
                Some(member) if value.is_null() && is_said_later(member, object, name) => {}
                Some(member) => self.at(Step::Member(member, name), |judge| judge.member(member, value)),
            }
        }
        if self.side == Side::Answer {
            return;
        }
        for member in members.iter().filter(|member| is_required(member)) {
            if !object.keys().any(|name| is_called(member, name)) {
                self.at(Step::Member(member, &member.name.value), |judge| judge.found(Problem::Absent));
            }
        }
    }

    fn member(&mut self, member: &'a Parameter, value: &'a Value) {
        if self.side == Side::Request && !member.is_received() {
            self.found(Problem::AnswerOnly);
        } else if !value.is_null() {
            self.value(&member.ty, member.constraints.as_ref(), value);
        } else if is_required(member) {
            self.found(Problem::Null);
        }
    }

    fn value(&mut self, ty: &'a Type, limits: Option<&'a Constraints>, value: &'a Value) {
        // Nothing is known of a type that could not be read.
        if let Type::Named(id) = ty
            && self.contract.type_def(*id).known != Known::Wholly
        {
            return;
        }
        if let Some(expected) = unlike(self.contract, ty, value) {
            return self.found(Problem::Type { ty, expected, found: Cow::Borrowed(value) });
        }
        self.inside(ty, value);
        if let Some(limits) = limits {
            for (constraint, limit, measured) in broken(limits, ty, value) {
                self.found(Problem::Limit { constraint, limit, measured, value });
            }
        }
    }

    fn inside(&mut self, ty: &'a Type, value: &'a Value) {
        match (ty, value) {
            (Type::Array(item), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.at(Step::Item(index), |judge| judge.value(item, None, value));
                }
            }
            (Type::Map(item), Value::Object(values)) => {
                for (key, value) in values {
                    self.at(Step::Key(key), |judge| judge.value(item, None, value));
                }
            }
            (Type::List(item), Value::String(text)) => items(text).for_each(|text| self.item(item, text)),
            (Type::Named(id), _) => {
                let def = self.contract.type_def(*id);
                match (&def.kind, value) {
                    (TypeKind::Record(members), Value::Object(object)) => {
                        self.members(&def.name.value, members, object);
                    }
                    (TypeKind::Enum { openness, values }, Value::String(word)) => self.word(values, *openness, word),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn item(&mut self, ty: &'a Type, text: &'a str) {
        match ty {
            Type::Named(id) => {
                let def = self.contract.type_def(*id);
                if let (TypeKind::Enum { openness, values }, Known::Wholly) = (&def.kind, def.known) {
                    self.word(values, *openness, text);
                }
            }
            Type::Scalar(scalar) if !is_item(self.contract, ty, text) => {
                let (expected, found) = (scalar_in_words(*scalar), Cow::Owned(Value::from(text)));
                self.found(Problem::Type { ty, expected, found });
            }
            Type::Scalar(_) | Type::Array(_) | Type::Map(_) | Type::List(_) => {}
        }
    }

    fn word(&mut self, values: &'a [EnumValue], openness: Openness, word: &'a str) {
        // Senders write an empty text for no value.
        let is_unset = word.is_empty() && openness == Openness::Open;
        if !is_unset && listed(values, word).is_none() {
            self.found(Problem::Unlisted { word, values, openness });
        }
    }

    fn at(&mut self, step: Step<'a>, judge: impl FnOnce(&mut Self)) {
        self.path.push(step);
        judge(self);
        self.path.pop();
    }

    fn found(&mut self, problem: Problem<'a>) {
        (self.report)(&self.path, problem);
    }
}

const fn scalar_in_words(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "text",
        Scalar::Bool => "`true` or `false`",
        Scalar::Int32 => "an integer of 32 bits",
        Scalar::Int64 => "an integer of 64 bits",
        Scalar::Float => "a number",
        Scalar::Object => "an object",
        Scalar::StringOrNumber => "text or a number",
    }
}

/// What a constraint looks at in a value; `None` if it does not apply to the value.
fn measured<'v>(measure: Measure, ty: &Type, value: &'v Value) -> Option<Measured<'v>> {
    match (measure, ty, value) {
        (Measure::Items, Type::List(_), Value::String(text)) => Some(Measured::Count(items(text).count() as u64)),
        (_, Type::List(_), _) => None,
        (Measure::Items, _, Value::Array(items)) => Some(Measured::Count(items.len() as u64)),
        (Measure::Items, _, Value::Object(members)) => Some(Measured::Count(members.len() as u64)),
        (Measure::Length, _, Value::String(text)) => Some(Measured::Count(text.chars().count() as u64)),
        (Measure::Text, _, Value::String(text)) => Some(Measured::Text(text)),
        (Measure::Number, _, Value::Number(number)) => {
            whole(number).map(Measured::Integer).or_else(|| number.as_f64().map(Measured::Real))
        }
        _ => None,
    }
}

/// The integer that a number equals. A float is taken as JSON writes it: with as few digits as tell it apart.
fn whole(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let written = format!("{:e}", number.as_f64().filter(|_| number.is_f64())?);
        let (mantissa, exponent) = written.split_once('e')?;
        let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let zeros = exponent.parse::<usize>().ok()?.checked_sub(after.len())?;
        format!("{before}{after}{}", "0".repeat(zeros)).parse().ok()
    })
}

/// `serde_json` has no other sign of it.
fn is_out_of_range(error: &serde_json::Error) -> bool {
    error.is_syntax() && error.to_string().starts_with("number out of range")
}

/// The JSON text with quotes around numbers that no float holds.
fn quoted_overflows(json: &str) -> String {
    let mut quoted = String::with_capacity(json.len() + 2);
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '-' | '0'..='9' => {
                rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E')).unwrap_or(rest.len())
            }
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        match token.parse::<f64>() {
            Ok(number) if number.is_infinite() && first != '"' => quoted.extend(["\"", token, "\""]),
            _ => quoted.push_str(token),
        }
        rest = after;
    }
    quoted
}

/// Bytes of the string at the start of a text, with its quotes.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}
