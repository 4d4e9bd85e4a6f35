use super::change::{Change, Changes};
use super::compare::TypePair;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{Openness, TypeKind};

change_rules! {
    /// An enum's list of values begins or ceases to be complete.
    ///
    /// **`enum-opened`.** Values come that are not listed. A running backend that knows a complete list reads nothing in their
    /// place, or refuses the body where it is strict. In answers nothing follows.
    ///
    /// **`enum-closed`.** Nothing else than what is listed comes any more. In answers the sender no longer takes anything else.
    ///
    /// Either way the Rust type changes: an open enum owns what it does not know (`Other`) and can't be matched without a rest,
    /// a complete one is `Copy` and can.
    OPENED { code: "D0305", name: "enum-opened", mirror: Rule("enum-closed") }
    CLOSED { code: "D0306", name: "enum-closed", mirror: Rule("enum-opened") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Type(find) };

fn find(pair: &TypePair<'_>, changes: &mut Changes) {
    let (TypeKind::Enum { openness: was, .. }, TypeKind::Enum { openness: is, .. }) = (&pair.old.kind, &pair.new.kind)
    else {
        return;
    };
    let source = Verdict::new(Safe, Breaking, Breaking);
    let risky = Verdict::new(Risky, Safe, Safe);
    let sides = pair.about.sides;
    match (was, is) {
        (Openness::Closed, Openness::Open) => changes.push(
            Change::new(
                &OPENED,
                &pair.about,
                sides.judge(source, risky, Verdict::SAFE),
                "values may come that are not listed",
            )
            .values(was.word(), is.word())
            .effect("A running backend reads nothing where such a value stands.")
            .action("Say in each `match` what happens with a value that is not known."),
        ),
        (Openness::Open, Openness::Closed) => changes.push(
            Change::new(
                &CLOSED,
                &pair.about,
                sides.judge(source, Verdict::SAFE, risky),
                "the list of values is complete",
            )
            .values(was.word(), is.word())
            .effect("There is no value `Other` any more; in an answer only listed values are taken.")
            .action("Remove the branch for values that are not known."),
        ),
        _ => {}
    }
}
