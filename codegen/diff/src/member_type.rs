use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::fits::{Fit, Typed, fits, is_same, written};
use super::rule::change_rules;
use super::verdict::Impact::{self, Breaking, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{Contract, Type};

change_rules! {
    /// A member has another type.
    ///
    /// In a request a running backend reads the new values as the old type: safe where all of them can be read so, risky where
    /// some can, breaking where none can. In an answer the sender reads the backend's old values as the new type. Source
    /// breaks unless the type of the accessor stays the same, as for lists whose items have another type.
    CHANGED { code: "D0206", name: "member-type-changed", mirror: Rule("member-type-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    if is_same(pair.all, &pair.old.ty, &pair.new.ty) {
        return;
    }
    let old = Typed { contract: pair.all.old, ty: &pair.old.ty };
    let new = Typed { contract: pair.all.new, ty: &pair.new.ty };
    let (was, is) = (written(old.contract, old.ty), written(new.contract, new.ty));
    let (request, answer) = (fits(new, old), fits(old, new));
    let same_source = wcs_codegen::rust_type(old.contract, old.ty) == wcs_codegen::rust_type(new.contract, new.ty);
    let same_elsewhere = in_json(old.contract, old.ty) == in_json(new.contract, new.ty);
    let kept = |same| if same { Safe } else { Breaking };
    let source = Verdict::new(Safe, kept(same_source), kept(same_elsewhere));
    let on_wire = |fit| Verdict::new(impact(fit), Safe, Safe);
    let sides = pair.about.sides;
    let verdict = sides.judge(source, on_wire(request), on_wire(answer));
    let effect = match (sides.request, sides.answer) {
        (true, _) if request != Fit::Wholly => format!("A running backend reads it as `{was}` and {}.", reads(request)),
        (_, true) if answer != Fit::Wholly => {
            format!("The sender reads what a backend answers as `{is}` and {}.", reads(answer))
        }
        _ => "What is written can be read as before.".to_owned(),
    };
    let change =
        Change::new(&CHANGED, &pair.about, verdict, format!("`{}` is `{is}`, no longer `{was}`", pair.new.name.value))
            .values(was, is)
            .effect(effect);
    changes.push(if same_source { change } else { change.action("Adapt the code that reads or sets it.") });
}

fn impact(fit: Fit) -> Impact {
    match fit {
        Fit::Wholly => Safe,
        Fit::Partly => Risky,
        Fit::Never => Breaking,
    }
}

fn reads(fit: Fit) -> &'static str {
    if fit == Fit::Never { "finds nothing" } else { "finds nothing in some values" }
}

/// What other languages make of a type: a list is one text, whatever its items are.
fn in_json(contract: &Contract, ty: &Type) -> String {
    match ty {
        Type::List(_) => "string".to_owned(),
        Type::Array(item) => format!("array<{}>", in_json(contract, item)),
        Type::Map(item) => format!("map<{}>", in_json(contract, item)),
        Type::Scalar(_) | Type::Named(_) => written(contract, ty),
    }
}
