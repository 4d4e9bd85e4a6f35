use super::change::{Change, Changes};
use super::compare::{Holder, MemberPair};
use super::rule::change_rules;
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::Belonging;

change_rules! {
    /// A member begins or ceases to be common to all hooks.
    ///
    /// It is sent as before; what changes is that reports and policies treat it as telling where a body comes from. Hooks that
    /// gain or lose the member by this are reported as such.
    CHANGED { code: "D0220", name: "context-changed", mirror: Rule("context-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    if pair.old.belonging == pair.new.belonging || matches!(pair.holder, Holder::Record) {
        return;
    }
    let name = &pair.new.name.value;
    let message = match pair.new.belonging {
        Belonging::Context => format!("`{name}` belongs to every hook"),
        Belonging::Own => format!("`{name}` no longer belongs to every hook"),
    };
    changes
        .push(Change::new(&CHANGED, &pair.about, Verdict::SAFE, message).effect("It is sent in this hook as before."));
}
