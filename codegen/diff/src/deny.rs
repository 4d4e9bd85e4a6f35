use super::change::{Change, Changes};
use super::compare::HookPair;
use super::rule::change_rules;
use super::verdict::Impact::{self, Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::DenyEffect;

change_rules! {
    /// The effect of denying a hook changes.
    ///
    /// Where a denial forbade something or ended a stream and no longer does, a backend that says no is ignored: for it, this
    /// breaks. Where a denial gains an effect, a backend that has denied in vain, or failed, stops something now. Where the
    /// documents only became silent or began to speak, nothing is known to have changed. In Rust an event whose denial no
    /// longer ends a stream loses `Answer::end_stream`.
    CHANGED { code: "D0107", name: "denial-changed", mirror: Rule("denial-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Hook(find) };

fn find(pair: &HookPair<'_>, changes: &mut Changes) {
    let (was, is) = (pair.old.deny.effect.value, pair.new.deny.effect.value);
    if was == is {
        return;
    }
    let (wire, effect) = on_the_wire(was, is);
    let had_end = pair.old.kind.is_notification() && was == DenyEffect::EndsStream;
    let rust = if had_end && is != DenyEffect::EndsStream { Breaking } else { Safe };
    let mut about = pair.about.clone();
    (about.span, about.old_span) = (pair.new.deny.effect.span, Some(pair.old.deny.effect.span));
    let message = format!("a denial {} now; {}", said(is), said_before(was));
    let change = Change::new(&CHANGED, &about, Verdict::new(wire, rust, Safe), message)
        .values(was.word(), is.word())
        .effect(effect);
    changes.push(match wire {
        Breaking => change.action("Enforce by other means what its denial was to prevent."),
        Risky => change.action("See what the backend's denials and failures of this hook do now."),
        Safe | Impact::Documentation => change,
    });
}

fn on_the_wire(was: DenyEffect, is: DenyEffect) -> (Impact, &'static str) {
    use DenyEffect::{EndsStream, Forbids, NoEffect, NotUseful, Undocumented};
    match (was, is) {
        (Forbids | EndsStream, NotUseful | NoEffect) => (Breaking, "A backend that says no is no longer obeyed."),
        (Forbids | EndsStream, Undocumented) => (Risky, "Whether a backend that says no is obeyed is no longer known."),
        (_, Forbids | EndsStream) => (Risky, "A backend that denied in vain, or failed, stops something now."),
        (NotUseful | NoEffect | Undocumented, NotUseful | NoEffect | Undocumented) => {
            (Safe, "Denials prevent nothing that is known, as before.")
        }
    }
}

fn said(effect: DenyEffect) -> &'static str {
    match effect {
        DenyEffect::Forbids => "forbids what was asked for",
        DenyEffect::NotUseful => "serves no purpose",
        DenyEffect::NoEffect => "has no effect",
        DenyEffect::EndsStream => "ends the stream",
        DenyEffect::Undocumented => "has an effect that nobody documents",
    }
}

fn said_before(effect: DenyEffect) -> &'static str {
    match effect {
        DenyEffect::Forbids => "it forbade what was asked for",
        DenyEffect::NotUseful => "it served no purpose",
        DenyEffect::NoEffect => "it had no effect",
        DenyEffect::EndsStream => "it ended the stream",
        DenyEffect::Undocumented => "nobody documented what it did",
    }
}
