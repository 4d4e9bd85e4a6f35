//! The bodies that are sent: the contract's test vectors.

use bytes::Bytes;
use serde_json::Value;
use wcs_codegen::vectors;
use wcs_contract::model::{Contract, Hook};

use super::check::{Area, Check, Ground, LATER, MALFORMED, PATHS, SPARSE, SPELLINGS, TEXTS, TYPES, VALID};
use crate::Members;

/// A body.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// The question that asks whether it is accepted.
    pub(super) check: &'static Check,
    /// What is said about it.
    pub(super) what: String,
    /// What follows the base path.
    pub(super) path: String,
    /// The bytes.
    pub(super) body: Bytes,
    /// Its members, if it is a JSON object.
    pub(super) members: Option<Members>,
    /// What the expectation rests on.
    pub(super) ground: Ground,
}

/// The bodies of a hook that are wanted. `set` are members that they are to have besides.
pub(super) fn of(
    contract: &Contract,
    hook: &Hook,
    set: &[(String, Value)],
    wanted: &dyn Fn(Area) -> bool,
) -> Vec<Case> {
    let vectors = vectors::of_hook(contract, hook);
    vectors.iter().filter_map(|vector| case(hook, set, vector)).filter(|case| is_needed(case, wanted)).collect()
}

/// Plain bodies say which hooks can be judged at all; unknown members also tell what an echo loses.
fn is_needed(case: &Case, wanted: &dyn Fn(Area) -> bool) -> bool {
    *case.check == VALID || wanted(case.check.area) || (*case.check == LATER && wanted(Area::Echo))
}

fn case(hook: &Hook, set: &[(String, Value)], vector: &Value) -> Option<Case> {
    let text = |name: &str| vector.get(name).and_then(Value::as_str);
    // Backends decide for themselves, so nothing is known of what they should deny or change.
    if vector.get("deny").is_some() || vector.get("overwrite").is_some() {
        return None;
    }
    let mut body = match text("body_hex") {
        Some(digits) => bytes(digits),
        None => Bytes::from(text("body")?.to_owned()),
    };
    let mut members: Option<Members> = serde_json::from_slice(&body).ok();
    let path = text("path")?.to_owned();
    let is_compact =
        members.as_ref().is_some_and(|members| Value::Object(members.clone()).to_string().as_bytes() == body);
    let check = match text("class")? {
        "valid" if members.as_ref().is_none_or(|members| members.values().all(Value::is_null)) => &SPARSE,
        "valid" => &VALID,
        "later" => &LATER,
        "spelling" if path != hook.name.value => &PATHS,
        "spelling" if is_compact => &SPELLINGS,
        "spelling" => &TEXTS,
        "wrong_type" => &TYPES,
        _ => &MALFORMED,
    };
    let example = hook.examples.iter().find(|example| example.body.value.as_object() == members.as_ref());
    let ground = match example {
        _ if *check == MALFORMED || *check == TEXTS || *check == TYPES => Ground::Practice,
        Some(example) => Ground::of_example(hook, example),
        None => Ground::of_hook(hook),
    };
    if let Some(members) = members.as_mut().filter(|_| is_compact && !set.is_empty()) {
        for (name, value) in set.iter().filter(|(name, _)| hook.parameter(name).is_some()) {
            if *check == VALID || *check == SPARSE || !members.contains_key(name) {
                members.insert(name.clone(), value.clone());
            }
        }
        body = Bytes::from(Value::Object(members.clone()).to_string());
    }
    let what = text("id")?.to_owned();
    Some(Case { check, what, path, body, members, ground })
}

fn bytes(digits: &str) -> Bytes {
    let pairs = digits.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}
