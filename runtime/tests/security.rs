//! Who may send hooks: signatures, passwords, networks.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod door;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Request};
use door::{CONTRACT, OpenDoor, SIGNATURE, UNSIGNED, exchange, post, request, start};
use tower::ServiceExt as _;
use wcs_runtime::codegen::{Digest, SignatureDescriptor};
use wcs_runtime::server::{SigningKey, sign};
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};

/// What the handlers of one test have seen.
type Seen = Arc<(AtomicUsize, Mutex<String>)>;

#[wcs_hook(OpenDoor, state = Seen, crate = wcs_runtime)]
async fn open(_: OpenDoor, headers: HeaderMap, State(seen): State<Seen>) -> Answer<OpenDoor> {
    seen.0.fetch_add(1, Ordering::SeqCst);
    *seen.1.lock().unwrap() = format!("{headers:?}");
    Answer::accept()
}

fn seen() -> Seen {
    Arc::default()
}

fn hooks() -> HookServer<Seen> {
    HookServer::new(&CONTRACT).handlers(handlers![open]).unwrap()
}

const KEY: &str = "a key of the house";
const BODY: &str = "{\"door\":\"Größe \\u00e4\",\r\n  \"n\" : 1e400 }";

/// What OpenSSL wrote: `printf '%s' BODY | openssl dgst -md5 -hmac KEY`, and the same with `-sha256`.
const BY_OPENSSL: [(&str, Digest, &str, &str, &str); 4] = [
    ("-md5", Digest::HmacMd5, "key", "{}", "8ad543481d29574b6046e375ce555520"),
    ("-sha256", Digest::HmacSha256, "key", "{}", "a777724d943eb48dc69bca8a4a6d57a04db3f9ec7e1de4e581e860265bdf3032"),
    ("-md5", Digest::HmacMd5, KEY, BODY, "6450be897cf8d44b0f7255ded0c8e2b3"),
    ("-sha256", Digest::HmacSha256, KEY, BODY, "e81ee488963e04970a16a54eda6411ed9606fb25d2deb2d7e7e5da574456e663"),
];

/// What OpenSSL says on this machine, if there is one.
fn openssl(digest: &str, key: &str, body: &str) -> Option<String> {
    let mut command = Command::new("openssl");
    command.args(["dgst", digest, "-hmac", key]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.spawn().ok()?;
    process.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl does not know {digest}");
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.rsplit(' ').next().unwrap().trim().to_owned())
}

#[test]
fn signatures_are_those_of_another_program() {
    for (name, digest, key, body, expected) in BY_OPENSSL {
        let words = SignatureDescriptor { digest, ..SIGNATURE };
        assert_eq!(sign(&words, &SigningKey::from(key), body.as_bytes()), format!("WCS {expected}"), "{name} {key}");
        match openssl(name, key, body) {
            Some(computed) => assert_eq!(computed, expected, "{name} {key}"),
            None => eprintln!("openssl is not on this machine; compared with what it wrote elsewhere"),
        }
    }
}

#[tokio::test]
async fn only_signed_hooks_are_read() {
    let (hooks, seen) = (hooks().signed_by(["another", KEY]).unwrap(), seen());
    let counters = hooks.counters();
    let server = start(hooks.mount("/h").unwrap().with_state(seen.clone())).await;
    let hex = BY_OPENSSL[2].4;
    let good = format!("WCS {hex}");
    let flipped_digit = format!("WCS {}{}", if hex.starts_with('0') { '1' } else { '0' }, &hex[1..]);
    let flipped_body = BODY.replace("door", "dooR");
    let (upper, basic, lower, tight) =
        (format!("WCS {}", hex.to_uppercase()), format!("Basic {hex}"), format!("wcs {hex}"), format!("WCS{hex}"));
    let (short, odd, long, wide) =
        (format!("WCS {}", &hex[2..]), format!("WCS {}", &hex[1..]), format!("WCS {hex}00"), format!("WCS  {hex}"));
    let refused: [(&str, &[&str], &str); 17] = [
        ("flipped byte of the body", &[&good], &flipped_body),
        ("body with a byte more", &[&good], &format!("{BODY} ")),
        ("flipped digit", &[&flipped_digit], BODY),
        ("no header", &[], BODY),
        ("empty header", &[""], BODY),
        ("prefix alone", &["WCS "], BODY),
        ("wrong scheme", &[&basic], BODY),
        ("scheme in other letters", &[&lower], BODY),
        ("no space", &[&tight], BODY),
        ("two spaces", &[&wide], BODY),
        ("a byte short", &[&short], BODY),
        ("half a byte", &[&odd], BODY),
        ("a byte more", &[&long], BODY),
        ("no hex", &["WCS zz"], BODY),
        ("twice", &[&good, &good], BODY),
        ("no JSON", &[&good], "{"),
        ("unsigned and no JSON", &[], "\u{0}"),
    ];
    for (case, values, body) in refused {
        let headers: Vec<_> = values.iter().map(|value| ("Authorization", *value)).collect();
        for path in ["/h/openDoor", "/h/noSuchHook"] {
            let (status, head, text) = post(&server.address, path, &headers, body).await;
            assert_eq!(
                (status, text.as_str()),
                (403, r#"{"error":"the request is not signed with a key of this backend"}"#),
                "{case}"
            );
            assert!(head.contains("content-type: application/json"), "{head}");
        }
    }
    assert_eq!((counters.refused(), counters.hooks(), counters.unreadable(), counters.unknown_hooks()), (34, 0, 0, 0));
    assert_eq!(seen.0.load(Ordering::SeqCst), 0);

    for value in [&good, &upper] {
        let (status, _, text) = post(&server.address, "/h/openDoor", &[("authorization", value)], BODY).await;
        assert_eq!((status, text.as_str()), (200, BODY));
    }
    let of_half_an_object = sign(&SIGNATURE, &KEY.into(), b"{");
    assert_eq!(post(&server.address, "/h/openDoor", &[("authorization", &of_half_an_object)], "{").await.0, 400);
    assert_eq!((counters.refused(), counters.hooks(), counters.unreadable()), (34, 2, 1));
    assert_eq!(seen.0.load(Ordering::SeqCst), 2);
    assert!(!seen.1.lock().unwrap().contains(hex), "a signature in `Debug`");
    // What is no hook brings no body, so it has nothing to sign.
    assert_eq!(exchange(&server.address, &request("GET", "/h/", &[], "")).await.0, 200);
}

#[tokio::test]
async fn keys_are_changed_without_an_outage() {
    for (keys, old, new) in [(&["old"][..], 200, 403), (&["old", "new"], 200, 200), (&["new"], 403, 200)] {
        let server = start(hooks().signed_by(keys).unwrap().router().with_state(seen())).await;
        for (key, expected) in [("old", old), ("new", new), ("newer", 403)] {
            let signature = sign(&SIGNATURE, &key.into(), BODY.as_bytes());
            let (status, ..) = post(&server.address, "/openDoor", &[("Authorization", &signature)], BODY).await;
            assert_eq!(status, expected, "{key} where {keys:?} are known");
        }
    }
}

#[tokio::test]
async fn a_password_opens_everything_and_its_absence_nothing() {
    let seen = seen();
    let server = start(hooks().basic("media", "pass:word").unwrap().router().with_state(seen.clone())).await;
    // printf 'media:pass:word' | base64
    let right = "bWVkaWE6cGFzczp3b3Jk";
    for (value, expected) in [
        (format!("Basic {right}"), 200),
        (format!("basic {right}"), 200),
        (format!("Basic  {right}"), 200),
        (format!("Bearer {right}"), 401),
        (format!("Basic {right}="), 401),
        (format!("Basic {}", &right[..right.len() - 1]), 401),
        (format!("Basic {}", right.to_lowercase()), 401),
        ("Basic ".to_owned(), 401),
        ("Bas".to_owned(), 401),
        (String::new(), 401),
    ] {
        for (method, path) in [("POST", "/openDoor"), ("GET", "/")] {
            let message = request(method, path, &[("Authorization", &value)], "{}");
            let (status, head, text) = exchange(&server.address, &message).await;
            assert_eq!(status, expected, "{method} {value}");
            assert_eq!(head.contains("www-authenticate: basic realm=\"hooks\""), expected == 401, "{head}");
            assert!(expected == 200 || text.contains("wants a user and a password"), "{text}");
        }
    }
    assert_eq!(post(&server.address, "/openDoor", &[], "{}").await.0, 401);
    assert_eq!(seen.0.load(Ordering::SeqCst), 3);
    assert!(!seen.1.lock().unwrap().contains(right), "a password in `Debug`");
}

#[tokio::test]
async fn hooks_come_from_the_senders_networks() {
    for (networks, expected) in [
        (&["127.0.0.0/8"][..], 200),
        (&["127.0.0.1", "::1"], 200),
        (&["192.0.2.0/24", "2001:db8::/32"], 403),
        (&["127.0.0.2"], 403),
    ] {
        let hooks = hooks().senders(networks).unwrap();
        let counters = hooks.counters();
        let server = start(hooks.router().with_state(seen())).await;
        // A header is not believed unless it comes from a proxy that is.
        let headers = [("X-Forwarded-For", "127.0.0.1, 192.0.2.1")];
        let (status, _, text) = post(&server.address, "/openDoor", &headers, "{}").await;
        assert_eq!((status, counters.refused()), (expected, u64::from(expected == 403)), "{networks:?}");
        assert_eq!(text.contains("takes no requests from this address"), expected == 403, "{text}");
    }
    let hooks = hooks().senders(["192.0.2.0/24"]).unwrap().behind_proxies("X-Forwarded-For", ["127.0.0.1"]).unwrap();
    let server = start(hooks.router().with_state(seen())).await;
    for (value, expected) in [("192.0.2.1", 200), ("192.0.2.1, 198.51.100.1", 403), ("198.51.100.1, 192.0.2.1", 200)] {
        let (status, ..) = post(&server.address, "/openDoor", &[("X-Forwarded-For", value)], "{}").await;
        assert_eq!(status, expected, "{value}");
    }
    assert_eq!(post(&server.address, "/openDoor", &[], "{}").await.0, 403);
}

#[tokio::test]
async fn without_the_senders_address_nobody_is_let_in() {
    let router = hooks().senders(["0.0.0.0/0", "::/0"]).unwrap().router().with_state(seen());
    let response = router.oneshot(Request::post("/openDoor").body(Body::from("{}")).unwrap()).await.unwrap();
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn nesting_has_a_limit() {
    let server = start(hooks().depth_limit(3).router().with_state(seen())).await;
    assert_eq!(post(&server.address, "/openDoor", &[], r#"{"a":{"b":[1]}}"#).await.0, 200);
    let (status, _, text) = post(&server.address, "/openDoor", &[], r#"{"a":{"b":[[]]}}"#).await;
    assert_eq!(status, 400);
    assert!(text.contains("nested deeper than 3 levels") && text.contains(r#""line":1"#), "{text}");
}

#[test]
fn what_can_not_protect_is_said_at_the_start() {
    let fresh = |contract| HookServer::<()>::new(contract);
    let errors = [
        (fresh(&UNSIGNED).signed_by(["k"]).err(), "the contract `house` has no signature"),
        (fresh(&CONTRACT).signed_by(Vec::<String>::new()).err(), "at least one key"),
        (fresh(&CONTRACT).signed_by(["k", ""]).err(), "key 2 of 2 in `signed_by` is empty"),
        (fresh(&CONTRACT).signed_by(["k\n"]).err(), "key 1 of 1 in `signed_by` has white space at an end"),
        (fresh(&CONTRACT).signed_by(["k", " l"]).err(), "key 2 of 2 in `signed_by` has white space at an end"),
        (fresh(&CONTRACT).basic("", "p").err(), "the user given to `basic` is empty"),
        (fresh(&CONTRACT).basic("a\n", "p").err(), "the user given to `basic` has white space at an end"),
        (fresh(&CONTRACT).basic("a:b", "p").err(), "contains a colon"),
        (fresh(&CONTRACT).basic("a", "").err(), "the password given to `basic` is empty"),
        (fresh(&CONTRACT).basic("a", "p\r\n").err(), "the password given to `basic` has white space at an end"),
        (fresh(&CONTRACT).basic("a", "p").unwrap().signed_by(["k"]).err(), "choose one, `signed_by` or `basic`"),
        (fresh(&CONTRACT).signed_by(["k"]).unwrap().basic("a", "p").err(), "choose one, `signed_by` or `basic`"),
        (fresh(&CONTRACT).senders(["10.0.0.0/33"]).err(), "`10.0.0.0/33`, given to `senders`, is no network"),
        (fresh(&CONTRACT).senders(["example.com"]).err(), "expected one such as `10.20.0.0/16`"),
        (fresh(&CONTRACT).senders(Vec::<String>::new()).err(), "`senders` got no network, which would fit nobody"),
        (fresh(&CONTRACT).senders([""]).err(), "``, given to `senders`, is no network"),
        (fresh(&CONTRACT).behind_proxies("", ["::1"]).err(), "`` is no name of a header"),
        (fresh(&CONTRACT).behind_proxies("x-real-ip", Vec::<String>::new()).err(), "`behind_proxies` got no network"),
        (fresh(&CONTRACT).behind_proxies("x y", ["::1"]).err(), "`x y` is no name of a header"),
        (fresh(&CONTRACT).behind_proxies("x-real-ip", [""]).err(), "given to `behind_proxies`, is no network"),
    ];
    for (index, (error, expected)) in errors.into_iter().enumerate() {
        let error = error.unwrap_or_else(|| panic!("case {index} is taken")).to_string();
        assert!(error.contains(expected), "case {index}: {error}");
    }
    // White space inside is part of a key, and what is no text has none.
    assert!(fresh(&CONTRACT).signed_by([KEY]).is_ok());
    assert!(fresh(&CONTRACT).signed_by([b"\xff\x00\x0a"]).is_ok());
    assert!(fresh(&CONTRACT).basic("a user", "pass word").is_ok());
    assert_eq!(format!("{:?}", SigningKey::from("k3y")), "SigningKey(redacted)");
}
