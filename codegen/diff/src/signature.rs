use super::change::{Change, Changes};
use super::compare::Comparison;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::Signature;

change_rules! {
    /// How the sender signs changes.
    ///
    /// **`signature-removed`.** A backend that checks signatures refuses everything. **`signature-added`.** One that checks none
    /// does not notice. **`signature-changed`.** Header, prefix and digest must be the same on both sides: a running backend
    /// refuses what it can't verify. Which status answers a wrong signature is the backend's own affair; a setting that signing
    /// needs has to be set before.
    ADDED { code: "D0405", name: "signature-added", mirror: Rule("signature-removed") }
    REMOVED { code: "D0406", name: "signature-removed", mirror: Rule("signature-added") }
    CHANGED { code: "D0407", name: "signature-changed", mirror: Rule("signature-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(find) };

fn find(all: &Comparison<'_>, changes: &mut Changes) {
    let (Some(old), Some(new)) = (&all.old.sender, &all.new.sender) else { return };
    let about = all.about_sender();
    match (&old.signature, &new.signature) {
        (None, None) => {}
        (None, Some(_)) => changes.push(
            Change::new(&ADDED, &about, Verdict::SAFE, "it can sign requests")
                .effect("A backend that checks no signature does not notice."),
        ),
        (Some(_), None) => changes.push(
            Change::new(&REMOVED, &about, Verdict::new(Breaking, Safe, Breaking), "it no longer signs requests")
                .effect("A backend that checks signatures refuses everything.")
                .action("Let the backend know the sender by other means before you switch the check off."),
        ),
        (Some(old), Some(new)) => changed(all, old, new, changes),
    }
}

fn changed(all: &Comparison<'_>, old: &Signature, new: &Signature, changes: &mut Changes) {
    let settings = |signature: &Signature| {
        signature.requires.iter().map(|setting| setting.value.as_str()).collect::<Vec<_>>().join(", ")
    };
    let breaks = Verdict::new(Breaking, Safe, Breaking);
    let refuses = "A running backend can't verify what comes and refuses it.";
    let facts = [
        ("signature stands in the header", old.header.value.clone(), new.header.value.clone(), breaks, refuses),
        ("signature begins with", old.prefix.value.clone(), new.prefix.value.clone(), breaks, refuses),
        (
            "digest of the signature is",
            old.digest.value.word().to_owned(),
            new.digest.value.word().to_owned(),
            breaks,
            refuses,
        ),
        (
            "status for a wrong signature is",
            old.reject_status.value.to_string(),
            new.reject_status.value.to_string(),
            Verdict::SAFE,
            "It is the rebuilt backend that answers so.",
        ),
        (
            "settings that signing needs are",
            settings(old),
            settings(new),
            Verdict::new(Risky, Safe, Safe),
            "Without them the sender does not sign.",
        ),
    ];
    for (what, was, is, verdict, effect) in facts.into_iter().filter(|(_, was, is, ..)| was != is) {
        let mut about = all.about_sender();
        (about.span, about.old_span) = (new.head, Some(old.head));
        changes.push(
            Change::new(&CHANGED, &about, verdict, format!("the {what} `{is}`, no longer `{was}`"))
                .values(was, is)
                .effect(effect)
                .action("Change it on the sender and rebuild the backend together."),
        );
    }
}
