//! From what was written to what is meant: names looked up, overrides merged, defaults filled in.

mod hooks;
mod merge;
mod references;
mod types;

use std::collections::HashMap;

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::layers;
use crate::model::{Contract, HookId, Known, TypeDef, TypeId};
use crate::naming::duplicate;
use crate::narrow::narrows;
use crate::overlay::Layered;
use crate::source::Name;
use crate::source::{FileId, Span};
use crate::syntax::{Entries, Parameter, TypeRef, Written};

/// Everything that can be referred to by name.
pub(crate) struct Names {
    pub(crate) parameters: HashMap<String, (Name, Option<Parameter>)>,
    pub(crate) types: HashMap<String, TypeId>,
    pub(crate) hooks: HashMap<String, HookId>,
    pub(crate) documents: HashMap<String, Span>,
    pub(crate) groups: HashMap<String, Span>,
    pub(crate) settings: HashMap<String, Span>,
    /// Hooks that are declared but could not be read: a reference to them is no mistake of its own.
    pub(crate) broken_hooks: Vec<String>,
    /// Shared parameters that could not be read: every hook might carry them.
    pub(crate) broken_context: Vec<String>,
}

/// Resolves what is written, with overlays on top. `None` only if no file says which contract it is.
pub(crate) fn resolve(layered: Layered, findings: &mut Findings) -> Option<Contract> {
    let Layered { written: mut all, laid } = layered;
    let Some(contract) = all.contract.take() else {
        let place = Span { file: FileId(0), start: 0, end: 0 };
        let message = "no file has the section `contract`";
        let help = "the root file needs `contract:` with `name`, `title`, `version` and `doc`";
        findings.push_absent(Diagnostic::error(codes::NO_CONTRACT, place, message).help(help));
        return None;
    };

    let mut names = names(&mut all, findings);
    let types = types::resolve(all.types, &names, findings);
    narrowed(&laid.narrowed, &types, &names, findings);
    merge::shared(&names, findings);
    let context = hooks::context(&contract.context, &names, findings);
    let hooks = hooks::resolve(all.hooks, &context, &mut names, findings);

    let mut scenarios = entries(all.scenarios);
    crate::scenarios::complete(&mut scenarios, &[], findings);
    let mut resolved = Contract {
        name: contract.name,
        title: contract.title,
        version: contract.version,
        doc: contract.doc,
        hash: all.hash,
        sender_release: None,
        layers: laid.layers,
        overrides: laid.overrides,
        hidden: Vec::new(),
        releases: entries(contract.releases),
        notes: contract.notes,
        conflicts: contract.conflicts,
        documents: entries(all.documents),
        groups: entries(all.groups),
        context: contract.context,
        shared: merge::types_of_shared(&names),
        types,
        hooks,
        hook_types: all.hook_types,
        on_error: entries(all.on_error),
        sender: all.sender,
        flows: entries(all.flows),
        troubleshooting: entries(all.troubleshooting),
        levels: all.lint.map(|lint| entries(lint.levels)).unwrap_or_default(),
        scenarios,
        simulation: all.simulation,
        hooks_by_name: names.hooks.clone(),
        hooks_known: if names.broken_hooks.is_empty() { Known::Wholly } else { Known::Partly },
    };
    references::check(&resolved, &names, findings);
    resolved.hidden = hidden(&resolved, &laid.hidden, &laid.hidden_groups, findings);
    layers::keep_fitting(&mut resolved);
    layers::mark(&mut resolved);
    Some(resolved)
}

/// Types that overlays give to members are part of those below.
fn narrowed(narrowed: &[(TypeRef, TypeRef)], types: &[TypeDef], names: &Names, findings: &mut Findings) {
    for (below, above) in narrowed {
        // That a name is unknown is told where the member is resolved.
        let mut told = Findings::default();
        let of = |ty, told: &mut Findings| merge::type_of(ty, names, told);
        let (Some(wide), Some(narrow)) = (of(below, &mut told), of(above, &mut told)) else { continue };
        if !narrows(types, &wide, &narrow) {
            let message = format!("`{above}` is no part of `{below}`");
            let found = Diagnostic::error(codes::OVERLAY_CONTRADICTS, above.span(), message);
            findings.push(found.label(below.span(), "overrides this").help(
                "an `object` can become a record or a map, a `string` an enum or a list; otherwise correct the contract",
            ));
        }
    }
}

/// The hooks that overlays leave out.
fn hidden(contract: &Contract, hooks: &[Name], groups: &[Name], findings: &mut Findings) -> Vec<HookId> {
    let mut hidden = Vec::new();
    for (at, hook) in contract.hooks.iter().enumerate() {
        let by_name = hooks.iter().find(|name| name.value == hook.name.value);
        let Some(name) = by_name.or_else(|| groups.iter().find(|name| name.value == hook.group.value)) else {
            continue;
        };
        match contract.session_policy() {
            Some(policy) if hook.kind.is_opening() => {
                let message =
                    "the hook that opens a session can't be hidden, as its answer carries the session's policy";
                findings.push(
                    Diagnostic::error(codes::OVERLAY_CONTRADICTS, name.span, message)
                        .label(policy.member.span, "the policy")
                        .help("leave this hook in; it has to be answered in any case"),
                );
            }
            _ => hidden.push(HookId(at)),
        }
    }
    hidden
}

/// Everything that can be referred to; entries that are declared twice are reported and dropped.
fn names(all: &mut Written, findings: &mut Findings) -> Names {
    unique(&mut all.on_error, "on-error word", findings);
    unique(&mut all.flows, "flow", findings);
    unique(&mut all.troubleshooting, "troubleshooting entry", findings);
    unique(&mut all.scenarios, "scenario", findings);
    let documents = unique(&mut all.documents, "document", findings);
    let groups = unique(&mut all.groups, "group", findings);
    unique(&mut all.parameters, "shared parameter", findings);
    unique(&mut all.types, "type", findings);
    unique(&mut all.hooks, "hook", findings);
    let mut settings = HashMap::new();
    if let Some(sender) = &mut all.sender {
        settings = unique(&mut sender.settings, "setting", findings);
    }
    let hooks = all.hooks.iter().enumerate().map(|(at, (name, _))| (name.value.clone(), HookId(at))).collect();
    let types = all.types.items.iter().enumerate().map(|(at, (name, _))| (name.value.clone(), TypeId(at)));
    Names {
        types: types.collect(),
        hooks,
        documents,
        groups,
        settings,
        broken_hooks: broken(&all.hooks),
        broken_context: broken(&all.parameters),
        parameters: std::mem::take(&mut all.parameters)
            .items
            .into_iter()
            .map(|(name, parameter)| (name.value.clone(), (name, parameter)))
            .collect(),
    }
}

/// Drops entries whose name was declared before, and says so.
fn unique<T>(entries: &mut Entries<T>, what: &str, findings: &mut Findings) -> HashMap<String, Span> {
    let mut seen: HashMap<String, Span> = HashMap::with_capacity(entries.items.len());
    entries.items.retain(|(name, _)| match seen.get(&name.value) {
        Some(first) => {
            findings.push(duplicate(name, *first, what));
            false
        }
        None => {
            seen.insert(name.value.clone(), name.span);
            true
        }
    });
    seen
}

fn broken<T>(entries: &Entries<T>) -> Vec<String> {
    entries.items.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name.value.clone()).collect()
}

/// The entries that could be read, as a plain list.
pub(crate) fn entries<T>(entries: Entries<T>) -> Vec<(Name, T)> {
    entries.items.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
