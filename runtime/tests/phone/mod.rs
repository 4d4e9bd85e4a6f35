//! A contract with everything that can be demanded of a member, and bodies posted to a server of it.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "shared by several tests, which fail by panicking")]

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use wcs_runtime::codegen::*;

wcs_runtime::closed_enum! {
    /// A tone.
    pub enum Tone = "Tone" {
        /// A line is free.
        Free = "FREE",
        /// A line is taken.
        Busy = "BUSY" | "ENGAGED",
    }
}

wcs_runtime::open_enum! {
    /// A kind of line.
    pub enum Line = "Line" {
        /// A wire.
        Land = "LAND" | "land",
        /// None.
        Cell = "CELL",
    }
}

wcs_runtime::record! {
    /// An account.
    pub struct Account = "Account";
    builder: AccountBuilder;
    members {
        /// Whose it is.
        user: Cow<'a, str> = Member::new("user", Kind::String).always();
        /// Its password.
        secret: Cow<'a, str> = Member::new("secret", Kind::String).sensitive();
        /// Its tone.
        tone: Tone = Member::new("tone", Kind::Enum(Tone::DESCRIPTOR));
        /// How often it tries.
        retries: i32 = Member::new("retries", Kind::Int32).limits(&Limits { minimum: Some(0), maximum: Some(9), ..Limits::NONE });
    }
}

wcs_runtime::hook! {
    /// Somebody dials.
    pub struct Dial: direct, forbids;
    about: HookDescriptor::new("dial", "Somebody dials.");
    builder: DialBuilder;
    members {
        /// Where.
        exchange: Cow<'a, str> = Member::new("exchange", Kind::String).context();
        /// In which session.
        session: Cow<'a, str> = Member::new("session", Kind::String).context();
        /// A context that must not be seen.
        ticket: Cow<'a, str> = Member::new("ticket", Kind::String).context().sensitive();
        /// What is dialled.
        number: Cow<'a, str> = Member::new("number", Kind::String).always().overwritable()
            .limits(&Limits { min_length: Some(3), max_length: Some(8), pattern: Some("^[0-9+]+$"), ..Limits::NONE });
        /// Over which line.
        line: Line = Member::new("line", Kind::Enum(Line::DESCRIPTOR)).aliases(&["lineKind"]);
        /// What is heard.
        tone: Tone = Member::new("tone", Kind::Enum(Tone::DESCRIPTOR)).overwritable();
        /// Lines that would do.
        lines: Vec<Line> = Member::new("lines", Kind::Array(&Kind::Enum(Line::DESCRIPTOR)))
            .limits(&Limits { min_items: Some(1), max_items: Some(3), ..Limits::NONE });
        /// Tones that would do.
        tones: List<Tone> = Member::new("tones", Kind::List(&Kind::Enum(Tone::DESCRIPTOR)));
        /// An account.
        account: Account = Member::new("account", Kind::Record(Account::DESCRIPTOR));
        /// Accounts by name.
        accounts: Entries<'a, Account> = Member::new("accounts", Kind::Map(&Kind::Record(Account::DESCRIPTOR))).overwritable();
        /// The same, and nobody's business.
        vault: Entries<'a, Account> = Member::new("vault", Kind::Map(&Kind::Record(Account::DESCRIPTOR))).sensitive();
        /// Seconds to wait.
        ttl: i32 = Member::new("ttl", Kind::Int32).overwritable()
            .limits(&Limits { minimum: Some(0), maximum: Some(3600), ..Limits::NONE });
        /// A large number.
        large: i64 = Member::new("large", Kind::Int64);
        /// A share.
        share: f64 = Member::new("share", Kind::Float).limits(&Limits { minimum: Some(0), maximum: Some(1), ..Limits::NONE });
        /// A port.
        port: StringOrNumber<'a> = Member::new("port", Kind::StringOrNumber);
        /// Yes or no.
        secure: bool = Member::new("secure", Kind::Bool);
        /// Needed on a secure line.
        certificate: Cow<'a, str> = Member::new("certificate", Kind::String).sent_if(&Rule { member: "secure", is: &["true"] });
        /// Of use on a cell line only.
        roaming: bool = Member::new("roaming", Kind::Bool).used_if(&Rule { member: "line", is: &["\"CELL\""] });
        /// Whatever a page passed.
        custom: Object = Member::new("custom", Kind::Object).sensitive();
        /// A password.
        password: Cow<'a, str> = Member::new("password", Kind::String).sensitive().overwritable()
            .limits(&Limits { min_length: Some(8), ..Limits::NONE });
        /// A mood that is nobody's business.
        mood: Line = Member::new("mood", Kind::Enum(Line::DESCRIPTOR)).sensitive();
        /// How media would flow.
        sdp: Cow<'a, str> = Member::new("sdp", Kind::String).sensitive();
    }
    overwrite: DialOverwrite {
        number: Cow<'a, str>;
        tone: Tone;
        accounts: Entries<'a, Account>;
        ttl: i32;
        password: Cow<'a, str>;
    }
}

wcs_runtime::hook! {
    /// It rang.
    pub struct Rang: event, no_effect;
    about: HookDescriptor::new("Rang", "It rang.");
    builder: RangBuilder;
    members {
        /// How often.
        times: i32 = Member::new("times", Kind::Int32).always();
    }
}

pub static CONTRACT: ContractDescriptor = ContractDescriptor {
    name: "phone",
    title: "Phone",
    version: "2.1.0",
    hash: "ab12",
    hooks: &[Dial::DESCRIPTOR, Rang::DESCRIPTOR],
    sender: SenderDescriptor::NEUTRAL,
};

/// Sends a request without a connection: a router with its state is a tower service.
pub async fn ask(router: &Router, method: &str, path: &str, body: impl Into<Body>) -> (u16, String) {
    let (status, body) = ask_bytes(router, method, path, body).await;
    (status, String::from_utf8(body).unwrap())
}

pub async fn ask_bytes(router: &Router, method: &str, path: &str, body: impl Into<Body>) -> (u16, Vec<u8>) {
    let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    let response = router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    (status, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

pub async fn get_json(router: &Router, path: &str) -> serde_json::Value {
    let (status, body) = ask(router, "GET", path, "").await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}
