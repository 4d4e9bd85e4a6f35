//! Violations: every demand of a contract, all of a body at once, and what a server does about them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod phone;

use axum::Router;
use phone::{Account, CONTRACT, Dial, DialOverwrite, Rang, Tone, ask};
use serde_json::{Value, json};
use wcs_runtime::server::{Enforce, Strictness};
use wcs_runtime::{Answer, Demand, HookServer, Violation, handlers, wcs_hook};

fn violations(body: &str) -> Vec<Violation> {
    Dial::from_bytes(body.to_owned()).unwrap().violations()
}

/// Pointer, rule, and value of each.
fn found(body: &str) -> Vec<(String, &'static str, Option<String>)> {
    violations(body).into_iter().map(|one| (one.pointer, one.demand.word(), one.value)).collect()
}

#[test]
fn a_body_that_keeps_to_the_contract_has_none() {
    for body in [
        r#"{"number":"112"}"#,
        r#"{"number":"+1234567","line":"land","lineKind":"CELL","tone":"ENGAGED","lines":["LAND","LASER"],"tones":" BUSY,, FREE"}"#,
        r#"{"number":"112","account":{"user":"a","secret":"b","retries":9},"accounts":{"x":{"user":"y"}},"vault":{}}"#,
        r#"{"number":"112","ttl":3600,"large":9223372036854775807,"share":0.5,"port":5060,"custom":{"a":[1e400]}}"#,
        r#"{"number":"112","ttl":1.0,"large":1e3,"share":1,"port":"5060","unknown":[{}]}"#,
        r#"{"number":"112","secure":true,"certificate":"x","line":"CELL","roaming":true}"#,
        r#"{"number":"112","secure":false,"roaming":false,"ttl":null,"tone":null}"#,
        // Characters count, not bytes and not escapes.
        r#"{"number":"\u0031\u0031\u0032","password":"\u00fc\ud83d\ude00345678"}"#,
    ] {
        assert_eq!(violations(body), [], "{body}");
    }
}

#[test]
fn each_demand_is_checked_and_told_apart() {
    let some = |text: &str| Some(text.to_owned());
    for (member, pointer, rule, value) in [
        (r#""number":12"#, "/number", "type", some("12")),
        (r#""number":null"#, "/number", "presence", some("null")),
        (r#""other":1"#, "/number", "presence", None),
        (r#""number":"1""#, "/number", "min_length", some("\"1\"")),
        (r#""number":"123456789""#, "/number", "max_length", some("\"123456789\"")),
        (r#""number":"12x""#, "/number", "pattern", some("\"12x\"")),
        (r#""number":"112","tone":"LOUD""#, "/tone", "words", some("\"LOUD\"")),
        (r#""number":"112","tone":7"#, "/tone", "type", some("7")),
        (r#""number":"112","line":false"#, "/line", "type", some("false")),
        (r#""number":"112","lines":[]"#, "/lines", "min_items", some("<array>")),
        (r#""number":"112","lines":["a","b","c","d"]"#, "/lines", "max_items", some("<array>")),
        (r#""number":"112","lines":["LAND",1]"#, "/lines/1", "type", some("1")),
        (r#""number":"112","lines":{"0":"LAND"}"#, "/lines", "type", some("<object>")),
        (r#""number":"112","tones":"BUSY,LOUD""#, "/tones", "words", some("\"LOUD\"")),
        (r#""number":"112","tones":["BUSY"]"#, "/tones", "type", some("<array>")),
        (r#""number":"112","account":"a""#, "/account", "type", some("<string>")),
        (r#""number":"112","account":{}"#, "/account/user", "presence", None),
        (r#""number":"112","account":{"user":1}"#, "/account/user", "type", some("1")),
        (r#""number":"112","account":{"user":"a","secret":1}"#, "/account/secret", "type", some("<hidden>")),
        (r#""number":"112","account":{"user":"a","retries":10}"#, "/account/retries", "maximum", some("10")),
        (
            r#""number":"112","accounts":{"a/b~":{"user":"u","tone":"X"}}"#,
            "/accounts/a~1b~0/tone",
            "words",
            some("\"X\""),
        ),
        (r#""number":"112","accounts":[]"#, "/accounts", "type", some("<array>")),
        (r#""number":"112","vault":{"hush":{"user":1}}"#, "/vault/*/user", "type", some("<hidden>")),
        (r#""number":"112","ttl":-1"#, "/ttl", "minimum", some("-1")),
        (r#""number":"112","ttl":3601"#, "/ttl", "maximum", some("3601")),
        (r#""number":"112","ttl":2147483648"#, "/ttl", "type", some("2147483648")),
        (r#""number":"112","ttl":1.5"#, "/ttl", "type", some("1.5")),
        (r#""number":"112","large":9223372036854775808"#, "/large", "type", some("9223372036854775808")),
        (r#""number":"112","share":1e400"#, "/share", "type", some("1e400")),
        (r#""number":"112","share":1.01"#, "/share", "maximum", some("1.01")),
        (r#""number":"112","share":-0.5"#, "/share", "minimum", some("-0.5")),
        (r#""number":"112","port":true"#, "/port", "type", some("true")),
        (r#""number":"112","secure":"true""#, "/secure", "type", some("\"true\"")),
        (r#""number":"112","secure":true"#, "/certificate", "sent_if", None),
        (r#""number":"112","roaming":true"#, "/roaming", "used_if", some("true")),
        (r#""number":"112","line":"LAND","roaming":true"#, "/roaming", "used_if", some("true")),
        (r#""number":"112","custom":"x""#, "/custom", "type", some("<hidden>")),
        (r#""number":"112","password":"short""#, "/password", "min_length", some("<hidden>")),
        (r#""number":"112","sdp":"\ud800""#, "/sdp", "type", some("<hidden>")),
    ] {
        assert_eq!(found(&format!("{{{member}}}")), [(pointer.to_owned(), rule, value)], "{member}");
    }
}

#[test]
fn all_are_found_at_once_in_the_order_of_the_contract() {
    let body = r#"{"password":"x","ttl":-1,"lines":[1,2,3,4],"tone":"LOUD"}"#;
    let found: Vec<(String, &str)> = found(body).into_iter().map(|(pointer, rule, _)| (pointer, rule)).collect();
    let expected = [
        ("/number", "presence"),
        ("/tone", "words"),
        ("/lines/0", "type"),
        ("/lines/1", "type"),
        ("/lines/2", "type"),
        ("/lines/3", "type"),
        ("/lines", "max_items"),
        ("/ttl", "minimum"),
        ("/password", "min_length"),
    ];
    assert_eq!(found, expected.map(|(pointer, rule)| (pointer.to_owned(), rule)));
}

#[test]
fn a_violation_says_what_was_expected_and_shows_no_more_than_is_decent() {
    let shown = |body: &str| violations(body)[0].to_string();
    assert_eq!(shown(r#"{"number":"1"}"#), r#"/number (min_length): expected at least 3 characters, found "1""#);
    assert_eq!(shown("{}"), "/number (presence): expected a value: it is always sent, found nothing");
    assert_eq!(
        shown(r#"{"number":"112","tone":"LOUD"}"#),
        r#"/tone (words): expected one of FREE, BUSY, found "LOUD""#
    );
    assert_eq!(
        shown(r#"{"number":"112","secure":true}"#),
        "/certificate (sent_if): expected a value, as `secure` is true, found nothing"
    );
    assert_eq!(
        shown(r#"{"number":"112","roaming":true}"#),
        "/roaming (used_if): expected no value unless `line` is \"CELL\", found true"
    );
    assert_eq!(
        shown(r#"{"number":"11x"}"#),
        r#"/number (pattern): expected text that matches `^[0-9+]+$`, found "11x""#
    );
    let long = "9".repeat(10_000);
    let [violation] = &violations(&format!(r#"{{"number":"112","port":true,"tone":"{long}"}}"#))[..1] else { panic!() };
    assert!(violation.value.as_ref().unwrap().len() < 200, "{violation}");
    let [violation] = &violations(&format!(r#"{{"number":"112","accounts":{{"{long}":1}}}}"#))[..] else { panic!() };
    assert!(violation.pointer.len() < 200, "{violation}");
    assert_eq!(
        serde_json::to_value(&violations(r#"{"number":1}"#)[0]).unwrap(),
        json!({"pointer": "/number", "rule": "type", "expected": "text", "value": "1"})
    );
}

#[test]
fn a_body_that_is_wrong_throughout_makes_no_endless_list() {
    let items = vec!["1"; 300_000].join(",");
    let found = violations(&format!(r#"{{"number":"112","lines":[{items}]}}"#));
    assert_eq!(found.len(), wcs_runtime::validate::MOST_VIOLATIONS);
    assert!(found.iter().all(|one| one.demand == Demand::Type));
}

#[wcs_hook(Dial, crate = wcs_runtime)]
async fn dial(_: Dial) -> Answer<Dial> {
    Answer::accept()
}

fn router(set: impl FnOnce(HookServer<()>) -> HookServer<()>) -> Router {
    set(HookServer::new(&CONTRACT).handlers(handlers![dial]).unwrap()).router().with_state(())
}

const WRONG: &str = r#"{"number":"1","password":"short","later":"x"}"#;

#[tokio::test]
async fn strictness_decides_what_becomes_of_a_body() {
    for strictness in [Strictness::Observe, Strictness::Warn] {
        let server = HookServer::new(&CONTRACT).strictness(strictness);
        let counters = server.counters();
        let router = server.router().with_state(());
        assert_eq!(ask(&router, "POST", "/dial", WRONG).await, (200, WRONG.to_owned()));
        assert_eq!(counters.violating(), u64::from(strictness == Strictness::Warn));
    }
    for (enforce, expected) in [(Enforce::Reject, 400), (Enforce::Deny, 403)] {
        let router = router(|server| server.strictness(Strictness::Enforce(enforce)));
        let (status, body) = ask(&router, "POST", "/dial", WRONG).await;
        assert_eq!(status, expected);
        assert_eq!(
            serde_json::from_str::<Value>(&body).unwrap(),
            json!({
                "error": "the body of `dial` does not keep to the contract in 2 places",
                "violations": [
                    {"pointer": "/number", "rule": "min_length", "expected": "at least 3 characters", "value": "\"1\""},
                    {"pointer": "/password", "rule": "min_length", "expected": "at least 8 characters", "value": "<hidden>"},
                ],
            })
        );
        // What a newer sender adds is no violation.
        let newer = r#"{"number":"112","line":"LASER","later":{"x":1}}"#;
        assert_eq!(ask(&router, "POST", "/dial", newer).await, (200, newer.to_owned()));
    }
}

#[tokio::test]
async fn strictness_can_differ_from_hook_to_hook() {
    let enforce = Strictness::Enforce(Enforce::Reject);
    let router = router(|server| server.strictness_of(Dial::DESCRIPTOR, Strictness::Observe).strictness(enforce));
    assert_eq!(ask(&router, "POST", "/dial", WRONG).await.0, 200);
    assert_eq!(ask(&router, "POST", "/Rang", "{}").await.0, 400, "also where there is no handler");
    assert_eq!(ask(&router, "POST", "/Rang", r#"{"times":1}"#).await.0, 200);
    assert_eq!(Rang::from_bytes("{}").unwrap().violations().len(), 1);
}

/// Answers with whatever the body's `custom` asks for.
#[wcs_hook(Dial, crate = wcs_runtime)]
async fn rewrite(hook: Dial) -> Answer<Dial> {
    let overwrite = phone::DialOverwrite::unchecked();
    Answer::overwrite(match hook.number().as_deref() {
        Some("100") => overwrite.number("00"),
        Some("101") => overwrite.ttl(-1).password("geheim"),
        Some("102") => overwrite.member_named("tone", &"LOUD").unwrap(),
        Some("103") => overwrite.member_named("number", &["a"]).unwrap(),
        Some("104") => overwrite.accounts([("a", Account::builder().member_named("tone", &"LOUD").unwrap().build())]),
        Some("105") => overwrite.member_named("anything", &[1, 2]).unwrap(),
        _ => overwrite.number("113").tone(Tone::Busy).ttl(5).accounts([("a", Account::builder().user("u").build())]),
    })
}

#[tokio::test]
async fn an_answer_that_breaks_the_contract_is_not_sent() {
    let server = HookServer::new(&CONTRACT).handlers(handlers![rewrite]).unwrap();
    let counters = server.counters();
    let router = server.router().with_state(());
    for number in ["100", "101", "102", "103", "104"] {
        let (status, body) = ask(&router, "POST", "/dial", format!(r#"{{"number":"{number}"}}"#)).await;
        assert_eq!(status, 500, "{number}: {body}");
        assert!(body.contains("could not be handled") && !body.contains("geheim"), "{body}");
    }
    assert_eq!(counters.failed(), 5);
    let (status, body) = ask(&router, "POST", "/dial", r#"{"number":"105","ttl":-5}"#).await;
    assert_eq!(
        (status, body.as_str()),
        (200, r#"{"number":"105","ttl":-5,"anything":[1,2]}"#),
        "what came in is no fault of the answer"
    );
    let (status, body) = ask(&router, "POST", "/dial", r#"{"number":"112"}"#).await;
    assert_eq!(
        (status, body.as_str()),
        (200, r#"{"number":"113","tone":"BUSY","ttl":5,"accounts":{"a":{"user":"u"}}}"#)
    );
}

#[test]
fn an_answer_can_be_checked_before_it_is_given() {
    let hook = Dial::from_bytes(r#"{"number":"112"}"#).unwrap();
    assert_eq!(Answer::<Dial>::accept().violations(&hook), []);
    assert_eq!(Answer::overwrite(DialOverwrite::unchecked().ttl(3600)).violations(&hook), []);
    let broken = Answer::overwrite(DialOverwrite::unchecked().ttl(3601).password("geheim"));
    let found: Vec<String> = broken.violations(&hook).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "/ttl (maximum): expected at most 3600, found 3601",
            "/password (min_length): expected at least 8 characters, found <hidden>",
        ]
    );
    assert!(!format!("{broken:?}").contains("geheim"), "{broken:?}");
}
