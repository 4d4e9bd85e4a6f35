use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Cause, Contract, Hook, HookType, Name};

crate::rule! {
    /// A hook is said to lead to one that is no event, or to report its error by one.
    ///
    /// ## Why
    ///
    /// What follows a hook, and what tells the client of its error, is something that has happened: an event, or something
    /// that comes from the far side.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     leads_to: [stop]
    ///   stop:
    ///     type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     leads_to: [started]
    ///   started:
    ///     type: event
    /// ```
    ///
    /// ## What to do
    ///
    /// Name the event, or correct the other hook's type.
    pub(super) RULE { code: "W0806", name: "event-expected", category: Semantics, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        for name in &hook.leads_to_names {
            let far = |kind| HookType::cause(kind) != Cause::Client;
            expect(contract, hook, name, far, "leads to", findings);
        }
        if let Some((_, event)) = &hook.error_event {
            expect(contract, hook, &event.hook, HookType::is_notification, "reports its error by", findings);
        }
    }
}

fn expect(
    contract: &Contract,
    hook: &Hook,
    name: &Name,
    suits: impl Fn(HookType) -> bool,
    does: &str,
    findings: &mut Findings,
) {
    if let Some(other) = contract.find_hook(&name.value).filter(|other| !suits(other.kind)) {
        let message = format!("`{}` {does} `{}`, which is of type `{}`", hook.name.value, name.value, other.kind);
        findings.push(
            Diagnostic::new(RULE, name.span, message)
                .label(other.name.span, "declared here")
                .help("name an event, or correct the type there"),
        );
    }
}
