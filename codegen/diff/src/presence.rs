use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{Direction, Presence};

change_rules! {
    /// A member is sent more or less often.
    ///
    /// **`presence-lowered`.** A running backend that counts on the member finds nothing in some bodies. In Rust every accessor
    /// returns an `Option`, so source compiles; in other languages a member that was always there becomes optional.
    ///
    /// **`presence-raised`.** Harmless in a request. In an answer it means that the sender now needs the member: every backend
    /// that leaves it out breaks.
    LOWERED { code: "D0207", name: "presence-lowered", mirror: Rule("presence-raised") }
    RAISED { code: "D0208", name: "presence-raised", mirror: Rule("presence-lowered") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (was, is) = (pair.old.presence, pair.new.presence);
    if was == is {
        return;
    }
    let name = &pair.new.name.value;
    let needed = pair.new.direction == Direction::Answer && is == Presence::Always;
    let sides = pair.about.sides;
    // The words are ordered from the most to the least frequent.
    if is > was {
        let others = if was == Presence::Always { Breaking } else { Safe };
        let verdict = sides.judge(Verdict::SAFE, Verdict::new(Risky, Safe, others), Verdict::SAFE);
        changes.push(
            Change::new(
                &LOWERED,
                &pair.about,
                verdict,
                format!("`{name}` is sent {}, no longer {}", said(is), said(was)),
            )
            .values(was.word(), is.word())
            .effect("A backend that counts on it finds nothing in some bodies.")
            .action("Decide what happens without it."),
        );
    } else {
        let verdict = if needed { Verdict::new(Breaking, Safe, Safe) } else { Verdict::SAFE };
        let message = if needed {
            format!("an answer needs `{name}`")
        } else {
            format!("`{name}` is sent {}, no longer {}", said(is), said(was))
        };
        let change = Change::new(&RAISED, &pair.about, verdict, message).values(was.word(), is.word());
        changes.push(if needed {
            change.effect("Answers that lack it are no longer what the sender needs.").action("Set it in every answer.")
        } else {
            change.effect("What may be absent may still be read.")
        });
    }
}

fn said(presence: Presence) -> &'static str {
    match presence {
        Presence::Always => "always",
        Presence::Usually => "usually",
        Presence::Sometimes => "only at times",
    }
}
