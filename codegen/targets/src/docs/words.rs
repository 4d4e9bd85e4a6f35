//! The words of the schema language in plain English.

use serde_json::Value;

use super::text::{code, codes};
use wcs_contract::constraint::Bound;
use wcs_contract::model::{
    ClientNotice, Condition, Confidence, Constraints, DenyEffect, Direction, Evidence, ExampleOrigin, Execution,
    Lifetime, Openness, Presence, RunCommand, Scalar,
};

pub(super) const fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "text",
        Scalar::Bool => "true or false",
        Scalar::Int32 => "integer (32 bits)",
        Scalar::Int64 => "integer (64 bits)",
        Scalar::Float => "number",
        Scalar::Object => "object of any shape",
        Scalar::StringOrNumber => "text or number",
    }
}

pub(super) const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Always => "always",
        Presence::Usually => "usually",
        Presence::Sometimes => "sometimes",
    }
}

pub(super) const fn presence_about(presence: Presence) -> &'static str {
    match presence {
        Presence::Always => "always: by every known release, in every body",
        Presence::Usually => "usually: by recent releases, or in most bodies",
        Presence::Sometimes => "sometimes: don't count on it",
    }
}

pub(super) const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "request",
        Direction::Answer => "answer only",
        Direction::Both => "request and answer",
    }
}

pub(super) const fn direction_about(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "in the request",
        Direction::Answer => "only in your answer; no request carries it",
        Direction::Both => "in the request, and your answer may bring it where the request lacks it",
    }
}

pub(super) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "sure",
        Confidence::Medium => "fairly sure",
        Confidence::Low => "unsure",
    }
}

pub(super) const fn confidence_about(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "documented and seen in use, or found in several places",
        Confidence::Medium => "documented in one place only, or inferred from sound evidence",
        Confidence::Low => {
            "inferred, or taken from a single weak source; test it with your server before you rely on it"
        }
    }
}

/// The word, and what it means unless it means no doubt.
pub(super) fn confidence_in_full(said: Confidence) -> String {
    match said {
        Confidence::High => confidence(said).to_owned(),
        Confidence::Medium | Confidence::Low => format!("{}: {}", confidence(said), confidence_about(said)),
    }
}

pub(super) const fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Captured => "captured bodies",
        Evidence::SdkSource => "the SDK's source",
        Evidence::Documents => "documents alone",
        Evidence::ThirdParty => "third parties",
    }
}

pub(super) const fn evidence_about(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Captured => "A real server has sent it and the body was recorded. The strongest evidence there is.",
        Evidence::SdkSource => {
            "The vendor's client SDK sends or reads the same members; no recorded request to a backend backs it up."
        }
        Evidence::Documents => "The vendor's pages describe it; nobody has recorded a body.",
        Evidence::ThirdParty => "Only programs of others mention it. Names and types may be off.",
    }
}

pub(super) const fn example_origin(origin: ExampleOrigin) -> &'static str {
    match origin {
        ExampleOrigin::Captured => "Captured: a real server has sent this body.",
        ExampleOrigin::Derived => "Derived: the names and JSON types are right, the values are made up.",
    }
}

/// The effect of a denial, in a few words.
pub(super) const fn deny_effect(effect: DenyEffect) -> &'static str {
    match effect {
        DenyEffect::Forbids => "forbids it",
        DenyEffect::NotUseful => "possible, of no use",
        DenyEffect::NoEffect => "undoes nothing",
        DenyEffect::EndsStream => "ends the stream",
        DenyEffect::Undocumented => "not documented",
    }
}

/// The effect of a denial, in a sentence.
pub(super) const fn deny_effect_about(effect: DenyEffect) -> &'static str {
    match effect {
        DenyEffect::Forbids => "You can forbid it.",
        DenyEffect::NotUseful => "You can forbid it, but there is no sense in doing so.",
        DenyEffect::NoEffect => "An error undoes nothing.",
        DenyEffect::EndsStream => "You can end the stream with it.",
        DenyEffect::Undocumented => {
            "No document says what a denial does. The table shows what other hooks of this type do; don't rely on it."
        }
    }
}

pub(super) const fn execution(execution: Execution) -> &'static str {
    match execution {
        Execution::Declined => "refuses the session",
        Execution::Stopped => "does not do what was asked for",
        Execution::Continued => "goes on as if you had said yes",
    }
}

/// What the client learns, given the event by which this hook's errors are told.
pub(super) fn client_notice(notice: ClientNotice, event: Option<&str>) -> String {
    match (notice, event) {
        (ClientNotice::Nothing, _) => "nothing".to_owned(),
        (ClientNotice::Failure, Some(event)) => format!("a failure, by {event}"),
        (ClientNotice::Failure, None) => "a failure".to_owned(),
        (ClientNotice::MatchingEvent | ClientNotice::ErrorEvent, Some(event)) => format!("the error, by {event}"),
        (ClientNotice::MatchingEvent, None) => {
            "the error, by the event that belongs to it; no document names one".to_owned()
        }
        (ClientNotice::ErrorEvent, None) => "the error, by the event for errors of no other kind".to_owned(),
    }
}

pub(super) const fn openness(openness: Openness) -> &'static str {
    match openness {
        Openness::Open => "Open: a server may send values that are not listed. Keep them, and don't fail on them.",
        Openness::Closed => "Closed: there are no other values.",
    }
}

pub(super) const fn run(run: RunCommand) -> &'static str {
    match run {
        RunCommand::Once => "once for an application",
        RunCommand::Existing => "instead, if the application exists",
        RunCommand::EachHook => "once for each hook",
        RunCommand::Inspect => "to look",
        RunCommand::Undo => "to undo",
    }
}

/// Since when, until when, why no longer. Empty if there is nothing to say.
pub(super) fn lifetime(lifetime: &Lifetime) -> String {
    let mut said = Vec::new();
    match (&lifetime.since, &lifetime.until) {
        (Some(since), Some(until)) => said.push(format!("from release {since} to {until}")),
        (Some(since), None) => said.push(format!("since release {since}")),
        (None, Some(until)) => said.push(format!("up to release {until}")),
        (None, None) => {}
    }
    if let Some(deprecated) = &lifetime.deprecated {
        let mut text = format!("deprecated: {}", deprecated.reason.value);
        if let Some(replacement) = &deprecated.replacement {
            text.push_str(&format!(" Use {} instead.", code(&replacement.value)));
        }
        said.push(text);
    }
    said.join("; ")
}

/// The same as a mark.
pub(super) fn releases(lifetime: &Lifetime) -> String {
    match (&lifetime.since, &lifetime.until) {
        (Some(since), None) => format!("since {since}"),
        (None, None) => String::new(),
        _ => lifetime_short(lifetime),
    }
}

/// The same for a narrow column; why no longer stands elsewhere.
pub(super) fn lifetime_short(lifetime: &Lifetime) -> String {
    match (&lifetime.since, &lifetime.until) {
        (Some(since), Some(until)) => format!("{since} to {until}"),
        (Some(since), None) => since.to_string(),
        (None, Some(until)) => format!("up to {until}"),
        (None, None) => String::new(),
    }
}

pub(super) fn constraints(limits: &Constraints) -> String {
    let said = limits.given().filter_map(|(constraint, limit)| {
        let opposite = constraint.opposite().and_then(|opposite| opposite.of(limits));
        let unit = constraint.measure.unit();
        match (constraint.bound, opposite) {
            (Bound::Least, Some(most)) if limit.value == most.value => Some(format!("exactly {}{unit}", most.value)),
            (Bound::Least, Some(most)) => Some(format!("from {} to {}{unit}", limit.value, most.value)),
            (Bound::Most, Some(_)) => None,
            _ => Some(constraint.in_words(&limit.value, code)),
        }
    });
    said.collect::<Vec<_>>().join("; ")
}

/// `status` is `A` or `B`.
pub(super) fn condition(condition: &Condition) -> String {
    let values: Vec<String> = condition.is.iter().map(|value| plain(&value.value)).collect();
    let values = match values.split_last() {
        Some((last, [])) => code(last),
        Some((last, others)) => format!("{} or {}", codes(others), code(last)),
        None => "anything".to_owned(),
    };
    format!("{} is {values}", code(&condition.member.value))
}

/// A value as one would say it: text without its quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
