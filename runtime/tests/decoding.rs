//! The decoder's edges: marks, repeats, depth, places of mistakes, allocations.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use wcs_runtime::decode::{DecodeError, Decoded, Span, decode, decode_within};
use wcs_runtime::descriptor::{Kind, Member};

static MEMBERS: &[Member] = &[
    Member::new("name", Kind::String).aliases(&["title"]),
    Member::new("count", Kind::Int32),
    Member::new("inner", Kind::Object),
];

fn read(body: &str) -> Result<(Decoded, [Option<&str>; 3]), DecodeError> {
    let mut spans = [Span::ABSENT; 3];
    let decoded = decode(MEMBERS, body.as_bytes(), &mut spans)?;
    Ok((decoded, spans.map(|span| span.range().map(|range| &body[range]))))
}

#[test]
fn order_spacing_escapes_and_marks_do_not_matter() {
    let (decoded, values) = read("\u{feff} { \"\\u0063ount\" : -1 , \"name\":\"a\" }\n").unwrap();
    assert_eq!((decoded.unknown, decoded.duplicates, values), (0, 0, [Some("\"a\""), Some("-1"), None]));
    let (decoded, values) = read(r#"{"a\tb":1,"name":2}"#).unwrap();
    assert_eq!((decoded.unknown, values[0]), (1, Some("2")), "a control character may stand in a key if it is escaped");
}

#[test]
fn the_last_of_repeated_members_counts_whatever_its_spelling() {
    let (decoded, values) = read(r#"{"name":1,"title":2,"x":0,"x":0}"#).unwrap();
    assert_eq!((decoded.unknown, decoded.duplicates, values[0]), (2, 1, Some("2")));
}

#[test]
fn half_a_surrogate_pair_is_no_obstacle() {
    let (decoded, values) = read(r#"{"\ud800":1,"name":"\udfff"}"#).unwrap();
    assert_eq!((decoded.unknown, values[0]), (1, Some(r#""\udfff""#)));
}

#[test]
fn mistakes_have_a_place() {
    for (body, offset, line, column, words) in [
        ("", 0, 1, 1, "expected a JSON object, found nothing"),
        ("[1]", 0, 1, 1, "expected a JSON object"),
        ("{\"name\":1,\n \"ü\": x}", 18, 2, 7, "expected value"),
        ("{\"name\":1}\n\n{}", 12, 3, 1, "trailing characters"),
        // Inside a string, the place is that of the last byte that was fine.
        ("{\"name\":\"a\nb\"}", 9, 1, 10, "control character"),
        ("\u{feff}{\"name\":01}", 12, 1, 11, "number"),
        ("{\"a\tb\":1}", 2, 1, 3, "control character"),
        ("{\"name\":1,}", 10, 1, 11, "trailing comma"),
    ] {
        let error = read(body).unwrap_err();
        assert_eq!((error.line, error.column, error.offset), (line, column, offset), "{body:?}: {error}");
        assert!(error.message.contains(words) && !error.message.contains(" at line "), "{body:?}: {error}");
    }
    let error = decode(MEMBERS, b"{\"a\":1,\n\"\xff\":1}", &mut []).unwrap_err();
    assert_eq!((error.offset, error.line, error.column), (9, 2, 2));
    assert!(error.to_string().starts_with("line 2, column 2: the body is not UTF-8"));
}

#[test]
fn nesting_is_limited_without_recursion() {
    let nested =
        |levels: usize| format!(r#"{{"a":"[[[[\"[[[[","inner":{}1{}}}"#, "[".repeat(levels), "]".repeat(levels));
    assert!(read(&nested(127)).is_ok());
    let error = read(&nested(128)).unwrap_err();
    assert_eq!((error.offset, error.column), (26, 27));
    assert!(error.message.contains("deeper than 128"), "{error}");
    assert!(read(&nested(1_000_000)).is_err());
    assert!(read(&format!("{{\"inner\":{}", "[".repeat(1_000_000))).is_err());
    assert!(decode_within(MEMBERS, br#"{"name":1}"#, &mut [], 1).is_ok());
    assert!(decode_within(MEMBERS, br#"{"name":[]}"#, &mut [], 1).is_err());
    assert!(decode_within(MEMBERS, nested(1000).as_bytes(), &mut [], 1001).is_ok());
}

#[test]
fn a_plain_body_is_decoded_without_allocation() {
    let body = br#"{"name":"a\nb","count":1,"unknown":"x","title":"y"}"#;
    let mut spans = [Span::ABSENT; 3];
    let mut decoded = Ok(Decoded::default());
    let allocated = allocation_counter::measure(|| decoded = decode(MEMBERS, body, &mut spans));
    assert_eq!(decoded.map(|decoded| (decoded.unknown, decoded.duplicates)), Ok((1, 1)));
    assert_eq!(allocated.count_total, 0);
}
