use super::change::{About, Change, Changes};
use super::compare::{TypePair, ValuePair};
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Documentation, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{EnumValue, Name, Openness, TypeKind};
use wcs_contract::names::{self, Role};

change_rules! {
    /// A value of an enum comes, goes, gets another spelling or another name in programs, or other values may follow it.
    ///
    /// **`value-added`.** Safe where the list is open: a running backend keeps what it does not know. A backend that knows a
    /// complete list can't read it, and a `match` over a complete enum does not compile without it. In answers it is safe.
    ///
    /// **`value-removed`.** It is no longer sent: a backend that waits for it waits in vain. In answers the sender no longer
    /// takes it. Its variant is gone.
    ///
    /// **`value-renamed`.** The contract says `replaces: OLD`. The spelling on the wire is another one, which a running backend
    /// takes for an unknown value, unless it was an alias already.
    ///
    /// **`identifier-changed`.** The variant's name in programs (`name`) is another one; the wire is the same.
    ///
    /// **`successors-changed`.** A value may be followed by others than before. A backend that checks the order of states may
    /// take a right one for a mistake.
    ADDED { code: "D0307", name: "value-added", mirror: Rule("value-removed") }
    REMOVED { code: "D0308", name: "value-removed", mirror: Rule("value-added") }
    RENAMED { code: "D0309", name: "value-renamed", mirror: Rule("value-renamed") }
    IDENTIFIER { code: "D0310", name: "identifier-changed", mirror: Rule("identifier-changed") }
    SUCCESSORS { code: "D0313", name: "successors-changed", mirror: Rule("successors-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Type(find) };
pub(super) static OF_BOTH: Part = Part { rules: &[], find: Find::Value(of_both) };

fn find(pair: &TypePair<'_>, changes: &mut Changes) {
    let (Some(values), TypeKind::Enum { openness, .. }) = (pair.values(), &pair.old.kind) else { return };
    let sides = pair.about.sides;
    for value in &values.added {
        let about = pair.about.item(&value.wire.value, Some(value.wire.span), None);
        let (source, request) = match openness {
            Openness::Open => (Verdict::SAFE, Verdict::SAFE),
            Openness::Closed => (Verdict::new(Safe, Breaking, Breaking), Verdict::new(Breaking, Safe, Safe)),
        };
        let message = format!("new value `{}`: {}", value.wire.value, value.doc.value);
        let change = Change::new(&ADDED, &about, sides.judge(source, request, Verdict::SAFE), message);
        changes.push(match openness {
            Openness::Open => change.effect("A backend that does not know it reads it as `Other` and keeps it."),
            Openness::Closed => change
                .effect("A running backend reads nothing in its place, and a `match` lacks it.")
                .action("Handle it, and update backends before senders."),
        });
    }
    for value in &values.removed {
        let about = pair.about.item(&value.wire.value, None, Some(value.wire.span));
        let source = Verdict::new(Safe, Breaking, Breaking);
        let verdict = sides.judge(source, Verdict::new(Risky, Safe, Safe), Verdict::new(Breaking, Safe, Safe));
        let effect = match (sides.request, sides.answer) {
            (_, true) => "An answer that says so is not understood any more.",
            (true, false) => "A backend that waits for it waits in vain.",
            (false, false) => "Nothing on the wire changes.",
        };
        changes.push(
            Change::new(&REMOVED, &about, verdict, format!("the value `{}` is gone", value.wire.value))
                .effect(format!("{effect} Source that names it does not compile."))
                .action("Remove it; if it is only spelt otherwise now, say `replaces`."),
        );
    }
}

fn of_both(pair: &ValuePair<'_>, changes: &mut Changes) {
    let same = names::rust(pair.old.stem(), Role::Variant) == names::rust(pair.new.stem(), Role::Variant);
    let rust = if same { Safe } else { Breaking };
    if pair.old.wire.value != pair.new.wire.value {
        renamed(pair, Verdict::new(Safe, rust, Breaking), changes);
    } else if pair.old.stem() != pair.new.stem() {
        let message = format!(
            "`{}` is called `{}` in programs, no longer `{}`",
            pair.new.wire.value,
            pair.new.stem(),
            pair.old.stem()
        );
        changes.push(
            Change::new(&IDENTIFIER, &pair.about, Verdict::new(Safe, rust, Breaking), message)
                .values(pair.old.stem(), pair.new.stem())
                .effect("The wire is the same; source that names it does not compile.")
                .action("Use the new name."),
        );
    }
    successors(pair, changes);
}

fn renamed(pair: &ValuePair<'_>, source: Verdict, changes: &mut Changes) {
    let (was, is) = (&pair.old.wire.value, &pair.new.wire.value);
    let understood = spellings(pair.old).any(|word| word == is) && spellings(pair.new).any(|word| word == was);
    let request = if understood { Verdict::SAFE } else { Verdict::new(Breaking, Safe, Safe) };
    let verdict = pair.about.sides.judge(source, request, Verdict::new(Breaking, Safe, Safe));
    let effect = if understood {
        "Old and new backends understand both spellings."
    } else {
        "Backends take the spelling that they do not know for an unknown value."
    };
    let about = About { span: pair.new.wire.span, ..pair.about.clone() };
    changes.push(
        Change::new(&RENAMED, &about, verdict, format!("the value `{is}` was spelt `{was}`"))
            .values(was, is)
            .effect(effect)
            .action(format!("Add `aliases: {{{was}: …}}` to the value if older senders are about.")),
    );
}

fn successors(pair: &ValuePair<'_>, changes: &mut Changes) {
    let was_called = |name: &Name| {
        let renamed = pair.renamed.iter().find(|(old, _)| *old == name.value);
        renamed.map_or(&name.value, |(_, new)| new).clone()
    };
    let old: Vec<String> = pair.old.next.iter().map(was_called).collect();
    let new: Vec<String> = pair.new.next.iter().map(|name| name.value.clone()).collect();
    let gone: Vec<&String> = old.iter().filter(|name| !new.contains(name)).collect();
    let come: Vec<&String> = new.iter().filter(|name| !old.contains(name)).collect();
    if gone.is_empty() && come.is_empty() {
        return;
    }
    let wire = if come.is_empty() { Safe } else { Risky };
    let listed = |names: &[String]| if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
    let message = format!("after `{}` may come {}, where it was {}", pair.new.wire.value, listed(&new), listed(&old));
    changes.push(
        Change::new(&SUCCESSORS, &pair.about, Verdict::new(wire, Documentation, Documentation), message)
            .values(old.join(", "), new.join(", "))
            .effect("A backend that checks the order of states goes by the old one."),
    );
}

fn spellings(value: &EnumValue) -> impl Iterator<Item = &String> {
    std::iter::once(&value.wire.value).chain(value.aliases.iter().map(|(alias, _)| &alias.value))
}
