//! The trace as text.

use serde_json::Value;
use wcs_contract::model::{Belonging, Contract, Type, TypeKind};
use wcs_contract::text::count;

use crate::Members;
use crate::judge::{ClientGets, Effect, Reception};
use crate::level::{Level, Remark};
use crate::load::Outcome;
use crate::render::redact::redacted;
use crate::trace::{Entry, Exchange};

/// How pieces of text are set off from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Names, headings.
    Bold,
    /// Less important.
    Dim,
    /// All is well.
    Good,
    /// Worth a look.
    Warn,
    /// An error.
    Bad,
}

/// Sets a piece of text off, with colours or without.
pub type Paint<'a> = &'a dyn Fn(Mark, &str) -> String;

/// An entry as lines; each ends with a line break.
#[must_use]
pub fn entry(contract: &Contract, entry: &Entry, paint: Paint<'_>) -> String {
    match entry {
        Entry::Begins { scenario, title, doc } => {
            let mut text = format!("\n{} {}\n", paint(Mark::Bold, title), paint(Mark::Dim, scenario));
            for line in wcs_contract::text::wrap(doc, 100) {
                text.push_str(&format!("{}\n", paint(Mark::Dim, &line)));
            }
            text
        }
        Entry::Exchange(exchange) => self::exchange(contract, exchange, paint),
        Entry::Policy { lines, .. } if lines.is_empty() => {
            format!("{INDENT}{}\n", paint(Mark::Warn, "the answer sets no policy: errors are logged, answers ignored"))
        }
        Entry::Policy { lines, .. } => {
            const MOST: usize = 3;
            let shown: Vec<&str> = lines.iter().take(MOST).map(String::as_str).collect();
            let more = lines.len().saturating_sub(MOST);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            format!("{INDENT}{}\n", paint(Mark::Dim, &format!("policy: {}{more}", shown.join("; "))))
        }
        Entry::Skipped { hook, reason, .. } => {
            format!("      {}\n", paint(Mark::Dim, &format!("{hook} is left out: {reason}")))
        }
        Entry::Restart { .. } => {
            let text = "the server restarts: sessions end without a last event, and the client comes back";
            format!("      {}\n", paint(Mark::Warn, text))
        }
        Entry::Ends { .. } => String::new(),
    }
}

const INDENT: &str = "           ";

fn exchange(contract: &Contract, exchange: &Exchange, paint: Paint<'_>) -> String {
    let verdict = &exchange.verdict;
    let mark = match (&verdict.reception, exchange.remarks.iter().map(|remark| remark.level).max()) {
        (_, Some(Level::Error)) => Mark::Bad,
        (Reception::Accepted(_), _) => Mark::Good,
        (Reception::Withheld, _) => Mark::Dim,
        _ => Mark::Warn,
    };
    let result = match &verdict.reception {
        Reception::Withheld => "withheld".to_owned(),
        Reception::TimedOut => "timeout".to_owned(),
        Reception::Failed(_) => "failed".to_owned(),
        _ => exchange.status.map_or(String::new(), |status| status.to_string()),
    };
    let who = exchange.client.as_ref().map_or(String::new(), |client| format!("{client}: "));
    let trouble =
        exchange.trouble.map_or(String::new(), |trouble| paint(Mark::Warn, &format!("  [{}]", trouble.word())));
    let mut text = format!(
        "{:>5.2}s {} {who}{}  {} {}{trouble}\n",
        exchange.at as f64 / 1000.0,
        paint(mark, &format!("{result:>8}")),
        paint(Mark::Bold, &exchange.hook),
        exchange.doc,
        paint(Mark::Dim, &format!("{:.1} ms", exchange.took.as_secs_f64() * 1000.0)),
    );
    let mut line = |label: &str, what: String| {
        text.push_str(&format!("{INDENT}{} {what}\n", paint(Mark::Dim, &format!("{label:<8}"))));
    };
    line("body", brief(contract, exchange, &exchange.request));
    let ignored = matches!(verdict.reception, Reception::Accepted(_)) && exchange.verdict.why == "accepted";
    if !ignored {
        line("server", verdict.why.clone());
    }
    if let Some(sees) = client(contract, exchange) {
        line("client", sees);
    }
    if let Some(status) = verdict.caller_status {
        line("caller", format!("gets {status}"));
    }
    if let Some(seen) = &exchange.seen {
        line("seen", seen.clone());
    }
    for remark in &exchange.remarks {
        text.push_str(&self::remark(remark, paint));
    }
    text
}

fn remark(remark: &Remark, paint: Paint<'_>) -> String {
    let mark = match remark.level {
        Level::Error => Mark::Bad,
        Level::Warning | Level::Denied => Mark::Warn,
        Level::Note => Mark::Dim,
    };
    let mut text =
        format!("{INDENT}{}: {}\n", paint(mark, &format!("{}[{}]", remark.level.word(), remark.code)), remark.message);
    if let Some(help) = &remark.help {
        text.push_str(&format!("{INDENT}  {} {help}\n", paint(Mark::Dim, "help:")));
    }
    text
}

/// What the client gets, in a line; nothing where that goes without saying.
#[must_use]
pub fn client(contract: &Contract, exchange: &Exchange) -> Option<String> {
    match &exchange.verdict.client {
        ClientGets::Nothing => None,
        ClientGets::Success if exchange.verdict.effect == Effect::GoesOn => None,
        ClientGets::Success => Some("gets what it asked for".to_owned()),
        ClientGets::Failure => Some("gets a failure of its session".to_owned()),
        ClientGets::Error(Some(event)) => Some(format!("gets an error in {event}")),
        ClientGets::Error(None) => Some("gets an error; no document says in which event".to_owned()),
        ClientGets::DeliveryAndError(members, event) => {
            let event = event.as_deref().unwrap_or("an event that no document names");
            Some(format!("gets {} {}, and an error in {event}", exchange.hook, brief(contract, exchange, members)))
        }
        ClientGets::Delivery(members) => Some(format!("gets {} {}", exchange.hook, brief(contract, exchange, members))),
    }
}

/// Own members of a body, cut to a line.
fn brief(contract: &Contract, exchange: &Exchange, members: &Members) -> String {
    const MOST: usize = 110;
    let hook = contract.find_hook(&exchange.hook);
    let is_context = |name: &str| {
        let parameter = hook.and_then(|hook| hook.parameter(name));
        parameter.is_some_and(|parameter| parameter.belonging == Belonging::Context)
    };
    let is_word = |name: &str| match hook.and_then(|hook| hook.parameter(name)).map(|parameter| &parameter.ty) {
        Some(Type::Named(id)) => matches!(contract.type_def(*id).kind, TypeKind::Enum { .. }),
        _ => false,
    };
    let own = members.iter().filter(|(name, _)| !is_context(name));
    // Words such as a status say most.
    let (words, others): (Vec<_>, Vec<_>) = own.partition(|(name, _)| is_word(name));
    let own: Members = words.into_iter().chain(others).map(|(name, value)| (name.clone(), value.clone())).collect();
    let mut own = redacted(contract, &exchange.hook, &own);
    for value in own.as_object_mut().into_iter().flat_map(Members::values_mut) {
        if let Value::String(text) = value
            && text.chars().count() > 40
        {
            *text = text.chars().take(37).chain("...".chars()).collect();
        }
    }
    let text = own.to_string();
    let shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() { format!("{shown}...") } else { text }
}

/// How many of each, in a line; and what was remarked, if anything.
#[must_use]
pub fn total(scenarios: usize, entries: &[Entry], paint: Paint<'_>) -> String {
    let exchanges = || {
        entries.iter().filter_map(|entry| match entry {
            Entry::Exchange(exchange) => Some(exchange),
            _ => None,
        })
    };
    let remarks =
        |level| exchanges().flat_map(|exchange| &exchange.remarks).filter(|remark| remark.level == level).count();
    let (errors, warnings, denied) = (remarks(Level::Error), remarks(Level::Warning), remarks(Level::Denied));
    let sent = exchanges().filter(|exchange| exchange.verdict.reception != Reception::Withheld).count();
    let mark = match (errors, warnings) {
        (0, 0) => Mark::Good,
        (0, _) => Mark::Warn,
        _ => Mark::Bad,
    };
    let found = [count(errors, "error"), count(warnings, "warning"), count(denied, "denial")];
    let all = format!("{}, {}", count(scenarios, "scenario"), count(sent, "hook"));
    format!("\n{all}: {}\n", paint(mark, &found.join(", ")))
}

/// What a load came to.
#[must_use]
pub fn load(outcome: &Outcome, paint: Paint<'_>) -> String {
    let millis = |time: std::time::Duration| format!("{:.2} ms", time.as_secs_f64() * 1000.0);
    let mut text = format!(
        "{} hooks in {:.1} s, {} a second, {} plays\n",
        outcome.sent(),
        outcome.took.as_secs_f64(),
        paint(Mark::Bold, &format!("{:.0}", outcome.rate())),
        outcome.plays,
    );
    text.push_str(&format!(
        "times    50 % {}   90 % {}   99 % {}   99.9 % {}   longest {}\n",
        millis(outcome.permille(500)),
        millis(outcome.permille(900)),
        millis(outcome.permille(990)),
        millis(outcome.permille(999)),
        millis(outcome.longest()),
    ));
    let listed = |counts: Vec<(String, u64)>| {
        counts.into_iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ")
    };
    text.push_str(&format!(
        "answers  {}\n",
        listed(outcome.answers.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect())
    ));
    if !outcome.troubles.is_empty() {
        let troubles = outcome.troubles.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
        text.push_str(&format!("trouble  {}\n", listed(troubles)));
    }
    for (level, count, first) in outcome.remarks.values() {
        let mark = if *level == Level::Error { Mark::Bad } else { Mark::Warn };
        let what = format!("{}[{}]", level.word(), first.code);
        text.push_str(&format!("{} {count} times, for example: {}\n", paint(mark, &what), first.message));
    }
    text
}
