use super::change::{Change, Changes};
use super::compare::Comparison;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::Sender;

change_rules! {
    /// How the sender waits, what it expects of an answer, and how it authenticates changes.
    ///
    /// **`timeout-changed`.** Where it waits a shorter time, a backend that is slow fails. **`answer-format-changed`.** A running
    /// backend answers with statuses and a content type that mean something else now; a rebuilt one takes the new ones from
    /// the contract. **`basic-added`**: a backend that does not ask for a password does not notice. **`basic-removed`**: one that
    /// does refuses everything. **`sender-added`**, **`sender-removed`**: what is known of the sender comes or goes as a whole.
    TIMEOUT { code: "D0403", name: "timeout-changed", mirror: Rule("timeout-changed") }
    ANSWER { code: "D0404", name: "answer-format-changed", mirror: Rule("answer-format-changed") }
    BASIC_ADDED { code: "D0408", name: "basic-added", mirror: Rule("basic-removed") }
    BASIC_REMOVED { code: "D0409", name: "basic-removed", mirror: Rule("basic-added") }
    ADDED { code: "D0417", name: "sender-added", mirror: Rule("sender-removed") }
    REMOVED { code: "D0418", name: "sender-removed", mirror: Rule("sender-added") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(find) };

fn find(all: &Comparison<'_>, changes: &mut Changes) {
    let about = all.about_sender();
    match (&all.old.sender, &all.new.sender) {
        (None, None) => {}
        (None, Some(_)) => changes.push(
            Change::new(&ADDED, &about, Verdict::new(Risky, Safe, Safe), "the contract says how the sender behaves")
                .effect("A rebuilt backend goes by it: base paths, statuses, signature, session policy.")
                .action("See whether what it says is what your sender does."),
        ),
        (Some(_), None) => changes.push(
            Change::new(
                &REMOVED,
                &about,
                Verdict::new(Breaking, Breaking, Breaking),
                "the contract no longer says how the sender behaves",
            )
            .effect("A rebuilt backend checks no signature, sets no session policy, and answers with neutral statuses.")
            .action("Put the section `sender` back."),
        ),
        (Some(old), Some(new)) => {
            timeout(all, old, new, changes);
            answer(all, old, new, changes);
            basic(all, old, new, changes);
        }
    }
}

fn timeout(all: &Comparison<'_>, old: &Sender, new: &Sender, changes: &mut Changes) {
    let mut about = all.about_sender();
    let (was, is) = (&old.timeout.seconds, &new.timeout.seconds);
    (about.span, about.old_span) = (is.span, Some(was.span));
    if was.value != is.value {
        // 0 waits without limit.
        let limit = |seconds: u32| if seconds == 0 { u32::MAX } else { seconds };
        let (wire, effect) = match limit(is.value) < limit(was.value) {
            true => (Risky, "A backend that takes longer fails, and is not asked again."),
            false => (Safe, "Answers have more time than before."),
        };
        let message = format!("it waits {} s for an answer, where it was {} s", is.value, was.value);
        let change = Change::new(&TIMEOUT, &about, Verdict::new(wire, Safe, Safe), message)
            .values(was.value.to_string(), is.value.to_string())
            .effect(effect);
        changes.push(if wire == Risky { change.action("Set shorter deadlines in handlers.") } else { change });
    }
    let (was, is) = (&old.timeout.setting, &new.timeout.setting);
    if was.value != is.value {
        let message = format!("the setting `{}` changes how long it waits, no longer `{}`", is.value, was.value);
        let change = Change::new(&TIMEOUT, &about, Verdict::SAFE, message).values(&was.value, &is.value);
        changes.push(change.effect("Operators look for the old setting in vain."));
    }
}

fn answer(all: &Comparison<'_>, old: &Sender, new: &Sender, changes: &mut Changes) {
    let (old, new) = (&old.answer, &new.answer);
    let facts = [
        ("status that means yes", old.accept_status.value.to_string(), new.accept_status.value.to_string()),
        ("status that means no", old.deny_status.value.to_string(), new.deny_status.value.to_string()),
        ("content type", old.content_type.value.clone(), new.content_type.value.clone()),
    ];
    for (what, was, is) in facts.into_iter().filter(|(_, was, is)| was != is) {
        let mut about = all.about_sender();
        (about.span, about.old_span) = (new.head, Some(old.head));
        changes.push(
            Change::new(
                &ANSWER,
                &about,
                Verdict::new(Breaking, Safe, Risky),
                format!("the {what} is {is}, no longer {was}"),
            )
            .values(was, is)
            .effect("Answers of a running backend are taken for something else.")
            .action("Rebuild the backend together with the sender's update."),
        );
    }
}

fn basic(all: &Comparison<'_>, old: &Sender, new: &Sender, changes: &mut Changes) {
    let about = all.about_sender();
    match (&old.basic, &new.basic) {
        (None, Some(_)) => changes.push(
            Change::new(&BASIC_ADDED, &about, Verdict::SAFE, "it can authenticate with HTTP Basic")
                .effect("A backend that does not ask for it does not notice."),
        ),
        (Some(_), None) => changes.push(
            Change::new(
                &BASIC_REMOVED,
                &about,
                Verdict::new(Breaking, Safe, Breaking),
                "it no longer authenticates with HTTP Basic",
            )
            .effect("A backend that asks for a password refuses everything.")
            .action("Let the backend know the sender by its signature or its network."),
        ),
        _ => {}
    }
}
