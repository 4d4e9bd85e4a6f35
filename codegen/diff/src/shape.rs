use super::change::{Change, Changes};
use super::compare::HookPair;
use super::rule::change_rules;
use super::verdict::Impact::{Documentation, Risky, Safe};
use super::verdict::Verdict;
use crate::part::{Find, Part};
use wcs_contract::model::{Name, Shape};
use wcs_contract::text;

change_rules! {
    /// The cases in which a hook carries only some of its members change.
    ///
    /// A case that is new, or that lists fewer members for the backend, means bodies that lack what used to be there: a
    /// backend that counts on it reads nothing. A case that is gone, or that lists more, is harmless. Programs that are compiled
    /// treat every member as optional and notice nothing.
    CHANGED { code: "D0115", name: "shape-changed", mirror: Rule("shape-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Hook(find) };

fn find(pair: &HookPair<'_>, changes: &mut Changes) {
    for shape in &pair.new.shapes {
        let when = &shape.when.value;
        let (wire, message, was) = match counterpart(&pair.old.shapes, shape) {
            None => {
                (Risky, format!("when {when}, only some members are sent: {}", listed(&shape.backend)), String::new())
            }
            Some(old) if members(old) == members(shape) => continue,
            Some(old) => {
                let lacks = old.backend.iter().any(|name| !shape.backend.iter().any(|known| known.value == name.value));
                let message = format!("when {when}, these members are sent: {}", listed(&shape.backend));
                (if lacks { Risky } else { Safe }, message, written(old))
            }
        };
        let mut about = pair.about.clone();
        about.span = shape.when.span;
        changes.push(
            Change::new(&CHANGED, &about, Verdict::new(wire, Documentation, Documentation), message)
                .values(was, written(shape))
                .effect("What the case does not list is absent in it."),
        );
    }
    for shape in &pair.old.shapes {
        if counterpart(&pair.new.shapes, shape).is_none() {
            let message = format!("members are no longer left out when {}", shape.when.value);
            let mut about = pair.about.clone();
            about.old_span = Some(shape.when.span);
            changes.push(
                Change::new(&CHANGED, &about, Verdict::new(Safe, Documentation, Documentation), message)
                    .values(written(shape), "")
                    .effect("More is sent than before."),
            );
        }
    }
}

fn counterpart<'a>(shapes: &'a [Shape], shape: &Shape) -> Option<&'a Shape> {
    shapes.iter().find(|known| known.when.value == shape.when.value)
}

fn members(shape: &Shape) -> [Vec<&str>; 2] {
    [&shape.backend, &shape.client].map(|names| names.iter().map(|name| name.value.as_str()).collect())
}

fn written(shape: &Shape) -> String {
    format!("{}: backend {}; client {}", shape.when.value, listed(&shape.backend), listed(&shape.client))
}

fn listed(names: &[Name]) -> String {
    if names.is_empty() { "none".to_owned() } else { text::codes(names.iter().map(|name| &name.value)) }
}
