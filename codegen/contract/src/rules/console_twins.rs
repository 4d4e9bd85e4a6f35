use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Hook};

crate::rule! {
    /// Two hooks have the same name in the operator's console.
    ///
    /// ## Why
    ///
    /// The operator would switch on one and get the other.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     console: publish
    ///   publish:
    ///     type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     console: begin
    ///   publish:
    ///     type: direct
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct `console` of one of them.
    pub(super) RULE { code: "W0309", name: "console-twins", category: Names, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let mut seen: HashMap<&str, &Hook> = HashMap::new();
    for hook in &contract.hooks {
        let Some(first) = seen.get(hook.console_name()) else {
            seen.insert(hook.console_name(), hook);
            continue;
        };
        let message = format!("the console knows `{}` and `{}` by one name", first.name.value, hook.name.value);
        let place = |hook: &Hook| hook.console.as_ref().unwrap_or(&hook.name).span;
        findings.push(
            Diagnostic::new(RULE, place(hook), message)
                .label(place(first), "the other one")
                .help("correct `console` of one of them"),
        );
    }
}
