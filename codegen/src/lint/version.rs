//! Versions that contradict each other.

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Lifetime, TypeKind, Version};

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for (name, _) in &contract.releases {
        if Version::parse(&name.value, name.span).is_none() {
            findings.push(
                Diagnostic::error(codes::VERSION, name.span, format!("the release `{}` is not a version", name.value))
                    .help("write numbers with dots between them, such as `\"5.2.1008\"`"),
            );
        }
    }
    for hook in &contract.hooks {
        ordered(&hook.lifetime, findings);
        hook.parameters.iter().for_each(|member| ordered(&member.lifetime, findings));
    }
    for def in &contract.types {
        match &def.kind {
            TypeKind::Record(members) => members.iter().for_each(|member| ordered(&member.lifetime, findings)),
            TypeKind::Enum { values, .. } => values.iter().for_each(|value| ordered(&value.lifetime, findings)),
        }
    }
}

fn ordered(lifetime: &Lifetime, findings: &mut Findings) {
    if let (Some(since), Some(until)) = (&lifetime.since, &lifetime.until)
        && until.parts < since.parts
    {
        findings.push(
            Diagnostic::error(codes::VERSION, until.span, format!("`until: {until}` is before `since: {since}`"))
                .label(since.span, "since here")
                .help("swap them, or remove one"),
        );
    }
}
