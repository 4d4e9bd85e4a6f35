use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::rule::change_rules;
use super::verdict::Impact::{Documentation, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::Json;

change_rules! {
    /// The value that the sender assumes where a member is absent changes.
    ///
    /// A backend that fills in the old value goes on doing so, and disagrees with the sender. One that is documented for the
    /// first time changes nothing.
    CHANGED { code: "D0219", name: "default-changed", mirror: Rule("default-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let text = |default: &Option<Json>| default.as_ref().map(|json| json.value.to_string());
    let (was, is) = (text(&pair.old.default), text(&pair.new.default));
    if was == is {
        return;
    }
    let name = &pair.new.name.value;
    let (wire, message) = match (&was, &is) {
        (None, Some(is)) => (Safe, format!("absent, `{name}` means {is}")),
        (Some(was), None) => (Risky, format!("absent, `{name}` no longer means {was}")),
        (was, is) => {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            (Risky, format!("absent, `{name}` means {}, no longer {}", text(is), text(was)))
        }
    };
    changes.push(
        Change::new(&CHANGED, &pair.about, Verdict::new(wire, Documentation, Documentation), message)
            .values(was.unwrap_or_default(), is.unwrap_or_default())
            .effect("A backend that fills in the default itself may fill in another one than the sender."),
    );
}
