use super::change::{About, Change, Changes};
use super::compare::Comparison;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::Hook;
use wcs_contract::names::{self, Role};

change_rules! {
    /// A hook comes, goes, or gets another name.
    ///
    /// **`hook-added`.** A backend that runs does not know the new hook and answers 404. For an event that is an error in the
    /// sender's log; a question that nobody answers may be refused, depending on the session's policy. Handle it, or see to
    /// it that the sender is not told to send it. Source that compiles goes on compiling.
    ///
    /// **`hook-removed`.** The backend is no longer asked or told. Whatever it forbade or counted by this hook goes unnoticed,
    /// source that names the hook's type does not compile, and a rebuilt backend answers 404 to senders that still send it.
    ///
    /// **`hook-renamed`.** The contract says `replaces: oldName`. The sender uses the new name, which a running backend does
    /// not know, unless it was an alias already; a rebuilt backend no longer knows the old one, unless the new contract lists
    /// it under `aliases`, which it should as long as older senders are about. The Rust type is renamed too, unless both
    /// names give the same identifier.
    ADDED { code: "D0101", name: "hook-added", mirror: Rule("hook-removed") }
    REMOVED { code: "D0102", name: "hook-removed", mirror: Rule("hook-added") }
    RENAMED { code: "D0103", name: "hook-renamed", mirror: Rule("hook-renamed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(find) };

fn find(all: &Comparison<'_>, changes: &mut Changes) {
    for hook in &all.hooks.added {
        let about = About { span: hook.name.span, old_span: None, ..all.about_hook(hook) };
        let (wire, effect) = if hook.kind.is_notification() {
            (Safe, "A backend that does not know it answers 404, which the sender logs.")
        } else {
            (Risky, "A backend that does not know it answers 404, and what was asked for may be refused.")
        };
        let message = format!("new hook of type `{}`: {}", hook.kind, hook.summary.value);
        changes.push(
            Change::new(&ADDED, &about, Verdict::new(wire, Safe, Safe), message)
                .effect(effect)
                .action("Handle it, or leave it out where the sender is told which hooks to send."),
        );
    }
    for hook in &all.hooks.removed {
        let about = About { old_span: Some(hook.name.span), ..all.about_hook(hook) };
        let lost = if hook.kind.is_notification() {
            "The backend is no longer told of it."
        } else {
            "The backend is no longer asked: what it forbade may happen now."
        };
        let message = format!("the hook is gone: {}", hook.summary.value);
        changes.push(
            Change::new(&REMOVED, &about, Verdict::new(Breaking, Breaking, Breaking), message)
                .effect(format!("{lost} Source that handles it does not compile."))
                .action("Remove the handler, and find another hook for what it did."),
        );
    }
    for (old, new) in &all.hooks.both {
        if old.name.value != new.name.value {
            renamed(all, old, new, changes);
        }
    }
}

fn renamed(all: &Comparison<'_>, old: &Hook, new: &Hook, changes: &mut Changes) {
    let about = About { span: new.name.span, old_span: Some(old.name.span), ..all.about_hook(new) };
    let (was, is) = (&old.name.value, &new.name.value);
    let (running, rebuilt) = (spellings(old).any(|name| name == is), spellings(new).any(|name| name == was));
    let wire = if running && rebuilt { Safe } else { Breaking };
    let same = names::rust(was, Role::Hook) == names::rust(is, Role::Hook);
    let effect = match (running, rebuilt) {
        (true, true) => "Both names are understood by old and new backends.",
        (true, false) => "A rebuilt backend does not know the name that older senders use.",
        (false, true) => "A running backend does not know the new name and answers 404.",
        (false, false) => "Neither does a running backend know the new name, nor a rebuilt one the old name.",
    };
    let action = match rebuilt {
        true => "Update backends before senders.".to_owned(),
        false => format!("Add `aliases: {{{was}: …}}` to the hook, and update backends before senders."),
    };
    changes.push(
        Change::new(
            &RENAMED,
            &about,
            Verdict::new(wire, if same { Safe } else { Breaking }, Breaking),
            format!("the hook was called `{was}`"),
        )
        .values(was, is)
        .effect(effect)
        .action(action),
    );
}

/// All names under which a hook is understood.
pub(super) fn spellings(hook: &Hook) -> impl Iterator<Item = &String> {
    std::iter::once(&hook.name.value).chain(hook.aliases.iter().map(|(alias, _)| &alias.value))
}
