//! Limits of values: lengths, ranges, patterns, numbers of items.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use regex_lite::Regex;

use crate::constraint::Demand;
#[cfg(feature = "server")]
use crate::descriptor::{ContractDescriptor, Member};
use crate::descriptor::{Kind, Limits};
use crate::json;
use crate::value::{self, FromJson as _, Json};

/// The limit that a value does not keep to.
#[derive(Clone, Copy)]
pub(crate) enum Limit {
    Count(u64),
    Number(i64),
    Pattern(&'static str),
}

/// Checks a value that is of its type; calls for each limit that it breaks.
pub(crate) fn check(limits: &'static Limits, kind: &Kind, json: &str, broken: &mut dyn FnMut(Demand, Limit)) {
    match kind {
        Kind::Array(_) => {
            let mut items = 0;
            json::each_item(json, |_| items += 1);
            count(items, (Demand::MinItems, limits.min_items), (Demand::MaxItems, limits.max_items), broken);
        }
        Kind::Map(_) => {
            let mut items = 0;
            json::each_entry(json, |_, _| items += 1);
            count(items, (Demand::MinItems, limits.min_items), (Demand::MaxItems, limits.max_items), broken);
        }
        Kind::List(_) => {
            let items = value::split(&text(json)).count() as u64;
            count(items, (Demand::MinItems, limits.min_items), (Demand::MaxItems, limits.max_items), broken);
        }
        _ if json.starts_with('"') => {
            let length = json::text_length(json) as u64;
            count(length, (Demand::MinLength, limits.min_length), (Demand::MaxLength, limits.max_length), broken);
            if let Some(pattern) = limits.pattern
                && compiled(pattern).is_some_and(|regex| !regex.is_match(&text(json)))
            {
                broken(Demand::Pattern, Limit::Pattern(pattern));
            }
        }
        _ => range(limits, json, broken),
    }
}

fn count(
    number: u64,
    (too_few, least): (Demand, Option<u64>),
    (too_many, most): (Demand, Option<u64>),
    broken: &mut dyn FnMut(Demand, Limit),
) {
    if let Some(least) = least.filter(|least| number < *least) {
        broken(too_few, Limit::Count(least));
    }
    if let Some(most) = most.filter(|most| number > *most) {
        broken(too_many, Limit::Count(most));
    }
}

/// Compares exactly where the number is an integer. Floats come from JSON, so that none is NaN.
fn range(limits: &Limits, json: &str, broken: &mut dyn FnMut(Demand, Limit)) {
    let json = Json::new(json);
    let (below, above): (&dyn Fn(i64) -> bool, &dyn Fn(i64) -> bool) =
        match (i64::from_json(json), f64::from_json(json)) {
            (Some(number), _) => (&move |least| number < least, &move |most| number > most),
            (None, Some(number)) => (&move |least| number < least as f64, &move |most| number > most as f64),
            (None, None) => return,
        };
    if let Some(least) = limits.minimum.filter(|least| below(*least)) {
        broken(Demand::Minimum, Limit::Number(least));
    }
    if let Some(most) = limits.maximum.filter(|most| above(*most)) {
        broken(Demand::Maximum, Limit::Number(most));
    }
}

fn text(json: &str) -> Cow<'_, str> {
    Cow::from_json(Json::new(json)).unwrap_or_default()
}

pub(crate) fn in_words(demand: Demand, limit: &Limit) -> String {
    match (demand, limit) {
        (Demand::MinLength, Limit::Count(least)) => format!("at least {}", counted(*least, "character")),
        (Demand::MaxLength, Limit::Count(most)) => format!("at most {}", counted(*most, "character")),
        (Demand::MinItems, Limit::Count(least)) => format!("at least {}", counted(*least, "item")),
        (_, Limit::Count(most)) => format!("at most {}", counted(*most, "item")),
        (Demand::Minimum, Limit::Number(least)) => format!("at least {least}"),
        (_, Limit::Number(most)) => format!("at most {most}"),
        (_, Limit::Pattern(pattern)) => format!("text that matches `{pattern}`"),
    }
}

fn counted(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Patterns by how they are written; `None` stands for one that can't be read.
type Patterns = HashMap<&'static str, Option<Arc<Regex>>>;

/// A contract's patterns, each compiled once. There are only as many as the contract has.
static PATTERNS: LazyLock<RwLock<Patterns>> = LazyLock::new(RwLock::default);

/// The expression of a pattern; `None` if it can't be read, so that nothing is checked by it.
fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    let known = PATTERNS.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    known.unwrap_or_else(|| {
        let regex = Regex::new(pattern).ok().map(Arc::new);
        PATTERNS.write().unwrap_or_else(PoisonError::into_inner).insert(pattern, regex.clone());
        regex
    })
}

/// The patterns of a contract that can't be read, for a warning at the start.
#[cfg(feature = "server")]
pub(crate) fn unreadable_patterns(contract: &'static ContractDescriptor) -> Vec<&'static str> {
    let mut found = Vec::new();
    for hook in contract.hooks {
        collect_unreadable(hook.members, 0, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(feature = "server")]
/// Records may hold themselves, so that the descent ends where bodies end too.
fn collect_unreadable(members: &'static [Member], depth: usize, found: &mut Vec<&'static str>) {
    for member in members {
        let pattern = member.limits.and_then(|limits| limits.pattern);
        found.extend(pattern.filter(|pattern| compiled(pattern).is_none()));
        let mut kind = &member.kind;
        while let Kind::Array(inner) | Kind::Map(inner) | Kind::List(inner) = kind {
            kind = inner;
        }
        if let (Kind::Record(record), true) = (kind, depth < 8) {
            collect_unreadable(record.members, depth + 1, found);
        }
    }
}
