//! Against serde_json: nothing is accepted that it refuses, and what is refused that it accepts is known.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

const LEVELS: usize = 100;

/// The members as they are written.
fn scanned(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    wcs_scan::members(text, LEVELS, |key, value| found.push((&text[key], &text[value]))).ok()?;
    Some(found)
}

fn items(text: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    wcs_scan::items(text, LEVELS, |item| found.push(&text[item])).ok()?;
    Some(found)
}

/// The same by serde_json, which tells keys as they are meant.
fn parsed(text: &str) -> Vec<(String, &str)> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, &'de str)>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut found = Vec::new();
            while let Some(key) = map.next_key()? {
                found.push((key, map.next_value::<&RawValue>()?.get()));
            }
            Ok(found)
        }
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let found = reader.deserialize_map(Members).unwrap();
    reader.end().unwrap();
    found
}

fn compare(text: &str) {
    let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
    let start = text.trim_start_matches([' ', '\t', '\r', '\n']);
    match scanned(text) {
        Some(found) => {
            assert!(is_json && start.starts_with('{'), "accepted, and no JSON object: {text:?}");
            let found: Vec<_> = found.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            assert_eq!(found, parsed(text), "{text:?}");
        }
        // Of objects only keys with escapes are too much for it.
        None => assert!(!is_json || !start.starts_with('{') || text.contains('\\'), "refused: {text:?}"),
    }
    match items(text) {
        Some(found) => {
            assert!(is_json && start.starts_with('['), "accepted, and no JSON array: {text:?}");
            let parsed: Vec<&RawValue> = serde_json::from_str(text).unwrap();
            assert_eq!(found, parsed.iter().map(|item| item.get()).collect::<Vec<_>>(), "{text:?}");
        }
        None => assert!(!is_json || !start.starts_with('[') || text.contains('\\'), "refused: {text:?}"),
    }
}

const SEEDS: &[&str] = &[
    "{}",
    " { } ",
    "[]",
    r#"{"a":1}"#,
    r#"{"a":"b\n\"\\\/\u00e9\ud800 c","bb":[1,-0,0.5,1e400,2E-7,10],"c":{"d":{"e":[[],{}]}},"f":null,"g":true,"h":false}"#,
    r#"[ 1 , "two" , {"three":[3]} ,null ]"#,
    r#"{"sdp":"v=0\r\no=- 1988962254 1988962254 IN IP4 192.0.2.10\r\ns=-\r\n","name":"größe 日本 🎥 of some length"}"#,
    "{\"a\\u0062\":1}",
    "{\n\t\"eightby\" : \"12345678\" ,\r\n \"seven77\":\"1234567\"}",
];

#[test]
fn what_may_be_and_what_may_not() {
    for text in SEEDS {
        compare(text);
    }
    for value in [
        "01",
        "-",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "0x1",
        "1 2",
        "tru",
        "truee",
        "nul",
        "NaN",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u123\"",
        "\"a\tb\"",
        "\"a\u{0}b\"",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{,}",
        "{\"a\":1,}",
        "[1}",
        "{\"a\":1]",
        "",
        "\u{feff}1",
        "\u{a0}1",
        "'a'",
        "/**/1",
    ] {
        compare(value);
        let inside = format!("{{\"m\":{value}}}");
        compare(&inside);
        assert_eq!(scanned(&inside), None, "{inside:?}");
        assert_eq!(items(&format!("[{value} ,1]")), None, "{value:?}");
    }
}

#[test]
fn levels_are_counted_with_the_outermost() {
    let nested = |levels: usize| format!("{}{}", "{\"a\":[".repeat(levels / 2), "]}".repeat(levels / 2));
    let count = |text: &str, levels| wcs_scan::members(text, levels, |_, _| {}).is_ok();
    assert!(count("{}", 1) && !count("{}", 0));
    assert!(count(&nested(8), 8) && !count(&nested(8), 7));
    assert!(wcs_scan::items("[[]]", 2, |_| {}).is_ok() && wcs_scan::items("[[]]", 1, |_| {}).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// Bytes of JSON's own in places where they may hurt.
    #[test]
    fn a_seed_with_some_bytes_changed(
        seed in prop::sample::select(SEEDS),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(
            &b"{}[]:,\"\\ \n\t\r\x00\x1f\x7f0123456789eE+-.tfnrulabsx/"[..]), 0..3_u8), 0..4),
    ) {
        let mut bytes = seed.as_bytes().to_vec();
        for (place, byte, how) in changes {
            let at = place.index(bytes.len() + 1);
            match how {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                _ if at < bytes.len() => { bytes.remove(at); }
                _ => {}
            }
        }
        if let Ok(text) = std::str::from_utf8(&bytes) {
            compare(text);
        }
    }

    /// Tokens in any order.
    #[test]
    fn tokens_in_any_order(tokens in prop::collection::vec(prop::sample::select(&[
        "{", "}", "[", "]", ":", ",", "\"a\"", "\"b\\n\"", "1", "-2.5e3", "true", "null", " ", "\n", "\"", "\\", "é",
    ][..]), 0..14)) {
        compare(&tokens.concat());
        compare(&format!("{{\"a\":{}}}", tokens.concat()));
    }
}
