//! From what was written to what is meant: names looked up, overrides merged, defaults filled in.

mod hooks;
mod merge;
mod references;
mod types;

use std::collections::{BTreeSet, HashMap};

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::files::Files;
use crate::model::{Contract, HookId, HookType, Known, TypeDef, TypeId};
use crate::narrow::narrows;
use crate::overlay::{self, Laid};
use crate::source::{FileId, Span};
use crate::syntax::{ContractSyntax, Entries, FileSyntax, HookSyntax, Name, Parameter, TypeRef, TypeSyntax};

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

/// Resolves the files of a contract. `None` only if no file says which contract it is.
pub(crate) fn resolve(files: Files, findings: &mut Findings) -> Option<Contract> {
    let Files { parsed: files, overlays, hash, .. } = files;
    let mut all = Gathered::default();
    for (_, file) in files {
        // What the broken section declares is unknown.
        if !file.broken.is_empty() {
            findings.some_unread();
        }
        all.add(file, findings);
    }
    let mut laid = Laid::default();
    for (file, overlay) in overlays {
        if !overlay.broken.is_empty() {
            findings.some_unread();
        }
        overlay::lay(&mut all, file, overlay, &mut laid, findings);
    }
    let Some(contract) = all.contract.take() else {
        let place = Span { file: FileId(0), start: 0, end: 0 };
        let message = "no file has the section `contract`";
        let help = "the root file needs `contract:` with `name`, `title`, `version` and `doc`";
        findings.push_absent(Diagnostic::error(codes::NO_CONTRACT, place, message).help(help));
        return None;
    };

    let mut names = all.names(findings);
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
        hash,
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
    overlay::keep_fitting(&mut resolved);
    overlay::mark(&mut resolved);
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
            Some(policy) if hook.kind == HookType::Connect => {
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

/// The sections of all files together.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) contract: Option<ContractSyntax>,
    lint: Option<crate::syntax::LintSyntax>,
    sender: Option<crate::syntax::SenderSyntax>,
    hook_types: Option<crate::syntax::HookTypesSyntax>,
    on_error: Entries<crate::syntax::ErrorRow>,
    pub(crate) documents: Entries<crate::syntax::Document>,
    pub(crate) groups: Entries<crate::syntax::Group>,
    pub(crate) parameters: Entries<Parameter>,
    pub(crate) types: Entries<TypeSyntax>,
    pub(crate) hooks: Entries<HookSyntax>,
    pub(crate) flows: Entries<crate::syntax::Flow>,
    pub(crate) troubleshooting: Entries<crate::syntax::Trouble>,
    pub(crate) scenarios: Entries<crate::syntax::Scenario>,
    simulation: Option<crate::syntax::Simulation>,
}

impl Gathered {
    fn add(&mut self, file: FileSyntax, findings: &mut Findings) {
        once(&mut self.contract, file.contract, "contract", |contract| contract.head, findings);
        once(&mut self.lint, file.lint, "lint", |lint| lint.head, findings);
        once(&mut self.sender, file.sender, "sender", |sender| sender.head, findings);
        once(&mut self.hook_types, file.hook_types, "hook_types", |types| types.head, findings);
        self.on_error.items.extend(file.on_error.items);
        self.documents.items.extend(file.documents.items);
        self.groups.items.extend(file.groups.items);
        self.parameters.items.extend(file.parameters.items);
        self.types.items.extend(file.types.items);
        self.hooks.items.extend(file.hooks.items);
        self.flows.items.extend(file.flows.items);
        self.troubleshooting.items.extend(file.troubleshooting.items);
        self.scenarios.items.extend(file.scenarios.items);
        once(&mut self.simulation, file.simulation, "simulation", |simulation| simulation.head, findings);
    }

    fn names(&mut self, findings: &mut Findings) -> Names {
        unique(&mut self.on_error, "on-error word", findings);
        unique(&mut self.flows, "flow", findings);
        unique(&mut self.troubleshooting, "troubleshooting entry", findings);
        unique(&mut self.scenarios, "scenario", findings);
        let documents = unique(&mut self.documents, "document", findings);
        let groups = unique(&mut self.groups, "group", findings);
        unique(&mut self.parameters, "shared parameter", findings);
        unique(&mut self.types, "type", findings);
        unique(&mut self.hooks, "hook", findings);
        let mut settings = HashMap::new();
        if let Some(sender) = &mut self.sender {
            settings = unique(&mut sender.settings, "setting", findings);
        }
        let hooks = self.hooks.iter().enumerate().map(|(at, (name, _))| (name.value.clone(), HookId(at))).collect();
        let types = self.types.items.iter().enumerate().map(|(at, (name, _))| (name.value.clone(), TypeId(at)));
        Names {
            types: types.collect(),
            hooks,
            documents,
            groups,
            settings,
            broken_hooks: broken(&self.hooks),
            broken_context: broken(&self.parameters),
            parameters: std::mem::take(&mut self.parameters)
                .items
                .into_iter()
                .map(|(name, parameter)| (name.value.clone(), (name, parameter)))
                .collect(),
        }
    }
}

/// Keeps the only section of its kind.
fn once<T>(slot: &mut Option<T>, found: Option<T>, section: &str, place: impl Fn(&T) -> Span, findings: &mut Findings) {
    match (&slot, found) {
        (_, None) => {}
        (None, found) => *slot = found,
        (Some(first), Some(second)) => findings.push(
            Diagnostic::error(codes::NO_CONTRACT, place(&second), format!("the section `{section}` stands twice"))
                .label(place(first), "first here")
                .help("keep one of them"),
        ),
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

pub(crate) fn duplicate(name: &Name, first: Span, what: &str) -> Diagnostic {
    Diagnostic::error(codes::DUPLICATE_NAME, name.span, format!("the {what} `{}` is declared twice", name.value))
        .label(first, "first declared here")
        .help("rename or remove one of them")
}

/// That another spelling belongs to something else already.
pub(crate) fn taken(alias: &Name, first: Span, what: &str) -> Diagnostic {
    Diagnostic::error(codes::DUPLICATE_NAME, alias.span, format!("the spelling `{}` is taken already", alias.value))
        .label(first, format!("by this {what}"))
        .help("remove it here, or rename the other one")
}

fn broken<T>(entries: &Entries<T>) -> Vec<String> {
    entries.items.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name.value.clone()).collect()
}

/// The entries that could be read, as a plain list.
pub(crate) fn entries<T>(entries: Entries<T>) -> Vec<(Name, T)> {
    entries.items.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Most names that a message lists.
const MOST_LISTED: usize = 6;

/// Tells that a name refers to nothing, unless it stands for one that could not be read.
pub(crate) fn unknown<'a>(
    name: &Name,
    what: &str,
    known: impl IntoIterator<Item = &'a String>,
    findings: &mut Findings,
) {
    if name.value.is_empty() && name.span.start == name.span.end {
        return;
    }
    let known: BTreeSet<&str> = known.into_iter().map(String::as_str).collect();
    let help = match known.len() {
        0 => format!("declare it; there is no {what} yet"),
        1..=MOST_LISTED => {
            let listed: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("declare it, or name one that exists: {}", listed.join(", "))
        }
        _ => format!("declare it, or name a {what} that exists"),
    };
    let message = format!("there is no {what} `{}`", name.value);
    let found = Diagnostic::error(codes::UNKNOWN_REFERENCE, name.span, message).help(help);
    findings.push_absent(found.did_you_mean(&name.value, known));
}
