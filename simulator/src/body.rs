//! Making a hook's body: an example of the contract, with values that are fresh and belong together.

use serde_json::{Value, json};
use wcs_contract::model::{Belonging, Contract, Hook, Openness, Parameter, Presence, Scalar, Type, TypeKind};
use wcs_contract::pattern::{self, Piece};
use wcs_contract::sample;

use crate::Members;
use crate::random::Random;

/// The body of an example of a hook, without what the contract's hook does not have (a projected contract has less).
/// Without a title, or where there is no such example, the first one; a hook without examples gets what it always sends.
#[must_use]
pub fn example(contract: &Contract, hook: &Hook, title: Option<&str>) -> Members {
    let named = |title: &str| hook.examples.iter().find(|example| example.title.value == title);
    // A sender of one release may lack the example.
    let wanted = title.and_then(named).or(hook.examples.first());
    completed(contract, hook, wanted.and_then(|example| example.body.value.as_object()).cloned().unwrap_or_default())
}

/// A body with what its hook always sends besides, and without what the contract's hook does not have.
#[must_use]
pub fn completed(contract: &Contract, hook: &Hook, mut body: Members) -> Members {
    body.retain(|name, _| is_known(hook, name));
    let missing = hook.parameters.iter().filter(|parameter| parameter.presence == Presence::Always);
    for parameter in missing.filter(|parameter| parameter.is_received()) {
        let name = &parameter.name.value;
        let spelt_otherwise = parameter.aliases.iter().any(|(alias, _)| body.contains_key(&alias.value));
        if !body.contains_key(name) && !spelt_otherwise {
            body.extend(sample::value(contract, parameter).map(|value| (name.clone(), value)));
        }
    }
    ordered(contract, hook, body)
}

/// A word that no enum of a contract lists, and its place in a body: the first open enum that the body has.
#[must_use]
pub fn open_word(contract: &Contract, hook: &Hook, body: &Members) -> Option<String> {
    let open = |parameter: &&Parameter| match &parameter.ty {
        Type::Named(id) => {
            matches!(contract.type_def(*id).kind, TypeKind::Enum { openness: Openness::Open, .. })
        }
        _ => false,
    };
    let found = hook.parameters.iter().filter(open).find(|parameter| body.contains_key(&parameter.name.value));
    found.map(|parameter| parameter.name.value.clone())
}

/// Where the placeholders of a text get their values.
pub struct Names<'a> {
    /// Looks a name up.
    pub lookup: &'a mut dyn FnMut(&str, &mut Random) -> Option<Value>,
    /// Milliseconds since 1970, in the play's time.
    pub time: u64,
}

/// Fills the placeholders of all texts of a value. A text that is one placeholder takes its JSON type from the member.
pub fn fill(value: &Value, ty: Option<&Type>, names: &mut Names<'_>, random: &mut Random) -> Value {
    match value {
        Value::String(text) => fill_text(text, ty, names, random),
        Value::Array(items) => items.iter().map(|item| fill(item, None, names, random)).collect(),
        Value::Object(members) => Value::Object(
            members.iter().map(|(name, value)| (name.clone(), fill(value, None, names, random))).collect(),
        ),
        other => other.clone(),
    }
}

/// Fills the placeholders of a text.
pub fn fill_text(text: &str, ty: Option<&Type>, names: &mut Names<'_>, random: &mut Random) -> Value {
    // The compiler has checked the pattern.
    let pieces = pattern::parse(text).unwrap_or_default();
    if let [Piece::Named(name)] = pieces.as_slice() {
        return (names.lookup)(name, random).unwrap_or_default();
    }
    let mut filled = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => filled.push_str(&text),
            Piece::Uuid => filled.push_str(&random.uuid()),
            Piece::Hex(length) => filled.push_str(&random.hex(length.into())),
            Piece::Digits(length) => filled.push_str(&random.digits(length.into())),
            Piece::Number(from, to) => filled.push_str(&random.between(from, to).to_string()),
            Piece::Time => filled.push_str(&names.time.to_string()),
            Piece::Named(name) => match (names.lookup)(&name, random) {
                Some(Value::String(text)) => filled.push_str(&text),
                Some(other) => filled.push_str(&other.to_string()),
                None => {}
            },
        }
    }
    let is_number = matches!(ty, Some(Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Float)));
    let number = filled.parse::<i64>().ok().filter(|_| is_number && filled != text);
    number.map_or(Value::String(filled), |number| json!(number))
}

/// Replaces a value by a fresh one, also where it stands inside other texts of the body (a SIP message names the call).
pub fn refresh(body: &mut Members, member: &str, fresh: Value) {
    let Some(slot) = body.get_mut(member) else { return };
    let old = std::mem::replace(slot, fresh.clone());
    // Short values may stand in a text by chance.
    if let (Value::String(old), Value::String(new)) = (&old, &fresh)
        && old.len() >= 8
    {
        for (_, value) in body.iter_mut().filter(|(name, _)| *name != member) {
            if let Value::String(text) = value
                && text.contains(old.as_str())
            {
                *text = text.replace(old.as_str(), new);
            }
        }
    }
}

/// The members in the order of the wire: as the contract lists them, unknown ones last.
pub fn ordered(contract: &Contract, hook: &Hook, mut body: Members) -> Members {
    let mut sorted = Members::new();
    let own = |belonging| hook.parameters.iter().filter(move |parameter| parameter.belonging == belonging);
    debug_assert!(contract.context.len() >= own(Belonging::Context).count());
    for parameter in own(Belonging::Context).chain(own(Belonging::Own)) {
        let spellings = std::iter::once(&parameter.name).chain(parameter.aliases.iter().map(|(alias, _)| alias));
        for name in spellings {
            if let Some(value) = body.shift_remove(&name.value) {
                sorted.insert(name.value.clone(), value);
            }
        }
    }
    sorted.extend(body);
    sorted
}

/// Whether a hook has a member of that name, or of that other spelling.
#[must_use]
pub fn is_known(hook: &Hook, name: &str) -> bool {
    let spelt = |parameter: &Parameter| {
        parameter.name.value == name || parameter.aliases.iter().any(|(alias, _)| alias.value == name)
    };
    hook.parameters.iter().any(spelt)
}
