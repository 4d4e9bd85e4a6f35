//! What must hold for any input. `PROPTEST_CASES=100000 cargo test --release -p wcs-runtime --test properties` for a long
//! run.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use tower::ServiceExt as _;
use wcs_runtime::codegen::*;
use wcs_runtime::server::{Enforce, Strictness, UnknownHook};
use wcs_runtime::{Answer, HookServer, MemberState, handlers, wcs_hook};

wcs_runtime::hook! {
    /// Has a member of every kind.
    pub struct Everything: connect, forbids;
    about: HookDescriptor::new("everything", "Has a member of every kind.");
    builder: EverythingBuilder;
    members {
        /// Text.
        text: Cow<'a, str> = Member::new("text", Kind::String).overwritable();
        /// Yes or no.
        flag: bool = Member::new("flag", Kind::Bool);
        /// Small number.
        small: i32 = Member::new("small", Kind::Int32).overwritable();
        /// Large number.
        large: i64 = Member::new("large", Kind::Int64);
        /// Number with a fraction.
        float: f64 = Member::new("float", Kind::Float);
        /// Free object.
        object: Object = Member::new("object", Kind::Object);
        /// Texts.
        texts: Vec<Cow<'a, str>> = Member::new("texts", Kind::Array(&Kind::String)).aliases(&["strings"]);
        /// Numbers by name.
        numbers: Entries<'a, i64> = Member::new("numbers", Kind::Map(&Kind::Int64));
        /// Words.
        words: List<String> = Member::new("words", Kind::List(&Kind::String));
        /// A port.
        port: StringOrNumber<'a> = Member::new("port", Kind::StringOrNumber).overwritable();
    }
    overwrite: EverythingOverwrite {
        text: Cow<'a, str>;
        small: i32;
        port: StringOrNumber<'a>;
    }
}

wcs_runtime::hook! {
    /// Tells something, to which nobody listens.
    pub struct Told: event, no_effect;
    about: HookDescriptor::new("Told", "Tells something.").aliases(&["told"]);
    builder: ToldBuilder;
    members {
        /// Text.
        text: Cow<'a, str> = Member::new("text", Kind::String).always()
            .limits(&Limits { max_length: Some(5), pattern: Some("^[a-z]*$"), ..Limits::NONE });
        /// Numbers by name.
        numbers: Entries<'a, i64> = Member::new("numbers", Kind::Map(&Kind::Int64)).sensitive();
    }
}

static CONTRACT: ContractDescriptor = ContractDescriptor {
    name: "any",
    title: "Any",
    version: "1.0.0",
    hash: "",
    hooks: &[Everything::DESCRIPTOR, Told::DESCRIPTOR],
    sender: SenderDescriptor::NEUTRAL,
};

static SENDER: &SenderDescriptor = &CONTRACT.sender;

#[wcs_hook(Everything, crate = wcs_runtime)]
async fn everything(hook: Everything) -> Answer<Everything> {
    touch(&hook);
    Answer::accept()
}

fn router(strictness: Strictness, unknown: UnknownHook) -> Router {
    let server = HookServer::new(&CONTRACT).handlers(handlers![everything]).unwrap();
    server.strictness(strictness).unknown(unknown).mount("/base").unwrap().with_state(())
}

static ROUTERS: LazyLock<[Router; 4]> = LazyLock::new(|| {
    // Nobody reads the log, but it has to be written: that must not panic either.
    let log = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(std::io::sink);
    log.try_init().unwrap();
    [
        router(Strictness::Observe, UnknownHook::Echo),
        router(Strictness::Warn, UnknownHook::NotFound),
        router(Strictness::Enforce(Enforce::Reject), UnknownHook::Echo),
        router(Strictness::Enforce(Enforce::Deny), UnknownHook::NotFound),
    ]
});

static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap());

/// Posts to a router; what comes back.
fn posted(router: &Router, method: &str, path: &str, body: Vec<u8>) -> (u16, Vec<u8>) {
    let request = Request::builder().method(method).uri(format!("/base/{path}")).body(Body::from(body)).unwrap();
    RUNTIME.block_on(async {
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        (status, response.into_body().collect().await.unwrap().to_bytes().to_vec())
    })
}

/// A path as senders make them, or not.
fn any_path() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["everything", "Told", "told", "/everything/", "Told/"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["", "Other", "_hooks/drift", "_hooks/health", "_hooks/x"]).prop_map(str::to_owned),
        1 => "([a-zA-Z0-9/._~-]|%[0-9a-f]{2}){0,20}",
    ]
}

/// Bytes of all degrees of order.
fn any_body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        any::<String>().prop_map(String::into_bytes),
        (any_object(), "[ \t\r\n]{0,2}").prop_map(|(object, space)| spaced(&object, &space).into_bytes()),
        (any_object(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(object, at, byte)| {
            let mut bytes = spaced(&object, "").into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            bytes
        }),
        (any_object(), any::<prop::sample::Index>()).prop_map(|(object, at)| {
            let mut bytes = spaced(&object, "").into_bytes();
            bytes.truncate(at.index(bytes.len()));
            bytes
        }),
    ]
}

/// Reads everything that can be read, so that a panic anywhere shows.
fn touch(hook: &Everything) {
    let _ = (hook.text(), hook.flag(), hook.small(), hook.large(), hook.float(), hook.object());
    let _ = (hook.texts(), hook.numbers(), hook.words(), hook.port().map(|port| port.as_i64()));
    let _ = (format!("{hook:?}"), serde_json::to_string(hook), hook.violations());
    for member in Everything::MEMBERS {
        let _ = (hook.member_state(member.name), hook.raw(member.name));
    }
    assert_eq!(hook.unknown_members().count(), hook.unknown_count() as usize);
}

fn any_name() -> impl Strategy<Value = String> {
    let known = Everything::MEMBERS.iter().map(|member| member.name.to_owned()).collect::<Vec<_>>();
    prop_oneof![3 => prop::sample::select(known), 1 => Just("strings".to_owned()), 2 => any::<String>()]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // Exact in binary: serde_json itself is not exact to the last bit when it reads others.
        any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        any::<String>().prop_map(Value::from),
        Just(Value::from("a, b,,c")),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((any_name(), inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn any_object() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((any_name(), any_value()), 0..12).prop_map(|pairs| pairs.into_iter().collect())
}

/// The integer that a number equals. The floats here are small enough to be exact.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_f64().filter(|float| float.fract() == 0.0).map(|float| float as i64))
}

/// The object as text, with white space wherever it may stand.
fn spaced(object: &Map<String, Value>, space: &str) -> String {
    let members: Vec<String> = object
        .iter()
        .map(|(key, value)| format!("{space}{}{space}:{space}{value}{space}", serde_json::to_string(key).unwrap()))
        .collect();
    format!("{space}{{{space}{}}}{space}", members.join(","))
}

proptest! {
    #[test]
    fn any_bytes_to_any_hook_get_a_yes_or_a_clear_no(
        body in any_body(), path in any_path(), get in prop::bool::weighted(0.05), at in 0..4_usize,
    ) {
        let method = if get { "GET" } else { "POST" };
        let (status, answer) = posted(&ROUTERS[at], method, &path, body.clone());
        let text = String::from_utf8_lossy(&answer).into_owned();
        prop_assert!(status == 200 || (400..500).contains(&status), "{method} {path}: {status} {text}");
        let hook = ["everything", "told", "Told"].contains(&path.trim_matches('/'));
        match (hook && !get, status) {
            (true, 200) => prop_assert_eq!(answer, body),
            // A no says what was wrong, in JSON.
            (true, _) => {
                let json: Value = serde_json::from_slice(&answer).unwrap();
                prop_assert!(json["error"].as_str().is_some_and(|error| error.len() > 5), "{text}");
            }
            (false, _) => prop_assert!(status == 200 || !answer.is_empty()),
        }
    }

    #[test]
    fn any_object_is_echoed_by_any_hook(object in any_object(), space in "[ \t\r\n]{0,2}", hook in prop::sample::select(vec!["everything", "Told", "Unheard"])) {
        let body = spaced(&object, &space).into_bytes();
        prop_assert_eq!(posted(&ROUTERS[0], "POST", hook, body.clone()), (200, body));
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(hook) = Everything::from_bytes(bytes.clone()) {
            touch(&hook);
            prop_assert_eq!(hook.as_bytes(), bytes.as_slice());
        }
    }

    #[test]
    fn no_damaged_json_panics(object in any_object(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = spaced(&object, "").into_bytes();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let read = Everything::from_bytes(bytes.clone());
        // Exactly what serde_json accepts as an object is accepted, short of reading its values.
        let json = std::str::from_utf8(&bytes).ok().and_then(|text| serde_json::from_str::<&RawValue>(text).ok());
        let valid = json.is_some_and(|json| json.get().starts_with('{'));
        prop_assert_eq!(read.is_ok(), valid, "{:?}", read);
        match read {
            Ok(hook) => touch(&hook),
            Err(error) => prop_assert!(error.offset <= bytes.len() && error.line >= 1 && error.column >= 1),
        }
    }

    #[test]
    fn an_echo_is_what_came_in(object in any_object(), space in "[ \t\r\n]{0,2}") {
        let body = spaced(&object, &space);
        let hook = Everything::from_bytes(body.clone()).unwrap();
        touch(&hook);
        let reply = Answer::accept().into_reply(&hook, SENDER);
        prop_assert_eq!(&reply.body[..], body.as_bytes());
    }

    #[test]
    fn accessors_agree_with_serde_json(object in any_object()) {
        let hook = Everything::from_bytes(spaced(&object, " ")).unwrap();
        prop_assert_eq!(hook.text(), object.get("text").and_then(Value::as_str).map(Cow::from));
        prop_assert_eq!(hook.flag(), object.get("flag").and_then(Value::as_bool));
        prop_assert_eq!(hook.large(), object.get("large").and_then(whole));
        prop_assert_eq!(hook.small(), object.get("small").and_then(whole).and_then(|small| i32::try_from(small).ok()));
        prop_assert_eq!(hook.object(), object.get("object").and_then(Value::as_object).cloned());
        let state = match object.get("flag") {
            None => MemberState::Absent,
            Some(Value::Null) => MemberState::Null,
            Some(Value::Bool(_)) => MemberState::Present,
            Some(_) => MemberState::WrongType,
        };
        prop_assert_eq!(hook.member_state("flag"), state);
    }

    #[test]
    fn a_splice_changes_only_what_is_named(object in any_object(), space in "[ \t\r\n]{0,2}", text in any::<String>(), small in any::<i32>()) {
        let hook = Everything::from_bytes(spaced(&object, &space)).unwrap();
        let changes = EverythingOverwrite::unchecked().small(small).text(&text);
        let reply = Answer::overwrite(changes).into_reply(&hook, SENDER);
        let answer = Everything::from_bytes(reply.body.clone()).unwrap();
        prop_assert_eq!(answer.text(), Some(Cow::from(text.as_str())));
        prop_assert_eq!(answer.small(), Some(small));
        for member in Everything::MEMBERS.iter().filter(|member| !["text", "small"].contains(&member.name)) {
            prop_assert_eq!(answer.raw(member.name), hook.raw(member.name));
        }
        let others = |hook: &Everything| hook.unknown_members().map(|(key, text)| (key.into_owned(), text.to_owned())).collect::<Vec<_>>();
        prop_assert_eq!(others(&answer), others(&hook));
        // With the old values put back, the body is the old one, if it had both.
        if let (Some(old_text), Some(old_small)) = (hook.raw("text"), hook.raw("small")) {
            let new = String::from_utf8(reply.body.to_vec()).unwrap();
            prop_assert_eq!(new.len() + old_text.len() + old_small.len(), hook.as_bytes().len() + answer.raw("text").unwrap().len() + answer.raw("small").unwrap().len());
        }
    }

    #[test]
    fn what_is_built_can_be_read(text in any::<String>(), flag in any::<bool>(), small in any::<i32>(), large in any::<i64>(),
        float in any::<f64>().prop_filter("finite", |float| float.is_finite()), texts in prop::collection::vec(any::<String>(), 0..4),
        numbers in prop::collection::btree_map(any::<String>(), any::<i64>(), 0..4), words in prop::collection::vec("[a-z]{1,5}", 0..4),
        unknown in any_value())
    {
        let hook = Everything::builder().text(&text).flag(flag).small(small).large(large).float(float).texts(&texts)
            .numbers(&numbers).words(&words).port(small).member_named("surely unknown", &unknown).unwrap().build();
        touch(&hook);
        prop_assert_eq!(hook.text(), Some(Cow::from(&text)));
        prop_assert_eq!((hook.flag(), hook.small(), hook.large(), hook.float()), (Some(flag), Some(small), Some(large), Some(float)));
        prop_assert_eq!(hook.texts().unwrap(), texts);
        prop_assert_eq!(hook.numbers().unwrap().iter().map(|(key, value)| (key.to_owned(), *value)).collect::<Vec<_>>(), numbers.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(hook.words().unwrap().0, words);
        prop_assert_eq!(hook.port().and_then(|port| port.as_i64()), Some(i64::from(small)));
        prop_assert_eq!(Everything::from_bytes(hook.clone().into_bytes()).unwrap(), hook);
    }

    #[test]
    fn serde_brings_the_values_back(object in any_object()) {
        let hook = Everything::from_bytes(spaced(&object, "")).unwrap();
        let through_value: Everything = serde_json::from_value(serde_json::to_value(&hook).unwrap()).unwrap();
        let values = |hook: &Everything| serde_json::from_slice::<Value>(hook.as_bytes()).unwrap();
        prop_assert_eq!(values(&through_value), values(&hook));
        let through_text: Everything = serde_json::from_str(&serde_json::to_string(&hook).unwrap()).unwrap();
        prop_assert_eq!(values(&through_text), values(&hook));
    }
}
