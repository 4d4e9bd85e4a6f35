//! Hooks and their members.

use super::{Names, merge};
use crate::diagnostic::Findings;
use crate::model::{Belonging, Confidence, Evidence, Hook, HookId, Parameter, Sdk};
use crate::naming::{duplicate, taken, unknown};
use crate::source::Name;
use crate::source::Span;
use crate::syntax::{Entries, HookSyntax, Keyed, SdkSyntax};

/// The parameters that every hook carries.
pub(super) fn context(
    wanted: &[Name],
    names: &Names,
    findings: &mut Findings,
) -> Vec<(Name, crate::syntax::Parameter)> {
    let mut context = Vec::new();
    let mut seen: Vec<&Name> = Vec::new();
    for name in wanted {
        if let Some(first) = seen.iter().find(|known| known.value == name.value) {
            findings.push(duplicate(name, first.span, "context parameter"));
            continue;
        }
        seen.push(name);
        match names.parameters.get(&name.value) {
            // The declared name, so that the declaration is not laid over itself.
            Some((declared, Some(parameter))) => context.push((declared.clone(), parameter.clone())),
            Some((_, None)) => {}
            None => unknown(name, "shared parameter", names.parameters.keys(), findings),
        }
    }
    context
}

/// Resolves all hooks; each stands at the place that its id names.
pub(super) fn resolve(
    hooks: Entries<HookSyntax>,
    context: &[(Name, crate::syntax::Parameter)],
    names: &mut Names,
    findings: &mut Findings,
) -> Vec<Hook> {
    let hooks = super::entries(hooks);
    alias_names(&hooks, names, findings);
    hooks.into_iter().map(|(name, syntax)| hook(name, syntax, context, names, findings)).collect()
}

/// Registers the other spellings of the hooks.
fn alias_names(hooks: &[(Name, HookSyntax)], names: &mut Names, findings: &mut Findings) {
    for (at, (_, hook)) in hooks.iter().enumerate() {
        for (alias, _) in hook.aliases.iter() {
            match names.hooks.get(&alias.value) {
                Some(HookId(first)) => {
                    let place = hooks.get(*first).map_or(alias.span, |(name, _)| name.span);
                    findings.push(taken(alias, place, "hook"));
                }
                None => {
                    names.hooks.insert(alias.value.clone(), HookId(at));
                }
            }
        }
    }
}

/// Looks up a hook by name or alias.
pub(super) fn named(name: &Name, names: &Names, findings: &mut Findings) -> Option<HookId> {
    let found = names.hooks.get(&name.value).copied();
    if found.is_none() && !names.broken_hooks.contains(&name.value) {
        unknown(name, "hook", names.hooks.keys(), findings);
    }
    found
}

fn hook(
    name: Name,
    syntax: HookSyntax,
    context: &[(Name, crate::syntax::Parameter)],
    names: &Names,
    findings: &mut Findings,
) -> Hook {
    if syntax.broken.iter().any(|key| matches!(*key, "parameters" | "aliases")) {
        findings.some_unread();
    }
    let (parameters, broken) = parameters(&syntax, context, names, findings);
    Hook {
        broken,
        lifetime: syntax.lifetime(),
        replaces: syntax.replaces,
        kind: syntax.kind.value,
        group: syntax.group,
        summary: syntax.summary,
        doc: syntax.doc,
        aliases: super::entries(syntax.aliases),
        console: syntax.console,
        sdk: match syntax.sdk {
            None => Sdk::Unknown,
            Some(SdkSyntax::Unused(_)) => Sdk::Unused,
            Some(SdkSyntax::Used(calls)) => Sdk::Used(calls),
        },
        leads_to_names: syntax.leads_to.clone(),
        leads_to: syntax.leads_to.iter().filter_map(|name| named(name, names, findings)).collect(),
        error_event: syntax.error_event.and_then(|event| Some((named(&event.hook, names, findings)?, event))),
        deny: syntax.deny,
        requires: syntax.requires,
        parameters,
        shapes: syntax.shapes,
        examples: syntax.examples,
        notes: syntax.notes,
        sources: super::entries(syntax.sources),
        conflicts: syntax.conflicts,
        evidence: syntax.evidence.value,
        confidence: syntax.confidence.map_or(Confidence::High, |said| said.value),
        layer: None,
        span: Span { start: name.span.start, ..syntax.span },
        name,
    }
}

/// The context first, then the hook's own members; a member of the context may be overridden by listing it.
/// The names of those that could not be read or resolved stand beside them.
fn parameters(
    syntax: &HookSyntax,
    context: &[(Name, crate::syntax::Parameter)],
    names: &Names,
    findings: &mut Findings,
) -> (Vec<Parameter>, Vec<String>) {
    let evidence: Option<Evidence> = Some(syntax.evidence.value);
    let mut parameters = Vec::new();
    let mut broken = super::broken(&syntax.parameters);
    let mut add = |name: &Name, own, belonging| match merge::parameter(name, own, belonging, evidence, names, findings)
    {
        Some(parameter) => parameters.push(parameter),
        None => broken.push(name.value.clone()),
    };
    for (name, shared) in context {
        let overridden = syntax.parameters.iter().find(|(own, _)| own.value == name.value);
        let (name, own) = overridden.unwrap_or((name, shared));
        add(name, own, Belonging::Context);
    }
    for (name, own) in syntax.parameters.iter() {
        if !context.iter().any(|(known, _)| known.value == name.value) {
            add(name, own, Belonging::Own);
        }
    }
    broken.extend(names.broken_context.iter().cloned());
    merge::distinct_spellings(&parameters, findings);
    (parameters, broken)
}
