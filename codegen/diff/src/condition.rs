use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::rule::change_rules;
use super::verdict::Impact::{self, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_codegen::prose;
use wcs_contract::model::Condition;

change_rules! {
    /// The condition under which a member is sent, or counts, changes.
    ///
    /// `sent_if` is a promise: the member is there whenever the other one has a value. Without it, or with another one, a backend
    /// that counts on it may find nothing. `used_if` is a reservation: with a new one, the member counts in fewer cases than
    /// before. Where a promise is added or a reservation dropped, nothing breaks.
    CHANGED { code: "D0218", name: "condition-changed", mirror: Rule("condition-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (old, new) = (pair.old, pair.new);
    one(pair, ("is sent whenever", Safe, Risky), (&old.sent_if, &new.sent_if), changes);
    one(pair, ("counts only if", Risky, Safe), (&old.used_if, &new.used_if), changes);
}

fn one(
    pair: &MemberPair<'_>,
    (words, gained, lost): (&str, Impact, Impact),
    (old, new): (&Option<Condition>, &Option<Condition>),
    changes: &mut Changes,
) {
    let (was, is) = (old.as_ref().map(prose::condition), new.as_ref().map(prose::condition));
    if was == is {
        return;
    }
    let name = &pair.new.name.value;
    let (impact, message) = match (&was, &is) {
        (None, Some(is)) => (gained, format!("`{name}` {words} {is}")),
        (Some(was), None) => (lost, format!("no longer: `{name}` {words} {was}")),
        (was, is) => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            (Risky, format!("`{name}` {words} {}, no longer {}", text(is), text(was)))
        }
    };
    let effect = match impact {
        Risky => "A backend that goes by the old rule misjudges some bodies.",
        _ => "What held before still holds.",
    };
    let mut about = pair.about.clone();
    about.span = new.as_ref().map_or(about.span, |condition| condition.member.span);
    changes.push(
        Change::new(&CHANGED, &about, Verdict::new(impact, Safe, Safe), message)
            .values(was.unwrap_or_default(), is.unwrap_or_default())
            .effect(effect),
    );
}
