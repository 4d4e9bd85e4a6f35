//! Looking up what the sender writes in the contract, whatever way it is spelt.

use serde_json::Value;

use wcs_contract::model::{Contract, EnumValue, Hook, Parameter, Type, TypeDef, TypeKind};

/// A hook by its name or an alias.
pub(super) fn hook<'c>(contract: &'c Contract, name: &str) -> Option<&'c Hook> {
    contract.hooks.iter().find(|hook| is_called(hook, name))
}

/// Whether a hook is spelt so.
pub(super) fn is_called(hook: &Hook, name: &str) -> bool {
    hook.name.value == name || hook.aliases.iter().any(|(alias, _)| alias.value == name)
}

/// A member by its name or an alias.
pub(super) fn member<'c>(members: &'c [Parameter], name: &str) -> Option<&'c Parameter> {
    let aliased = |member: &&Parameter| member.aliases.iter().any(|(alias, _)| alias.value == name);
    members.iter().find(|member| member.name.value == name).or_else(|| members.iter().find(aliased))
}

/// The value of an enum that is spelt so.
pub(super) fn value<'c>(values: &'c [EnumValue], word: &str) -> Option<&'c EnumValue> {
    let spelt = |value: &EnumValue| {
        value.wire.value == word
            || value.aliases.iter().any(|(alias, _)| alias.value == word)
            || value.by_release.iter().any(|release| release.spelt.value == word)
    };
    values.iter().find(|value| spelt(value))
}

/// The enum that a type is made of: itself, or what an array, a list or a map holds.
pub(super) fn enum_of<'c>(contract: &'c Contract, ty: &Type) -> Option<(&'c TypeDef, &'c [EnumValue])> {
    match ty {
        Type::Scalar(_) => None,
        Type::Array(item) | Type::Map(item) | Type::List(item) => enum_of(contract, item),
        Type::Named(id) => {
            let def = contract.type_def(*id);
            match &def.kind {
                TypeKind::Enum { values, .. } => Some((def, values)),
                TypeKind::Record(_) => None,
            }
        }
    }
}

/// The words of a text: letters, digits, and what stands within names.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/');
    text.split(move |c: char| !within(c)).map(|word| word.trim_matches(['-', '/'])).filter(|word| !word.is_empty())
}

/// Whether a name stands in a text.
pub(super) fn mentions(text: &str, name: &str) -> bool {
    match name.contains(|c: char| c.is_whitespace() || c == '(') {
        true => text.contains(name),
        false => words(text).any(|word| word == name),
    }
}

/// Whether a name can't be told from an everyday word: small letters alone.
pub(super) fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_lowercase())
}

/// The first and the last word of a compound name (`On`, `Event`); both are the name itself if it is a single word.
pub(super) fn ends(name: &str) -> (&str, &str) {
    let starts: Vec<usize> = name.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at).collect();
    let first = starts.iter().find(|at| **at > 0).map_or(name, |at| name.get(..*at).unwrap_or(name));
    let last = starts.last().map_or(name, |at| name.get(*at..).unwrap_or(name));
    (first, last)
}

/// Last words by which hooks are told from everything else: at least three hooks end so, and no member does.
pub(super) fn endings(contract: &Contract) -> Vec<&str> {
    let members = || {
        let own = contract.hooks.iter().flat_map(|hook| &hook.parameters).map(|member| member.name.value.as_str());
        own.chain(contract.shared.iter().map(|(name, _)| name.value.as_str()))
    };
    let mut found: Vec<&str> = Vec::new();
    for hook in &contract.hooks {
        let (_, last) = ends(&hook.name.value);
        let same = contract.hooks.iter().filter(|other| ends(&other.name.value).1 == last && other.name.value != last);
        if !found.contains(&last) && same.count() >= 3 && members().all(|member| ends(member).1 != last) {
            found.push(last);
        }
    }
    found
}

/// Whether some hook, or the shared parameters, have a member of that name.
pub(super) fn is_member_somewhere(contract: &Contract, name: &str) -> bool {
    contract.shared.iter().any(|(shared, _)| shared.value == name)
        || contract.hooks.iter().any(|hook| member(&hook.parameters, name).is_some())
}

/// Whether an example of a hook has a word at a place: then the contract knows it, though no enum lists it.
pub(super) fn in_example(hook: &Hook, pointer: &str, word: &str) -> bool {
    hook.examples.iter().any(|example| example.body.value.pointer(pointer).and_then(Value::as_str) == Some(word))
}
