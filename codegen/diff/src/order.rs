use super::change::{Change, Changes};
use super::compare::{Comparison, HookPair, TypePair};
use super::pair::reordered;
use super::rule::change_rules;
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::TypeKind;

change_rules! {
    /// Hooks, members or values stand in another order.
    ///
    /// Nobody may rely on the order of members in an object. What changes is the order in generated files, and that in which
    /// a builder writes.
    CHANGED { code: "D0221", name: "order-changed", mirror: Rule("order-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(of_contract) };
pub(super) static OF_HOOK: Part = Part { rules: &[], find: Find::Hook(of_hook) };
pub(super) static OF_TYPE: Part = Part { rules: &[], find: Find::Type(of_type) };

const EFFECT: &str = "Generated files list them in the new order.";

fn of_contract(all: &Comparison<'_>, changes: &mut Changes) {
    for (moved, what) in
        [(reordered(&all.hooks, &all.old.hooks), "hooks"), (reordered(&all.types, &all.old.types), "types")]
    {
        if moved {
            let message = format!("the {what} stand in another order");
            changes.push(Change::new(&CHANGED, &all.about(), Verdict::DOCUMENTATION, message).effect(EFFECT));
        }
    }
}

fn of_hook(pair: &HookPair<'_>, changes: &mut Changes) {
    if reordered(&pair.members, &pair.old.parameters) {
        let message = "members stand in another order";
        changes.push(Change::new(&CHANGED, &pair.about, Verdict::DOCUMENTATION, message).effect(EFFECT));
    }
}

fn of_type(pair: &TypePair<'_>, changes: &mut Changes) {
    let moved = match &pair.old.kind {
        TypeKind::Record(old) => pair.members().is_some_and(|members| reordered(&members, old)),
        TypeKind::Enum { values: old, .. } => pair.values().is_some_and(|values| reordered(&values, old)),
    };
    if moved {
        let message = "members or values stand in another order";
        changes.push(Change::new(&CHANGED, &pair.about, Verdict::DOCUMENTATION, message).effect(EFFECT));
    }
}
