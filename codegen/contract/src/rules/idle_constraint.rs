use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Constraints, Contract, Scalar, Type};
use crate::source::{Span, Spanned};

crate::rule! {
    /// A limit refuses nothing that the type does not refuse already.
    ///
    /// ## Why
    ///
    /// It looks like a rule and is none. Most often another number was meant.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       title: {type: string, doc: Title that is shown to viewers., constraints: {min_length: 0}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       title: {type: string, doc: Title that is shown to viewers., constraints: {min_length: 1}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct the number, or remove the limit.
    pub(super) RULE { code: "W0505", name: "idle-constraint", category: Types, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for member in walk::scopes(contract).flatten() {
        if let Some(limits) = &member.constraints {
            for (place, why) in idle(limits, &member.ty) {
                let message = format!("this limit refuses nothing: {why}");
                findings.push(Diagnostic::new(RULE, place, message).help("correct the number, or remove the limit"));
            }
        }
    }
}

/// The limits that refuse nothing, each with the reason.
fn idle(limits: &Constraints, ty: &Type) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    let mut add = |place: Option<Span>, why| found.extend(place.map(|place| (place, why)));
    let none = |limit: Option<&Spanned<u64>>| limit.filter(|limit| limit.value == 0).map(|limit| limit.span);
    add(none(limits.min_length.as_ref()), "no text is shorter than 0");
    add(none(limits.min_items.as_ref()), "nothing has fewer items than 0");
    if *ty == Type::Scalar(Scalar::Int32) {
        let least = limits.minimum.as_ref().filter(|limit| limit.value <= i64::from(i32::MIN));
        let most = limits.maximum.as_ref().filter(|limit| limit.value >= i64::from(i32::MAX));
        add(least.map(|limit| limit.span), "no integer of 32 bits is smaller");
        add(most.map(|limit| limit.span), "no integer of 32 bits is larger");
    }
    let any = ["", ".*", "^.*$", "^", "$"];
    let pattern = limits.pattern.as_ref().filter(|pattern| any.contains(&pattern.value.as_str()));
    add(pattern.map(|pattern| pattern.span), "any text matches");
    found
}
