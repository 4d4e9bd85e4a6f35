//! The policy of a session: computed from what handlers declare, changed by the author, put into the answer.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod findings;
mod log;

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use log::Log;
use tower::ServiceExt as _;
use wcs_runtime::codegen::*;
use wcs_runtime::descriptor::HookDescriptor;
use wcs_runtime::policy::{UnhandledHooks, compute};
use wcs_runtime::server::report::{Level, report};
use wcs_runtime::server::{Declared, OnErrorChoice, Unhandled};
use wcs_runtime::{
    Answer, AnswerUse, Context, HandlerError, HookPolicy, HookServer, OnError, SessionPolicy, handlers, wcs_hook,
};

macro_rules! hooks {
    ($($(#[$doc:meta])* $Name:ident $Builder:ident $wire:literal $kind:ident $deny:ident { $($member:tt)* })*) => {$(
        wcs_runtime::hook! {
            $(#[$doc])*
            pub struct $Name: $kind, $deny;
            about: HookDescriptor::new($wire, "A hook.").requires(if matches!($wire.as_bytes(), b"stillThere") { &["ask_often"] } else { &[] });
            builder: $Builder;
            members { $($member)* }
        }
    )*};
}

hooks! {
    /// Opens a session.
    Enter EnterBuilder "enter" connect forbids {
        /// Who.
        who: Cow<'a, str> = Member::new("who", Kind::String).overwritable();
        /// With which word.
        pass_word: Cow<'a, str> = Member::new("passWord", Kind::String).sensitive().withheld_from_client();
    }
    /// Asks.
    Open OpenBuilder "open" direct forbids {
        /// Which door.
        door: Cow<'a, str> = Member::new("door", Kind::String).overwritable();
        /// For how long.
        seconds: i32 = Member::new("seconds", Kind::Int32).overwritable();
        /// Something long.
        plan: Cow<'a, str> = Member::new("plan", Kind::String);
    }
    /// Asks without need.
    Leave LeaveBuilder "leave" direct not_useful {}
    /// Asks, and nobody knows what a no does.
    Knock KnockBuilder "knock" direct undocumented {}
    /// Comes from the far side.
    Ring RingBuilder "ring" incoming forbids {}
    /// Reports.
    Opened OpenedBuilder "Opened" event no_effect {
        /// Which door.
        door: Cow<'a, str> = Member::new("door", Kind::String).overwritable();
        /// With which word.
        pass_word: Cow<'a, str> = Member::new("passWord", Kind::String).sensitive().withheld_from_client();
    }
    /// Reports, and a no ends it.
    StillThere StillThereBuilder "stillThere" event ends_stream {}
}

static WORDS: PolicyDescriptor = PolicyDescriptor {
    member: "rules",
    on_error: ErrorWords { member: "ifNo", fail: "STOP", log: "GO", default: "GO" },
    policy: AnswerWords { member: "use", notify: "TELL", overwrite: "TAKE", disable: "MUTE", default: "TELL" },
    overwrite: "take",
    request_exclude: "notUs",
    client_exclude: "notThem",
};

impl CarriesPolicy for Enter {
    const POLICY: &'static PolicyDescriptor = &WORDS;
}

static HOUSE: ContractDescriptor = ContractDescriptor {
    name: "house",
    title: "House",
    version: "1.0.0",
    hash: "",
    hooks: &[
        Enter::DESCRIPTOR,
        Open::DESCRIPTOR,
        Leave::DESCRIPTOR,
        Knock::DESCRIPTOR,
        Ring::DESCRIPTOR,
        Opened::DESCRIPTOR,
        StillThere::DESCRIPTOR,
    ],
    sender: SenderDescriptor {
        policy: Some(&WORDS),
        timeout_seconds: 5,
        settings: &[
            SettingDescriptor { name: "ask_often", value: "{key}", doc: "Asks often." },
            SettingDescriptor { name: "color", value: "red", doc: "Paints." },
        ],
        commands: &[
            CommandDescriptor { name: "add", template: "add {app} {key} {url}", run: CommandRun::Once },
            CommandDescriptor { name: "set", template: "set {app} {url}", run: CommandRun::Existing },
            CommandDescriptor { name: "send", template: "send {hook} to {app}", run: CommandRun::EachHook },
            CommandDescriptor { name: "look", template: "look", run: CommandRun::Inspect },
        ],
        ..SenderDescriptor::NEUTRAL
    },
};

/// What every session's policy has in this house: the secrets are kept from the client.
const SECRETS: &str = r#"{"enter":{"notThem":"passWord"},"Opened":{"notThem":"passWord"}}"#;

fn declared(hook: &'static HookDescriptor, options: &str) -> Declared {
    let mut declared = Declared::new(hook, "house::handler");
    for option in options.split_whitespace() {
        match option {
            "log" => declared.on_error = OnErrorChoice::Log,
            "fail" => declared.on_error = OnErrorChoice::Fail,
            "take" => declared.overwrites = &["door", "seconds"],
            "without" => declared.exclude = &["plan", "door"],
            "slow" => declared.deadline = Some(Duration::from_secs(5)),
            other => unreachable!("no option of this table: {other}"),
        }
    }
    declared
}

/// The policy's entry for the only handled hook, as JSON; empty if there is none.
fn entry(hook: &'static HookDescriptor, options: &str) -> String {
    let policy = compute(&HOUSE, &[&declared(hook, options)], UnhandledHooks::Sent);
    policy.to_json(&WORDS).get(hook.name).map(ToString::to_string).unwrap_or_default()
}

#[test]
fn each_type_of_hook_with_each_option() {
    const STOP: &str = r#"{"ifNo":"STOP"}"#;
    const TAKE: &str = r#""use":"TAKE","take":"door,seconds""#;
    let stop_and_take = format!(r#"{{"ifNo":"STOP",{TAKE}}}"#);
    let take = format!("{{{TAKE}}}");
    let secret = r#"{"notThem":"passWord"}"#;
    let event_stop = r#"{"ifNo":"STOP","notThem":"passWord"}"#.to_owned();
    let event_take = format!(r#"{{{TAKE},"notThem":"passWord"}}"#);
    let all = r#"{"ifNo":"STOP","use":"TAKE","take":"door,seconds","notUs":"plan,door"}"#;
    let without = |before: &str| format!(r#"{{{before}"notUs":"plan,door"}}"#);
    let stop_without = without(r#""ifNo":"STOP","#);
    let asks = [Open::DESCRIPTOR, Leave::DESCRIPTOR, Knock::DESCRIPTOR, Ring::DESCRIPTOR, StillThere::DESCRIPTOR];
    for hook in asks {
        let table = [
            ("", STOP),
            ("fail", STOP),
            ("log", ""),
            ("take", stop_and_take.as_str()),
            ("take log", take.as_str()),
            ("without", stop_without.as_str()),
            ("without log", r#"{"notUs":"plan,door"}"#),
            ("take without fail", all),
            ("slow", STOP),
        ];
        for (options, expected) in table {
            assert_eq!(entry(hook, options), expected, "{} {options:?}", hook.name);
        }
    }
    let event = [("", secret), ("log", secret), ("fail", event_stop.as_str()), ("take", event_take.as_str())];
    for (options, expected) in event {
        assert_eq!(entry(Opened::DESCRIPTOR, options), expected, "event {options:?}");
    }
    for options in ["", "log", "fail", "take", "without"] {
        assert_eq!(entry(Enter::DESCRIPTOR, options), secret, "its own answer always counts: {options:?}");
    }
}

#[test]
fn hooks_without_a_handler() {
    let with = |unhandled| compute(&HOUSE, &[&declared(Open::DESCRIPTOR, "")], unhandled).to_json(&WORDS).to_string();
    assert_eq!(
        with(UnhandledHooks::Sent),
        r#"{"enter":{"notThem":"passWord"},"open":{"ifNo":"STOP"},"Opened":{"notThem":"passWord"}}"#
    );
    assert_eq!(
        with(UnhandledHooks::Disabled),
        concat!(
            r#"{"enter":{"notThem":"passWord"},"open":{"ifNo":"STOP"},"leave":{"use":"MUTE"},"knock":{"use":"MUTE"},"#,
            r#""ring":{"use":"MUTE"},"Opened":{"use":"MUTE","notThem":"passWord"},"stillThere":{"use":"MUTE"}}"#
        )
    );
    let refused = with(UnhandledHooks::Refused);
    assert_eq!(refused.matches(r#""ifNo":"STOP""#).count(), 5, "what asks is stopped, what reports is not: {refused}");
}

#[test]
fn words_that_are_the_senders_defaults_are_not_said() {
    static STRICT: PolicyDescriptor =
        PolicyDescriptor { on_error: ErrorWords { member: "ifNo", fail: "STOP", log: "GO", default: "STOP" }, ..WORDS };
    let strict = ContractDescriptor {
        name: "strict",
        hooks: HOUSE.hooks,
        title: "",
        version: "",
        hash: "",
        sender: SenderDescriptor { policy: Some(&STRICT), ..SenderDescriptor::NEUTRAL },
    };
    let policy = |options| compute(&strict, &[&declared(Open::DESCRIPTOR, options)], UnhandledHooks::Sent);
    assert_eq!(policy("").of("open"), None);
    assert_eq!(policy("log").of("open"), Some(&HookPolicy::new().on_error(OnError::Log)));
    let without = ContractDescriptor { sender: SenderDescriptor::NEUTRAL, ..strict };
    assert!(compute(&without, &[&declared(Open::DESCRIPTOR, "")], UnhandledHooks::Disabled).is_empty());
}

#[wcs_hook(Enter)]
async fn enter(hook: Enter) -> Answer<Enter> {
    let own = SessionPolicy::new()
        .with(Ring::DESCRIPTOR, HookPolicy::new().answer(AnswerUse::Disable))
        .with(Opened::DESCRIPTOR, HookPolicy::new().on_error(OnError::Fail).hide_from_client(["door"]));
    match hook.who().as_deref() {
        Some("nobody") => Answer::deny("nobody gets in"),
        Some("own") => Answer::accept().with_policy(&own),
        Some("lenient") => {
            let lenient = HookPolicy::new().on_error(OnError::Log);
            Answer::accept().with_policy(&SessionPolicy::new().with(Open::DESCRIPTOR, lenient))
        }
        _ => Answer::accept(),
    }
}

#[wcs_hook(Open)]
async fn open(_hook: Open) -> Answer<Open> {
    Answer::deny("closed")
}

#[wcs_hook(StillThere)]
async fn still_there(_hook: StillThere) -> Answer<StillThere> {
    Answer::end_stream("enough")
}

async fn post(router: &axum::Router, hook: &str, body: &str) -> (u16, String) {
    let request = Request::post(format!("/{hook}")).header("content-type", "application/json");
    let response = router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn an_accepted_answer_carries_it_and_keeps_every_byte() {
    let without = HookServer::<()>::new(&HOUSE).handlers(handlers![open]).unwrap().router();
    let with = HookServer::<()>::new(&HOUSE).handlers(handlers![enter, open]).unwrap().router();
    let rules = r#""rules":{"enter":{"notThem":"passWord"},"open":{"ifNo":"STOP"},"Opened":{"notThem":"passWord"}}"#;
    let table = [
        ("{}".to_owned(), format!("{{{rules}}}")),
        ("{ }".to_owned(), format!("{{{rules} }}")),
        (r#"{"who":"x"}"#.to_owned(), format!(r#"{{"who":"x",{rules}}}"#)),
        (
            "{\n  \"who\" : \"\\u00e9\\/\",\n  \"new\": [1e400, -0, 12345678901234567890]\n}\n".to_owned(),
            format!("{{\n  \"who\" : \"\\u00e9\\/\",\n  \"new\": [1e400, -0, 12345678901234567890],{rules}\n}}\n"),
        ),
        // What came is not the handler's word, so it gives no rights.
        (r#"{"rules":{"open":{"ifNo":"GO"}},"who":"x"}"#.to_owned(), format!(r#"{{{rules},"who":"x"}}"#)),
    ];
    for (body, expected) in table {
        for router in [&with, &without] {
            assert_eq!(post(router, "enter", &body).await, (200, expected.clone()), "{body}");
        }
    }
    let (status, body) = post(&with, "enter", r#"{"who":"nobody"}"#).await;
    assert_eq!((status, body.contains("rules")), (403, false), "a denial has no session");
    let (_, body) = post(&with, "Opened", r#"{"door":"x"}"#).await;
    assert_eq!(body, r#"{"door":"x"}"#, "no other hook carries it");
}

#[tokio::test]
async fn a_handlers_own_policy_is_laid_over_the_computed_one() {
    let router = HookServer::<()>::new(&HOUSE).handlers(handlers![enter, open]).unwrap().router();
    let (_, body) = post(&router, "enter", r#"{"who":"own"}"#).await;
    let rules = concat!(
        r#""rules":{"enter":{"notThem":"passWord"},"open":{"ifNo":"STOP"},"#,
        r#""Opened":{"notThem":"passWord,door","ifNo":"STOP"},"ring":{"use":"MUTE"}}"#
    );
    assert_eq!(body, format!(r#"{{"who":"own",{rules}}}"#));
}

#[tokio::test]
async fn nothing_is_added_where_there_is_nothing_to_say() {
    static PLAIN: ContractDescriptor = ContractDescriptor {
        name: "plain",
        title: "",
        version: "",
        hash: "",
        hooks: &[Enter::DESCRIPTOR, Open::DESCRIPTOR],
        sender: SenderDescriptor { policy: None, ..SenderDescriptor::NEUTRAL },
    };
    let plain = HookServer::new(&PLAIN).handlers(handlers![open]).unwrap().router();
    assert_eq!(post(&plain, "enter", r#"{"who":"x"}"#).await.1, r#"{"who":"x"}"#);
    let nothing = HookServer::<()>::new(&HOUSE).policy(|_| SessionPolicy::new()).router();
    assert_eq!(post(&nothing, "enter", r#"{"rules":7}"#).await.1, r#"{"rules":7}"#);
    let secrets = HookServer::<()>::new(&HOUSE);
    assert_eq!(secrets.session_policy().to_json(&WORDS).to_string(), SECRETS);
}

#[tokio::test]
async fn a_denial_that_is_only_logged_is_counted_and_logged() {
    let server = HookServer::<()>::new(&HOUSE)
        .handlers(handlers![open, still_there])
        .unwrap()
        .policy(|policy| policy.change(Open::DESCRIPTOR, |entry| entry.on_error(OnError::Log)));
    let counters = server.counters();
    let router = server.router();
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    assert_eq!(post(&router, "open", "{}").await.0, 403);
    assert_eq!(post(&router, "stillThere", "{}").await.0, 403, "this one is obeyed");
    drop(guard);
    assert_eq!(counters.ineffective_denials(), 1);
    let warned: Vec<String> = log.lines().into_iter().filter(|line| line.contains("only logs")).collect();
    assert!(warned.len() == 1 && warned[0].contains("open"), "{warned:?}");
}

#[tokio::test]
async fn a_session_whose_own_policy_disarms_a_handler_is_warned_of_once() {
    let router = HookServer::<()>::new(&HOUSE).handlers(handlers![enter, open]).unwrap().router();
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    post(&router, "enter", r#"{"who":"own"}"#).await;
    assert!(!log.lines().iter().any(|line| line.contains("ineffective")), "{:?}", log.lines());
    for _ in 0..2 {
        let (_, body) = post(&router, "enter", r#"{"who":"lenient"}"#).await;
        assert!(body.contains(r#""open":{"ifNo":"GO"}"#), "{body}");
    }
    drop(guard);
    assert_eq!(log.lines().iter().filter(|line| line.contains("ineffective")).count(), 1, "{:?}", log.lines());
}

#[test]
fn refusing_what_is_not_handled_stops_it_and_says_that_nobody_gets_in() {
    let server = HookServer::<()>::new(&HOUSE).unhandled(Unhandled::Refuse);
    assert_eq!(server.report().findings[0].code, "sessions-refused");
    let entry = server.session_policy().of("ring").cloned();
    assert_eq!(entry, Some(HookPolicy::new().on_error(OnError::Fail)));
}

#[test]
fn the_operator_gets_commands_for_exactly_the_handled_hooks() {
    use wcs_runtime::server::operator::{Application, Registration};

    let server = HookServer::<()>::new(&HOUSE).handlers(handlers![still_there]).unwrap();
    let operator = server.operator("main", "k1", "http://b/x").unwrap();
    assert_eq!(operator.commands, ["add main k1 http://b/x", "send enter to main", "send stillThere to main"]);
    assert_eq!(
        operator.to_string(),
        "# Console of the sender\nadd main k1 http://b/x\nsend enter to main\nsend stillThere to main\n\n\
         # Configuration of the sender\n# Asks often.\nask_often=k1\n"
    );
    let existing = Registration { app: "main", key: "k1", url: "http://b/x", application: Application::Existing };
    assert_eq!(server.operator_of(existing).unwrap().commands[0], "set main http://b/x");
    for (app, key, url) in [("two words", "k", "u"), ("a", "", "u"), ("a", "k", "u\nremove app a")] {
        let error = server.operator(app, key, url).unwrap_err().to_string();
        assert!(error.contains("white space"), "{error}");
    }
}

#[test]
fn two_handlers_for_one_hook_are_named() {
    let error = HookServer::<()>::new(&HOUSE).handlers(handlers![open, enter, open]).err().unwrap().to_string();
    assert!(error.contains("`open`") && error.matches("open").count() >= 3, "{error}");
}

wcs_runtime::hooks! {
    /// The hooks of the house that its doorman knows.
    pub trait HouseHooks {
        /// Asks.
        open: Open;
        /// Reports.
        opened: Opened;
        /// Comes from the far side.
        ring: Ring;
    }
}

struct Doorman;

#[wcs_hook]
impl HouseHooks for Doorman {
    #[hook(exclude(plan))]
    async fn open(&self, _hook: Open, _cx: &Context) -> Result<Answer<Open>, HandlerError> {
        Ok(Answer::deny("not by me"))
    }

    #[hook(on_error = log)]
    async fn ring(&self, _hook: Ring, _cx: &Context) -> Result<Answer<Ring>, HandlerError> {
        Ok(Answer::accept())
    }
}

#[tokio::test]
async fn methods_of_a_backend_are_handlers_too() {
    let server = HookServer::<()>::new(&HOUSE).backend(Doorman).unwrap();
    let policy = server.session_policy().to_json(&WORDS);
    assert_eq!(policy["open"].to_string(), r#"{"ifNo":"STOP","notUs":"plan"}"#);
    assert_eq!(policy.get("ring"), None, "as its method asks");
    let report = server.report();
    let handled: Vec<&str> = report.hooks.iter().map(|hook| hook.hook).collect();
    assert_eq!(handled, ["open", "ring"], "what is not written is not handled");
    let router = server.router();
    assert_eq!(post(&router, "open", "{}").await.0, 403);
    assert_eq!(post(&router, "Opened", "{}").await, (200, "{}".to_owned()));
    let twice = HookServer::<()>::new(&HOUSE).handlers(handlers![open]).unwrap().backend(Doorman);
    let error = twice.err().unwrap().to_string();
    assert!(error.contains("policy::open") && error.contains("Doorman"), "{error}");
}

#[tokio::test]
async fn the_status_of_errors_can_be_chosen() {
    #[wcs_hook(Ring)]
    async fn ring(_hook: Ring) -> Result<Answer<Ring>, std::num::ParseIntError> {
        "x".parse::<u8>()?;
        Ok(Answer::accept())
    }
    assert!(HookServer::<()>::new(&HOUSE).error_status(200).is_err());
    let router = HookServer::<()>::new(&HOUSE).handlers(handlers![ring]).unwrap().error_status(503).unwrap().router();
    let (status, body) = post(&router, "ring", "{}").await;
    assert_eq!((status, body.contains("digit")), (503, false), "{body}");
}
