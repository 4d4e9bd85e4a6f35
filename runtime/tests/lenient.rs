//! What a sender may write: for each oddity what is read, what is echoed, and what an overwrite does with it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod phone;

use std::borrow::Cow;

use phone::{CONTRACT, Dial, DialOverwrite, ask, ask_bytes};
use wcs_runtime::{Answer, HookServer, MemberState, handlers, wcs_hook};

fn read(body: &str) -> Dial {
    Dial::from_bytes(body.to_owned()).unwrap()
}

#[test]
fn integers_are_exact_or_unreadable() {
    for (written, read_as) in [
        ("9007199254740993", Some(9_007_199_254_740_993)),
        ("-9007199254740993", Some(-9_007_199_254_740_993)),
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("9223372036854775808", None),
        ("123456789012345678901234567890", None),
        ("-0", Some(0)),
        ("0", Some(0)),
        ("1.0", Some(1)),
        ("-1.000", Some(-1)),
        ("-0.0", Some(0)),
        ("0e5", Some(0)),
        ("0.0e-400", Some(0)),
        ("1e3", Some(1000)),
        ("1E+3", Some(1000)),
        ("1.5e1", Some(15)),
        ("150e-1", Some(15)),
        ("15e-1", None),
        ("1.5", None),
        ("1e-1", None),
        ("9.223372036854775807e18", Some(i64::MAX)),
        ("9.223372036854775808e18", None),
        ("-9.223372036854775808e18", Some(i64::MIN)),
        ("1e19", None),
        ("1e400", None),
        ("1e-400", None),
        ("1e99999999999999999999", None),
        ("0.00001e5", Some(1)),
        ("true", None),
        ("\"1\"", None),
        ("null", None),
    ] {
        let body = format!(r#"{{"large":{written}}}"#);
        assert_eq!(read(&body).large(), read_as, "{written}");
        assert_eq!(read(&body).raw("large"), Some(written));
        assert_eq!(read(&body).as_bytes(), body.as_bytes());
    }
    assert_eq!(read(r#"{"ttl":2147483647}"#).ttl(), Some(i32::MAX));
    assert_eq!(read(r#"{"ttl":2147483648}"#).ttl(), None);
    assert_eq!(read(r#"{"ttl":2.147483648e9}"#).ttl(), None);
}

#[test]
fn floats_are_read_where_a_float_holds_them() {
    for (written, read_as) in [
        ("1e400", None),
        ("-1e400", None),
        ("1e308", Some(1e308)),
        ("1e-400", Some(0.0)),
        ("-0", Some(-0.0)),
        ("123456789012345678901234567890", Some(1.234_567_890_123_456_8e29)),
        ("\"1\"", None),
    ] {
        let hook = read(&format!(r#"{{"share":{written}}}"#));
        assert_eq!(hook.share().map(f64::to_bits), read_as.map(f64::to_bits), "{written}");
        assert_eq!(hook.raw("share"), Some(written));
    }
    assert_eq!(read(r#"{"port":5060.0}"#).port().unwrap().as_i64(), Some(5060));
    assert_eq!(read(r#"{"port":"5060"}"#).port().unwrap().as_i64(), Some(5060));
    assert_eq!(read(r#"{"port":"5060e"}"#).port().unwrap().as_i64(), None);
    assert_eq!(read(r#"{"port":"12ab.0"}"#).port().unwrap().as_i64(), None);
}

#[test]
fn texts_are_read_however_they_are_escaped() {
    for (written, read_as) in [
        (r"a\/b/c", "a/b/c"),
        (r"\u0041\n\t\b\f\r", "A\n\t\u{8}\u{c}\r"),
        (r"\ud83d\ude00", "\u{1f600}"),
        (r"\u0000", "\0"),
        (r"\\ud800", "\\ud800"),
        ("\u{feff}\u{7f}\u{2028}", "\u{feff}\u{7f}\u{2028}"),
    ] {
        assert_eq!(read(&format!(r#"{{"number":"{written}"}}"#)).number(), Some(Cow::from(read_as)), "{written}");
    }
}

#[test]
fn half_a_surrogate_pair_is_kept_and_is_no_text() {
    for written in [
        r"\ud800",
        r"\udc00",
        r"\ud800x",
        r"\ud800\n",
        r"\ud800\ud800",
        r"\udc00\ud800",
        r"\\\ud800",
        r"\ud83d\ude00\ud83d",
    ] {
        let body = format!(r#"{{"number":"{written}","\ud800":1,"{written}2":2}}"#);
        let hook = read(&body);
        assert_eq!((hook.number(), hook.member_state("number")), (None, MemberState::WrongType), "{written}");
        assert_eq!(hook.raw("number"), Some(format!("\"{written}\"").as_str()));
        assert_eq!(hook.unknown_count(), 2);
        assert_eq!(hook.raw(r"\ud800"), Some("1"), "a key that is no text goes by how it is written");
        assert!(hook.violations().iter().any(|one| one.pointer == "/number" && one.demand.word() == "type"));
        assert_eq!(hook.as_bytes(), body.as_bytes());
    }
}

#[test]
fn of_two_spellings_of_a_member_the_one_set_last_is_written() {
    let hook = read(r#"{"number":"112","line":"LAND","x":1}"#);
    let changes = DialOverwrite::unchecked().member_named("line", &"CELL").unwrap();
    let changes = changes.member_named("lineKind", &"LASER").unwrap().member_named("x", &2).unwrap();
    let reply = Answer::overwrite(changes).into_reply(&hook, &CONTRACT.sender);
    assert_eq!(reply.body, r#"{"number":"112","line":"LASER","x":2}"#);
}

#[test]
fn the_last_of_repeated_members_counts_all_are_kept_and_that_one_is_replaced() {
    let body = r#"{"number":"1","lineKind":"CELL","x":1,"number":"2","line":"LAND","x":2,"num\u0062er":"3"}"#;
    let hook = read(body);
    assert_eq!((hook.number().as_deref(), hook.duplicate_count(), hook.unknown_count()), (Some("3"), 3, 2));
    assert_eq!((hook.line(), hook.raw("x")), (Some(phone::Line::Land), Some("2")));
    let echo = Answer::<Dial>::accept().into_reply(&hook, &CONTRACT.sender);
    assert_eq!(echo.body, body);
    let answer = Answer::overwrite(DialOverwrite::unchecked().number("112").member_named("x", &3).unwrap());
    let expected = r#"{"number":"1","lineKind":"CELL","x":1,"number":"2","line":"LAND","x":3,"num\u0062er":"112"}"#;
    assert_eq!(answer.into_reply(&hook, &CONTRACT.sender).body, expected);
    // A null at the end takes the value away.
    assert_eq!(read(r#"{"number":"1","number":null}"#).number(), None);
}

#[test]
fn order_spacing_and_a_byte_order_mark_do_not_matter() {
    let body = "\u{feff}\r\n{\t\"ttl\" : 5 ,\n\"num\\u0062er\":\"1\\/2\"\r}\n ";
    let hook = read(body);
    assert_eq!((hook.ttl(), hook.number().as_deref()), (Some(5), Some("1/2")));
    let answer = Answer::overwrite(DialOverwrite::unchecked().ttl(6).tone(phone::Tone::Free));
    let expected = "\u{feff}\r\n{\t\"ttl\" : 6 ,\n\"num\\u0062er\":\"1\\/2\",\"tone\":\"FREE\"\r}\n ";
    assert_eq!(answer.into_reply(&hook, &CONTRACT.sender).body, expected);
}

#[wcs_hook(Dial, crate = wcs_runtime)]
async fn dial(_: Dial) -> Answer<Dial> {
    Answer::accept()
}

#[tokio::test]
async fn what_can_not_be_read_is_answered_with_its_place() {
    let router = HookServer::new(&CONTRACT).handlers(handlers![dial]).unwrap().router().with_state(());
    let deep = format!(r#"{{"x":{}{}}}"#, "[".repeat(128), "]".repeat(128));
    let cases: [(&[u8], usize, usize, &str); 18] = [
        (b"", 1, 1, "expected a JSON object, found nothing"),
        (b" \r\n\t ", 2, 3, "expected a JSON object, found only white space"),
        ("\u{feff}".as_bytes(), 1, 2, "expected a JSON object, found nothing"),
        (b"[{}]", 1, 1, "expected a JSON object, found an array"),
        (b"\n\"secret\"", 2, 1, "expected a JSON object, found a text"),
        (b"-1", 1, 1, "expected a JSON object, found a number"),
        (b"null", 1, 1, "expected a JSON object, found something else"),
        (b"\0{}", 1, 1, "expected a JSON object, found something else"),
        (b"{}\0", 1, 3, "trailing characters"),
        (b"{\"number\":\"a\0b\"}", 1, 12, "control character"),
        (b"{\"number\":\"a\nb\"}", 1, 12, "control character"),
        (b"{\"number\":\"\xff\"}", 1, 12, "the body is not UTF-8; hooks are sent as UTF-8 encoded JSON"),
        (b"\xff\xfe{\0}\0", 1, 1, "the body is not UTF-8; hooks are sent as UTF-8 encoded JSON"),
        (b"{\"number\":\"\xc3\xbc\",\n \"x\":+1}", 2, 6, "expected value"),
        (b"{\"number\":\"\\x\"}", 1, 13, "invalid escape"),
        (b"{} {}", 1, 4, "trailing characters"),
        (b"{number:1}", 1, 2, "key must be a string"),
        (deep.as_bytes(), 1, 6, "arrays and objects are nested deeper than 128 levels"),
    ];
    for (body, line, column, message) in cases {
        let shown = String::from_utf8_lossy(body).into_owned();
        for hook in ["/dial", "/Rang"] {
            let (status, answer) = ask(&router, "POST", hook, body.to_vec()).await;
            let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(status, 400, "{shown:?}");
            assert!(answer["error"].as_str().unwrap().contains(message), "{shown:?}: {answer}");
            assert_eq!((&answer["line"], &answer["column"]), (&line.into(), &column.into()), "{shown:?}: {answer}");
        }
    }
}

#[tokio::test]
async fn what_can_be_read_comes_back_byte_for_byte() {
    let router = HookServer::new(&CONTRACT).handlers(handlers![dial]).unwrap().router().with_state(());
    let deep = format!(r#"{{"x":{}{}}}"#, "[".repeat(127), "]".repeat(127));
    for body in [
        "{}",
        "\u{feff} {} ",
        r#"{"number":1e400,"large":123456789012345678901234567890,"share":-0,"ttl":1.0}"#,
        r#"{"number":"a\/b\u0000\ud800","\udfff":"\/","number":[],"number":null}"#,
        r#"{"":"","sdp":{"a":{"a":1,"a":2}},"lines":[[[]]],"account":[{}]}"#,
        &deep,
    ] {
        for hook in ["/dial", "/Rang"] {
            let answer = ask_bytes(&router, "POST", hook, body.to_owned()).await;
            assert_eq!(answer, (200, body.as_bytes().to_vec()), "{hook} {body}");
        }
    }
}
