//! What can be guessed of a new hook and a new member: from names, and from what others have in common with them.

use crate::{NewMember, vocabulary};
use wcs_contract::model::{Contract, Hook, HookType};

/// Parts of names that tell of a secret.
const SECRETS: [&str; 6] = ["password", "passwd", "secret", "token", "credential", "authorization"];

/// Whether a member is likely a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let lower = name.to_lowercase();
    SECRETS.iter().any(|part| lower.contains(part))
}

/// The type of a hook: that of most hooks whose names begin and end alike, or at least end or begin alike; else an event,
/// of which nothing depends on the answer. A second hook that opens sessions is never guessed.
pub(super) fn kind(contract: &Contract, name: &str) -> HookType {
    let (first, last) = vocabulary::ends(name);
    let ends =
        |hook: &Hook| (vocabulary::ends(&hook.name.value).0 == first, vocabulary::ends(&hook.name.value).1 == last);
    let both = |hook: &&Hook| ends(hook) == (true, true);
    let by_end = |hook: &&Hook| ends(hook).1;
    let by_beginning = |hook: &&Hook| ends(hook).0;
    let tests: [&dyn Fn(&&Hook) -> bool; 3] = [&both, &by_end, &by_beginning];
    let found =
        tests.iter().find_map(|test| most(contract.hooks.iter().filter(|hook| test(hook)).map(|hook| hook.kind)));
    found.unwrap_or(HookType::Event)
}

fn most(kinds: impl Iterator<Item = HookType> + Clone) -> Option<HookType> {
    let count = |kind: HookType| kinds.clone().filter(|other| *other == kind).count();
    let open = HookType::ALL.iter().copied().filter(|kind| !kind.is_opening() && count(*kind) > 0);
    open.max_by_key(|kind| count(*kind))
}

/// The hook that has most in common with a new one: parameters besides the context, then words of the name.
pub(super) fn nearest<'c>(contract: &'c Contract, name: &str, members: &[NewMember]) -> Option<&'c Hook> {
    let words = |name: &str| -> Vec<String> {
        let spaced = name.chars().flat_map(|c| if c.is_ascii_uppercase() { vec![' ', c] } else { vec![c] });
        spaced.collect::<String>().split_whitespace().map(str::to_lowercase).collect()
    };
    let own = words(name);
    let score = |hook: &&Hook| {
        let shared =
            members.iter().filter(|member| vocabulary::member(&hook.parameters, &member.name).is_some()).count();
        let alike = words(&hook.name.value).iter().filter(|word| own.contains(word)).count();
        // Of two that have as much in common, the one with less besides is nearer.
        (shared * 2 + alike, std::cmp::Reverse(hook.parameters.len()))
    };
    contract.hooks.iter().max_by_key(score)
}
