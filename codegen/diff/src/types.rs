use super::change::{About, Change, Changes};
use super::compare::{Comparison, TypePair};
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Safe};
use super::verdict::{Sides, Verdict};
use crate::part::{Find, Part};
use wcs_contract::model::{TypeDef, TypeKind};
use wcs_contract::names::{self, Role};

change_rules! {
    /// A record or an enum comes, goes, gets another name, or becomes the other of the two.
    ///
    /// The wire knows no names of types: what changes there is told by the members that use them. Source that names the type
    /// does not compile when it is gone or renamed. A record that becomes an enum is another value altogether, wherever it is
    /// used.
    ADDED { code: "D0301", name: "type-added", mirror: Rule("type-removed") }
    REMOVED { code: "D0302", name: "type-removed", mirror: Rule("type-added") }
    RENAMED { code: "D0303", name: "type-renamed", mirror: Rule("type-renamed") }
    KIND { code: "D0304", name: "type-kind-changed", mirror: Rule("type-kind-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Contract(find) };
pub(super) static OF_BOTH: Part = Part { rules: &[], find: Find::Type(of_both) };

fn find(all: &Comparison<'_>, changes: &mut Changes) {
    for def in &all.types.added {
        let about = About { old_span: None, ..all.about_type(None, Some(def)) };
        changes.push(
            Change::new(&ADDED, &about, Verdict::SAFE, format!("new {}: {}", kind(def), def.doc.value))
                .effect("Nothing that compiles names it."),
        );
    }
    for def in &all.types.removed {
        let about = all.about_type(Some(def), None);
        changes.push(
            Change::new(&REMOVED, &about, Verdict::new(Safe, Breaking, Breaking), format!("the {} is gone", kind(def)))
                .effect("Source that names it does not compile; members that used it are reported by themselves.")
                .action("Use what its members have become; if it has only another name now, say `replaces`."),
        );
    }
}

fn of_both(pair: &TypePair<'_>, changes: &mut Changes) {
    let (was, is) = (&pair.old.name.value, &pair.new.name.value);
    if was != is {
        let same = names::rust(was, Role::Type) == names::rust(is, Role::Type);
        let rust = if same { Safe } else { Breaking };
        changes.push(
            Change::new(
                &RENAMED,
                &pair.about,
                Verdict::new(Safe, rust, Breaking),
                format!("the {} was called `{was}`", kind(pair.new)),
            )
            .values(was, is)
            .effect("The wire knows no names of types; source that names it does not compile.")
            .action("Use the new name."),
        );
    }
    let (was, is) = (kind(pair.old), kind(pair.new));
    if was != is {
        let wire = if pair.about.sides == Sides::default() { Safe } else { Breaking };
        changes.push(
            Change::new(
                &KIND,
                &pair.about,
                Verdict::new(wire, Breaking, Breaking),
                format!("the {was} becomes an {is}"),
            )
            .values(was, is)
            .effect("Its values can't be read as what they were.")
            .action("Write the code that uses it anew."),
        );
    }
}

pub(super) fn kind(def: &TypeDef) -> &'static str {
    match def.kind {
        TypeKind::Record(_) => "record",
        TypeKind::Enum { .. } => "enum",
    }
}
