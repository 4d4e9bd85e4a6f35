use super::change::{About, Change, Changes};
use super::compare::{HookPair, MemberPair, ValuePair};
use super::hook;
use super::rule::{ChangeRule, change_rules};
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::{Impact, Verdict};
use crate::part::{Find, Part};
use wcs_contract::model::{EnumValue, Name, Openness, Parameter, Presence, Text};

change_rules! {
    /// A hook, a member or a value gets another spelling on the wire, or loses one.
    ///
    /// **`hook-alias-added`, `member-alias-added`, `value-alias-added`.** Senders use a spelling that a running backend does
    /// not know: a hook of that name gets 404, a member reads as absent, a value as an unknown one. Spellings of answers are
    /// the backend's own choice, so that nothing follows from another one. In TypeScript and OpenAPI a member that is always
    /// sent becomes optional with its first other spelling, and a complete enum gets a literal more.
    ///
    /// **`hook-alias-removed`, `member-alias-removed`, `value-alias-removed`.** A rebuilt backend no longer understands
    /// senders that use the spelling. Remove it only when none of them is left.
    ///
    /// A spelling that the other contract knows as the name itself changes places with it, and nothing follows.
    HOOK_ADDED { code: "D0104", name: "hook-alias-added", mirror: Rule("hook-alias-removed") }
    HOOK_REMOVED { code: "D0105", name: "hook-alias-removed", mirror: Rule("hook-alias-added") }
    MEMBER_ADDED { code: "D0204", name: "member-alias-added", mirror: Rule("member-alias-removed") }
    MEMBER_REMOVED { code: "D0205", name: "member-alias-removed", mirror: Rule("member-alias-added") }
    VALUE_ADDED { code: "D0311", name: "value-alias-added", mirror: Rule("value-alias-removed") }
    VALUE_REMOVED { code: "D0312", name: "value-alias-removed", mirror: Rule("value-alias-added") }
}

pub(super) static OF_HOOK: Part = Part { rules: RULES, find: Find::Hook(of_hook) };
pub(super) static OF_MEMBER: Part = Part { rules: &[], find: Find::Member(of_member) };
pub(super) static OF_VALUE: Part = Part { rules: &[], find: Find::Value(of_value) };

/// A spelling that one of the two lists has and the other has not.
struct Difference<'a> {
    rule: &'static ChangeRule,
    about: &'a About,
    spelling: &'a Name,
    origin: &'a Text,
}

fn of_hook(pair: &HookPair<'_>, changes: &mut Changes) {
    let known = |hook, spelling: &Name| hook::spellings(hook).any(|name| *name == spelling.value);
    for (spelling, origin) in &pair.new.aliases {
        let Some(wire) = gained(&pair.old.aliases, spelling, known(pair.old, spelling), Risky) else { continue };
        let difference = Difference { rule: &HOOK_ADDED, about: &pair.about, spelling, origin };
        changes.push(added(&difference, Verdict::new(wire, Safe, Safe), "A backend that runs answers it with 404."));
    }
    for (spelling, origin) in &pair.old.aliases {
        let Some(wire) = gained(&pair.new.aliases, spelling, known(pair.new, spelling), Breaking) else { continue };
        let difference = Difference { rule: &HOOK_REMOVED, about: &pair.about, spelling, origin };
        changes.push(removed(&difference, Verdict::new(wire, Safe, Safe), "answers it with 404"));
    }
}

fn of_member(pair: &MemberPair<'_>, changes: &mut Changes) {
    let request = pair.about.sides.request;
    let impact = |worst: Impact| if request { worst } else { Safe };
    for (spelling, origin) in &pair.new.aliases {
        let known = spelt(pair.old, spelling);
        let Some(wire) = gained(&pair.old.aliases, spelling, known, impact(Risky)) else { continue };
        let first = pair.old.aliases.is_empty() && pair.old.presence == Presence::Always;
        let others = if first { impact(Breaking) } else { Safe };
        let difference = Difference { rule: &MEMBER_ADDED, about: &pair.about, spelling, origin };
        changes.push(added(
            &difference,
            Verdict::new(wire, Safe, others),
            "A backend that runs finds the member absent.",
        ));
    }
    for (spelling, origin) in &pair.old.aliases {
        let known = spelt(pair.new, spelling);
        let Some(wire) = gained(&pair.new.aliases, spelling, known, impact(Breaking)) else { continue };
        let difference = Difference { rule: &MEMBER_REMOVED, about: &pair.about, spelling, origin };
        changes.push(removed(&difference, Verdict::new(wire, Safe, wire), "finds the member absent"));
    }
}

fn of_value(pair: &ValuePair<'_>, changes: &mut Changes) {
    let request = pair.about.sides.request;
    let impact = |worst: Impact| if request { worst } else { Safe };
    let known = |value: &EnumValue, spelling: &Name| value.wire.value == spelling.value;
    for (spelling, origin) in &pair.new.aliases {
        let Some(wire) = gained(&pair.old.aliases, spelling, known(pair.old, spelling), impact(Risky)) else {
            continue;
        };
        let others = if pair.openness == Openness::Closed && wire != Safe { Breaking } else { Safe };
        let difference = Difference { rule: &VALUE_ADDED, about: &pair.about, spelling, origin };
        changes.push(added(
            &difference,
            Verdict::new(wire, Safe, others),
            "A backend that runs takes it for an unknown value.",
        ));
    }
    for (spelling, origin) in &pair.old.aliases {
        let Some(wire) = gained(&pair.new.aliases, spelling, known(pair.new, spelling), impact(Breaking)) else {
            continue;
        };
        let difference = Difference { rule: &VALUE_REMOVED, about: &pair.about, spelling, origin };
        changes.push(removed(&difference, Verdict::new(wire, Safe, wire), "takes it for an unknown value"));
    }
}

/// How bad it is that a spelling is not in the other list; `None` if it is.
fn gained(others: &[(Name, Text)], spelling: &Name, known_as_name: bool, worst: Impact) -> Option<Impact> {
    let listed = others.iter().any(|(other, _)| other.value == spelling.value);
    (!listed).then_some(if known_as_name { Safe } else { worst })
}

fn spelt(member: &Parameter, spelling: &Name) -> bool {
    member.name.value == spelling.value
}

fn added(difference: &Difference<'_>, verdict: Verdict, effect: &str) -> Change {
    let Difference { rule, about, spelling, origin } = difference;
    let about = About { span: spelling.span, old_span: about.old_span, ..(*about).clone() };
    let message = format!("{}also spelt `{}`: {}", subject(&about), spelling.value, origin.value);
    let change = Change::new(rule, &about, verdict, message).values("", &spelling.value);
    match verdict.wire {
        Safe => change.effect("Backends understand it already, or need not."),
        _ => change.effect(effect).action("Rebuild backends before senders use it."),
    }
}

fn removed(difference: &Difference<'_>, verdict: Verdict, effect: &str) -> Change {
    let Difference { rule, about, spelling, .. } = difference;
    let about = About { old_span: Some(spelling.span), ..(*about).clone() };
    let message = format!("{}no longer spelt `{}`", subject(&about), spelling.value);
    let change = Change::new(rule, &about, verdict, message).values(&spelling.value, "");
    match verdict.wire {
        Safe => change.effect("Backends understand it all the same, or need not."),
        _ => change
            .effect(format!("A backend that is built from the new contract {effect}, if a sender still uses it."))
            .action("Keep the spelling as long as such senders are about."),
    }
}

fn subject(about: &About) -> String {
    about.item.as_ref().map_or(String::new(), |item| format!("`{item}` is "))
}
