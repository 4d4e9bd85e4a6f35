use super::change::{About, Change, Changes};
use super::compare::{MemberPair, ValuePair};
use super::fits::written;
use super::rule::change_rules;
use super::verdict::Impact::{Documentation, Risky};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{Contract, MemberByRelease, ValueByRelease, Version};

change_rules! {
    /// What is otherwise in some releases of the sender changes: a member's spelling, type, presence or meaning, a value's
    /// spelling.
    ///
    /// A backend meets several releases at once. What one of them does otherwise than was written may be misread; types that
    /// are compiled hold what any release sends, so source that compiles goes on compiling.
    CHANGED { code: "D0507", name: "by-release-changed", mirror: Rule("by-release-changed") }
}

pub(super) static OF_MEMBER: Part = Part { rules: RULES, find: Find::Member(of_member) };
pub(super) static OF_VALUE: Part = Part { rules: &[], find: Find::Value(of_value) };

fn of_member(pair: &MemberPair<'_>, changes: &mut Changes) {
    let said = |contract: &Contract, entries: &[MemberByRelease]| -> Vec<String> {
        entries.iter().map(|entry| member(contract, entry)).collect()
    };
    let (was, is) = (said(pair.all.old, &pair.old.by_release), said(pair.all.new, &pair.new.by_release));
    compare(&pair.about, &pair.new.name.value, (&was, &is), changes);
}

fn of_value(pair: &ValuePair<'_>, changes: &mut Changes) {
    let said = |entries: &[ValueByRelease]| -> Vec<String> {
        entries
            .iter()
            .map(|entry| {
                format!("{}spelt `{}`", releases(entry.since.as_ref(), entry.until.as_ref()), entry.spelt.value)
            })
            .collect()
    };
    let (was, is) = (said(&pair.old.by_release), said(&pair.new.by_release));
    compare(&pair.about, &pair.new.wire.value, (&was, &is), changes);
}

fn compare(about: &About, name: &str, (was, is): (&[String], &[String]), changes: &mut Changes) {
    if was == is {
        return;
    }
    let joined = |entries: &[String]| if entries.is_empty() { "nothing".to_owned() } else { entries.join("; ") };
    let message = format!("what releases do otherwise with `{name}`: {}; it was: {}", joined(is), joined(was));
    changes.push(
        Change::new(&CHANGED, about, Verdict::new(Risky, Documentation, Documentation), message)
            .values(was.join("; "), is.join("; "))
            .effect("A backend that goes by what was written misreads bodies of such a release.")
            .action("Test with bodies of the releases that you meet."),
    );
}

fn member(contract: &Contract, entry: &MemberByRelease) -> String {
    let parts = [
        entry.spelt.as_ref().map(|name| format!("spelt `{}`", name.value)),
        entry.ty.as_ref().map(|(ty, _)| format!("`{}`", written(contract, ty))),
        entry.presence.map(|presence| format!("sent {presence}")),
        entry.doc.as_ref().map(|doc| doc.value.clone()),
    ];
    format!(
        "{}{}",
        releases(entry.lifetime.since.as_ref(), entry.lifetime.until.as_ref()),
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    )
}

fn releases(since: Option<&Version>, until: Option<&Version>) -> String {
    let since = since.map(|version| format!("since {version} "));
    let until = until.map(|version| format!("until {version} "));
    format!("{}{}", since.unwrap_or_default(), until.unwrap_or_default())
}
