//! What a contract demands of a body, and where a body does not keep to it.
//!
//! Nothing here decides what becomes of a body: a view lists its violations, a server counts, logs or refuses.

mod path;
mod walk;

use std::fmt;

use serde::ser::SerializeStruct as _;

use crate::constraint;
pub use crate::constraint::Demand;
use crate::decode::{Arrived, Span};
use crate::descriptor::{HookDescriptor, Kind, Member};
use crate::json::{json_type, write_str};
use crate::splice::Changes;
use crate::{rules, show};

pub(crate) use path::Path;
pub(crate) use walk::{Finding, Watcher, inspect};

/// Most violations that are listed of one body. A body that is wrong in more places is wrong throughout.
pub const MOST_VIOLATIONS: usize = 1000;

/// Most violations that a log line or the body of a refusal shows one by one.
pub(crate) const MOST_LISTED: usize = 100;

/// One place where a body does not keep to the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where, as a JSON Pointer. Keys of a sensitive object are written as `*`.
    pub pointer: String,
    /// What the contract demands.
    pub demand: Demand,
    /// The demand in words.
    pub expected: String,
    /// What stands there, cut if it is long; `<hidden>` if it is sensitive; `None` if nothing does.
    pub value: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): expected {}", self.pointer, self.demand, self.expected)?;
        match &self.value {
            Some(value) => write!(f, ", found {value}"),
            None => f.write_str(", found nothing"),
        }
    }
}

/// As `{"pointer": …, "rule": …, "expected": …, "value": …}`.
impl serde::Serialize for Violation {
    fn serialize<S: serde::Serializer>(&self, format: S) -> Result<S::Ok, S::Error> {
        let mut object = format.serialize_struct("Violation", 4)?;
        object.serialize_field("pointer", &self.pointer)?;
        object.serialize_field("rule", self.demand.word())?;
        object.serialize_field("expected", &self.expected)?;
        object.serialize_field("value", &self.value)?;
        object.end()
    }
}

/// All violations of a decoded body, in the order of the contract, up to [`MOST_VIOLATIONS`].
#[must_use]
pub(crate) fn violations(members: &'static [Member], arrived: &Arrived<'_>) -> Vec<Violation> {
    let mut found = Collector::default();
    inspect(members, arrived, &mut found);
    found.violations
}

/// What members that an answer brings violate. The rest of the answer is what the sender sent itself.
pub(crate) fn of_changes(
    hook: &'static HookDescriptor,
    body: &[u8],
    spans: &[Span],
    changes: &Changes,
) -> Vec<Violation> {
    let mut found = Collector::default();
    walk::inspect_changes(hook.members, body, spans, changes, &mut found);
    found.violations
}

/// The violations on one line.
pub(crate) fn listed(violations: &[Violation]) -> String {
    let mut texts: Vec<String> = violations.iter().take(MOST_LISTED).map(ToString::to_string).collect();
    if let Some(more) = violations.len().checked_sub(MOST_LISTED).filter(|more| *more > 0) {
        texts.push(format!("and {more} more"));
    }
    texts.join("; ")
}

/// That a handler's answer does not keep to the contract, so that it is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidAnswer {
    violations: Vec<Violation>,
}

impl InvalidAnswer {
    #[cfg(feature = "server")]
    pub(crate) fn new(violations: Vec<Violation>) -> Self {
        Self { violations }
    }

    /// Where, and what the contract demands there.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for InvalidAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer does not keep to the contract, so it is not sent: {}", listed(&self.violations))
    }
}

impl std::error::Error for InvalidAnswer {}

/// Collects violations; what is merely unknown is none.
#[derive(Default)]
pub(crate) struct Collector {
    pub(crate) violations: Vec<Violation>,
}

impl Watcher for Collector {
    fn found(&mut self, at: &Path<'_>, finding: &Finding<'_>) {
        if self.violations.len() < MOST_VIOLATIONS
            && let Some((demand, expected)) = describe(finding)
        {
            let value = shown(at, finding);
            self.violations.push(Violation { pointer: at.pointer(), demand, expected, value });
        }
    }
}

/// The demand behind a finding, also in words; `None` for what the contract merely does not know.
fn describe(finding: &Finding<'_>) -> Option<(Demand, String)> {
    Some(match finding {
        Finding::UnknownMember { .. } | Finding::UnknownWord { .. } => return None,
        Finding::Missing { .. } => (Demand::Presence, "a value: it is always sent".to_owned()),
        Finding::WrongType { kind, .. } => (Demand::Type, type_in_words(kind)),
        Finding::NotInList { words, .. } => {
            let listed: Vec<&str> = words.values.iter().map(|value| value.name).collect();
            (Demand::Words, format!("one of {}", listed.join(", ")))
        }
        Finding::Limit { demand, limit, .. } => (*demand, constraint::in_words(*demand, limit)),
        Finding::Unsent { rule } => (Demand::SentIf, format!("a value, as {}", rules::in_words(rule))),
        Finding::Unused { rule, .. } => (Demand::UsedIf, format!("no value unless {}", rules::in_words(rule))),
    })
}

fn type_in_words(kind: &Kind) -> String {
    match kind {
        Kind::String | Kind::Enum(_) => "text".to_owned(),
        Kind::Bool => "true or false".to_owned(),
        Kind::Int32 => "an integer of 32 bits".to_owned(),
        Kind::Int64 => "an integer of 64 bits".to_owned(),
        Kind::Float => "a number that a float can hold".to_owned(),
        Kind::Object | Kind::Map(_) | Kind::Record(_) => "an object".to_owned(),
        Kind::StringOrNumber => "text or a number".to_owned(),
        Kind::Array(_) => "an array".to_owned(),
        Kind::List(item) => match item {
            Kind::Enum(words) if words.openness == crate::descriptor::Openness::Closed => {
                let listed: Vec<&str> = words.values.iter().map(|value| value.name).collect();
                format!("text, items of {} with commas between", listed.join(", "))
            }
            Kind::Int32 | Kind::Int64 => "text, integers with commas between".to_owned(),
            Kind::Float => "text, numbers with commas between".to_owned(),
            Kind::Bool => "text, true or false with commas between".to_owned(),
            _ => "text, items with commas between".to_owned(),
        },
    }
}

fn in_quotes(word: &str) -> String {
    let mut json = String::new();
    write_str(word, &mut json);
    json
}

fn shown(at: &Path<'_>, finding: &Finding<'_>) -> Option<String> {
    let (kind, json) = match finding {
        Finding::Missing { null } => return null.then(|| "null".to_owned()),
        Finding::Unsent { .. } => return None,
        Finding::UnknownMember { json } => return Some(format!("<unknown {}>", json_type(json))),
        // One word of a list, as if it stood alone.
        Finding::UnknownWord { word } | Finding::NotInList { word, .. } => (&Kind::String, &*in_quotes(word)),
        Finding::WrongType { kind, json } | Finding::Limit { kind, json, .. } | Finding::Unused { kind, json, .. } => {
            (*kind, *json)
        }
    };
    Some(if at.is_sensitive() { show::HIDDEN.to_owned() } else { show::value_in_words(kind, json) })
}
