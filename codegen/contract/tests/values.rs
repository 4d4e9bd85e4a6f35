//! Numbers as JSON writes them.

use serde_json::Value;
use wcs_contract::value::{integer, parse};

#[test]
fn numbers_without_fraction_are_integers() {
    for (json, expected) in [
        ("1.0", Some(1)),
        ("1e3", Some(1000)),
        ("-0", Some(0)),
        ("-0.0", Some(0)),
        ("1.5", None),
        ("1e-3", None),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("18446744073709551616", None),
        ("1e18", Some(1_000_000_000_000_000_000)),
        ("4611686018427387904.0", Some(4_611_686_018_427_388_000)),
        ("1e300", None),
    ] {
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        assert_eq!(integer(&value), expected, "{json}");
    }
}

#[test]
fn overflowing_numbers_are_read_as_text() {
    let read = parse(r#"{"a": [1e400, -1E999], "b\"1e400": "1e400 \\", "c": 1.5}"#).unwrap_or_default();
    let expected = serde_json::json!({"a": ["1e400", "-1E999"], "b\"1e400": "1e400 \\", "c": 1.5});
    assert_eq!(read, expected);
    assert!(parse("1e400 x").is_err());
}
