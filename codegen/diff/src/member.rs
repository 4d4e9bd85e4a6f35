use super::change::{About, Change, Changes};
use super::compare::{HookPair, MemberPair, TypePair};
use super::pair::Matched;
use super::rule::change_rules;
use super::usage::sides;
use super::verdict::Impact::{Breaking, Safe};
use super::verdict::{Sides, Verdict};
use crate::part::{Find, Part};
use wcs_contract::model::{Direction, Parameter, Presence};
use wcs_contract::names::{self, Role};

change_rules! {
    /// A member of a hook or a record comes, goes, or gets another name.
    ///
    /// What the sender writes and what the backend writes are judged apart.
    ///
    /// **`member-added`.** In a request it is safe: a backend keeps what it does not know. In an answer it is safe as long as
    /// it may be left out; one that is always needed breaks every backend that runs.
    ///
    /// **`member-removed`.** In a request it breaks whoever reads it. In an answer the sender no longer takes it, so that the
    /// backend's word is ignored. Its accessor and its setter go away in every language.
    ///
    /// **`member-renamed`.** The contract says `replaces: oldName`. In a request a running backend reads nothing, unless the new
    /// name was an alias already, and a rebuilt one reads nothing of older senders, unless the old name is an alias now. In an
    /// answer the sender looks for the new name only.
    ADDED { code: "D0201", name: "member-added", mirror: Rule("member-removed") }
    REMOVED { code: "D0202", name: "member-removed", mirror: Rule("member-added") }
    RENAMED_RULE { code: "D0203", name: "member-renamed", mirror: Rule("member-renamed") }
}

pub(super) static OF_HOOK: Part = Part { rules: RULES, find: Find::Hook(of_hook) };
pub(super) static OF_RECORD: Part = Part { rules: &[], find: Find::Type(of_record) };
pub(super) static RENAMED: Part = Part { rules: &[], find: Find::Member(renamed) };

fn of_hook(pair: &HookPair<'_>, changes: &mut Changes) {
    come_and_gone(&pair.about, &pair.members, sides, changes);
}

fn of_record(pair: &TypePair<'_>, changes: &mut Changes) {
    if let Some(members) = pair.members() {
        come_and_gone(&pair.about, &members, |_| pair.about.sides, changes);
    }
}

fn come_and_gone(
    about: &About,
    members: &Matched<&Parameter>,
    sides: impl Fn(&Parameter) -> Sides,
    changes: &mut Changes,
) {
    for member in &members.added {
        let sides = sides(member);
        let about = About { sides, ..about.item(&member.name.value, Some(member.name.span), None) };
        let needed = member.direction == Direction::Answer && member.presence == Presence::Always;
        let wire = if needed { Breaking } else { Safe };
        let name = &member.name.value;
        let message = match (sides.request, sides.answer) {
            (false, true) if needed => format!("an answer needs `{name}`: {}", member.doc.value),
            (false, true) => format!("an answer may bring `{name}`: {}", member.doc.value),
            (true, true) => format!("`{name}` is new, and an answer may set it: {}", member.doc.value),
            (_, false) => format!("`{name}` is new: {}", member.doc.value),
        };
        let change = Change::new(&ADDED, &about, Verdict::new(wire, Safe, Safe), message);
        changes.push(match (needed, sides.answer) {
            (true, _) => change
                .effect("Answers of a running backend lack it.")
                .action("Set it in every answer, and update backends before senders."),
            (false, true) => change.effect("Nothing has to be done; a handler that declares it may set it."),
            (false, false) => change.effect("Backends keep members that they do not know, so nothing has to be done."),
        });
    }
    for member in &members.removed {
        let sides = sides(member);
        let about = About { sides, ..about.item(&member.name.value, None, Some(member.name.span)) };
        let wire = if sides == Sides::default() { Safe } else { Breaking };
        let name = &member.name.value;
        let (message, effect) = match (sides.request, sides.answer) {
            (true, false) => (format!("`{name}` is no longer sent"), "A backend that reads it finds nothing."),
            (false, true) => {
                (format!("an answer can't bring `{name}` any more"), "What a backend answers in it is ignored.")
            }
            (true, true) => (
                format!("`{name}` is neither sent nor taken from an answer any more"),
                "A backend that reads it finds nothing, and what it answers in it is ignored.",
            ),
            (false, false) => (format!("`{name}` is gone"), "No hook carries it, so nothing on the wire changes."),
        };
        changes.push(
            Change::new(&REMOVED, &about, Verdict::new(wire, Breaking, Breaking), message)
                .effect(format!("{effect} Source that names it does not compile."))
                .action("Do without it; if it has only another name now, say `replaces` in the new contract."),
        );
    }
}

fn renamed(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (was, is) = (&pair.old.name.value, &pair.new.name.value);
    if was == is {
        return;
    }
    let running = spellings(pair.old).any(|name| name == is);
    let rebuilt = spellings(pair.new).any(|name| name == was);
    let request = Verdict::new(if running && rebuilt { Safe } else { Breaking }, Safe, Safe);
    let answer = Verdict::new(Breaking, Safe, Safe);
    let same = names::rust(was, Role::Member) == names::rust(is, Role::Member);
    let source = Verdict::new(Safe, if same { Safe } else { Breaking }, Breaking);
    let sides = pair.about.sides;
    let effect = match (sides.answer, running, rebuilt) {
        (true, ..) => "The sender looks for the new name in answers, which a running backend does not write.",
        (false, true, true) => "Old and new backends understand both names.",
        (false, true, false) => "A rebuilt backend finds nothing in bodies of older senders.",
        (false, false, true) => "A running backend finds nothing under the old name.",
        (false, false, false) => {
            "A running backend finds nothing under the old name, and a rebuilt one nothing in bodies of older senders."
        }
    };
    let change = Change::new(
        &RENAMED_RULE,
        &pair.about,
        sides.judge(source, request, answer),
        format!("`{is}` was called `{was}`"),
    )
    .values(was, is)
    .effect(effect);
    changes.push(match (sides.request, rebuilt) {
        (true, false) => change.action(format!("Add `aliases: {{{was}: …}}` to the member, and use the new accessor.")),
        _ => change.action("Use the new accessor."),
    });
}

fn spellings(member: &Parameter) -> impl Iterator<Item = &String> {
    std::iter::once(&member.name.value).chain(member.aliases.iter().map(|(alias, _)| &alias.value))
}
