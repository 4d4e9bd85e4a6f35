use super::change::{Change, Changes};
use super::compare::Comparison;
use super::pair::matched;
use super::rule::change_rules;
use super::verdict::Verdict;
use crate::part::{Find, Part};

change_rules! {
    /// The operator's commands change.
    ///
    /// `wcs operator` prints the new ones. What was typed once is done; backends and programs notice nothing.
    CHANGED { code: "D0416", name: "command-changed", mirror: Rule("command-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(find) };

fn find(all: &Comparison<'_>, changes: &mut Changes) {
    let (Some(old), Some(new)) = (&all.old.sender, &all.new.sender) else { return };
    let commands = matched(old.commands.iter(), new.commands.iter());
    let sender = all.about_sender();
    let mut tell = |about, message: String, was: &str, is: &str| {
        let change = Change::new(&CHANGED, &about, Verdict::SAFE, message).values(was, is);
        changes.push(change.effect("Operators type it in the new form; what was typed once is done."));
    };
    for (name, command) in &commands.added {
        let about = sender.item(&name.value, Some(name.span), None);
        tell(about, format!("new command `{}`: {}", name.value, command.doc.value), "", &command.template.value);
    }
    for (name, command) in &commands.removed {
        let about = sender.item(&name.value, None, Some(name.span));
        tell(about, format!("the command `{}` is gone", name.value), &command.template.value, "");
    }
    for ((name, old), (_, new)) in &commands.both {
        let about = sender.item(&name.value, Some(new.template.span), Some(old.template.span));
        let (was, is) = (&old.template.value, &new.template.value);
        if was != is {
            tell(about.clone(), format!("the command `{}` is typed `{is}`", name.value), was, is);
        }
        let (was, is) = (old.run.value, new.run.value);
        if was != is {
            tell(
                about,
                format!("the command `{}` is run `{is}`, no longer `{was}`", name.value),
                was.word(),
                is.word(),
            );
        }
    }
}
