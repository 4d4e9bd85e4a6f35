use super::change::{About, Change, Changes};
use super::compare::{HookPair, MemberPair, ValuePair};
use super::rule::change_rules;
use super::verdict::Impact::{Documentation, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{Lifetime, Version};

change_rules! {
    /// Since when, until when, or whether something should be used changes.
    ///
    /// **`since-changed`.** Later than thought means that older senders do not send it; earlier, or always, is good news.
    /// **`until-changed`.** An end that is new or comes sooner means that newer senders do not send it.
    /// **`deprecated`**, **`no-longer-deprecated`.** It is sent as before; languages that know the mark show it.
    ///
    /// What generated source looks like does not depend on it: it has what any release sends.
    SINCE { code: "D0501", name: "since-changed", mirror: Rule("since-changed") }
    UNTIL { code: "D0502", name: "until-changed", mirror: Rule("until-changed") }
    DEPRECATED { code: "D0503", name: "deprecated", mirror: Rule("no-longer-deprecated") }
    RESTORED { code: "D0504", name: "no-longer-deprecated", mirror: Rule("deprecated") }
}

pub(super) static OF_HOOK: Part = Part { rules: RULES, find: Find::Hook(of_hook) };
pub(super) static OF_MEMBER: Part = Part { rules: &[], find: Find::Member(of_member) };
pub(super) static OF_VALUE: Part = Part { rules: &[], find: Find::Value(of_value) };

fn of_hook(pair: &HookPair<'_>, changes: &mut Changes) {
    compare(&pair.about, "it", (&pair.old.lifetime, &pair.new.lifetime), changes);
}

fn of_member(pair: &MemberPair<'_>, changes: &mut Changes) {
    let name = format!("`{}`", pair.new.name.value);
    compare(&pair.about, &name, (&pair.old.lifetime, &pair.new.lifetime), changes);
}

fn of_value(pair: &ValuePair<'_>, changes: &mut Changes) {
    let name = format!("`{}`", pair.new.wire.value);
    compare(&pair.about, &name, (&pair.old.lifetime, &pair.new.lifetime), changes);
}

fn compare(about: &About, name: &str, (old, new): (&Lifetime, &Lifetime), changes: &mut Changes) {
    since(about, name, (old.since.as_ref(), new.since.as_ref()), changes);
    let (was, is) = (old.until.as_ref(), new.until.as_ref());
    if parts(was) != parts(is) {
        // No end is later than any.
        let sooner = is.is_some_and(|is| was.is_none_or(|was| is.parts < was.parts));
        let message = match (was, is) {
            (Some(was), None) => format!("{name} does not end with {was}"),
            (_, is) => format!("{name} is sent until {} only", shown(is)),
        };
        let (wire, effect) = match sooner {
            true => (Risky, "Senders after that do not send it."),
            false => (Safe, "It is sent longer than was thought."),
        };
        let about = placed(about, was, is);
        let change = Change::new(&UNTIL, &about, Verdict::new(wire, Documentation, Documentation), message)
            .values(shown(was), shown(is))
            .effect(effect);
        changes.push(if sooner { change.action("Do without it there.") } else { change });
    }
    match (&old.deprecated, &new.deprecated) {
        (None, Some(deprecated)) => {
            let instead = deprecated.replacement.as_ref().map(|name| format!(" Use `{}`.", name.value));
            let message = format!("{name} should no longer be used: {}", deprecated.reason.value);
            let change = Change::new(&DEPRECATED, about, Verdict::new(Safe, Documentation, Safe), message)
                .effect(format!("It is sent as before.{}", instead.unwrap_or_default()));
            changes.push(change);
        }
        (Some(_), None) => changes.push(
            Change::new(&RESTORED, about, Verdict::new(Safe, Documentation, Safe), format!("{name} may be used again"))
                .effect("It is sent as before."),
        ),
        _ => {}
    }
}

/// Since when something is sent.
pub(super) fn since(about: &About, name: &str, (was, is): (Option<&Version>, Option<&Version>), changes: &mut Changes) {
    if parts(was) == parts(is) {
        return;
    }
    // No version is earlier than any.
    let later = parts(is) > parts(was);
    let message = match (was, is) {
        (Some(was), None) => format!("{name} was there before {was}"),
        (_, is) => format!("{name} is sent since {} only", shown(is)),
    };
    let (wire, effect) = match later {
        true => (Risky, "Senders before that do not send it."),
        false => (Safe, "It is sent by older senders too."),
    };
    let change =
        Change::new(&SINCE, &placed(about, was, is), Verdict::new(wire, Documentation, Documentation), message)
            .values(shown(was), shown(is))
            .effect(effect);
    changes.push(if later { change.action("Do without it there.") } else { change });
}

fn placed(about: &About, was: Option<&Version>, is: Option<&Version>) -> About {
    let old_span = was.map(|version| version.span).or(about.old_span);
    About { span: is.map_or(about.span, |version| version.span), old_span, ..about.clone() }
}

fn parts(version: Option<&Version>) -> Option<&[u32]> {
    version.map(|version| version.parts.as_slice())
}

fn shown(version: Option<&Version>) -> String {
    version.map(ToString::to_string).unwrap_or_default()
}
