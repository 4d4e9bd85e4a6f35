//! One body compared with the contract.

use serde_json::{Map, Value};

use super::input::Line;
use super::shapes::described;
use crate::vocabulary;
use wcs_contract::model::{Contract, Hook, Parameter, Sensitivity, Side};
use wcs_contract::pointer::member as joined;
use wcs_contract::value::{self, Problem, Step};

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) kind: Kind,
    /// JSON Pointer with `*` for items.
    pub(super) pointer: String,
    /// The word or the JSON type that was found; empty where there is nothing to tell, or where it is secret.
    pub(super) found: String,
}

/// Kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    UnknownMember,
    AnswerOnly,
    UnknownValue,
    WrongType,
    Missing,
}

/// A request.
pub(super) struct Request<'a> {
    /// The hook as the sender calls it.
    pub(super) hook: &'a str,
    pub(super) body: &'a Map<String, Value>,
    /// JSON Pointers of values that are not those that were sent.
    pub(super) redacted: Vec<String>,
    /// The lines that it stands in.
    pub(super) lines: &'a [Line],
}

/// What is told: a difference, and the value that it is about.
type Tell<'t> = dyn FnMut(Key, Option<&Value>) + 't;

/// Compares the body of a hook.
pub(super) fn body(contract: &Contract, hook: &Hook, request: &Request<'_>, tell: &mut Tell<'_>) {
    // A member that could not be read has findings of its own.
    let mut tell = |key: Key, value: Option<&Value>| {
        if !hook.broken.iter().any(|broken| joined("", broken) == key.pointer) {
            tell(key, value);
        }
    };
    value::judge_members(
        contract,
        &hook.name.value,
        &hook.parameters,
        request.body,
        Side::Request,
        &mut |path, problem| {
            if !is_redacted(request, path) {
                difference(hook, request, path, &problem, &mut tell);
            }
        },
    );
}

/// The members of a hook that the contract does not have, besides the context.
pub(super) fn unknown(contract: &Contract, request: &Request<'_>, tell: &mut Tell<'_>) {
    for (name, value) in request.body {
        if contract.context.iter().all(|context| context.value != *name) {
            tell(key(Kind::UnknownMember, &joined("", name), ""), Some(value));
        }
    }
}

/// Tells of a problem. Limits are not compared with traffic.
fn difference(hook: &Hook, request: &Request<'_>, path: &[Step<'_>], problem: &Problem<'_>, tell: &mut Tell<'_>) {
    let at = pointer(path);
    match problem {
        Problem::Unknown { .. } => tell(key(Kind::UnknownMember, &at, ""), value_at(request.body, path)),
        Problem::AnswerOnly => tell(key(Kind::AnswerOnly, &at, ""), None),
        Problem::Type { found, .. } => tell(key(Kind::WrongType, &at, described(found)), None),
        // A word that an example has is known.
        Problem::Unlisted { word, .. } if !vocabulary::in_example(hook, &at, word) => {
            let is_sensitive =
                |step: &Step<'_>| matches!(step, Step::Member(member, _) if member.sensitive == Sensitivity::Sensitive);
            let found = match path.iter().any(is_sensitive) {
                true => String::new(),
                false => word.chars().take(LONGEST_WORD).collect(),
            };
            tell(key(Kind::UnknownValue, &at, &found), None);
        }
        Problem::Null | Problem::Absent => {
            if let Some(Step::Member(member, _)) = path.last()
                && is_due(member)
            {
                let outer = pointer(path.split_last().map_or(path, |(_, outer)| outer));
                tell(key(Kind::Missing, &joined(&outer, &member.name.value), ""), None);
            }
        }
        Problem::Unlisted { .. } | Problem::Limit { .. } => {}
    }
}

/// Whether a value, or one around it, is not what was sent.
fn is_redacted(request: &Request<'_>, path: &[Step<'_>]) -> bool {
    !request.redacted.is_empty()
        && (1..=path.len()).any(|length| request.redacted.contains(&pointer(path.get(..length).unwrap_or(path))))
}

/// JSON Pointer with `*` for items and keys.
fn pointer(path: &[Step<'_>]) -> String {
    path.iter().fold(String::new(), |at, step| match step {
        Step::Member(..) | Step::Unknown(_) => joined(&at, &step.name()),
        Step::Key(_) | Step::Item(_) => joined(&at, "*"),
    })
}

fn value_at<'b>(body: &'b Map<String, Value>, path: &[Step<'_>]) -> Option<&'b Value> {
    let (first, inner) = path.split_first()?;
    inner.iter().try_fold(body.get(&*first.name())?, |value, step| match step {
        Step::Item(index) => value.get(index),
        _ => value.get(&*step.name()),
    })
}

/// Characters of a word that are kept.
const LONGEST_WORD: usize = 100;

/// Whether a member that is always sent has to be in every body of any release.
fn is_due(member: &Parameter) -> bool {
    let in_all = member.lifetime.since.is_none() && member.lifetime.until.is_none() && member.by_release.is_empty();
    member.sent_if.is_none() && in_all
}

fn key(kind: Kind, pointer: &str, found: &str) -> Key {
    Key { kind, pointer: pointer.to_owned(), found: found.to_owned() }
}
