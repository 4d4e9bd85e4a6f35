//! What each release of the sender brought, changed and dropped.

use std::cmp::Ordering;

use crate::model::{Contract, EnumValue, Lifetime, Parameter, Presence, TypeKind, Version};
use crate::syntax::Keyed;

/// A listed release and how it differs from the one before.
#[derive(Debug)]
pub struct ReleaseChanges<'c> {
    /// The release.
    pub version: Version,
    /// What people say of it.
    pub doc: &'c str,
    /// How it differs; empty for the first one, with which everything begins.
    pub changes: Vec<Change<'c>>,
}

/// One difference between two releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'c> {
    /// What kind of thing differs.
    pub what: What,
    /// Its name.
    pub name: &'c str,
    /// The hooks or types that it belongs to; none for a hook itself.
    pub within: Vec<&'c str>,
    /// How it differs.
    pub how: How,
}

/// What kind of thing differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A hook.
    Hook,
    /// A member of hooks.
    Member,
    /// A member of records.
    RecordMember,
    /// A value of enums.
    Value,
}

impl What {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hook => "hook",
            Self::Member => "member",
            Self::RecordMember => "record member",
            Self::Value => "value",
        }
    }
}

/// How something differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// It is sent from now on.
    Added,
    /// It is no longer sent.
    Removed,
    /// Another spelling: the old one and the new one.
    Respelt(String, String),
    /// Another presence: the old one and the new one.
    Sent(Presence, Presence),
    /// Another type.
    Retyped,
}

/// All listed releases, oldest first.
pub fn releases(contract: &Contract) -> Vec<ReleaseChanges<'_>> {
    let mut found: Vec<ReleaseChanges<'_>> = Vec::new();
    for (name, release) in &contract.releases {
        let Some(version) = Version::parse(&name.value, name.span) else { continue };
        let changes = found.last().map_or(Vec::new(), |last| between(contract, &last.version, &version));
        found.push(ReleaseChanges { version, doc: &release.doc.value, changes });
    }
    found
}

/// What differs between two releases.
fn between<'c>(contract: &'c Contract, old: &Version, new: &Version) -> Vec<Change<'c>> {
    let mut changes = Vec::new();
    for hook in &contract.hooks {
        let how = match alive(&hook.lifetime, old, new) {
            (false, true) => How::Added,
            (true, false) => How::Removed,
            // What a hook consists of is told only where both releases send it.
            (true, true) => {
                hook.parameters.iter().for_each(|member| {
                    differences(member, old, new)
                        .into_iter()
                        .for_each(|how| add(&mut changes, What::Member, &member.name.value, &hook.name.value, how));
                });
                continue;
            }
            (false, false) => continue,
        };
        changes.push(Change { what: What::Hook, name: &hook.name.value, within: Vec::new(), how });
    }
    for def in &contract.types {
        match &def.kind {
            TypeKind::Record(members) => members.iter().for_each(|member| {
                differences(member, old, new)
                    .into_iter()
                    .for_each(|how| add(&mut changes, What::RecordMember, &member.name.value, &def.name.value, how));
            }),
            TypeKind::Enum { values, .. } => values.iter().for_each(|value| {
                let how = value_difference(value, old, new);
                how.into_iter().for_each(|how| add(&mut changes, What::Value, &value.wire.value, &def.name.value, how));
            }),
        }
    }
    changes.sort_by_key(|change| change.what as u8);
    changes
}

/// Adds a difference, together with the same one elsewhere.
fn add<'c>(changes: &mut Vec<Change<'c>>, what: What, name: &'c str, within: &'c str, how: How) {
    let same = |change: &&mut Change<'_>| change.what == what && change.name == name && change.how == how;
    match changes.iter_mut().find(same) {
        Some(change) => change.within.push(within),
        None => changes.push(Change { what, name, within: vec![within], how }),
    }
}

fn alive(lifetime: &Lifetime, old: &Version, new: &Version) -> (bool, bool) {
    (lifetime.contains(old), lifetime.contains(new))
}

fn differences(member: &Parameter, old: &Version, new: &Version) -> Vec<How> {
    match alive(&member.lifetime, old, new) {
        (false, true) => return vec![How::Added],
        (true, false) => return vec![How::Removed],
        (false, false) => return Vec::new(),
        (true, true) => {}
    }
    let said = |release: &Version| member.by_release.iter().find(|said| said.lifetime.contains(release));
    let (before, after) = (said(old), said(new));
    let name = |said: Option<&crate::model::MemberByRelease>| {
        said.and_then(|said| said.spelt.as_ref()).unwrap_or(&member.name).value.clone()
    };
    let presence =
        |said: Option<&crate::model::MemberByRelease>| said.and_then(|said| said.presence).unwrap_or(member.presence);
    let ty = |said: Option<&crate::model::MemberByRelease>| {
        said.and_then(|said| said.ty.as_ref()).map_or_else(|| member.ty.clone(), |(ty, _)| ty.clone())
    };
    let mut found = Vec::new();
    if name(before) != name(after) {
        found.push(How::Respelt(name(before), name(after)));
    }
    if presence(before) != presence(after) {
        found.push(How::Sent(presence(before), presence(after)));
    }
    if ty(before) != ty(after) {
        found.push(How::Retyped);
    }
    found
}

fn value_difference(value: &EnumValue, old: &Version, new: &Version) -> Option<How> {
    let spelling = |release: &Version| {
        let said = value.by_release.iter().find(|said| said.lifetime().contains(release));
        said.map_or(&value.wire, |said| &said.spelt).value.clone()
    };
    match alive(&value.lifetime, old, new) {
        (false, true) => Some(How::Added),
        (true, false) => Some(How::Removed),
        (true, true) if spelling(old) != spelling(new) => Some(How::Respelt(spelling(old), spelling(new))),
        _ => None,
    }
}

/// Whether a release is newer than all that the contract lists, so that it may bring more than is known.
pub fn is_beyond(contract: &Contract, release: &Version) -> bool {
    let last = contract.releases.last().and_then(|(name, _)| Version::parse(&name.value, name.span));
    last.is_some_and(|last| release.compare(&last) == Ordering::Greater)
}
