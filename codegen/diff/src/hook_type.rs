use super::change::{Change, Changes};
use super::compare::HookPair;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky};
use super::verdict::Verdict;
use crate::part::{Find, Part};

change_rules! {
    /// A hook changes its type.
    ///
    /// The type says whether the hook asks or reports. A question that becomes an event can no longer be refused: denials have
    /// no effect. An event that becomes a question lets whatever the backend answers decide. Between a question of a client and
    /// one from the far side, what an error leads to changes. In Rust the type's traits change, and with them the answers that
    /// compile; read each handler of the hook again.
    CHANGED { code: "D0106", name: "hook-type-changed", mirror: Rule("hook-type-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Hook(find) };

fn find(pair: &HookPair<'_>, changes: &mut Changes) {
    let (was, is) = (pair.old.kind, pair.new.kind);
    if was == is {
        return;
    }
    let effect = if is.is_notification() {
        "The backend is told afterwards and can refuse nothing any more."
    } else if was.is_notification() {
        "What was a report asks now: the backend's answer decides."
    } else if is.is_opening() {
        "It opens the session now, and its errors always refuse it."
    } else {
        "What its errors lead to is another now."
    };
    changes.push(
        Change::new(
            &CHANGED,
            &pair.about,
            Verdict::new(Breaking, Breaking, Risky),
            format!("`{was}` hook becomes `{is}` hook"),
        )
        .values(was.word(), is.word())
        .effect(format!("{effect} Handlers return an answer of another kind."))
        .action("Write its handler anew, and test what it answers."),
    );
}
