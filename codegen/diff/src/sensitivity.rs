use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::rule::change_rules;
use super::verdict::Impact::{Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::Sensitivity;

change_rules! {
    /// Whether a member may be printed changes.
    ///
    /// **`sensitivity-added`.** A rebuilt backend no longer prints the value in logs and findings. Nothing breaks.
    ///
    /// **`sensitivity-removed`.** A rebuilt backend prints what it hid. Make sure that this was meant, and that nobody's logs
    /// collect what they must not.
    ADDED { code: "D0213", name: "sensitivity-added", mirror: Rule("sensitivity-removed") }
    REMOVED { code: "D0214", name: "sensitivity-removed", mirror: Rule("sensitivity-added") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let name = &pair.new.name.value;
    match (pair.old.sensitive, pair.new.sensitive) {
        (Sensitivity::Plain, Sensitivity::Sensitive) => changes.push(
            Change::new(&ADDED, &pair.about, Verdict::SAFE, format!("`{name}` is sensitive"))
                .effect("A rebuilt backend no longer prints it."),
        ),
        (Sensitivity::Sensitive, Sensitivity::Plain) => changes.push(
            Change::new(
                &REMOVED,
                &pair.about,
                Verdict::new(Safe, Risky, Safe),
                format!("`{name}` is no longer sensitive"),
            )
            .effect("A rebuilt backend prints it where it prints members.")
            .action("Make sure that logs may hold it."),
        ),
        _ => {}
    }
}
