use super::change::{Change, Changes};
use super::compare::Comparison;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{Name, SessionPolicy};

change_rules! {
    /// How an answer steers the session changes.
    ///
    /// The session policy is an object in the answer to the opening hook; its members and words are spelt as the sender
    /// wants them. **`policy-changed`.** A running backend goes on sending the old ones, which the sender does not understand:
    /// errors stop nothing, answers are ignored, excluded members are sent. What holds for hooks that no policy names
    /// (`default`) matters to every backend. **`policy-removed`.** Nothing can be steered any more, and Rust source that sets a
    /// policy does not compile. **`policy-added`** changes nothing by itself.
    ADDED { code: "D0410", name: "policy-added", mirror: Rule("policy-removed") }
    REMOVED { code: "D0411", name: "policy-removed", mirror: Rule("policy-added") }
    CHANGED { code: "D0412", name: "policy-changed", mirror: Rule("policy-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(find) };

fn find(all: &Comparison<'_>, changes: &mut Changes) {
    if all.old.sender.is_none() || all.new.sender.is_none() {
        return;
    }
    let about = all.about_sender();
    match (all.old.session_policy(), all.new.session_policy()) {
        (None, None) => {}
        (None, Some(_)) => changes.push(
            Change::new(&ADDED, &about, Verdict::SAFE, "the answer to the opening hook may carry a session policy")
                .effect("A rebuilt backend computes one from its handlers."),
        ),
        (Some(_), None) => changes.push(
            Change::new(
                &REMOVED,
                &about,
                Verdict::new(Breaking, Breaking, Breaking),
                "answers can't steer the session any more",
            )
            .effect("Denials and overwritten members are ignored unless the sender does so by itself.")
            .action("Find out what the sender does with errors and answers now."),
        ),
        (Some(old), Some(new)) => {
            for ((what, was), (_, is)) in words(old).into_iter().zip(words(new)) {
                if was.value != is.value {
                    let mut about = about.clone();
                    (about.span, about.old_span) = (is.span, Some(was.span));
                    let effect = match what.starts_with("default") {
                        true => "Hooks that no policy names are treated otherwise.",
                        false => "The sender does not understand the policy of a running backend.",
                    };
                    changes.push(
                        Change::new(
                            &CHANGED,
                            &about,
                            Verdict::new(Breaking, Safe, Breaking),
                            format!("session policy: {what} is `{}`, no longer `{}`", is.value, was.value),
                        )
                        .values(&was.value, &is.value)
                        .effect(effect)
                        .action("Rebuild the backend together with the sender's update."),
                    );
                }
            }
        }
    }
}

fn words(policy: &SessionPolicy) -> [(&'static str, &Name); 14] {
    let (errors, answers) = (&policy.on_error, &policy.policy);
    [
        ("the member of the answer", &policy.member),
        ("the record of a hook's rule", &policy.record),
        ("the member for errors", &errors.member),
        ("the word by which an error stops", &errors.fail),
        ("the word by which an error is logged", &errors.log),
        ("default for errors", &errors.default),
        ("the member for answers", &answers.member),
        ("the word that ignores answers", &answers.notify),
        ("the word that takes answers", &answers.overwrite),
        ("the word that switches a hook off", &answers.disable),
        ("default for answers", &answers.default),
        ("the list of what is taken from answers", &policy.overwrite),
        ("the list of what the backend does not get", &policy.request_exclude),
        ("the list of what the client does not get", &policy.client_exclude),
    ]
}
