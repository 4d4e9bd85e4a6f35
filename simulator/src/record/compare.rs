//! Holds an answer against the recorded one.

use serde_json::Value;
use wcs_contract::pointer;

use super::secrets::pieces;

/// What of the answers is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// Status and every byte of the body.
    Bytes,
    /// Status and the values of the body, whatever the order and the white space.
    Values,
    /// Status alone.
    Status,
    /// Nothing.
    Nothing,
}

/// An answer, as far as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: &'a [u8],
}

/// One place where two answers differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where: a JSON Pointer into the body, or `status`, or `body` where that is no JSON.
    pub place: String,
    /// What was recorded; `None` if nothing was there.
    pub recorded: Option<Value>,
    /// What came now; `None` if nothing is there.
    pub now: Option<Value>,
}

/// What comparing gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Where the answers differ.
    pub differences: Vec<Difference>,
    /// Places that were redacted in the recording, so that any value is taken for the same.
    pub lenient: Vec<String>,
}

/// Compares an answer with the recorded one, in which `redacted` places hold no real values.
#[must_use]
pub fn compare(how: Compare, recorded: Answer<'_>, now: Answer<'_>, redacted: &[String]) -> Comparison {
    let mut found = Comparison::default();
    if how != Compare::Nothing && recorded.status != now.status {
        let status = |answer: Answer<'_>| Some(Value::from(answer.status));
        let place = "status".to_owned();
        found.differences.push(Difference { place, recorded: status(recorded), now: status(now) });
    }
    if matches!(how, Compare::Bytes | Compare::Values) && recorded.body != now.body {
        body(how, recorded.body, now.body, redacted, &mut found);
    }
    found
}

fn body(how: Compare, recorded: &[u8], now: &[u8], redacted: &[String], found: &mut Comparison) {
    let before = found.differences.len();
    if let (Ok(old), Ok(new)) = (serde_json::from_slice::<Value>(recorded), serde_json::from_slice::<Value>(now)) {
        values("", &old, &new, redacted, found);
        // The same values may be written in other ways.
        if how == Compare::Values || found.differences.len() > before {
            return;
        }
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (old, new) = (text(recorded), text(now));
    if fits(&old, &new) && std::str::from_utf8(recorded).is_ok() {
        if found.lenient.is_empty() {
            found.lenient.push("body".to_owned());
        }
    } else {
        let (recorded, now) = (Some(Value::from(old)), Some(Value::from(new)));
        found.differences.push(Difference { place: "body".to_owned(), recorded, now });
    }
}

fn values(place: &str, old: &Value, new: &Value, redacted: &[String], found: &mut Comparison) {
    match (old, new) {
        _ if old == new => {}
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in old {
                let place = pointer::member(place, name);
                match new.get(name) {
                    Some(new) => values(&place, value, new, redacted, found),
                    None => found.differences.push(Difference { place, recorded: Some(value.clone()), now: None }),
                }
            }
            for (name, value) in new.iter().filter(|(name, _)| !old.contains_key(name.as_str())) {
                let place = pointer::member(place, name);
                found.differences.push(Difference { place, recorded: None, now: Some(value.clone()) });
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                values(&format!("{place}/{index}"), old, new, redacted, found);
            }
        }
        (Value::String(old), Value::String(new)) if fits(old, new) => found.lenient.push(place.to_owned()),
        (Value::Number(_), Value::Number(_)) if redacted.iter().any(|known| known == place) => {
            found.lenient.push(place.to_owned());
        }
        _ => {
            let (recorded, now) = (Some(old.clone()), Some(new.clone()));
            found.differences.push(Difference { place: place.to_owned(), recorded, now });
        }
    }
}

/// Whether a text is the recorded one but for what stands at placeholders of secrets.
fn fits(recorded: &str, now: &str) -> bool {
    let pieces = pieces(recorded);
    let [first, middle @ .., last] = pieces.as_slice() else { return false };
    let Some(mut rest) = now.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    for piece in middle {
        let Some(at) = rest.find(piece) else { return false };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
    }
    true
}
