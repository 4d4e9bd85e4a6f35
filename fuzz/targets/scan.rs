//! Any text: what the pass over JSON accepts, serde_json reads the same; and a body is read the same whether the quick
//! pass reads it or, because of a key with an escape, the slow way does.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;
use wcs_hooks::contract;
use wcs_runtime::decode::{Span, decode};
use wcs_runtime::descriptor::HookDescriptor;

/// As deep as serde_json goes.
const LEVELS: usize = 127;

fuzz_target!(|text: &str| {
    let mut members = Vec::new();
    if wcs_scan::members(text, LEVELS, |key, value| members.push((&text[key], &text[value]))).is_ok() {
        let parsed: serde_json::Map<String, serde_json::Value> = match serde_json::from_str(text) {
            Ok(parsed) => parsed,
            // Numbers too large for a float and halves of surrogate pairs are JSON all the same.
            Err(_) => {
                return assert!(serde_json::from_str::<&RawValue>(text).is_ok(), "accepted, and no JSON: {text:?}");
            }
        };
        for (key, value) in &members {
            let last = members.iter().rev().find(|(name, _)| name == key).map_or("", |(_, last)| last);
            assert!(
                serde_json::from_str::<&RawValue>(value).is_ok_and(|raw| raw.get() == *value),
                "{value:?} of {text:?}"
            );
            assert_eq!(parsed.get(*key), serde_json::from_str(last).ok().as_ref(), "{key:?} of {text:?}");
        }
    }
    let mut items = Vec::new();
    if wcs_scan::items(text, LEVELS, |item| items.push(&text[item])).is_ok() {
        let parsed: Vec<&RawValue> = serde_json::from_str(text).expect("what is accepted is an array");
        assert_eq!(items, parsed.iter().map(|item| item.get()).collect::<Vec<_>>(), "{text:?}");
    }
    contract().hooks.iter().step_by(7).for_each(|hook| both_ways(hook, text));
});

/// The body with one more member in front, whose key has no escape, and one: the second is too much for the pass.
fn both_ways(hook: &HookDescriptor, text: &str) {
    let Some(rest) = text.trim_start().strip_prefix('{') else { return };
    let comma = if rest.trim_start().starts_with('}') { "" } else { "," };
    let read = |key: &str| {
        let body = format!("{{\"{key}\":0{comma}{rest}");
        let shift = body.len() - rest.len();
        let mut spans = vec![Span::ABSENT; hook.members.len()];
        let decoded = decode(hook.members, body.as_bytes(), &mut spans).ok()?;
        let places = spans.iter().map(|span| span.range().map(|range| (range.start - shift, range.end - shift)));
        Some((decoded.unknown, decoded.duplicates, places.collect::<Vec<_>>()))
    };
    assert_eq!(read("~"), read("\\u007e"), "{} of {text:?}", hook.name);
}
