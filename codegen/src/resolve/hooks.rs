//! Hooks and their members.

use super::{Names, duplicate, merge, unknown};
use crate::diagnostic::Findings;
use crate::model::{Belonging, Confidence, Evidence, Hook, HookId, Parameter, Sdk};
use crate::source::Span;
use crate::syntax::{Entries, HasLifetime, HookSyntax, Name, SdkSyntax};

/// The parameters that every hook carries.
pub(super) fn context(
    wanted: &[Name],
    names: &Names,
    findings: &mut Findings,
) -> Vec<(Name, crate::syntax::Parameter)> {
    let mut context = Vec::new();
    for name in wanted {
        match names.parameters.get(&name.value) {
            // The declared name, so that the declaration is not laid over itself.
            Some((declared, Some(parameter))) => context.push((declared.clone(), parameter.clone())),
            Some((_, None)) => {}
            None => findings.push(unknown(name, "shared parameter", names.parameters.keys())),
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
                    findings.push(duplicate(alias, place, "hook"));
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
        findings.push(unknown(name, "hook", names.hooks.keys()));
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
    let parameters = parameters(&syntax, context, names, findings);
    Hook {
        lifetime: syntax.lifetime(),
        kind: syntax.kind.value,
        group: syntax.group,
        summary: syntax.summary,
        doc: syntax.doc,
        aliases: super::entries(syntax.aliases),
        sdk: match syntax.sdk {
            None => Sdk::Unknown,
            Some(SdkSyntax::Unused(_)) => Sdk::Unused,
            Some(SdkSyntax::Used(calls)) => Sdk::Used(calls),
        },
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
        span: Span { start: name.span.start, ..syntax.span },
        name,
    }
}

/// The context first, then the hook's own members; a member of the context may be overridden by listing it.
fn parameters(
    syntax: &HookSyntax,
    context: &[(Name, crate::syntax::Parameter)],
    names: &Names,
    findings: &mut Findings,
) -> Vec<Parameter> {
    let evidence: Option<Evidence> = Some(syntax.evidence.value);
    let mut parameters = Vec::new();
    for (name, shared) in context {
        let overridden = syntax.parameters.iter().find(|(own, _)| own.value == name.value);
        let (name, own) = overridden.unwrap_or((name, shared));
        parameters.extend(merge::parameter(name, own, Belonging::Context, evidence, names, findings));
    }
    for (name, own) in syntax.parameters.iter() {
        if !context.iter().any(|(known, _)| known.value == name.value) {
            parameters.extend(merge::parameter(name, own, Belonging::Own, evidence, names, findings));
        }
    }
    let mut spellings: Vec<&Name> = parameters.iter().map(|parameter| &parameter.name).collect();
    for parameter in &parameters {
        for (alias, _) in &parameter.aliases {
            match spellings.iter().find(|known| known.value == alias.value) {
                Some(first) if first.span != alias.span => findings.push(duplicate(alias, first.span, "parameter")),
                _ => spellings.push(alias),
            }
        }
    }
    parameters
}
