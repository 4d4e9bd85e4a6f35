//! Which hook a body is, told by its members and their values.
//!
//! Each hook says how likely it sends each member, and its examples say with which value: that is one measure. The other
//! is how like a body is to a single example, whose members and values belong together. Both together give every hook a
//! share; the shares of all hooks add up to 1.

use serde_json::Value;
use wcs_contract::model::{Belonging, Contract, Example, Hook, Parameter, Presence, Scalar, Type, TypeKind};
use wcs_contract::value::{is_called, listed, unlike};

use crate::Members;

/// How likely a hook sends a member that the contract does not know of it.
const UNKNOWN: f64 = 0.002;

/// Candidates are alike whose shares differ by less than this part.
const ALIKE: f64 = 0.2;

/// How likely a body differs from an example in a single member.
const OTHERWISE: f64 = 0.05;

/// A hook that a body may be.
#[derive(Debug, Clone)]
pub struct Candidate<'c> {
    /// The hook.
    pub hook: &'c Hook,
    /// How likely it is, compared with the contract's other hooks: 0 to 1.
    pub share: f64,
    /// What was looked at.
    pub clues: Vec<Clue>,
    /// Title of an example that has the same members and the same telling values.
    pub example: Option<&'c str>,
    weight: f64,
}

/// One member as evidence for or against a hook.
#[derive(Debug, Clone, PartialEq)]
pub struct Clue {
    /// The member's name.
    pub member: String,
    /// What was seen.
    pub seen: Seen,
    weight: f64,
}

/// What of a member was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It is there, and the hook sends it so often.
    There(Presence),
    /// It is there with a value that the hook's examples have.
    Usual(Presence),
    /// It is there with a value that the hook's examples lack.
    Unusual(Presence),
    /// It is there with a value that does not fit its type.
    Unfit(Presence),
    /// It is there, and the hook does not know it.
    Unknown,
    /// It is not there, and the hook sends it so often.
    Absent(Presence),
}

impl Candidate<'_> {
    /// The clues that speak against it most, compared with another candidate.
    #[must_use]
    pub fn against<'a>(&'a self, other: &Candidate<'_>, most: usize) -> Vec<&'a Clue> {
        let of_other = |clue: &Clue| {
            let same = other.clues.iter().find(|known| known.member == clue.member);
            same.map_or(0.0, |known| known.weight)
        };
        let mut found: Vec<(f64, &Clue)> = self
            .clues
            .iter()
            .map(|clue| (of_other(clue) - clue.weight, clue))
            .filter(|(lost, _)| *lost > 0.3)
            .collect();
        found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        found.into_iter().take(most).map(|(_, clue)| clue).collect()
    }

    /// Whether the body speaks for another hook about as much.
    #[must_use]
    pub fn equals(&self, other: &Candidate<'_>) -> bool {
        (self.weight - other.weight).abs() < ALIKE
    }
}

/// All hooks by how well a body fits them, best first. A body is one release's, so each hook is taken as the release has
/// it that would most likely send the body; `releases` are the parts of the contract that single releases send.
#[must_use]
pub fn candidates<'c>(contract: &'c Contract, releases: &[Contract], body: &Members) -> Vec<Candidate<'c>> {
    let mut found: Vec<Candidate<'c>> =
        contract.hooks.iter().map(|hook| best(contract, releases, hook, body)).collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let best = found.first().map_or(0.0, |first| first.weight);
    let sum: f64 = found.iter().map(|one| (one.weight - best).exp()).sum();
    for one in &mut found {
        one.share = (one.weight - best).exp() / sum;
    }
    found
}

fn best<'c>(contract: &'c Contract, releases: &[Contract], hook: &'c Hook, body: &Members) -> Candidate<'c> {
    let mut clues = clues(contract, hook, body);
    for release in releases {
        let Some(hook) = release.find_hook(&hook.name.value) else { continue };
        let of_release = self::clues(release, hook, body);
        if total(&of_release) > total(&clues) {
            clues = of_release;
        }
    }
    let likenesses = likenesses(contract, hook, body);
    let example = likenesses.iter().find(|(same, ..)| *same).map(|(_, _, title)| *title);
    let mean = likenesses.iter().map(|(_, like, _)| like).sum::<f64>() / likenesses.len().max(1) as f64;
    let weight = (0.5 * total(&clues).exp() + 0.5 * mean).max(f64::MIN_POSITIVE).ln();
    Candidate { hook, share: 0.0, clues, example, weight }
}

/// How like a body is to each example of a hook, and whether it has the same members and telling values.
fn likenesses<'c>(contract: &Contract, hook: &'c Hook, body: &Members) -> Vec<(bool, f64, &'c str)> {
    let received: Vec<&Parameter> = hook.parameters.iter().filter(|member| member.is_received()).collect();
    let unknown = body.keys().filter(|name| !received.iter().any(|member| is_called(member, name))).count();
    let examples = hook.examples.iter().filter_map(|example| Some((example, example.body.value.as_object()?)));
    let likeness = |(example, sent): (&'c Example, &Members)| {
        let (mut same, mut like) = (unknown == 0, UNKNOWN.powf(unknown as f64));
        for member in &received {
            let find = |members: &Members| {
                let found = members.iter().find(|(name, _)| is_called(member, name));
                found.map(|(_, value)| value.clone())
            };
            let (is_same, likely) = match (find(sent), find(body)) {
                (None, None) => (true, 1.0 - OTHERWISE),
                (Some(example), Some(value)) => match words(contract, member) {
                    None => (true, 1.0 - OTHERWISE),
                    Some(_) if example == value => (true, (1.0 - OTHERWISE) * (1.0 - OTHERWISE)),
                    Some(words) => (false, (1.0 - OTHERWISE) * OTHERWISE / words as f64),
                },
                _ => (false, OTHERWISE),
            };
            same &= is_same;
            like *= likely;
        }
        (same, like, example.title.value.as_str())
    };
    examples.map(likeness).collect()
}

fn total(clues: &[Clue]) -> f64 {
    clues.iter().map(|clue| clue.weight).sum()
}

fn clues(contract: &Contract, hook: &Hook, body: &Members) -> Vec<Clue> {
    let mut clues = Vec::new();
    for (name, value) in body {
        let clue = match hook.parameters.iter().filter(|member| member.is_received()).find(|one| is_called(one, name)) {
            Some(member) => present(contract, hook, member, value),
            None => (Seen::Unknown, UNKNOWN),
        };
        clues.push(weighed(name, clue));
    }
    for member in hook.parameters.iter().filter(|member| member.is_received()) {
        if !body.keys().any(|name| is_called(member, name)) && is_expected(member, body) {
            clues.push(weighed(&member.name.value, (Seen::Absent(member.presence), 1.0 - likely(member.presence))));
        }
    }
    clues
}

fn weighed(member: &str, (seen, likely): (Seen, f64)) -> Clue {
    Clue { member: member.to_owned(), seen, weight: likely.ln() }
}

/// How likely a hook sends a member.
const fn likely(presence: Presence) -> f64 {
    match presence {
        Presence::Always => 0.99,
        Presence::Usually => 0.85,
        Presence::Sometimes => 0.2,
    }
}

fn present(contract: &Contract, hook: &Hook, member: &Parameter, value: &Value) -> (Seen, f64) {
    let presence = member.presence;
    let sent = likely(presence);
    if !value.is_null() && unlike(contract, &member.ty, value).is_some() {
        return (Seen::Unfit(presence), sent * 0.02);
    }
    if let Type::Named(id) = &member.ty
        && let TypeKind::Enum { values, .. } = &contract.type_def(*id).kind
        && !value.is_null()
        && value.as_str().is_none_or(|word| listed(values, word).is_none())
    {
        return (Seen::Unfit(presence), sent * 0.01);
    }
    let Some(words) = words(contract, member).filter(|_| !value.is_null()) else {
        return (Seen::There(presence), sent);
    };
    let of_examples = hook.examples.iter().filter_map(|example| example.body.value.get(&member.name.value));
    let values: Vec<&Value> = of_examples.chain(member.example.iter().map(|example| &example.value)).collect();
    let same = values.iter().filter(|known| **known == value).count();
    let seen = match (same, values.is_empty()) {
        (_, true) => Seen::There(presence),
        (0, false) => Seen::Unusual(presence),
        _ => Seen::Usual(presence),
    };
    (seen, sent * (same as f64 + 0.5) / (values.len() as f64 + 0.5 * words as f64))
}

/// How many values a member may have, if each of them tells something of the hook.
fn words(contract: &Contract, member: &Parameter) -> Option<usize> {
    match &member.ty {
        _ if member.belonging == Belonging::Context => None,
        Type::Scalar(Scalar::Bool) => Some(2),
        Type::Named(id) => match &contract.type_def(*id).kind {
            TypeKind::Enum { values, .. } => Some(values.len().max(1)),
            TypeKind::Record(_) => None,
        },
        _ => None,
    }
}

/// Whether a member that is not there could be: under its condition, if it has one.
fn is_expected(member: &Parameter, body: &Members) -> bool {
    member.sent_if.as_ref().is_none_or(|condition| {
        let value = body.get(&condition.member.value);
        value.is_none_or(|value| condition.is.iter().any(|wanted| wanted.value == *value))
    })
}
