use std::collections::HashMap;

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Name};

crate::rule! {
    /// A member is spelt in one case here and in another elsewhere.
    ///
    /// ## Why
    ///
    /// Senders spell a member alike in all hooks. Most often one of the two is a slip, and then it is never found in a body.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       streamName: {type: string, doc: What the stream is called.}
    ///   stop:
    ///     type: direct
    ///     parameters:
    ///       streamname: {type: string, doc: What the stream is called.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// parameters:
    ///   streamName: {type: string, doc: What the stream is called.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       streamName: {}
    ///   stop:
    ///     type: direct
    ///     parameters:
    ///       streamName: {}
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct the slip. Where the sender really writes both, say so in a comment that allows it.
    pub(super) RULE { code: "W0306", name: "inconsistent-spelling", category: Names, level: Note, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let mut seen: HashMap<String, (&Name, usize)> = HashMap::new();
    for (at, members) in walk::scopes(contract).enumerate() {
        for member in members {
            let name = &member.name;
            match seen.get(&name.value.to_lowercase()) {
                // Two in one place are told of by the rule for twins.
                Some((first, place)) if first.value != name.value && *place != at => {
                    let message = format!("`{}` is spelt `{}` elsewhere", name.value, first.value);
                    findings.push(
                        Diagnostic::new(RULE, name.span, message)
                            .label(first.span, "here")
                            .help("spell it alike, or give it the other spelling as an alias"),
                    );
                }
                Some(_) => {}
                None => {
                    seen.insert(name.value.to_lowercase(), (name, at));
                }
            }
        }
    }
}
