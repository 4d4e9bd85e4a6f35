use super::change::{Change, Changes};
use super::compare::Comparison;
use super::lifetime;
use super::pair::matched;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};

change_rules! {
    /// The sender gains or loses a base path.
    ///
    /// **`base-path-added`.** A running backend is not mounted there and answers 404, if nobody sets the address by hand.
    /// **`base-path-removed`.** A rebuilt backend answers 404 to senders that still use it.
    ADDED { code: "D0401", name: "base-path-added", mirror: Rule("base-path-removed") }
    REMOVED { code: "D0402", name: "base-path-removed", mirror: Rule("base-path-added") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(find) };

fn find(all: &Comparison<'_>, changes: &mut Changes) {
    let (Some(old), Some(new)) = (&all.old.sender, &all.new.sender) else { return };
    let paths = matched(old.base_paths.iter(), new.base_paths.iter());
    for (path, about) in &paths.added {
        let place = all.about_sender().item(&path.value, Some(path.span), None);
        changes.push(
            Change::new(
                &ADDED,
                &place,
                Verdict::new(Risky, Safe, Safe),
                format!("it sends to `{}`: {}", path.value, about.doc.value),
            )
            .effect("A backend that is not mounted there answers 404.")
            .action("Mount the backend there too, or set the address on the sender."),
        );
    }
    for (path, _) in &paths.removed {
        let place = all.about_sender().item(&path.value, None, Some(path.span));
        changes.push(
            Change::new(
                &REMOVED,
                &place,
                Verdict::new(Breaking, Safe, Safe),
                format!("it no longer sends to `{}`", path.value),
            )
            .effect("A rebuilt backend answers 404 to senders that still use it.")
            .action("Keep the path as long as such senders are about."),
        );
    }
    for ((path, old), (_, new)) in &paths.both {
        let place = all.about_sender().item(&path.value, Some(new.head), Some(old.head));
        lifetime::since(&place, &format!("`{}`", path.value), (old.since.as_ref(), new.since.as_ref()), changes);
    }
}
