use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Lifetime, Name};

crate::rule! {
    /// What is deprecated is to be replaced by itself, by something deprecated, or by something that has ended before.
    ///
    /// ## Why
    ///
    /// Who follows the advice ends where they started.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     deprecated: {reason: It has a successor., replacement: start}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     deprecated: {reason: It has a successor., replacement: begin}
    ///   begin:
    ///     type: direct
    /// ```
    ///
    /// ## What to do
    ///
    /// Name what a reader can use instead.
    pub(super) RULE { code: "W0702", name: "poor-replacement", category: Versions, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let hooks: Vec<_> = contract.hooks.iter().map(|hook| (&hook.name, &hook.lifetime)).collect();
    among(&hooks, findings);
    for members in walk::scopes(contract) {
        among(&members.iter().map(|member| (&member.name, &member.lifetime)).collect::<Vec<_>>(), findings);
    }
    for def in &contract.types {
        let values = walk::values(def).iter().map(|value| (&value.wire, &value.lifetime));
        among(&values.collect::<Vec<_>>(), findings);
    }
}

fn among(items: &[(&Name, &Lifetime)], findings: &mut Findings) {
    for (name, lifetime) in items {
        let Some(replacement) = lifetime.deprecated.as_ref().and_then(|said| said.replacement.as_ref()) else {
            continue;
        };
        let successor = items.iter().find(|(known, _)| known.value == replacement.value);
        let why = match successor {
            Some((known, _)) if known.value == name.value => "by itself",
            Some((_, life)) if life.deprecated.is_some() => "by something that is deprecated too",
            Some((_, life)) if ended_before(life, lifetime) => "by something that has ended before",
            _ => continue,
        };
        findings.push(
            Diagnostic::new(RULE, replacement.span, format!("`{}` is to be replaced {why}", name.value))
                .help("name what a reader can use instead"),
        );
    }
}

/// Whether what should come after has ended when the other one ends.
fn ended_before(successor: &Lifetime, lifetime: &Lifetime) -> bool {
    match (&successor.until, &lifetime.until) {
        (Some(ends), Some(until)) => ends.ends_before(until),
        (Some(_), None) => true,
        (None, _) => false,
    }
}
