use super::change::{Change, Changes};
use super::compare::{Holder, MemberPair};
use super::rule::change_rules;
use super::usage::sides;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::Direction;

change_rules! {
    /// A member changes sides: the request carries it, the answer brings it, or both.
    ///
    /// What the request no longer carries reads as absent, and clients in other languages lose the property. What an answer can
    /// no longer set is ignored there, and its setter goes away. Where a side is only added, nothing breaks.
    CHANGED { code: "D0209", name: "direction-changed", mirror: Rule("direction-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (was, is) = (pair.old.direction, pair.new.direction);
    if was == is || matches!(pair.holder, Holder::Record) {
        return;
    }
    let (old, new) = (sides(pair.old), sides(pair.new));
    let mut verdict = Verdict::SAFE;
    let mut effects: Vec<&str> = Vec::new();
    if old.request && !new.request {
        verdict = verdict.and(Verdict::new(Breaking, Risky, Breaking));
        effects.push("A backend that reads it finds nothing.");
    }
    if old.answer && !new.answer {
        verdict = verdict.and(Verdict::new(Breaking, Breaking, Breaking));
        effects.push("What a backend answers in it is ignored, and its setter is gone.");
    } else if was != Direction::Request && is == Direction::Request {
        verdict = verdict.and(Verdict::new(Risky, Safe, Safe));
        effects.push("An answer may replace it, but not bring one that the request lacked.");
    }
    if effects.is_empty() {
        effects.push("It stands where it stood, and in one place more.");
    }
    let mut about = pair.about.clone();
    about.sides = old.or(new);
    let message = format!("`{}` stands in the {}, where it stood in the {}", pair.new.name.value, said(is), said(was));
    changes
        .push(Change::new(&CHANGED, &about, verdict, message).values(was.word(), is.word()).effect(effects.join(" ")));
}

fn said(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "request",
        Direction::Answer => "answer only",
        Direction::Both => "request and the answer",
    }
}
