mod facts;

use facts::Fact;

use super::change::{About, Change, Changes};
use super::compare::{Comparison, HookPair, MemberPair, TypePair, ValuePair};
use super::rule::{ChangeRule, change_rules};
use super::verdict::Verdict;
use crate::part::{Find, Part};

change_rules! {
    /// What is written for people changes: texts, sources, examples, sequences of hooks, remedies, calls of the SDK.
    ///
    /// **`text-changed`**, **`example-changed`**, **`flow-changed`**, **`trouble-changed`**, **`sdk-changed`.** No program behaves
    /// otherwise. Read them nevertheless: a text that changes often tells of something that was understood wrongly before.
    /// Examples are also test vectors, so tests that use them see other bodies.
    TEXT { code: "D0601", name: "text-changed", mirror: Rule("text-changed") }
    EXAMPLE { code: "D0602", name: "example-changed", mirror: Rule("example-changed") }
    FLOW { code: "D0603", name: "flow-changed", mirror: Rule("flow-changed") }
    TROUBLE { code: "D0604", name: "trouble-changed", mirror: Rule("trouble-changed") }
    SDK { code: "D0605", name: "sdk-changed", mirror: Rule("sdk-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(of_contract) };
pub(super) static OF_HOOK: Part = Part { rules: &[], find: Find::Hook(of_hook) };
pub(super) static OF_TYPE: Part = Part { rules: &[], find: Find::Type(of_type) };
pub(super) static OF_MEMBER: Part = Part { rules: &[], find: Find::Member(of_member) };
pub(super) static OF_VALUE: Part = Part { rules: &[], find: Find::Value(of_value) };

fn of_hook(pair: &HookPair<'_>, changes: &mut Changes) {
    compare(&TEXT, &pair.about, facts::hook(pair.old), facts::hook(pair.new), changes);
    compare(&EXAMPLE, &pair.about, facts::examples(pair.old), facts::examples(pair.new), changes);
    compare(&SDK, &pair.about, facts::sdk(pair.old), facts::sdk(pair.new), changes);
}

fn of_type(pair: &TypePair<'_>, changes: &mut Changes) {
    compare(&TEXT, &pair.about, facts::type_def(pair.old), facts::type_def(pair.new), changes);
}

fn of_member(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (old, new) = match pair.holder {
        super::compare::Holder::Hook(old, new) => (Some(old), Some(new)),
        super::compare::Holder::Record => (None, None),
    };
    compare(&TEXT, &pair.about, facts::member(pair.old, old), facts::member(pair.new, new), changes);
    compare(&EXAMPLE, &pair.about, facts::member_example(pair.old), facts::member_example(pair.new), changes);
}

fn of_value(pair: &ValuePair<'_>, changes: &mut Changes) {
    compare(&TEXT, &pair.about, facts::value(pair.old), facts::value(pair.new), changes);
}

fn of_contract(all: &Comparison<'_>, changes: &mut Changes) {
    let about = all.about();
    compare(&TEXT, &about, facts::contract(all.old), facts::contract(all.new), changes);
    if let (Some(old), Some(new)) = (&all.old.sender, &all.new.sender) {
        compare(&TEXT, &all.about_sender(), facts::sender(old), facts::sender(new), changes);
        items(&TEXT, &all.about_sender(), &facts::sender_items(old), &facts::sender_items(new), changes);
    }
    items(&TEXT, &all.about_sender(), &facts::errors(all.old), &facts::errors(all.new), changes);
    items(&TEXT, &about, &facts::contract_items(all.old), &facts::contract_items(all.new), changes);
    items(&FLOW, &about, &facts::flows(all.old), &facts::flows(all.new), changes);
    items(&TROUBLE, &about, &facts::troubles(all.old), &facts::troubles(all.new), changes);
}

/// Things by name that people read about.
fn items(rule: &'static ChangeRule, about: &About, old: &[facts::Item], new: &[facts::Item], changes: &mut Changes) {
    let same = |known: &facts::Item, item: &facts::Item| known.what == item.what && known.name.value == item.name.value;
    for item in new {
        let was = old.iter().find(|known| same(known, item));
        let about = about.item(&item.name.value, Some(item.name.span), was.map(|was| was.name.span));
        match was {
            Some(was) => compare(rule, &about, was.facts.clone(), item.facts.clone(), changes),
            None if item.tells_alone => {
                changes.push(told(rule, &about, format!("new {} `{}`", item.what, item.name.value)));
            }
            None => {}
        }
    }
    for item in old.iter().filter(|item| item.tells_alone && !new.iter().any(|known| same(known, item))) {
        let about = about.item(&item.name.value, None, Some(item.name.span));
        changes.push(told(rule, &about, format!("the {} `{}` is gone", item.what, item.name.value)));
    }
}

fn compare(rule: &'static ChangeRule, about: &About, old: Vec<Fact>, new: Vec<Fact>, changes: &mut Changes) {
    let differing: Vec<(&Fact, &Fact)> =
        old.iter().zip(&new).filter(|(old, new)| old.about == new.about && old.text != new.text).collect();
    let Some((was, is)) = differing.first() else { return };
    let labels: Vec<&str> = differing.iter().map(|(_, fact)| fact.label).collect();
    let of = about.item.as_ref().map_or(String::new(), |item| format!("`{item}`: "));
    let message = format!("{of}{} rewritten", labels.join(", "));
    let mut about = about.clone();
    about.span = is.span.unwrap_or(about.span);
    about.old_span = was.span.or(about.old_span);
    let change = told(rule, &about, message);
    let joined = |side: &dyn Fn(&(&Fact, &Fact)) -> String| differing.iter().map(side).collect::<Vec<_>>().join("\n");
    changes.push(change.values(joined(&|(was, _)| was.text.clone()), joined(&|(_, is)| is.text.clone())));
}

fn told(rule: &'static ChangeRule, about: &About, message: String) -> Change {
    Change::new(rule, about, Verdict::DOCUMENTATION, message).effect("Only what people read differs.")
}
