//! Hooks, members and values in sentences: conditions, notes, releases. Code spans are in back quotes.

use wcs_contract::model::{Condition, Deprecated, Direction, Lifetime, Note, Parameter, SdkCall};
use wcs_contract::text;

/// A member whose value must not be printed.
pub const SENSITIVE: &str = "Sensitive: keep it out of logs.";

/// A member of type `list`.
pub const LIST: &str = "Values with commas between them, in one string.";

/// A fact and what follows from it.
#[must_use]
pub fn note(note: &Note) -> String {
    match &note.consequence {
        Some(consequence) => format!("{} {}", note.fact.value, consequence.value),
        None => note.fact.value.clone(),
    }
}

/// The first and the last version; `None` if neither is known.
#[must_use]
pub fn versions(lifetime: &Lifetime) -> Option<String> {
    let since = lifetime.since.as_ref().map(|version| format!("Since version {version}."));
    let until = lifetime.until.as_ref().map(|version| format!("Until version {version}."));
    let said: Vec<String> = since.into_iter().chain(until).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// The reason for a deprecation, and what to use instead.
#[must_use]
pub fn deprecation(deprecated: &Deprecated) -> String {
    let instead = deprecated.replacement.as_ref().map(|name| format!(" Use `{}` instead.", name.value));
    format!("{}{}", deprecated.reason.value, instead.unwrap_or_default())
}

/// The inside of a sentence: another member has one of some values.
#[must_use]
pub fn condition(condition: &Condition) -> String {
    format!("`{}` is {}", condition.member.value, text::either(condition.is.iter().map(|value| &value.value)))
}

/// The conditions under which a member is sent or used.
pub fn conditions(parameter: &Parameter) -> impl Iterator<Item = String> {
    let sent = parameter.sent_if.as_ref().map(|said| format!("Sent if {}.", condition(said)));
    let used = parameter.used_if.as_ref().map(|said| format!("Used only if {}.", condition(said)));
    sent.into_iter().chain(used)
}

/// The origin of a member's value, if the contract names one.
#[must_use]
pub fn origin(parameter: &Parameter) -> Option<String> {
    parameter.origin.as_ref().map(|origin| format!("Origin: {}.", origin.value.trim_end_matches('.')))
}

/// A member that an answer may bring; `None` if it can only echo it.
#[must_use]
pub const fn brought(direction: Direction) -> Option<&'static str> {
    match direction {
        Direction::Request => None,
        Direction::Answer => Some("Only an answer has it."),
        Direction::Both => Some("An answer may bring it even if the request lacked it."),
    }
}

/// Calls and handlers of the client's SDK that belong to a hook.
#[must_use]
pub fn calls(calls: &[SdkCall]) -> String {
    format!("In the client's SDK: {}.", text::codes(calls.iter().map(|call| &call.call.value)))
}
