//! What generated code looks like, and that it behaves. The module below is the text that an emitter writes for a
//! small contract; everything else in this file are tests of it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

/// The generated module: declarations only, one line a member besides its documentation.
mod generated {
    // Everything that a declaration names comes from here; a generated file needs no other import.
    use wcs_runtime::codegen::*;

    // Enums: `= "…"` is the name in the contract. Aliases follow the wire spelling after `|`.
    open_enum! {
        /// What a stream does.
        pub enum StreamStatus = "StreamStatus" {
            /// The stream is being published.
            Publishing = "PUBLISHING" | "publishing",
            /// The stream is being played.
            Playing = "PLAYING",
            /// Something went wrong.
            Failed = "FAILED",
        }
    }

    closed_enum! {
        /// Whether an answer is used.
        pub enum RestPolicy = "RestPolicy" {
            /// The answer is ignored.
            Notify = "NOTIFY",
            /// The hook is not sent.
            Disable = "DISABLE" | "DISABLED",
        }
    }

    // Records: as hooks, without a type, without an `about` and without overwritable members.
    record! {
        /// Whether a track is muted.
        pub struct MutedState = "MutedState";
        builder: MutedStateBuilder;
        members {
            /// Whether it is.
            muted: bool = Member::new("muted", Kind::Bool).always();
        }
    }

    record! {
        /// How the server treats a method.
        pub struct MethodPolicy = "MethodPolicy";
        builder: MethodPolicyBuilder;
        members {
            /// Whether the answer is used.
            rest_policy: RestPolicy = Member::new("restPolicy", Kind::Enum(RestPolicy::DESCRIPTOR));
            /// Members that are taken from the answer.
            rest_overwrite: List<String> = Member::new("restOverwrite", Kind::List(&Kind::String));
            /// A secret of the method.
            secret: Cow<'a, str> = Member::new("secret", Kind::String).sensitive();
        }
    }

    // HookServer. After the name: the type (connect, direct, event, incoming) and what a denial does (forbids, not_useful,
    // no_effect, ends_stream, undocumented). `ends_stream` may stand only on an event.
    //
    // Types of accessors by kind; what borrows from the body does so as `'a`, which the macro declares:
    //   string Cow<'a, str>     bool bool          int32 i32              int64 i64           float f64
    //   object Object           string_or_number StringOrNumber<'a>       array<T> Vec<T>     map<T> Entries<'a, T>
    //   list<T> List<T> (of strings: List<String>)                        record, enum: its name
    //
    // Names that no member may take as an accessor: from_bytes, builder, into_bytes; as a builder's setter also build,
    // member_named; as an overwrite's setter new, member_named. All other behaviour is reached through `Deref<Target = View>`, which an accessor shadows.
    hook! {
        /// A client asks whether it may publish a stream.
        pub struct PublishStream: direct, forbids;
        about: HookDescriptor::new("publishStream", "A client asks whether it may publish a stream.");
        builder: PublishStreamBuilder;
        members {
            /// Name of the stream.
            name: Cow<'a, str> = Member::new("name", Kind::String).always().limits(&Limits { min_length: Some(1), ..Limits::NONE });
            /// Whether the stream is recorded.
            record: bool = Member::new("record", Kind::Bool).usually();
            /// State of the stream.
            status: StreamStatus = Member::new("status", Kind::Enum(StreamStatus::DESCRIPTOR)).aliases(&["streamStatus"]);
            /// State of the audio track.
            audio_state: MutedState = Member::new("audioState", Kind::Record(MutedState::DESCRIPTOR));
            /// What the page passed.
            custom: Object = Member::new("custom", Kind::Object);
            /// When it was created, in milliseconds.
            create_date: i64 = Member::new("createDate", Kind::Int64);
            /// Token of the client.
            auth_token: Cow<'a, str> = Member::new("authToken", Kind::String).sensitive().hidden_from_client();
            /// Codecs that the client offers.
            codecs: Vec<Cow<'a, str>> = Member::new("codecs", Kind::Array(&Kind::String)).used_if(&Rule { member: "record", is: &["true"] });
        }
    }

    // Overwritable members and those that only an answer carries stand again under `overwrite`, with the same type.
    hook! {
        /// A client opens a session.
        pub struct Connect: connect, forbids;
        about: HookDescriptor::new("connect", "A client opens a session.").aliases(&["Connect"]);
        builder: ConnectBuilder;
        members {
            /// Session of the client.
            session_id: Cow<'a, str> = Member::new("sessionId", Kind::String).always();
            /// Login at the telephone server.
            sip_login: Cow<'a, str> = Member::new("sipLogin", Kind::String).overwritable();
            /// Port of the telephone server.
            sip_port: StringOrNumber<'a> = Member::new("sipPort", Kind::StringOrNumber).overwritable();
            /// Policy of the session, by hook.
            rest_client_config: Entries<'a, MethodPolicy> = Member::new("restClientConfig", Kind::Map(&Kind::Record(MethodPolicy::DESCRIPTOR))).answer_only();
        }
        overwrite: ConnectOverwrite {
            sip_login: Cow<'a, str>;
            sip_port: StringOrNumber<'a>;
            rest_client_config: Entries<'a, MethodPolicy>;
        }
    }

    // Only for the opening hook, and only if the sender has a session policy.
    impl CarriesPolicy for Connect {
        const POLICY: &'static PolicyDescriptor = &POLICY;
    }

    hook! {
        /// A stream is still alive.
        pub struct StreamKeepAliveEvent: event, ends_stream;
        about: HookDescriptor::new("StreamKeepAliveEvent", "A stream is still alive.").requires(&["keep_alive_streaming_sessions_enabled"]);
        builder: StreamKeepAliveEventBuilder;
        members {
            /// Name of the stream.
            name: Cow<'a, str> = Member::new("name", Kind::String).always();
            /// The kind of thing. A Rust keyword is written raw.
            r#type: Cow<'a, str> = Member::new("type", Kind::String);
        }
    }

    static POLICY: PolicyDescriptor = PolicyDescriptor {
        member: "restClientConfig",
        on_error: ErrorWords { member: "restOnError", fail: "FAIL", log: "LOG", default: "LOG" },
        policy: AnswerWords {
            member: "restPolicy",
            notify: "NOTIFY",
            overwrite: "OVERWRITE",
            disable: "DISABLE",
            default: "NOTIFY",
        },
        overwrite: "restOverwrite",
        request_exclude: "restExclude",
        client_exclude: "clientExclude",
    };

    /// The contract.
    #[must_use]
    #[allow(unreachable_pub, reason = "in a crate of its own it is reachable")]
    pub fn contract() -> &'static ContractDescriptor {
        &CONTRACT
    }

    static CONTRACT: ContractDescriptor = ContractDescriptor {
        name: "sample",
        title: "A sample of a contract",
        version: "1.0.0",
        hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        hooks: &[Connect::DESCRIPTOR, PublishStream::DESCRIPTOR, StreamKeepAliveEvent::DESCRIPTOR],
        sender: SenderDescriptor {
            name: "Sample server",
            base_paths: &["/apps/EchoApp", "/EchoApp"],
            timeout_seconds: 15,
            accept_status: 200,
            deny_status: 403,
            content_type: "application/json",
            signature: Some(SignatureDescriptor {
                header: "Authorization",
                prefix: "WCS ",
                digest: Digest::HmacMd5,
                reject_status: 403,
                requires: &[],
            }),
            policy: Some(&POLICY),
            settings: &[SettingDescriptor {
                name: "keep_alive_streaming_sessions_enabled",
                value: "true",
                doc: "Makes the server ask whether streams may go on.",
            }],
            commands: &[CommandDescriptor {
                name: "add_hook",
                template: "add app-rest-method {app} {hook}",
                run: CommandRun::EachHook,
            }],
        },
    };
}

use std::borrow::Cow;
use std::collections::BTreeMap;

use generated::*;
use wcs_runtime::descriptor::{DenyEffect, HookType};
use wcs_runtime::{Answer, AnswerUse, Entries, HookPolicy, MemberState, OnError, SessionPolicy, StringOrNumber};

const BODY: &str = r#"{ "name":"caf\u00e9", "record":true,"streamStatus":"RESIZED", "audioState":{"muted":true,"by":"me"},
 "custom":{"n":1e400,"a":[1,2]}, "createDate":1664260776957,"authToken":"s3cret", "codecs":["a\/b","opus"],"x\u0079":[{}], "name2":null }"#;

fn published() -> PublishStream {
    PublishStream::from_bytes(BODY).unwrap()
}

#[test]
fn accessors_read_what_stands_there() {
    let hook = published();
    assert_eq!(hook.name().as_deref(), Some("café"));
    assert_eq!(hook.record(), Some(true));
    assert_eq!(hook.status(), Some(StreamStatus::Other("RESIZED".into())));
    assert_eq!(hook.audio_state().and_then(|state| state.muted()), Some(true));
    assert_eq!(hook.audio_state().unwrap().raw("by"), Some("\"me\""));
    assert_eq!(hook.create_date(), Some(1_664_260_776_957));
    assert_eq!(hook.codecs(), Some(vec![Cow::from("a/b"), Cow::from("opus")]));
    assert_eq!(hook.custom(), None, "1e400 is no number in Rust");
    assert_eq!(hook.raw("custom"), Some(r#"{"n":1e400,"a":[1,2]}"#));
    assert_eq!(hook.as_bytes(), BODY.as_bytes());
    let unknown: Vec<_> = hook.unknown_members().collect();
    assert_eq!(unknown, [(Cow::from("xy"), "[{}]"), (Cow::from("name2"), "null")]);
    assert_eq!(hook.unknown_count(), 2);
}

#[test]
fn states_tell_absent_null_and_unreadable_apart() {
    let hook = PublishStream::from_bytes(r#"{"name":"\ud800","record":null,"createDate":1.5,"status":"x"}"#).unwrap();
    assert_eq!(hook.member_state("name"), MemberState::WrongType);
    assert_eq!(hook.member_state("record"), MemberState::Null);
    assert_eq!(hook.member_state("createDate"), MemberState::WrongType);
    assert_eq!(hook.member_state("streamStatus"), MemberState::Present);
    assert_eq!(hook.member_state("codecs"), MemberState::Absent);
    assert_eq!((hook.name(), hook.record(), hook.create_date()), (None, None, None));
    assert_eq!(hook.raw("name"), Some(r#""\ud800""#));
}

#[test]
fn free_objects_can_be_read_as_a_type_of_ones_own() {
    #[derive(serde::Deserialize, PartialEq, Debug)]
    struct Mine {
        token: String,
    }
    let hook = PublishStream::from_bytes(r#"{"custom":{"token":"t"}}"#).unwrap();
    assert_eq!(hook.read_as::<Mine>("custom").unwrap(), Some(Mine { token: "t".into() }));
    assert_eq!(hook.read_as::<Mine>("audioState").unwrap(), None);
    assert!(hook.read_as::<Vec<u8>>("custom").is_err());
}

#[test]
fn debug_hides_what_is_sensitive_or_unknown() {
    let shown = format!("{:?}", published());
    assert!(shown.starts_with("PublishStream { name: \"caf"), "{shown}");
    assert!(shown.contains("authToken: <hidden>") && !shown.contains("s3cret"), "{shown}");
    assert!(shown.contains("xy: <unknown array>") && shown.contains("by: <unknown string>"), "{shown}");
    let config =
        r#"{"restClientConfig":{"call":{"secret":"s3cret","restPolicy":"DISABLED"}},"sipLogin":{"p":"s3cret"}}"#;
    let shown = format!("{:?}", Connect::from_bytes(config).unwrap());
    assert!(!shown.contains("s3cret") && shown.contains("DISABLED"), "{shown}");
    assert!(shown.contains("sipLogin: <unexpected object>"), "{shown}");
}

#[test]
fn a_builder_writes_in_the_order_of_the_contract() {
    let hook = PublishStream::builder()
        .codecs(["opus", "vp8"])
        .audio_state(MutedState::builder().muted(false).build())
        .status(StreamStatus::Publishing)
        .record(false)
        .name("a\"b")
        .create_date(7_i64)
        .member_named("extra", &[1, 2])
        .unwrap()
        .build();
    let body = r#"{"name":"a\"b","record":false,"status":"PUBLISHING","audioState":{"muted":false},"createDate":7,"codecs":["opus","vp8"],"extra":[1,2]}"#;
    assert_eq!(std::str::from_utf8(hook.as_bytes()), Ok(body));
    assert_eq!(hook.name().as_deref(), Some("a\"b"));
    assert_eq!(hook, PublishStream::from_bytes(body).unwrap());
    assert_eq!(hook.unknown_count(), 1);
}

#[test]
fn serde_carries_the_values_and_the_unknown() {
    let body = r#"{ "name":"x","n":-0,"big":18446744073709551615,"f":1.5,"o":{"b":[null,true]} }"#;
    let hook = PublishStream::from_bytes(body).unwrap();
    let json = serde_json::to_string(&hook).unwrap();
    assert_eq!(json, r#"{"name":"x","n":-0.0,"big":18446744073709551615,"f":1.5,"o":{"b":[null,true]}}"#);
    let value = serde_json::to_value(&hook).unwrap();
    let back: PublishStream = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&back).unwrap(), value);
    let status: Vec<StreamStatus> = serde_json::from_str(r#"["publishing","NEW"]"#).unwrap();
    assert_eq!(serde_json::to_string(&status).unwrap(), r#"["PUBLISHING","NEW"]"#);
    assert!(
        serde_json::from_str::<RestPolicy>("\"NEW\"").unwrap_err().to_string().contains("expected one of `NOTIFY`")
    );
    assert!(serde_json::from_str::<PublishStream>("[1]").is_err());
}

#[test]
fn an_unchanged_answer_is_the_same_bytes() {
    let hook = published();
    let reply = Answer::accept().into_reply(&hook, &contract().sender);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.body.as_ptr(), hook.as_bytes().as_ptr());
}

#[test]
fn a_denied_session_may_have_a_status_of_its_own() {
    let hook = Connect::from_bytes("{}").unwrap();
    for (given, sent) in [(401, 401), (599, 599), (200, 403), (302, 403), (0, 403)] {
        let answer = Answer::deny_with_status(given, "no ticket");
        assert!(answer.is_denial(), "{given}");
        let reply = answer.into_reply(&hook, &contract().sender);
        assert_eq!((reply.status, &reply.body[..]), (sent, &br#"{"error":"no ticket"}"#[..]), "{given}");
    }
}

#[test]
fn an_overwritten_answer_changes_nothing_else() {
    let changes = || ConnectOverwrite::unchecked().sip_port(5060).sip_login("l");
    for (body, answer) in [
        (r#"{ "sipPort" : "x" , "u":[ 1 ],"sipLogin":"a" }"#, r#"{ "sipPort" : 5060 , "u":[ 1 ],"sipLogin":"l" }"#),
        (r#"{"sipLogin":"a", "sipLogin":"b"}"#, r#"{"sipLogin":"a", "sipLogin":"l","sipPort":5060}"#),
        ("{}", r#"{"sipPort":5060,"sipLogin":"l"}"#),
        ("\u{feff}{ }\n", "\u{feff}{\"sipPort\":5060,\"sipLogin\":\"l\" }\n"),
    ] {
        let hook = Connect::from_bytes(body).unwrap();
        let reply = Answer::overwrite(changes()).into_reply(&hook, &contract().sender);
        assert_eq!(std::str::from_utf8(&reply.body), Ok(answer), "{body}");
    }
}

#[test]
fn an_answer_may_replace_and_add_what_the_contract_does_not_know() {
    let hook = Connect::from_bytes(r#"{"x" : [1, 2],"x":{}, "sessionId":"s"}"#).unwrap();
    let changes =
        ConnectOverwrite::unchecked().member_named("x", &true).unwrap().member_named("new \"one\"", &1.5).unwrap();
    let reply = Answer::overwrite(changes).into_reply(&hook, &contract().sender);
    let answer = r#"{"x" : [1, 2],"x":true, "sessionId":"s","new \"one\"":1.5}"#;
    assert_eq!(std::str::from_utf8(&reply.body), Ok(answer));
}

#[test]
fn a_connect_answer_carries_a_policy() {
    let policy = SessionPolicy::new()
        .with(StreamKeepAliveEvent::DESCRIPTOR, HookPolicy::new().on_error(OnError::Fail).without(["sdp", "x"]))
        .with_named("call", HookPolicy::new().answer(AnswerUse::Overwrite(vec!["callee".into()])));
    let hook = Connect::from_bytes("{}").unwrap();
    let reply = Answer::accept().with_policy(&policy).into_reply(&hook, &contract().sender);
    let answer = Connect::from_bytes(reply.body).unwrap();
    assert_eq!(
        answer.raw("restClientConfig"),
        Some(concat!(
            r#"{"StreamKeepAliveEvent":{"restOnError":"FAIL","restExclude":"sdp,x"},"#,
            r#""call":{"restPolicy":"OVERWRITE","restOverwrite":"callee"}}"#
        ))
    );
    let config = answer.rest_client_config().unwrap();
    let call = config.get("call").unwrap();
    assert_eq!(
        call.member_state("restPolicy"),
        MemberState::WrongType,
        "`OVERWRITE` is not in the closed list of the sample"
    );
    assert_eq!(call.rest_overwrite().unwrap().0, ["callee"]);
}

#[test]
fn maps_lists_and_either_types_are_read_and_written() {
    let policy = MethodPolicy::builder().rest_policy(RestPolicy::Disable).rest_overwrite(["a", "b"]).build();
    let config = BTreeMap::from([("call", policy.clone())]);
    let answer = Connect::builder().rest_client_config(config).sip_port("5060").build();
    let config: Entries<'_, MethodPolicy> = answer.rest_client_config().unwrap();
    assert_eq!(config.get("call"), Some(&policy));
    assert_eq!(config.get("call").unwrap().rest_overwrite().unwrap().0, ["a", "b"]);
    assert_eq!(answer.sip_port().and_then(|port| port.as_i64()), Some(5060));
    assert_eq!(answer.sip_port(), Some(StringOrNumber::Text("5060".into())));
}

#[test]
fn answers_are_typed_by_the_hook() {
    let event = StreamKeepAliveEvent::from_bytes(r#"{"type":"t"}"#).unwrap();
    assert_eq!(event.r#type().as_deref(), Some("t"));
    let reply = Answer::end_stream("paid \"up\" to here").into_reply(&event, &contract().sender);
    assert_eq!((reply.status, &reply.body[..]), (403, br#"{"error":"paid \"up\" to here"}"#.as_slice()));
    assert!(Answer::<Connect>::deny("no").is_denial());
    assert!(!Answer::<StreamKeepAliveEvent>::acknowledge().is_denial());
}

#[test]
fn descriptors_say_what_was_declared() {
    assert_eq!(contract().hook("Connect").map(|hook| hook.name), Some("connect"));
    assert_eq!(PublishStream::DESCRIPTOR.kind, HookType::Direct);
    assert_eq!(StreamKeepAliveEvent::DESCRIPTOR.deny, DenyEffect::EndsStream);
    assert_eq!(PublishStream::DESCRIPTOR.members.len(), 8);
    assert!(PublishStream::MEMBERS[6].sensitive);
}
