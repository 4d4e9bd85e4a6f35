//! What a body costs in memory: nothing to read it, to check it and to echo it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod phone;

use allocation_counter::{AllocationInfo, measure};
use bytes::Bytes;
use phone::{CONTRACT, Dial, DialOverwrite, Rang, Tone};
use wcs_runtime::{Answer, Reply};

/// A body as a connection hands it over: a part of a buffer that others share.
fn received(body: &str) -> Bytes {
    let buffer = Bytes::from(format!("POST / HTTP/1.1\r\n\r\n{body}"));
    let body = buffer.slice(buffer.len() - body.len()..);
    drop(buffer.clone());
    body
}

/// An offer of some size, with the escapes that it has in JSON.
fn sdp(lines: usize) -> String {
    "a=candidate:1 1 udp 2130706431 192.0.2.1 9 typ host\\r\\n".repeat(lines)
}

fn bodies() -> Vec<String> {
    vec![
        // As a keep-alive: a handful of short texts.
        r#"{"exchange":"vienna","session":"/192.0.2.7:50000/192.0.2.1:8443","number":"112"}"#.to_owned(),
        // As an event with an offer.
        format!(r#"{{"exchange":"vienna","session":"s","number":"+4312345","line":"LAND","sdp":"{}"}}"#, sdp(60)),
        // As the opening of a session: lists, a free object, numbers, flags.
        r#"{ "number" : "112", "lines" : [ "LAND", "CELL" ], "tones":"FREE,BUSY", "custom":{"token":"x\u00fc"},
            "ttl": 60, "large": 9007199254740993, "share": 0.25, "port": 5060, "secure": false, "password":"\u00fcber12345" }"#
            .to_owned(),
        // With records one level down.
        r#"{"number":"112","account":{"user":"u","secret":"s","tone":"BUSY","retries":3},"vault":{}}"#.to_owned(),
        // With members of a later version, and some twice.
        r#"{"number":"112","number":"113","later":1e400,"latest":["\ud800"],"line":null}"#.to_owned(),
    ]
}

fn allocated(run: impl FnOnce()) -> AllocationInfo {
    measure(run)
}

#[test]
fn reading_and_echoing_allocates_nothing() {
    for body in bodies() {
        let body = received(&body);
        let mut reply = None;
        let cost = allocated(|| {
            let hook = Dial::from_bytes(body.clone()).unwrap();
            reply = Some(Answer::<Dial>::accept().into_reply(&hook, &CONTRACT.sender));
        });
        assert_eq!((cost.count_total, cost.bytes_total), (0, 0), "{body:?}");
        let Reply { status, body: echo } = reply.unwrap();
        assert_eq!((status, echo.as_ptr(), echo.len()), (200, body.as_ptr(), body.len()), "the echo is the same bytes");
    }
}

#[test]
fn checking_what_keeps_to_the_contract_allocates_nothing() {
    for body in bodies() {
        let hook = Dial::from_bytes(received(&body)).unwrap();
        // Patterns are compiled at the first use.
        let _ = hook.violations();
        let mut violations = Vec::new();
        let cost = allocated(|| violations = hook.violations());
        assert_eq!(violations, [], "{body}");
        assert_eq!(cost.count_total, 0, "{body}");
    }
}

#[test]
fn reading_a_member_allocates_only_what_it_holds() {
    let hook = Dial::from_bytes(received(&bodies()[2])).unwrap();
    let plain = allocated(|| {
        assert_eq!(hook.number().as_deref(), Some("112"));
        assert_eq!((hook.ttl(), hook.large(), hook.share()), (Some(60), Some(9_007_199_254_740_993), Some(0.25)));
        assert_eq!((hook.secure(), hook.port().unwrap().as_str()), (Some(false), "5060"));
    });
    assert_eq!(plain.count_total, 0, "a text without escapes is borrowed");
    let escaped = allocated(|| assert_eq!(hook.password().as_deref(), Some("\u{fc}ber12345")));
    assert!((1..=3).contains(&escaped.count_total), "a text with escapes is owned: {escaped:?}");
    let record = Dial::from_bytes(received(&bodies()[3])).unwrap();
    let inside = allocated(|| assert_eq!(record.account().unwrap().retries(), Some(3)));
    assert_eq!(inside.count_total, 0, "a record shares the bytes of its hook");
}

#[test]
fn an_overwritten_answer_is_one_copy_whatever_the_size() {
    let overwrite = |body: &Bytes| {
        let hook = Dial::from_bytes(body.clone()).unwrap();
        let mut reply = None;
        let cost = allocated(|| {
            let changes = DialOverwrite::unchecked().number("113").tone(Tone::Busy);
            reply = Some(Answer::overwrite(changes).into_reply(&hook, &CONTRACT.sender));
        });
        (cost, reply.unwrap().body)
    };
    let small = received(&format!(r#"{{"number":"112","sdp":"{}"}}"#, sdp(1)));
    let large = received(&format!(r#"{{"number":"112","sdp":"{}"}}"#, sdp(10_000)));
    let ((small_cost, small_answer), (large_cost, large_answer)) = (overwrite(&small), overwrite(&large));
    assert_eq!(small_cost.count_total, large_cost.count_total, "the number of allocations does not depend on the body");
    assert!(small_cost.count_total <= 12, "{small_cost:?}");
    let beside = |cost: AllocationInfo, answer: &Bytes| cost.bytes_total - answer.len() as u64;
    assert!(beside(large_cost, &large_answer) <= beside(small_cost, &small_answer) + 16, "the body is copied once");
    assert_eq!(large_answer.len(), large.len() + r#","tone":"BUSY""#.len());
}

#[test]
fn depth_and_escaped_keys_cost_a_few_bytes() {
    for body in [r#"{"times":1,"x":[[[[1]]],[[2]]]}"#, r#"{"tim\u0065s":1}"#, r#"{"times":1,"x":{"a":{"b":{"c":[]}}}}"#]
    {
        let body = received(body);
        let mut hook = None;
        let cost = allocated(|| hook = Some(Rang::from_bytes(body.clone()).unwrap()));
        assert_eq!(hook.unwrap().times(), Some(1));
        assert!(cost.count_total <= 2 && cost.bytes_total <= 64, "{body:?}: {cost:?}");
    }
}
