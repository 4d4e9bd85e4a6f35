use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};

change_rules! {
    /// Whether an answer may replace a member changes.
    ///
    /// **`overwriting-ended`.** The sender no longer takes the member from an answer: a backend that replaces it is ignored in
    /// silence, and the setter is gone in every language. Where the answer may still bring the member, only that it replaces
    /// one of the request is lost.
    ///
    /// **`overwriting-allowed`.** A handler that declares the member may set it; nothing else changes.
    ALLOWED { code: "D0210", name: "overwriting-allowed", mirror: Rule("overwriting-ended") }
    ENDED { code: "D0211", name: "overwriting-ended", mirror: Rule("overwriting-allowed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let name = &pair.new.name.value;
    let mut about = pair.about.clone();
    match (&pair.old.overwritable, &pair.new.overwritable) {
        (None, Some(allowed)) => {
            about.sides.answer = true;
            about.span = allowed.head;
            let message = format!("an answer may replace `{name}`: {}", allowed.reason.value);
            changes.push(
                Change::new(&ALLOWED, &about, Verdict::SAFE, message)
                    .effect("A handler that declares it may set it; nothing has to be done."),
            );
        }
        (Some(was), None) => {
            about.sides.answer = true;
            about.old_span = Some(was.head);
            let still = pair.new.is_settable();
            let verdict =
                if still { Verdict::new(Risky, Safe, Safe) } else { Verdict::new(Breaking, Breaking, Breaking) };
            let change = Change::new(&ENDED, &about, verdict, format!("an answer can't replace `{name}` any more"));
            changes.push(if still {
                change.effect("An answer may still bring it where the request lacks it.")
            } else {
                change
                    .effect("What a backend answers in it is ignored, and its setter is gone.")
                    .action("Find another way to steer it, or a session policy that does.")
            });
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
}
