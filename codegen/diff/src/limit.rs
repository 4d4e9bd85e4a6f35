use super::change::{Change, Changes};
use super::compare::MemberPair;
use super::rule::change_rules;
use super::verdict::Impact::{Breaking, Risky, Safe};
use super::verdict::Verdict;
use super::{Find, Part};
use wcs_contract::model::Constraints;
use wcs_contract::source::Spanned;

change_rules! {
    /// The limits of a value change.
    ///
    /// Who writes the value decides. In a request the sender promises less when limits loosen: values come that a running
    /// backend, or a generated validator, refuses; tighter limits harm nobody. In an answer it is the other way round: with
    /// tighter limits the sender refuses what was fine, and a rebuilt backend fails its own answer before it is sent.
    ///
    /// **`limit-tightened`**, **`limit-loosened`**: a length, a range, a number of items, or a pattern that comes or goes.
    /// **`pattern-changed`**: which of two patterns allows more can't be told, so both sides are at risk.
    TIGHTENED { code: "D0215", name: "limit-tightened", mirror: Rule("limit-loosened") }
    LOOSENED { code: "D0216", name: "limit-loosened", mirror: Rule("limit-tightened") }
    PATTERN { code: "D0217", name: "pattern-changed", mirror: Rule("pattern-changed") }
}

pub(super) static PART: Part = Part { rules: RULES, find: Find::Member(find) };

fn find(pair: &MemberPair<'_>, changes: &mut Changes) {
    let (mut tighter, mut looser): (Vec<Limit>, Vec<Limit>) = (Vec::new(), Vec::new());
    for limit in limits(pair.old.constraints.as_ref(), pair.new.constraints.as_ref()) {
        match limit.shift() {
            Some(Shift::Tighter) => tighter.push(limit),
            Some(Shift::Looser) => looser.push(limit),
            None => {}
        }
    }
    let name = &pair.new.name.value;
    let sides = pair.about.sides;
    if !tighter.is_empty() {
        let verdict = sides.judge(Verdict::SAFE, Verdict::SAFE, Verdict::new(Breaking, Risky, Risky));
        let change =
            Change::new(&TIGHTENED, &pair.about, verdict, format!("tighter limits of `{name}`: {}", said(&tighter)))
                .values(was(&tighter), is(&tighter));
        changes.push(if sides.answer {
            change
                .effect("Answers that were fine are refused, by the sender or by the rebuilt backend itself.")
                .action("Keep answers within the new limits.")
        } else {
            change.effect("All that is sent was allowed before.")
        });
    }
    if !looser.is_empty() {
        let verdict = sides.judge(Verdict::SAFE, Verdict::new(Risky, Safe, Risky), Verdict::SAFE);
        let change =
            Change::new(&LOOSENED, &pair.about, verdict, format!("wider limits of `{name}`: {}", said(&looser)))
                .values(was(&looser), is(&looser));
        changes.push(if sides.request {
            change
                .effect("Values come that a strict backend, a column or a buffer of the old size refuses.")
                .action("Make room for them.")
        } else {
            change.effect("All that a backend answers was allowed before.")
        });
    }
    pattern(pair, changes);
}

fn pattern(pair: &MemberPair<'_>, changes: &mut Changes) {
    let text = |limits: Option<&Constraints>| limits.and_then(|limits| limits.pattern.clone());
    let (Some(was), Some(is)) = (text(pair.old.constraints.as_ref()), text(pair.new.constraints.as_ref())) else {
        return;
    };
    if was.value == is.value {
        return;
    }
    let mut about = pair.about.clone();
    (about.span, about.old_span) = (is.span, Some(was.span));
    let at_risk = Verdict::new(Risky, Safe, Risky);
    let verdict = pair.about.sides.judge(Verdict::SAFE, at_risk, at_risk);
    let message = format!("`{}` matches `{}`, no longer `{}`", pair.new.name.value, is.value, was.value);
    changes.push(
        Change::new(&PATTERN, &about, verdict, message)
            .values(was.value, is.value)
            .effect("Which of the two allows more can't be told: values may come, or be refused, that were not before.")
            .action("Compare them with values from practice."),
    );
}

enum Shift {
    Tighter,
    Looser,
}

struct Limit {
    word: &'static str,
    /// Whether a larger number leaves less room; `None` for what is there or not.
    is_least: bool,
    was: Option<String>,
    is: Option<String>,
    order: std::cmp::Ordering,
}

impl Limit {
    fn shift(&self) -> Option<Shift> {
        match (&self.was, &self.is) {
            (None, None) => None,
            (None, Some(_)) => Some(Shift::Tighter),
            (Some(_), None) => Some(Shift::Looser),
            (Some(_), Some(_)) => match (self.order, self.is_least) {
                (std::cmp::Ordering::Equal, _) => None,
                (std::cmp::Ordering::Less, true) | (std::cmp::Ordering::Greater, false) => Some(Shift::Tighter),
                (std::cmp::Ordering::Greater, true) | (std::cmp::Ordering::Less, false) => Some(Shift::Looser),
            },
        }
    }
}

fn limits(old: Option<&Constraints>, new: Option<&Constraints>) -> Vec<Limit> {
    fn one<T: Ord + ToString>(
        (word, is_least): (&'static str, bool),
        old: Option<&Constraints>,
        new: Option<&Constraints>,
        get: impl Fn(&Constraints) -> Option<&Spanned<T>>,
    ) -> Limit {
        let (was, is) = (old.and_then(&get), new.and_then(&get));
        let order = was.map(|limit| &limit.value).cmp(&is.map(|limit| &limit.value));
        let text = |limit: Option<&Spanned<T>>| limit.map(|limit| limit.value.to_string());
        Limit { word, is_least, was: text(was), is: text(is), order }
    }
    let mut all = vec![
        one(("min_length", true), old, new, |limits| limits.min_length.as_ref()),
        one(("max_length", false), old, new, |limits| limits.max_length.as_ref()),
        one(("minimum", true), old, new, |limits| limits.minimum.as_ref()),
        one(("maximum", false), old, new, |limits| limits.maximum.as_ref()),
        one(("min_items", true), old, new, |limits| limits.min_items.as_ref()),
        one(("max_items", false), old, new, |limits| limits.max_items.as_ref()),
    ];
    let pattern = one(("pattern", true), old, new, |limits| limits.pattern.as_ref());
    // Two patterns have no order.
    if pattern.was.is_none() || pattern.is.is_none() {
        all.push(pattern);
    }
    all
}

fn said(limits: &[Limit]) -> String {
    let one = |limit: &Limit| match (&limit.was, &limit.is) {
        (Some(was), Some(is)) => format!("`{}` {was} → {is}", limit.word),
        (None, Some(is)) => format!("`{}` is {is}, where there was none", limit.word),
        (Some(was), None) => format!("no `{}`, where it was {was}", limit.word),
        (None, None) => String::new(),
    };
    limits.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn was(limits: &[Limit]) -> String {
    values(limits.iter().map(|limit| (limit.word, &limit.was)))
}

fn is(limits: &[Limit]) -> String {
    values(limits.iter().map(|limit| (limit.word, &limit.is)))
}

fn values<'a>(limits: impl Iterator<Item = (&'a str, &'a Option<String>)>) -> String {
    let texts: Vec<String> = limits.filter_map(|(word, value)| Some(format!("{word}: {}", value.as_ref()?))).collect();
    texts.join(", ")
}
