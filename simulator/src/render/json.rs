//! The trace as JSON, an object a line.

use serde_json::{Value, json};

use crate::judge::{ClientGets, Reception};
use crate::level::Remark;
use crate::load::Outcome;
use crate::trace::{Entry, Exchange};

/// An entry as one object.
#[must_use]
pub fn entry(entry: &Entry) -> Value {
    match entry {
        Entry::Begins { scenario, title, doc } => {
            json!({ "event": "begins", "scenario": scenario, "title": title, "doc": doc })
        }
        Entry::Exchange(exchange) => self::exchange(exchange),
        Entry::Policy { scenario, lines } => json!({ "event": "policy", "scenario": scenario, "hooks": lines }),
        Entry::Skipped { scenario, hook, reason } => {
            json!({ "event": "skipped", "scenario": scenario, "hook": hook, "reason": reason })
        }
        Entry::Restart { scenario } => json!({ "event": "restart", "scenario": scenario }),
        Entry::Ends { scenario, sent, worst } => {
            json!({ "event": "ends", "scenario": scenario, "sent": sent, "worst": worst.map(|level| level.word()) })
        }
    }
}

fn exchange(exchange: &Exchange) -> Value {
    let verdict = &exchange.verdict;
    let (reception, answer) = match &verdict.reception {
        Reception::Accepted(answer) => ("accepted", Some(Value::Object(answer.clone()))),
        Reception::Denied(_) => ("denied", None),
        Reception::WrongStatus(_) => ("wrong_status", None),
        Reception::Unreadable(_) => ("unreadable", None),
        Reception::TimedOut => ("timed_out", None),
        Reception::Failed(_) => ("failed", None),
        Reception::Withheld => ("withheld", None),
    };
    json!({
        "event": "hook",
        "scenario": exchange.scenario,
        "number": exchange.number,
        "at_ms": exchange.at,
        "client_name": exchange.client,
        "hook": exchange.hook,
        "type": exchange.kind.word(),
        "cause": exchange.cause.word(),
        "doc": exchange.doc,
        "trouble": exchange.trouble.map(|trouble| trouble.word()),
        "request": exchange.request,
        "status": exchange.status,
        "reception": reception,
        "answer": answer.or_else(|| exchange.text.clone().map(Value::String)),
        "took_ms": exchange.took.as_secs_f64() * 1000.0,
        "effect": verdict.effect.word(),
        "logged": verdict.logged,
        "client": client(&verdict.client),
        "caller_status": verdict.caller_status,
        "why": verdict.why,
        "seen": exchange.seen,
        "remarks": exchange.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

fn client(gets: &ClientGets) -> Value {
    match gets {
        ClientGets::Nothing => json!({ "gets": "nothing" }),
        ClientGets::Success => json!({ "gets": "success" }),
        ClientGets::Failure => json!({ "gets": "failure" }),
        ClientGets::Error(event) => json!({ "gets": "error", "event": event }),
        ClientGets::DeliveryAndError(members, event) => {
            json!({ "gets": "event_and_error", "members": members, "event": event })
        }
        ClientGets::Delivery(members) => json!({ "gets": "event", "members": members }),
    }
}

fn remark(remark: &Remark) -> Value {
    json!({ "level": remark.level.word(), "code": remark.code, "message": remark.message, "help": remark.help })
}

/// What a load came to, as one object.
#[must_use]
pub fn load(outcome: &Outcome) -> Value {
    let millis = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    let remarks = outcome.remarks.values().map(|(level, count, first)| {
        json!({ "level": level.word(), "code": first.code, "count": count, "example": first.message })
    });
    json!({
        "event": "load",
        "seconds": outcome.took.as_secs_f64(),
        "sent": outcome.sent(),
        "rate": outcome.rate(),
        "plays": outcome.plays,
        "answers": outcome.answers,
        "troubles": outcome.troubles,
        "times_ms": {
            "p50": millis(outcome.permille(500)),
            "p90": millis(outcome.permille(900)),
            "p99": millis(outcome.permille(990)),
            "p99_9": millis(outcome.permille(999)),
            "longest": millis(outcome.longest()),
        },
        "remarks": remarks.collect::<Vec<_>>(),
    })
}
