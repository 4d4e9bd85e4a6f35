use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{ClientSees, Contract, Hook, Name, Presence, Shape};

crate::rule! {
    /// A shape lists a member that can't be there, lacks one that always is, or lists one twice.
    ///
    /// ## Why
    ///
    /// A shape says which members a body has under a condition. What it says must not contradict what is said of the members.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       name: {type: string, doc: What the stream is called., presence: always}
    ///       info: {type: string, doc: Why it failed.}
    ///     shapes:
    ///       - {when: It failed., backend: [info]}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       name: {type: string, doc: What the stream is called., presence: always}
    ///       info: {type: string, doc: Why it failed.}
    ///     shapes:
    ///       - {when: It failed., backend: [name, info]}
    /// ```
    ///
    /// ## What to do
    ///
    /// Add what is always sent, or say `presence: usually` of it; remove what stands in the answer only or never reaches the
    /// client; remove what stands twice.
    pub(super) RULE { code: "W0504", name: "impossible-shape", category: Types, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        for shape in &hook.shapes {
            complete(hook, shape, findings);
            for list in [&shape.backend, &shape.client] {
                repeated(list, findings);
            }
            for name in &shape.backend {
                excluded(hook, name, Audience::Backend, findings);
            }
            for name in &shape.client {
                excluded(hook, name, Audience::Client, findings);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Audience {
    Backend,
    Client,
}

fn complete(hook: &Hook, shape: &Shape, findings: &mut Findings) {
    let Some(first) = shape.backend.first() else { return };
    for member in hook.parameters.iter().filter(|member| member.is_received() && member.presence == Presence::Always) {
        if !shape.backend.iter().any(|name| name.value == member.name.value) {
            let message = format!("this shape lacks `{}`, which is always sent", member.name.value);
            findings.push(
                Diagnostic::new(RULE, first.span, message)
                    .label(member.name.span, "declared here")
                    .help("add it to `backend`, or say `presence: usually`"),
            );
        }
    }
}

fn repeated(names: &[Name], findings: &mut Findings) {
    for (at, name) in names.iter().enumerate() {
        if let Some(first) = names.iter().take(at).find(|first| first.value == name.value) {
            let found = Diagnostic::new(RULE, name.span, format!("`{}` stands twice", name.value));
            findings.push(found.label(first.span, "first here").help("remove one of them"));
        }
    }
}

fn excluded(hook: &Hook, name: &Name, audience: Audience, findings: &mut Findings) {
    let Some(member) = hook.parameter(&name.value) else { return };
    let reason = match audience {
        _ if !member.is_received() => "stands in the answer only",
        Audience::Client if member.client == ClientSees::Never => "never reaches the client",
        _ => return,
    };
    findings.push(
        Diagnostic::new(RULE, name.span, format!("`{}` {reason}", name.value))
            .label(member.name.span, "declared here")
            .help("remove it from this shape, or correct the declaration"),
    );
}
