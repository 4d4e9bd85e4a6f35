//! Values made up from the types of a contract: one of each type, and another one.
//!
//! Making a value always ends, whatever the contract: a record is never made inside itself, and both the nesting and the
//! size of a value are bounded. Changing a value only goes into the parts that it has. A type without a value within these
//! bounds (a record that must contain itself, a text of four billion characters) gets none.

use std::ops::RangeInclusive;

use serde_json::{Map, Number, Value, json};

use crate::model::{Constraints, Contract, EnumValue, Parameter, Presence, Scalar, Type, TypeId, TypeKind};
use crate::source::Spanned;

/// A word that no enum of a contract lists.
pub const LATER_WORD: &str = "A_VALUE_OF_A_LATER_RELEASE";

/// Records inside each other, at most. With the collections around each, values stay below the nesting that JSON parsers
/// accept.
const DEEPEST: usize = 12;

/// Values and characters in the value of one member, at most.
const LARGEST: u64 = 2048;

/// A value of a member: its example, or else one that is made from its type and limits. `None` if the type has none that
/// is small enough.
#[must_use]
pub fn value(contract: &Contract, member: &Parameter) -> Option<Value> {
    Maker::new(contract).member(member)
}

/// A value of a type. `None` if it has none that is small enough.
#[must_use]
pub fn of_type(contract: &Contract, ty: &Type, limits: Option<&Constraints>) -> Option<Value> {
    Maker::new(contract).of_type(ty, limits)
}

/// Another value of the type that a value has. `None` if the type has no other one.
#[must_use]
pub fn another(contract: &Contract, ty: &Type, limits: Option<&Constraints>, value: &Value) -> Option<Value> {
    Maker::new(contract).another(ty, limits, value)
}

struct Maker<'c> {
    contract: &'c Contract,
    /// Values and characters that may still be made.
    room: u64,
    /// The records in which the next value lies, outermost first.
    inside: Vec<TypeId>,
}

impl<'c> Maker<'c> {
    fn new(contract: &'c Contract) -> Self {
        Self { contract, room: LARGEST, inside: Vec::new() }
    }

    fn take(&mut self, size: u64) -> Option<()> {
        self.room = self.room.checked_sub(size)?;
        Some(())
    }

    fn member(&mut self, member: &Parameter) -> Option<Value> {
        match &member.example {
            Some(example) => Some(example.value.clone()),
            None => self.of_type(&member.ty, member.constraints.as_ref()),
        }
    }

    fn of_type(&mut self, ty: &Type, limits: Option<&Constraints>) -> Option<Value> {
        self.take(1)?;
        Some(match ty {
            Type::Scalar(Scalar::String | Scalar::StringOrNumber) => json!(self.text(limits)?),
            Type::Scalar(Scalar::Bool) => json!(true),
            Type::Scalar(scalar @ (Scalar::Int32 | Scalar::Int64)) => {
                json!(nearest(7, &whole_numbers(*scalar, limits))?)
            }
            Type::Scalar(scalar @ Scalar::Float) => {
                let range = whole_numbers(*scalar, limits);
                if includes(&range, 1.5) { json!(1.5) } else { json!(nearest(1, &range)?) }
            }
            Type::Scalar(Scalar::Object) => json!({ "key": "value" }),
            Type::Array(item) => Value::Array(self.items(item, limits)?),
            Type::List(item) => listed(&self.items(item, limits)?),
            Type::Map(item) => {
                let keys = std::iter::once("key".to_owned()).chain((2..).map(|at| format!("key{at}")));
                Value::Object(keys.zip(self.items(item, limits)?).collect())
            }
            Type::Named(id) => match &self.contract.type_def(*id).kind {
                TypeKind::Enum { values, .. } => json!(values.first().map_or(LATER_WORD, |value| &value.wire.value)),
                TypeKind::Record(members) => Value::Object(self.record(*id, members)?),
            },
        })
    }

    /// Digits fit most patterns; where they don't, the contract has an example.
    fn text(&mut self, limits: Option<&Constraints>) -> Option<String> {
        const DIGITS: u64 = 4;
        let range = lengths(limits);
        let length = DIGITS.max(*range.start()).min(*range.end());
        self.take(length)?;
        Some("1234567890".chars().cycle().take(usize::try_from(length).ok()?).collect())
    }

    /// One item, or as many as there must be. None at all where an item has no value or none is allowed.
    fn items(&mut self, item: &Type, limits: Option<&Constraints>) -> Option<Vec<Value>> {
        let counts = counts(limits);
        let wanted = counts.start().max(&1).min(counts.end());
        let made: Option<Vec<Value>> = (0..*wanted).map(|_| self.of_type(item, None)).collect();
        made.or_else(|| (*counts.start() == 0).then(Vec::new))
    }

    /// All members that have a value.
    fn record(&mut self, id: TypeId, members: &[Parameter]) -> Option<Map<String, Value>> {
        if self.inside.contains(&id) || self.inside.len() == DEEPEST {
            return None;
        }
        self.inside.push(id);
        let record = self.members(members);
        self.inside.pop();
        record
    }

    fn members(&mut self, members: &[Parameter]) -> Option<Map<String, Value>> {
        let mut record = Map::new();
        for member in members {
            match self.member(member) {
                Some(value) => drop(record.insert(member.name.value.clone(), value)),
                None if member.presence == Presence::Always => return None,
                None => {}
            }
        }
        Some(record)
    }

    fn another(&mut self, ty: &Type, limits: Option<&Constraints>, value: &Value) -> Option<Value> {
        match (ty, value) {
            (Type::Scalar(Scalar::Bool), _) => Some(json!(*value != json!(true))),
            (Type::Scalar(Scalar::String | Scalar::StringOrNumber), Value::String(text)) => {
                another_text(text, limits).map(Value::from)
            }
            (
                Type::Scalar(scalar @ (Scalar::Int32 | Scalar::Int64 | Scalar::Float | Scalar::StringOrNumber)),
                Value::Number(number),
            ) => another_number(*scalar, number, limits),
            (Type::Scalar(Scalar::Object), _) => {
                let key = unused("another", value);
                Some(json!({ key: [1, "two", null] }))
            }
            (Type::Scalar(_), _) => self.of_type(ty, limits),
            (Type::Array(item), _) => {
                let items = value.as_array().cloned().unwrap_or_default();
                self.another_items(item, limits, items).map(Value::Array)
            }
            (Type::List(item), _) => {
                let parts = value.as_str().unwrap_or_default().split(',').map(str::trim);
                let items = parts.filter(|part| !part.is_empty()).map(|part| list_item(item, part)).collect();
                self.another_items(item, limits, items).map(|items| listed(&items))
            }
            (Type::Map(item), _) => self.another_map(item, limits, value),
            (Type::Named(id), _) => match &self.contract.type_def(*id).kind {
                TypeKind::Enum { values, .. } => another_word(values, value),
                TypeKind::Record(members) => {
                    self.inside.push(*id);
                    let record = self.another_record(members, value);
                    self.inside.pop();
                    record
                }
            },
        }
    }

    /// Another first item, or else one item more or less.
    fn another_items(
        &mut self,
        item: &Type,
        limits: Option<&Constraints>,
        mut items: Vec<Value>,
    ) -> Option<Vec<Value>> {
        let counts = counts(limits);
        let count = items.len() as u64;
        if let Some(first) = items.first_mut()
            && let Some(other) = self.another(item, None, first)
        {
            *first = other;
            items.truncate(usize::try_from(*counts.start()).unwrap_or(usize::MAX).max(1));
            return Some(items);
        }
        let more = items.first().cloned().or_else(|| self.of_type(item, None));
        if let Some(more) = more.filter(|_| count < *counts.end()) {
            items.push(more);
        } else if count > *counts.start() {
            items.pop();
        } else {
            return None;
        }
        Some(items)
    }

    /// An entry under another key, beside as many of the old ones as there must be.
    fn another_map(&mut self, item: &Type, limits: Option<&Constraints>, value: &Value) -> Option<Value> {
        let counts = counts(limits);
        let entries = value.as_object().cloned().unwrap_or_default();
        match self.of_type(item, None).filter(|_| *counts.end() > 0) {
            Some(new) => {
                let kept = usize::try_from(counts.start().saturating_sub(1)).unwrap_or(usize::MAX);
                let key = unused("another", value);
                Some(Value::Object(entries.into_iter().take(kept).chain([(key, new)]).collect()))
            }
            None => (!entries.is_empty() && *counts.start() == 0).then(|| json!({})),
        }
    }

    /// Another value of every member that has one, or else a member less.
    fn another_record(&mut self, members: &[Parameter], value: &Value) -> Option<Value> {
        let mut record = Map::new();
        let mut differs = false;
        for member in members {
            let name = &member.name.value;
            let old = value.get(name).filter(|old| !old.is_null());
            let new = match old {
                Some(old) => self.another(&member.ty, member.constraints.as_ref(), old),
                None => self.member(member),
            };
            differs |= new.is_some();
            record.extend(new.or_else(|| old.cloned()).map(|value| (name.clone(), value)));
        }
        if !differs {
            let is_spare = |member: &&Parameter| member.presence != Presence::Always;
            let spare = members.iter().filter(is_spare).find(|member| record.contains_key(&member.name.value))?;
            record.shift_remove(&spare.name.value);
        }
        Some(Value::Object(record))
    }
}

/// Items as one text with commas.
fn listed(items: &[Value]) -> Value {
    let texts = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
    Value::String(texts.collect::<Vec<_>>().join(","))
}

/// A key that an object does not have.
fn unused(wanted: &str, object: &Value) -> String {
    let mut key = wanted.to_owned();
    while object.get(&key).is_some() {
        key.push('_');
    }
    key
}

/// A value that means something else, in its proper spelling.
fn another_word(values: &[EnumValue], value: &Value) -> Option<Value> {
    let is_called = |known: &EnumValue, word: &str| {
        known.wire.value == word || known.aliases.iter().any(|(alias, _)| alias.value == word)
    };
    let other = values.iter().find(|known| value.as_str().is_none_or(|word| !is_called(known, word)));
    other.map(|other| json!(other.wire.value))
}

/// A longer text, or else one whose last letter or digit is another.
fn another_text(text: &str, limits: Option<&Constraints>) -> Option<String> {
    let range = lengths(limits);
    let pattern = limits.and_then(|limits| regex::Regex::new(&limits.pattern.as_ref()?.value).ok());
    let fits = |candidate: &String| {
        range.contains(&(candidate.chars().count() as u64))
            && pattern.as_ref().is_none_or(|pattern| pattern.is_match(candidate))
    };
    let mut signs: Vec<char> = text.chars().collect();
    let changed = signs.iter_mut().rfind(|sign| sign.is_ascii_alphanumeric()).is_some_and(|sign| {
        *sign = match *sign {
            'a' => 'b',
            'A' => 'B',
            '0'..='8' => char::from(*sign as u8 + 1),
            sign if sign.is_ascii_digit() => '1',
            sign if sign.is_ascii_lowercase() => 'a',
            _ => 'A',
        };
        true
    });
    // A text without letters and digits.
    let replaced = || text.chars().skip(1).chain(['2']).collect::<String>();
    let candidates = [format!("{text}-2"), if changed { signs.iter().collect() } else { replaced() }];
    candidates.into_iter().filter(|candidate| candidate != text).find(fits)
}

/// A neighbour of a whole number; a fraction otherwise, or an end of the range.
fn another_number(scalar: Scalar, number: &Number, limits: Option<&Constraints>) -> Option<Value> {
    let range = whole_numbers(scalar, limits);
    let ends = [*range.start(), *range.end()];
    if let Some(whole) = number.as_i64() {
        let neighbours = [whole ^ 1, whole.saturating_add(1), whole.saturating_sub(1)];
        let other = neighbours.into_iter().chain(ends).find(|other| *other != whole && range.contains(other));
        return other.map(Value::from);
    }
    let differs = |other: f64| number.as_f64() != Some(other);
    let fraction = [2.5, 1.5].into_iter().find(|other| {
        matches!(scalar, Scalar::Float | Scalar::StringOrNumber) && differs(*other) && includes(&range, *other)
    });
    fraction.map(Value::from).or_else(|| ends.into_iter().find(|end| differs(*end as f64)).map(Value::from))
}

/// Lengths that a text may have.
fn lengths(limits: Option<&Constraints>) -> RangeInclusive<u64> {
    range(limits.and_then(|limits| limits.min_length.as_ref()), limits.and_then(|limits| limits.max_length.as_ref()))
}

/// Numbers of items that a collection may have.
fn counts(limits: Option<&Constraints>) -> RangeInclusive<u64> {
    range(limits.and_then(|limits| limits.min_items.as_ref()), limits.and_then(|limits| limits.max_items.as_ref()))
}

fn range(least: Option<&Spanned<u64>>, most: Option<&Spanned<u64>>) -> RangeInclusive<u64> {
    least.map_or(0, |limit| limit.value)..=most.map_or(u64::MAX, |limit| limit.value)
}

/// Whole numbers that a number may be; none if its limits and its type exclude each other.
fn whole_numbers(scalar: Scalar, limits: Option<&Constraints>) -> RangeInclusive<i64> {
    let (first, last) = match scalar {
        Scalar::Int32 => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN, i64::MAX),
    };
    let least = limits.and_then(|limits| limits.minimum.as_ref()).map_or(first, |limit| limit.value.max(first));
    let most = limits.and_then(|limits| limits.maximum.as_ref()).map_or(last, |limit| limit.value.min(last));
    least..=most
}

fn includes(range: &RangeInclusive<i64>, number: f64) -> bool {
    (*range.start() as f64..=*range.end() as f64).contains(&number)
}

/// The number of a range that is the nearest to a wanted one.
fn nearest(wanted: i64, range: &RangeInclusive<i64>) -> Option<i64> {
    (!range.is_empty()).then(|| wanted.clamp(*range.start(), *range.end()))
}

/// An item of a comma-separated list as the JSON that it would be alone.
fn list_item(ty: &Type, text: &str) -> Value {
    let parsed = match ty {
        Type::Scalar(Scalar::Bool | Scalar::Int32 | Scalar::Int64 | Scalar::Float) => serde_json::from_str(text).ok(),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}
