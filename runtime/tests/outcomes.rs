//! Every type of hook and everything that can become of it, over a real port: status and body.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod door;

use std::fmt;
use std::time::Duration;

use door::{post, start};
use wcs_runtime::codegen::*;
use wcs_runtime::{Answer, HookServer, handlers, wcs_hook};

macro_rules! hooks {
    ($($(#[$about:meta])* $hook:ident $name:literal $kind:ident $deny:ident $builder:ident $overwrite:ident;)*) => {$(
        wcs_runtime::hook! {
            $(#[$about])*
            pub struct $hook: $kind, $deny;
            about: HookDescriptor::new($name, "");
            builder: $builder;
            members {
                /// What is to become of it.
                case: Cow<'a, str> = Member::new("case", Kind::String).always();
                /// A number.
                number: i32 = Member::new("number", Kind::Int32).overwritable();
            }
            overwrite: $overwrite {
                number: i32;
            }
        }
    )*};
}

hooks! {
    /// Opens a session.
    Arrive "arrive" connect forbids ArriveBuilder ArriveOverwrite;
    /// Asks.
    Ask "ask" direct forbids AskBuilder AskOverwrite;
    /// Reports.
    Report "report" event no_effect ReportBuilder ReportOverwrite;
    /// Reports a stream, which a denial ends.
    Alive "alive" event ends_stream AliveBuilder AliveOverwrite;
    /// Brings something.
    Bring "bring" incoming forbids BringBuilder BringOverwrite;
}

static CONTRACT: ContractDescriptor = ContractDescriptor {
    name: "cases",
    title: "Cases",
    version: "1.0.0",
    hash: "",
    hooks: &[Arrive::DESCRIPTOR, Ask::DESCRIPTOR, Report::DESCRIPTOR, Alive::DESCRIPTOR, Bring::DESCRIPTOR],
    sender: SenderDescriptor::NEUTRAL,
};

#[derive(Debug)]
struct Jammed;

impl fmt::Display for Jammed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("secret: the lock is jammed")
    }
}

impl std::error::Error for Jammed {}

/// Goes wrong in the way that the body asks for.
async fn go_wrong(case: &str) -> Result<(), Jammed> {
    match case {
        "error" => Err(Jammed),
        "panic" => panic!("secret: on purpose"),
        "late" => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// A handler that does what the body asks for; the last two words are its yes and its no.
macro_rules! handler {
    ($function:ident $hook:ident $overwrite:ident $yes:ident $($no:ident)?) => {
        #[wcs_hook($hook, overwrites(number), crate = wcs_runtime)]
        async fn $function(hook: $hook) -> Result<Answer<$hook>, Jammed> {
            let case = hook.case().unwrap_or_default();
            go_wrong(&case).await?;
            Ok(match case.as_ref() {
                "overwrite" => Answer::overwrite($overwrite::new().number(7)),
                $("deny" => Answer::$no("no, thanks"),)?
                _ => Answer::$yes(),
            })
        }
    };
}

handler!(arrive Arrive ArriveOverwrite accept deny);
handler!(ask Ask AskOverwrite accept deny);
handler!(report Report ReportOverwrite acknowledge);
handler!(alive Alive AliveOverwrite acknowledge end_stream);
handler!(bring Bring BringOverwrite accept deny);

const DENIED: (u16, &str) = (403, r#"{"error":"no, thanks"}"#);
const FAILED: (u16, &str) = (500, r#"{"error":"the hook could not be handled; the backend's log says why"}"#);
const PANICKED: (u16, &str) = (500, r#"{"error":"the handler of the hook panicked"}"#);
const LATE: &str = r#"{"error":"deadline: the hook was not handled within 250ms"}"#;

#[tokio::test]
async fn every_hook_and_every_outcome() {
    let hooks = HookServer::<()>::new(&CONTRACT).handlers(handlers![arrive, ask, report, alive, bring]).unwrap();
    let hooks = hooks.deadline(Duration::from_millis(250));
    let counters = hooks.counters();
    let server = start(hooks.router()).await;
    // An event can't be denied: such a handler does not compile, so it has no such cell.
    for (hook, denied, late) in [
        ("arrive", Some(DENIED), (403, LATE)),
        ("ask", Some(DENIED), (403, LATE)),
        ("report", None, (504, LATE)),
        ("alive", Some(DENIED), (504, LATE)),
        ("bring", Some(DENIED), (403, LATE)),
    ] {
        let echo = |case: &str, number: i32| format!(r#"{{ "case":"{case}", "other":[1e400],"number": {number} }}"#);
        let cells = [
            ("accept", Some((200, echo("accept", 1)))),
            ("overwrite", Some((200, echo("overwrite", 7)))),
            ("deny", denied.map(|(status, body)| (status, body.to_owned()))),
            ("error", Some((FAILED.0, FAILED.1.to_owned()))),
            ("panic", Some((PANICKED.0, PANICKED.1.to_owned()))),
            ("late", Some((late.0, late.1.to_owned()))),
        ];
        for (case, expected) in cells {
            let Some((status, body)) = expected else { continue };
            let (got, head, text) = post(&server.address, &format!("/{hook}"), &[], &echo(case, 1)).await;
            assert_eq!((got, text), (status, body), "{hook} {case}");
            assert!(head.contains("content-type: application/json\r\n"), "{hook} {case}: {head}");
        }
    }
    assert_eq!((counters.hooks(), counters.failed(), counters.late()), (29, 10, 5));
}

#[wcs_hook(Ask, deadline = "100ms", crate = wcs_runtime)]
async fn hurried(_: Ask) -> Answer<Ask> {
    tokio::time::sleep(Duration::from_secs(60)).await;
    Answer::accept()
}

#[wcs_hook(Report, deadline = "1m", crate = wcs_runtime)]
async fn patient(_: Report) {
    tokio::time::sleep(Duration::from_millis(600)).await;
}

#[tokio::test]
async fn a_handlers_own_deadline_goes_before_the_servers() {
    let hooks = HookServer::<()>::new(&CONTRACT).handlers(handlers![hurried, patient]).unwrap();
    let server = start(hooks.deadline(Duration::from_millis(400)).router()).await;
    let (status, _, text) = post(&server.address, "/ask", &[], "{}").await;
    assert_eq!((status, text.contains("within 100ms")), (403, true), "{text}");
    assert_eq!(post(&server.address, "/report", &[], "{}").await.0, 200);
}
