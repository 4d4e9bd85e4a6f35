use super::change::{Change, Changes};
use super::compare::{Comparison, HookPair};
use super::rule::change_rules;
use super::verdict::Impact::{Documentation, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{Hook, HookId};

change_rules! {
    /// What follows a hook changes: the events that come after it, and the event by which the client learns of an error.
    ///
    /// **`follow-up-removed`.** A backend that waits for the event waits in vain. **`follow-up-added`** only says more than
    /// before. **`error-event-changed`.** Errors of the hook reach the client by another event or by none; a backend that counts
    /// these events counts something else. All of it is documentation for programs that are compiled.
    ADDED { code: "D0110", name: "follow-up-added", mirror: Rule("follow-up-removed") }
    REMOVED { code: "D0111", name: "follow-up-removed", mirror: Rule("follow-up-added") }
    ERROR_EVENT { code: "D0112", name: "error-event-changed", mirror: Rule("error-event-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Hook(find) };

fn find(pair: &HookPair<'_>, changes: &mut Changes) {
    let all = pair.all;
    let follows = |id: &HookId, others: &[HookId], same: &dyn Fn(&HookId, &HookId) -> bool| {
        others.iter().any(|other| same(id, other))
    };
    for id in &pair.new.leads_to {
        if !follows(id, &pair.old.leads_to, &|new, old| is_same(all, *old, *new)) {
            let name = &all.new.hook(*id).name.value;
            changes.push(
                Change::new(
                    &ADDED,
                    &pair.about,
                    Verdict::new(Safe, Documentation, Documentation),
                    format!("`{name}` follows it"),
                )
                .values("", name)
                .effect("Nothing that worked depends on it."),
            );
        }
    }
    for id in &pair.old.leads_to {
        if !follows(id, &pair.new.leads_to, &|old, new| is_same(all, *old, *new)) {
            let name = &all.old.hook(*id).name.value;
            let message = format!("`{name}` no longer follows it");
            changes.push(
                Change::new(&REMOVED, &pair.about, Verdict::new(Risky, Documentation, Documentation), message)
                    .values(name, "")
                    .effect("A backend that waits for the event waits in vain.")
                    .action("Do not count on it."),
            );
        }
    }
    error_event(pair, changes);
}

fn error_event(pair: &HookPair<'_>, changes: &mut Changes) {
    let named = |contract: &wcs_contract::model::Contract, hook: &Hook| {
        hook.error_event.as_ref().map(|(id, _)| contract.hook(*id).name.value.clone())
    };
    let same = match (&pair.old.error_event, &pair.new.error_event) {
        (Some((old, _)), Some((new, _))) => is_same(pair.all, *old, *new),
        (None, None) => true,
        _ => false,
    };
    if same {
        return;
    }
    let (was, is) = (named(pair.all.old, pair.old), named(pair.all.new, pair.new));
    let (wire, message) = match (&was, &is) {
        (None, Some(is)) => (Safe, format!("`{is}` tells the client of its errors")),
        (Some(was), None) => (Risky, format!("`{was}` no longer tells the client of its errors")),
        (was, is) => {
            let name = |name: &Option<String>| name.clone().unwrap_or_default();
            (Risky, format!("`{}` tells the client of its errors, not `{}`", name(is), name(was)))
        }
    };
    changes.push(
        Change::new(&ERROR_EVENT, &pair.about, Verdict::new(wire, Documentation, Documentation), message)
            .values(was.unwrap_or_default(), is.unwrap_or_default())
            .effect("Clients learn of errors in another way, and these events are sent to the backend too."),
    );
}

fn is_same(all: &Comparison<'_>, old: HookId, new: HookId) -> bool {
    let (old, new) = (&all.old.hook(old).name.value, &all.new.hook(new).name.value);
    old == new || all.hooks.both.iter().any(|(was, is)| was.name.value == *old && is.name.value == *new)
}
