//! A page with a sequence diagram for each scenario, and all bodies. It needs no other file and no network.

use std::fmt::Write as _;

use serde_json::Value;
use wcs_contract::model::{Cause, Contract};

use super::text;
use crate::judge::{ClientGets, Effect, Reception};
use crate::level::Level;
use crate::render::redact::redacted;
use crate::trace::{Entry, Exchange};

/// The page. Members that the contract calls sensitive are hidden.
#[must_use]
pub fn page(contract: &Contract, entries: &[Entry]) -> String {
    let mut body = String::new();
    for play in plays(entries) {
        section(contract, play, &mut body);
    }
    let title = format!("{}: what was played", contract.title.value);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0}</title>\n\
         <style>{STYLE}</style>\n<h1>{0}</h1>\n{1}\n{body}</html>\n",
        escaped(&title),
        contents(entries),
    )
}

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1d2330; --soft: #667085; --line: #c6ccd8; --good: #14803c; --warn: #a15c00; --bad: #b42318; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #98a2b3; --line: #475467; --good: #47cd89; --warn: #fdb022; --bad: #f97066; --paper: #12151c; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .soft { fill: var(--soft); } svg line { stroke: var(--line); } svg .arrow { stroke: var(--ink); }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
svg .good { stroke: var(--good); } svg .warn { stroke: var(--warn); } svg .bad { stroke: var(--bad); }
pre { overflow-x: auto; border: 1px solid var(--line); padding: .5rem; } summary { cursor: pointer; }
nav li { display: inline-block; margin-right: 1rem; } .soft { color: var(--soft); }
";

/// The entries of one play after the other.
fn plays(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    entries.split_inclusive(|entry| matches!(entry, Entry::Ends { .. }))
}

fn contents(entries: &[Entry]) -> String {
    let mut list = String::new();
    for (number, play) in plays(entries).enumerate() {
        let Some(Entry::Begins { title, .. }) = play.first() else { continue };
        let class = exchanges(play).flat_map(|exchange| &exchange.remarks).map(|remark| remark.level).max();
        let class = class.map_or("good", class_of);
        let _ = writeln!(list, "<li><a class=\"{class}\" href=\"#play-{}\">{}</a></li>", number + 1, escaped(title));
    }
    format!("<nav><ul>\n{list}</ul></nav>")
}

fn exchanges(play: &[Entry]) -> impl Iterator<Item = &Exchange> {
    play.iter().filter_map(|entry| match entry {
        Entry::Exchange(exchange) => Some(exchange.as_ref()),
        _ => None,
    })
}

fn class_of(level: Level) -> &'static str {
    match level {
        Level::Note => "good",
        Level::Denied | Level::Warning => "warn",
        Level::Error => "bad",
    }
}

fn section(contract: &Contract, play: &[Entry], page: &mut String) {
    let number = page.matches("<section").count() + 1;
    if let Some(Entry::Begins { scenario, title, doc }) = play.first() {
        let _ = writeln!(
            page,
            "<section id=\"play-{number}\">\n<h2>{} <small class=\"soft\">{}</small></h2>\n<p>{}</p>",
            escaped(title),
            escaped(scenario),
            escaped(doc),
        );
        page.push_str(&diagram(contract, play));
        exchanges(play).for_each(|exchange| details(contract, exchange, page));
        page.push_str("</section>\n");
    }
}

/// The four sides, by their lifelines.
const SIDES: [(&str, u32); 4] = [("client", 90), ("media server", 350), ("backend", 610), ("far side", 820)];
const CLIENT: u32 = SIDES[0].1;
const SERVER: u32 = SIDES[1].1;
const BACKEND: u32 = SIDES[2].1;
const FAR_SIDE: u32 = SIDES[3].1;
const WIDTH: u32 = 900;
const ROW: u32 = 26;

/// Arrows between lifelines, from top to bottom.
fn diagram(contract: &Contract, play: &[Entry]) -> String {
    let mut drawing = Drawing { rows: String::new(), y: 44 };
    for entry in play {
        match entry {
            Entry::Exchange(exchange) => drawing.exchange(contract, exchange),
            Entry::Restart { .. } => drawing.remark("the server restarts", "warn"),
            Entry::Skipped { hook, reason, .. } => drawing.remark(&format!("{hook} is left out: {reason}"), "soft"),
            Entry::Begins { .. } | Entry::Policy { .. } | Entry::Ends { .. } => {}
        }
    }
    let height = drawing.y + 10;
    let mut lines = String::new();
    for (name, x) in SIDES {
        let _ = writeln!(
            lines,
            "<text x=\"{x}\" y=\"16\" text-anchor=\"middle\">{name}</text>\
             <line x1=\"{x}\" y1=\"24\" x2=\"{x}\" y2=\"{height}\" stroke-dasharray=\"2 3\"/>",
        );
    }
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"sequence of the hooks\">\n{lines}{}</svg>\n",
        drawing.rows,
    )
}

struct Drawing {
    rows: String,
    y: u32,
}

impl Drawing {
    fn exchange(&mut self, contract: &Contract, exchange: &Exchange) {
        let verdict = &exchange.verdict;
        match exchange.cause {
            Cause::Client => self.arrow(CLIENT, SERVER, &exchange.doc, "arrow"),
            Cause::FarSide => self.arrow(FAR_SIDE, SERVER, &exchange.doc, "arrow"),
            Cause::Api => self.remark(&format!("by the server's API: {}", exchange.doc), "soft"),
            Cause::Sender => {}
        }
        let answer = match &verdict.reception {
            Reception::Withheld => {
                return self.remark(&format!("{} is not sent: the policy says so", exchange.hook), "soft");
            }
            Reception::Accepted(_) => ("200".to_owned(), "good"),
            Reception::Denied(status) => (status.to_string(), "warn"),
            Reception::WrongStatus(status) => (status.to_string(), "bad"),
            Reception::Unreadable(_) => ("can't be read".to_owned(), "bad"),
            Reception::TimedOut => ("no answer in time".to_owned(), "bad"),
            Reception::Failed(_) => ("no connection".to_owned(), "bad"),
        };
        let trouble = exchange.trouble.map_or(String::new(), |trouble| format!(" [{}]", trouble.word()));
        self.arrow(SERVER, BACKEND, &format!("{}{trouble}", exchange.hook), "arrow");
        self.arrow(BACKEND, SERVER, &answer.0, answer.1);
        let failed = !matches!(verdict.reception, Reception::Accepted(_));
        if failed {
            self.remark(&verdict.why, "soft");
        }
        match (&verdict.client, text::client(contract, exchange)) {
            (ClientGets::Delivery(_), _) => self.arrow(SERVER, CLIENT, &exchange.hook, "arrow"),
            (ClientGets::DeliveryAndError(_, event), _) => {
                self.arrow(SERVER, CLIENT, &exchange.hook, "arrow");
                self.arrow(SERVER, CLIENT, &format!("an error in {}", event.as_deref().unwrap_or("some event")), "bad");
            }
            (ClientGets::Failure | ClientGets::Error(_), Some(gets)) => self.arrow(SERVER, CLIENT, &gets, "bad"),
            _ if verdict.effect == Effect::GoesOn && exchange.cause == Cause::Client => {
                let seen = exchange.seen.as_deref().unwrap_or("goes on");
                self.arrow(SERVER, CLIENT, seen, "good");
            }
            _ => {}
        }
        if let Some(status) = verdict.caller_status {
            self.arrow(SERVER, FAR_SIDE, &status.to_string(), "bad");
        }
    }

    fn arrow(&mut self, from: u32, to: u32, label: &str, class: &str) {
        let (y, head) = (self.y, if to > from { -7_i64 } else { 7 });
        let end = i64::from(to);
        let middle = (from + to) / 2;
        let room = (from.abs_diff(to) / 6) as usize;
        let _ = writeln!(
            self.rows,
            "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\"><title>{}</title>{}</text>\
             <line class=\"{class}\" x1=\"{from}\" y1=\"{y}\" x2=\"{to}\" y2=\"{y}\"/>\
             <path class=\"{class}\" fill=\"none\" d=\"M{} {} L{end} {y} L{} {}\"/>",
            y - 5,
            escaped(label),
            escaped(&shortened(label, room)),
            end + head,
            y - 4,
            end + head,
            y + 4,
        );
        self.y += ROW;
    }

    fn remark(&mut self, text: &str, class: &str) {
        let _ = writeln!(
            self.rows,
            "<text class=\"{class}\" x=\"{SERVER}\" y=\"{}\" text-anchor=\"middle\"><title>{}</title>{}</text>",
            self.y,
            escaped(text),
            escaped(&shortened(text, 100)),
        );
        self.y += ROW;
    }
}

/// What was said, in full.
fn details(contract: &Contract, exchange: &Exchange, page: &mut String) {
    let open = exchange.remarks.iter().any(|remark| remark.level >= Level::Warning);
    let status = exchange.status.map_or(String::new(), |status| format!(" {status}"));
    let _ = writeln!(
        page,
        "<details{}>\n<summary>{}. <b>{}</b>{status} <span class=\"soft\">{}, {:.1} ms</span></summary>\n<p>{}</p>",
        if open { " open" } else { "" },
        exchange.number,
        escaped(&exchange.hook),
        escaped(&exchange.doc),
        exchange.took.as_secs_f64() * 1000.0,
        escaped(&exchange.verdict.why),
    );
    for remark in &exchange.remarks {
        let help = remark.help.as_ref().map_or(String::new(), |help| format!("<br>{}", escaped(help)));
        let (class, word) = (class_of(remark.level), remark.level.word());
        let _ = writeln!(page, "<p class=\"{class}\">{word}: {}{help}</p>", escaped(&remark.message));
    }
    let mut body = |title: &str, value: Value| {
        let _ = writeln!(page, "<p class=\"soft\">{title}</p>\n<pre>{}</pre>", escaped(&format!("{value:#}")));
    };
    body("request", redacted(contract, &exchange.hook, &exchange.request));
    match &exchange.verdict.reception {
        Reception::Accepted(answer) => body("answer", redacted(contract, &exchange.hook, answer)),
        _ => exchange.text.iter().for_each(|text| body("answer", Value::from(text.as_str()))),
    }
    if let ClientGets::Delivery(members) | ClientGets::DeliveryAndError(members, _) = &exchange.verdict.client {
        body("the client gets", redacted(contract, &exchange.hook, members));
    }
    page.push_str("</details>\n");
}

fn shortened(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
