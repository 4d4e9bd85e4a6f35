use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, EnumValue, Known, Name, TypeDef};

crate::rule! {
    /// A value can't be reached by the order of the enum's values.
    ///
    /// ## Why
    ///
    /// `next` says what may follow. A value that follows none, and is not the first, never comes by that order.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       NEW: {doc: It has been made., next: [LIVE]}
    ///       LIVE: {doc: It is being sent.}
    ///       FAILED: {doc: It has gone wrong.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does.}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       NEW: {doc: It has been made., next: [LIVE, FAILED]}
    ///       LIVE: {doc: It is being sent., next: [FAILED]}
    ///       FAILED: {doc: It has gone wrong.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does.}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Name it under `next` of the values that it follows. Where it may come first, let it stand first, or say so in a comment
    /// that allows this.
    pub(super) RULE { code: "W0808", name: "unreachable-value", category: Semantics, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for def in contract.types.iter().filter(|def| def.known == Known::Wholly) {
        let values = walk::values(def);
        // A name that no value has may have been meant for any of them.
        let exists = |name: &Name| values.iter().any(|value| value.wire.value == name.value);
        let order = || values.iter().flat_map(|value| &value.next);
        if order().next().is_some() && order().all(exists) {
            reachable(def, values, findings);
        }
    }
}

fn reachable(def: &TypeDef, values: &[EnumValue], findings: &mut Findings) {
    for value in values.iter().skip(1) {
        // One that leads on but follows none is a beginning of its own.
        let follows = values.iter().any(|other| {
            other.wire.value != value.wire.value && other.next.iter().any(|next| next.value == value.wire.value)
        });
        if !follows && value.next.is_empty() {
            let message = format!("no value of `{}` leads to `{}`", def.name.value, value.wire.value);
            findings.push(
                Diagnostic::new(RULE, value.wire.span, message)
                    .help("name it under `next` of the values that it follows"),
            );
        }
    }
}
