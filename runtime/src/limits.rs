//! What constraints look at in a value: lengths, numbers, texts, numbers of items.

use std::borrow::Cow;

use crate::constraint::{Broken, Number};
#[cfg(feature = "server")]
use crate::descriptor::{ContractDescriptor, Member};
use crate::descriptor::{Kind, Limits};
use crate::json;
use crate::value::{self, FromJson as _, Json};

/// Checks a value that is of its type; calls for each limit that it breaks.
pub(crate) fn check(limits: &'static Limits, kind: &Kind, json: &str, broken: &mut Broken<'_>) {
    match kind {
        Kind::Array(_) => {
            let mut items = 0;
            json::each_item(json, |_| items += 1);
            limits.check_items(items, broken);
        }
        Kind::Map(_) => {
            let mut items = 0;
            json::each_entry(json, |_, _| items += 1);
            limits.check_items(items, broken);
        }
        Kind::List(_) => limits.check_items(value::split(&text(json)).count() as u64, broken),
        _ if json.starts_with('"') => {
            limits.check_length(json::text_length(json) as u64, broken);
            limits.check_text(|| text(json), broken);
        }
        _ => {
            let json = Json::new(json);
            let integer = i64::from_json(json).map(Number::Integer);
            if let Some(number) = integer.or_else(|| f64::from_json(json).map(Number::Real)) {
                limits.check_number(number, broken);
            }
        }
    }
}

fn text(json: &str) -> Cow<'_, str> {
    Cow::from_json(Json::new(json)).unwrap_or_default()
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
        found.extend(member.limits.and_then(Limits::unreadable_pattern));
        let mut kind = &member.kind;
        while let Kind::Array(inner) | Kind::Map(inner) | Kind::List(inner) = kind {
            kind = inner;
        }
        if let (Kind::Record(record), true) = (kind, depth < 8) {
            collect_unreadable(record.members, depth + 1, found);
        }
    }
}
