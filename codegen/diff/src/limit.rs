use std::cmp::Ordering;

use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::constraint::{CONSTRAINTS, Constraint, Limit};
use wcs_contract::model::Constraints;
use wcs_contract::source::Spanned;

change_rules! {
    /// The limits of a value change.
    ///
    /// Who writes the value decides. In a request the sender promises less when limits loosen: values come that a running
    /// backend, or a generated validator, refuses; tighter limits harm nobody. In an answer it is the other way round: with
    /// tighter limits the sender refuses what was fine, and a rebuilt backend fails its own answer before it is sent.
    ///
    /// **`limit-tightened`**, **`limit-loosened`**: a length, a range, a number of items, or a pattern that comes or goes.
    /// **`pattern-changed`**: which of two patterns allows more can't be told, so both sides are at risk.
    TIGHTENED { code: "D0215", name: "limit-tightened", mirror: Rule("limit-loosened") }
    LOOSENED { code: "D0216", name: "limit-loosened", mirror: Rule("limit-tightened") }
    PATTERN { code: "D0217", name: "pattern-changed", mirror: Rule("pattern-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (mut tighter, mut looser): (Vec<LimitPair>, Vec<LimitPair>) = (Vec::new(), Vec::new());
    for limit in limits(pair.old.constraints.as_ref(), pair.new.constraints.as_ref()) {
        match limit.shift {
            Some(Shift::Tighter) => tighter.push(limit),
            Some(Shift::Looser) => looser.push(limit),
            None => {}
        }
    }
    let name = &pair.new.name.value;
    let sides = pair.about.sides;
    if !tighter.is_empty() {
        let verdict = sides.judge(Verdict::SAFE, Verdict::SAFE, Verdict::new(Breaking, Risky, Risky));
        let change =
            Change::new(&TIGHTENED, &pair.about, verdict, format!("tighter limits of `{name}`: {}", said(&tighter)))
                .values(was(&tighter), is(&tighter));
        changes.push(if sides.answer {
            change
                .effect("Answers that were fine are refused, by the sender or by the rebuilt backend itself.")
                .action("Keep answers within the new limits.")
        } else {
            change.effect("All that is sent was allowed before.")
        });
    }
    if !looser.is_empty() {
        let verdict = sides.judge(Verdict::SAFE, Verdict::new(Risky, Safe, Risky), Verdict::SAFE);
        let change =
            Change::new(&LOOSENED, &pair.about, verdict, format!("wider limits of `{name}`: {}", said(&looser)))
                .values(was(&looser), is(&looser));
        changes.push(if sides.request {
            change
                .effect("Values come that a strict backend, a column or a buffer of the old size refuses.")
                .action("Make room for them.")
        } else {
            change.effect("All that a backend answers was allowed before.")
        });
    }
    pattern(pair, changes);
}

/// Limits of which none is known to be tighter.
fn pattern(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (Some(old), Some(new)) = (&pair.old.constraints, &pair.new.constraints) else { return };
    for constraint in CONSTRAINTS {
        if let (Some(was), Some(is)) = (constraint.of(old), constraint.of(new))
            && constraint.tightness(&is.value, &was.value).is_none()
        {
            changes.push(incomparable(pair, constraint, &was, &is));
        }
    }
}

fn incomparable(pair: &MemberPair<'_>, constraint: &Constraint, was: &Spanned<Limit>, is: &Spanned<Limit>) -> Change {
    let mut about = pair.about.clone();
    (about.span, about.old_span) = (is.span, Some(was.span));
    let at_risk = Verdict::new(Risky, Safe, Risky);
    let verdict = pair.about.sides.judge(Verdict::SAFE, at_risk, at_risk);
    let (name, word) = (&pair.new.name.value, constraint.bound.word());
    let message = format!("`{name}` {word} `{}`, no longer `{}`", is.value, was.value);
    Change::new(&PATTERN, &about, verdict, message)
        .values(was.value.to_string(), is.value.to_string())
        .effect("Which of the two allows more can't be told: values may come, or be refused, that were not before.")
        .action("Compare them with values from practice.")
}

enum Shift {
    Tighter,
    Looser,
}

struct LimitPair {
    word: &'static str,
    was: Option<String>,
    is: Option<String>,
    shift: Option<Shift>,
}

fn limits(old: Option<&Constraints>, new: Option<&Constraints>) -> Vec<LimitPair> {
    let pair = |constraint: &'static Constraint| {
        let (was, is) = (old.and_then(|old| constraint.of(old)), new.and_then(|new| constraint.of(new)));
        let shift = match (&was, &is) {
            (None, None) => None,
            (None, Some(_)) => Some(Shift::Tighter),
            (Some(_), None) => Some(Shift::Looser),
            (Some(was), Some(is)) => match constraint.tightness(&is.value, &was.value) {
                Some(Ordering::Greater) => Some(Shift::Tighter),
                Some(Ordering::Less) => Some(Shift::Looser),
                Some(Ordering::Equal) | None => None,
            },
        };
        let text = |limit: Option<Spanned<Limit>>| limit.map(|limit| limit.value.to_string());
        LimitPair { word: constraint.key, was: text(was), is: text(is), shift }
    };
    CONSTRAINTS.iter().map(pair).collect()
}

fn said(limits: &[LimitPair]) -> String {
    let one = |limit: &LimitPair| match (&limit.was, &limit.is) {
        (Some(was), Some(is)) => format!("`{}` {was} → {is}", limit.word),
        (None, Some(is)) => format!("`{}` is {is}, where there was none", limit.word),
        (Some(was), None) => format!("no `{}`, where it was {was}", limit.word),
        (None, None) => String::new(),
    };
    limits.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn was(limits: &[LimitPair]) -> String {
    values(limits.iter().map(|limit| (limit.word, &limit.was)))
}

fn is(limits: &[LimitPair]) -> String {
    values(limits.iter().map(|limit| (limit.word, &limit.is)))
}

fn values<'a>(limits: impl Iterator<Item = (&'a str, &'a Option<String>)>) -> String {
    let texts: Vec<String> = limits.filter_map(|(word, value)| Some(format!("{word}: {}", value.as_ref()?))).collect();
    texts.join(", ")
}
