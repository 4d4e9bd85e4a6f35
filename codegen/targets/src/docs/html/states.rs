//! The values of an enum as states, where the contract says which may follow which.
//!
//! States stand in one column in the order of the contract. A step to the next one is an arrow; every other state that
//! can be reached has a lane beside the column, on the right if it stands below and on the left if above. What leads to
//! it joins its lane with a dot. So many steps to few states stay legible.

use super::svg::{Align, Drawing, Face, units, width};
use wcs_contract::model::{EnumValue, TypeDef, TypeKind};

const ROW: i32 = 54;
const HEIGHT: i32 = 30;
const LANE: i32 = 15;
const COLOURS: i32 = 6;

/// The picture; empty if the contract orders no values.
pub(super) fn draw(ty: &TypeDef) -> String {
    let TypeKind::Enum { values, .. } = &ty.kind else { return String::new() };
    if values.iter().all(|value| value.next.is_empty()) {
        return String::new();
    }
    let steps = steps(values);
    let forward = targets(&steps, |from, to| to > from + 1);
    let back = targets(&steps, |from, to| to < from);
    let state = values.iter().map(|value| width(&value.wire.value, Face::Code) + 28).max().unwrap_or(0);
    let picture = Picture {
        left: units(back.len()) * LANE + 20,
        state,
        total: (units(back.len()) + units(forward.len())) * LANE + 40 + state,
    };
    let mut drawing = Drawing::default();
    picture.lanes(&mut drawing, &steps, &forward, Side::Right);
    picture.lanes(&mut drawing, &steps, &back, Side::Left);
    for (value, at) in values.iter().zip(0..) {
        picture.state(&mut drawing, value, at, &steps);
    }
    let height = units(values.len()) * ROW;
    let id = format!("states-{}", wcs_contract::names::file(&ty.name.value));
    let title = format!("Which value of {} may follow which", ty.name.value);
    drawing.finish("picture states", &id, (picture.total, height), &title, &told(values))
}

/// From which place to which.
type Step = (usize, usize);

fn steps(values: &[EnumValue]) -> Vec<Step> {
    let place = |name: &str| values.iter().position(|value| value.wire.value == name);
    let of_value = |(from, value): (usize, &EnumValue)| -> Vec<Step> {
        value.next.iter().filter_map(|next| Some((from, place(&next.value)?))).collect()
    };
    values.iter().enumerate().flat_map(of_value).collect()
}

/// The states that such steps lead to, the nearest to the middle of what leads there first.
fn targets(steps: &[Step], wanted: impl Fn(usize, usize) -> bool) -> Vec<(usize, Vec<usize>)> {
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    for (from, to) in steps.iter().copied().filter(|(from, to)| wanted(*from, *to)) {
        match found.iter_mut().find(|(known, _)| *known == to) {
            Some((_, sources)) => sources.push(from),
            None => found.push((to, vec![from])),
        }
    }
    let reach = |(to, sources): &(usize, Vec<usize>)| sources.iter().map(|from| from.abs_diff(*to)).max().unwrap_or(0);
    found.sort_by_key(|target| (reach(target), target.0));
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

struct Picture {
    /// Where the column of states starts.
    left: i32,
    state: i32,
    total: i32,
}

impl Picture {
    const fn top(at: i32) -> i32 {
        at * ROW + 4
    }

    /// The lanes of one side: what leads away from a state leaves it above its middle, what leads to it comes below.
    fn lanes(&self, drawing: &mut Drawing, steps: &[Step], targets: &[(usize, Vec<usize>)], side: Side) {
        let (edge, away) = match side {
            Side::Right => (self.left + self.state, 1),
            Side::Left => (self.left, -1),
        };
        let lane = |at: usize| edge + away * (14 + units(at) * LANE);
        let out = |from: usize| Self::top(units(from)) + 9;
        // From each state one line, as far as the outermost lane that it joins.
        for from in 0..=steps.iter().map(|(from, _)| *from).max().unwrap_or(0) {
            let outermost = targets.iter().rposition(|(_, sources)| sources.contains(&from));
            if let Some(at) = outermost {
                drawing.line("stem", (edge, out(from)), (lane(at), out(from)));
            }
        }
        for (at, (to, sources)) in targets.iter().enumerate() {
            let (x, into) = (lane(at), Self::top(units(*to)) + HEIGHT - 9);
            let colour = units(at) % COLOURS;
            let ends = sources.iter().map(|from| out(*from)).chain([into]);
            let (first, last) = (ends.clone().min().unwrap_or(into), ends.max().unwrap_or(into));
            drawing.line(&format!("way way-{colour}"), (x, first), (x, last));
            drawing.line(&format!("way way-{colour}"), (x, into), (edge + away * 6, into));
            drawing.shape(format_args!("<g class=\"way-{colour}\">"));
            drawing.head((edge + away, into), -away);
            for from in sources {
                drawing.shape(format_args!("<circle cx=\"{x}\" cy=\"{}\" r=\"3\"/>", out(*from)));
            }
            drawing.shape(format_args!("</g>"));
        }
    }

    fn state(&self, drawing: &mut Drawing, value: &EnumValue, at: i32, steps: &[Step]) {
        let (top, middle) = (Self::top(at), self.left + self.state / 2);
        let from_here = |(from, _): &&Step| units(*from) == at;
        let is_first = !steps.iter().any(|(_, to)| units(*to) == at);
        let is_last = steps.iter().find(from_here).is_none();
        let class = match (is_first, is_last) {
            // No step leads to it, and none from it: it has no place in the order.
            (true, true) => "state alone",
            (true, _) => "state first",
            (_, true) => "state last",
            _ => "state",
        };
        drawing.boxed(class, (self.left, top), (self.state, HEIGHT));
        drawing.text((middle, top + 20), Align::Middle, Face::Code, &value.wire.value);
        if steps.iter().any(|(from, to)| units(*from) == at && units(*to) == at + 1) {
            let (start, end) = (top + HEIGHT, top + ROW);
            drawing.line("arrow", (middle, start), (middle, end - 5));
            drawing.shape(format_args!(
                "<path class=\"head\" d=\"M{middle} {}L{} {}H{}Z\"/>",
                end - 1,
                middle - 4,
                end - 9,
                middle + 4
            ));
        }
    }
}

fn told(values: &[EnumValue]) -> String {
    let sentence = |value: &EnumValue| {
        let next: Vec<&str> = value.next.iter().map(|next| next.value.as_str()).collect();
        match next.as_slice() {
            [] => format!("{} is the last.", value.wire.value),
            _ => format!("{}, then {}.", value.wire.value, next.join(" or ")),
        }
    };
    values.iter().map(sentence).collect::<Vec<_>>().join(" ")
}
