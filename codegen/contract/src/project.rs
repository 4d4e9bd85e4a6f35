//! What a sender of one release sends: the contract without what came later or went before.

mod bodies;
mod scenarios;

use std::collections::HashMap;
use std::fmt;

use crate::model::{
    Condition, Contract, EnumValue, Example, Lifetime, Name, Note, Parameter, SessionPolicy, Text, TypeId, TypeKind,
    Version,
};
use crate::source::Span;
use crate::subset;
use crate::syntax::Keyed;

/// Reads a sender's release, which may lie between two listed ones.
///
/// # Errors
///
/// Text that is no version or older than the first release, and a contract that lists no release.
pub fn release(contract: &Contract, text: &str) -> Result<Version, ReleaseError> {
    let Some(first) = contract.releases.first().and_then(|(name, _)| Version::parse(&name.value, name.span)) else {
        return Err(ReleaseError::NoneListed { contract: contract.name.value.clone() });
    };
    let Some(version) = Version::parse(text, Span::NOWHERE) else {
        let listed = contract.releases.iter().map(|(name, _)| name.value.clone()).collect();
        return Err(ReleaseError::NoVersion { text: text.to_owned(), listed });
    };
    if version.compare(&first).is_lt() {
        return Err(ReleaseError::TooOld { text: text.to_owned(), first });
    }
    Ok(version)
}

/// Text that names no release of a contract's sender.
#[derive(Debug)]
pub enum ReleaseError {
    /// The contract lists no releases.
    NoneListed {
        /// Name of the contract.
        contract: String,
    },
    /// The text is no version.
    NoVersion {
        /// The text.
        text: String,
        /// The releases that the contract lists, oldest first.
        listed: Vec<String>,
    },
    /// The release is older than the first one that the contract describes.
    TooOld {
        /// The release.
        text: String,
        /// The first one.
        first: Version,
    },
}

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoneListed { contract } => write!(f, "the contract `{contract}` lists no releases of its sender"),
            Self::NoVersion { text, listed } => {
                let listed = listed.join(", ");
                write!(f, "`{text}` is not a release; the contract knows {listed}, and any between them")
            }
            Self::TooOld { text, first } => {
                write!(f, "the release {text} is older than {first}, the first one that the contract describes")
            }
        }
    }
}

impl std::error::Error for ReleaseError {}

/// What a sender of a release sends and takes: hooks, members, values, spellings and examples of other releases are
/// left out, and nothing that stays refers to them.
pub fn project(contract: &Contract, release: &Version) -> Contract {
    let mut projected = at_same_places(contract, release);
    let used = subset::reachable(contract);
    bodies::keep_possible(contract, &mut projected);
    let carried: Vec<Name> = projected.hooks.iter().flat_map(|hook| &hook.parameters).map(|m| m.name.clone()).collect();
    projected.context.retain(|name| carried.iter().any(|known| known.value == name.value));
    projected
        .releases
        .retain(|(name, _)| Version::parse(&name.value, name.span).is_none_or(|known| known.compare(release).is_le()));
    if let Some(sender) = &mut projected.sender {
        sender.base_paths.items.retain(|(_, path)| path.as_ref().is_none_or(|path| path.lifetime().contains(release)));
    }
    subset::drop_types(&mut projected, &used);
    subset::keep_hooks(&mut projected, |hook| hook.lifetime.contains(release));
    scenarios::keep_possible(contract, &mut projected);
    projected.notes.insert(0, about(&projected, release));
    projected.sender_release = Some(release.clone());
    projected
}

/// Tells of examples that say which release they are from, and can't be.
pub(crate) fn impossible_examples(contract: &Contract) -> Vec<(&Example, String)> {
    let dated = || contract.hooks.iter().flat_map(|hook| &hook.examples).filter_map(|example| example.version.as_ref());
    let mut releases: Vec<&Version> = Vec::new();
    for version in dated() {
        if !releases.iter().any(|known| known.parts == version.parts) {
            releases.push(version);
        }
    }
    let mut found = Vec::new();
    // One after the other: of a large contract, a few more at once would be most of the memory of a run.
    for release in releases {
        let now = at_same_places(contract, release);
        for (hook, now_hook) in contract.hooks.iter().zip(&now.hooks) {
            for example in &hook.examples {
                let Some(version) = example.version.as_ref().filter(|version| version.parts == release.parts) else {
                    continue;
                };
                let reason = if hook.lifetime.contains(version) {
                    bodies::obstacle(contract, &now, hook, now_hook, example)
                } else {
                    Some("the hook itself belongs to other releases".to_owned())
                };
                found.extend(reason.map(|reason| (example, reason)));
            }
        }
    }
    found
}

/// Members and values of a release; hooks and types stay where they are.
fn at_same_places(contract: &Contract, release: &Version) -> Contract {
    let mut projected = contract.clone();
    let respelt = types(&mut projected, release);
    for hook in &mut projected.hooks {
        let renamed = members(&mut hook.parameters, release);
        hook.shapes.retain(|shape| shape.lifetime().contains(release));
        for shape in &mut hook.shapes {
            for list in [&mut shape.backend, &mut shape.client] {
                list.retain_mut(|name| rename(name, &renamed));
            }
        }
        hook.shapes.retain(|shape| !shape.backend.is_empty() || !shape.client.is_empty());
    }
    words(&mut projected, &respelt);
    projected
}

/// That this is not the whole contract.
fn about(contract: &Contract, release: &Version) -> Note {
    let span = contract.title.span;
    let said = |value: String| Text { value, span };
    Note {
        span,
        head: span,
        broken: Vec::new(),
        fact: said(format!("This describes what a sender of release {release} sends, and nothing else.")),
        consequence: Some(said("Senders of other releases send other members and values.".to_owned())),
    }
}

/// Where the new spelling of a value stands, by its type and its old spelling.
type Respelt = HashMap<(TypeId, String), Option<Name>>;

fn types(contract: &mut Contract, release: &Version) -> Respelt {
    let mut respelt = Respelt::new();
    for (at, def) in contract.types.iter_mut().enumerate() {
        match &mut def.kind {
            TypeKind::Record(list) => {
                members(list, release);
            }
            TypeKind::Enum { values, .. } => {
                for value in values.iter_mut() {
                    let old = value.wire.value.clone();
                    let now = value.lifetime.contains(release).then(|| spell_value(value, release));
                    respelt.insert((TypeId(at), old), now);
                }
                values.retain(|value| value.lifetime.contains(release));
                let now = |name: &Name| respelt.get(&(TypeId(at), name.value.clone())).cloned().flatten();
                for value in values.iter_mut() {
                    value.next = value.next.iter().filter_map(now).collect();
                    if let Some(deprecated) = &mut value.lifetime.deprecated {
                        deprecated.replacement = deprecated.replacement.as_ref().and_then(now);
                    }
                }
            }
        }
    }
    respelt
}

/// Gives a value the spelling of a release; the name for programs stays what it was.
fn spell_value(value: &mut EnumValue, release: &Version) -> Name {
    let said: Vec<(Lifetime, Name)> =
        value.by_release.iter().map(|said| (said.lifetime(), said.spelt.clone())).collect();
    if let Some((_, spelt)) = said.iter().find(|(lifetime, _)| lifetime.contains(release)) {
        value.name = value.name.take().or(Some(value.wire.clone()));
        value.wire = spelt.clone();
    }
    value.aliases.retain(|(alias, _)| !said.iter().any(|(_, spelt)| spelt.value == alias.value));
    value.by_release.clear();
    value.wire.clone()
}

/// The new names of members by their old ones.
type Renamed = HashMap<String, Name>;

/// Keeps the members that the release sends, as it sends them.
fn members(list: &mut Vec<Parameter>, release: &Version) -> Renamed {
    list.retain(|member| member.lifetime.contains(release));
    let mut renamed = Renamed::new();
    for member in list.iter_mut() {
        let old = member.name.value.clone();
        spell_member(member, release);
        renamed.insert(old, member.name.clone());
    }
    for member in list.iter_mut() {
        let depends = |condition: Option<Condition>| {
            let mut condition = condition?;
            rename(&mut condition.member, &renamed).then_some(condition)
        };
        member.used_if = depends(member.used_if.take());
        member.sent_if = depends(member.sent_if.take());
        if let Some(deprecated) = &mut member.lifetime.deprecated {
            let replacement = deprecated.replacement.take();
            deprecated.replacement = replacement.and_then(|name| renamed.get(&name.value).cloned());
        }
    }
    renamed
}

/// Whether there is still such a member, under its new name.
fn rename(name: &mut Name, renamed: &Renamed) -> bool {
    let now = renamed.get(&name.value);
    if let Some(now) = now {
        name.value.clone_from(&now.value);
    }
    now.is_some()
}

fn spell_member(member: &mut Parameter, release: &Version) {
    let entries = std::mem::take(&mut member.by_release);
    member.notes.retain(|note| !entries.iter().any(|said| said.span == note.span));
    member.aliases.retain(|(alias, _)| {
        !entries.iter().any(|said| said.spelt.as_ref().is_some_and(|name| name.value == alias.value))
    });
    let Some(said) = entries.into_iter().find(|said| said.lifetime.contains(release)) else { return };
    if let Some(spelt) = said.spelt {
        member.name = spelt;
    }
    if let Some((ty, _)) = said.ty {
        member.ty = ty;
    }
    member.presence = said.presence.unwrap_or(member.presence);
    member.doc = said.doc.unwrap_or_else(|| member.doc.clone());
}

/// Spells the words of the session policy as the release does.
fn words(contract: &mut Contract, respelt: &Respelt) {
    let Contract { types, sender, .. } = contract;
    let Some(policy) = sender.as_mut().and_then(|sender| sender.session_policy.as_mut()) else { return };
    let SessionPolicy { record, on_error, policy, .. } = policy;
    let members = types.iter().find_map(|def| match &def.kind {
        TypeKind::Record(members) if def.name.value == record.value => Some(members),
        _ => None,
    });
    let spell = |member: &Name, words: &mut [&mut Name]| {
        let found = members.and_then(|members| members.iter().find(|known| known.name.value == member.value));
        let Some(crate::model::Type::Named(id)) = found.map(|found| &found.ty) else { return };
        for word in words {
            if let Some(Some(now)) = respelt.get(&(*id, word.value.clone())) {
                word.value.clone_from(&now.value);
            }
        }
    };
    spell(&on_error.member, &mut [&mut on_error.fail, &mut on_error.log, &mut on_error.default]);
    let words = &mut [&mut policy.notify, &mut policy.overwrite, &mut policy.disable, &mut policy.default];
    spell(&policy.member, words);
}
