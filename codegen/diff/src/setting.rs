use super::change::{Change, Changes};
use super::compare::{Comparison, HookPair};
use super::pair::matched;
use super::rule::change_rules;
use super::verdict::Impact::{Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};

change_rules! {
    /// Settings of the sender, and the hooks that need them, change.
    ///
    /// **`setting-needed`.** A hook is not sent until the operator sets it. **`setting-no-longer-needed`** asks nothing of anybody.
    /// **`setting-changed`.** The hooks need another value. **`setting-removed`.** The sender has it no longer, or nobody knows of
    /// it; what it switched on may be off. **`setting-added`** is news.
    NEEDED { code: "D0108", name: "setting-needed", mirror: Rule("setting-no-longer-needed") }
    NOT_NEEDED { code: "D0109", name: "setting-no-longer-needed", mirror: Rule("setting-needed") }
    ADDED { code: "D0413", name: "setting-added", mirror: Rule("setting-removed") }
    REMOVED { code: "D0414", name: "setting-removed", mirror: Rule("setting-added") }
    CHANGED { code: "D0415", name: "setting-changed", mirror: Rule("setting-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(of_sender) };
pub(super) static OF_HOOK: Part = Part { rules: &[], find: Find::Hook(of_hook) };

fn of_hook(pair: &HookPair<'_>, changes: &mut Changes) {
    let lacks = |settings: &[wcs_contract::model::Name], name: &str| !settings.iter().any(|known| known.value == name);
    for setting in pair.new.requires.iter().filter(|setting| lacks(&pair.old.requires, &setting.value)) {
        let mut about = pair.about.clone();
        about.span = setting.span;
        changes.push(
            Change::new(
                &NEEDED,
                &about,
                Verdict::new(Risky, Safe, Safe),
                format!("it is sent only if the setting `{}` allows it", setting.value),
            )
            .values("", &setting.value)
            .effect("A sender that is not configured so does not send the hook.")
            .action("Let the operator set it; `wcs operator` prints how."),
        );
    }
    for setting in pair.old.requires.iter().filter(|setting| lacks(&pair.new.requires, &setting.value)) {
        let mut about = pair.about.clone();
        about.old_span = Some(setting.span);
        changes.push(
            Change::new(
                &NOT_NEEDED,
                &about,
                Verdict::SAFE,
                format!("it is sent without the setting `{}`", setting.value),
            )
            .values(&setting.value, "")
            .effect("What is set may stay."),
        );
    }
}

fn of_sender(all: &Comparison<'_>, changes: &mut Changes) {
    let (Some(old), Some(new)) = (&all.old.sender, &all.new.sender) else { return };
    let settings = matched(old.settings.iter(), new.settings.iter());
    let sender = all.about_sender();
    for (name, setting) in &settings.added {
        let about = sender.item(&name.value, Some(name.span), None);
        let message = format!("new setting `{}`: {}", name.value, setting.doc.value);
        changes.push(Change::new(&ADDED, &about, Verdict::SAFE, message).effect("Nothing has to be done."));
    }
    for (name, _) in &settings.removed {
        let about = sender.item(&name.value, None, Some(name.span));
        changes.push(
            Change::new(
                &REMOVED,
                &about,
                Verdict::new(Risky, Safe, Safe),
                format!("the setting `{}` is gone", name.value),
            )
            .effect("What it switched on may be off, and an operator's configuration names it in vain."),
        );
    }
    for ((name, old), (_, new)) in &settings.both {
        if old.value.value != new.value.value {
            let about = sender.item(&name.value, Some(new.value.span), Some(old.value.span));
            let message =
                format!("the setting `{}` must be `{}`, no longer `{}`", name.value, new.value.value, old.value.value);
            changes.push(
                Change::new(&CHANGED, &about, Verdict::new(Risky, Safe, Safe), message)
                    .values(&old.value.value, &new.value.value)
                    .effect("Hooks that need it are not sent, or not as described, with the old value.")
                    .action("Let the operator change it."),
            );
        }
    }
}
