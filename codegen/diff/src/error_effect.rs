use super::change::{Change, Changes};
use super::compare::Comparison;
use super::pair::matched;
use super::rule::change_rules;
use super::verdict::Impact::{self, Breaking, Documentation, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{ErrorCell, ErrorRow};

change_rules! {
    /// What the sender does when a hook fails changes.
    ///
    /// **`error-effect-changed`.** Whether what caused the hook goes on is what a backend relies on when it says no, and what it
    /// risks when it fails: a change either way breaks. What client and far side are told is a risk. **`error-word-removed`.** A
    /// policy that uses the word means nothing any more. **`error-word-added`** is a choice more.
    WORD_ADDED { code: "D0419", name: "error-word-added", mirror: Rule("error-word-removed") }
    WORD_REMOVED { code: "D0420", name: "error-word-removed", mirror: Rule("error-word-added") }
    CHANGED { code: "D0421", name: "error-effect-changed", mirror: Rule("error-effect-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(find) };

fn find(all: &Comparison<'_>, changes: &mut Changes) {
    let rows = |rows: &'_ [(wcs_contract::model::Name, ErrorRow)]| rows.len();
    if rows(&all.old.on_error) + rows(&all.new.on_error) == 0 {
        return;
    }
    let old = all.old.on_error.iter().map(|(name, row)| (name, row));
    let new = all.new.on_error.iter().map(|(name, row)| (name, row));
    let matrix = matched(old, new);
    let sender = all.about_sender();
    for (word, row) in &matrix.added {
        let about = sender.item(&word.value, Some(word.span), None);
        let message = format!("new word for errors `{}`: {}", word.value, row.doc.value);
        let verdict = Verdict::new(Safe, Documentation, Documentation);
        changes.push(
            Change::new(&WORD_ADDED, &about, verdict, message)
                .effect("Policies that do not use it are treated as before."),
        );
    }
    for (word, _) in &matrix.removed {
        let about = sender.item(&word.value, None, Some(word.span));
        let verdict = Verdict::new(Breaking, Documentation, Documentation);
        changes.push(
            Change::new(&WORD_REMOVED, &about, verdict, format!("the word for errors `{}` is gone", word.value))
                .effect("A policy that uses it means nothing any more.")
                .action("Use another word in the session policy."),
        );
    }
    for ((word, old), (_, new)) in &matrix.both {
        for ((kind, was), (_, is)) in old.cells.iter().zip(new.cells.iter()) {
            let mut about = sender.item(&word.value, Some(is.head), Some(was.head));
            about.hooks = all
                .new
                .hooks
                .iter()
                .filter(|hook| hook.kind == kind)
                .map(|hook| (hook.name.value.clone(), kind))
                .collect();
            for fact in facts(was, is) {
                let message = format!(
                    "under `{}`, a failing `{kind}` hook: {} `{}`, no longer `{}`",
                    word.value, fact.what, fact.is, fact.was
                );
                changes.push(
                    Change::new(&CHANGED, &about, Verdict::new(fact.impact, Documentation, Documentation), message)
                        .values(format!("{kind}: {}", fact.was), format!("{kind}: {}", fact.is))
                        .effect(fact.effect),
                );
            }
        }
    }
}

struct Fact {
    what: &'static str,
    was: String,
    is: String,
    impact: Impact,
    effect: &'static str,
}

fn facts(was: &ErrorCell, is: &ErrorCell) -> Vec<Fact> {
    let logged = |cell: &ErrorCell| cell.logged.as_ref().is_none_or(|said| said.value).to_string();
    let status =
        |cell: &ErrorCell| cell.caller_status.as_ref().map_or("none".to_owned(), |status| status.value.to_string());
    let all = [
        Fact {
            what: "what caused it is",
            was: was.execution.value.to_string(),
            is: is.execution.value.to_string(),
            impact: Breaking,
            effect: "Denials and failures of a backend have another effect on what clients may do.",
        },
        Fact {
            what: "the client is told",
            was: was.client.value.to_string(),
            is: is.client.value.to_string(),
            impact: Risky,
            effect: "Clients learn of the failure in another way.",
        },
        Fact {
            what: "the far side gets the status",
            was: status(was),
            is: status(is),
            impact: Risky,
            effect: "The far side takes the failure for another one.",
        },
        Fact {
            what: "it is written to the log:",
            was: logged(was),
            is: logged(is),
            impact: Safe,
            effect: "Whoever reads the sender's log sees more or less than before.",
        },
    ];
    all.into_iter().filter(|fact| fact.was != fact.is).collect()
}
