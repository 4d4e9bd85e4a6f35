//! What the files of a contract say, all sections together.

use super::{
    ContractSyntax, Document, Entries, ErrorRow, FileSyntax, Flow, Group, HookSyntax, HookTypesSyntax, LintSyntax,
    OverlayFileSyntax, Parameter, Scenario, SenderSyntax, Simulation, Syntax, Trouble, TypeSyntax,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::files::{Files, Role};
use crate::source::{FileId, Span};

/// Reads the trees of all files.
pub(crate) fn written(files: &Files, findings: &mut Findings) -> Written {
    let mut all = Written { hash: files.hash.clone(), ..Written::default() };
    for tree in &files.trees {
        match (tree.role, &tree.node) {
            (Role::Contract, Some(node)) => all.file(FileSyntax::read(node, findings), findings),
            (Role::Overlay, Some(node)) => all.overlay(tree.file, OverlayFileSyntax::read(node, findings), findings),
            // A file without content says nothing; an overlay that says nothing is none.
            (Role::Contract, None) => {}
            (Role::Overlay, None) => findings.some_unread(),
        }
    }
    all
}

/// The sections of all files together.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) contract: Option<ContractSyntax>,
    pub(crate) lint: Option<LintSyntax>,
    pub(crate) sender: Option<SenderSyntax>,
    pub(crate) hook_types: Option<HookTypesSyntax>,
    pub(crate) on_error: Entries<ErrorRow>,
    pub(crate) documents: Entries<Document>,
    pub(crate) groups: Entries<Group>,
    pub(crate) parameters: Entries<Parameter>,
    pub(crate) types: Entries<TypeSyntax>,
    pub(crate) hooks: Entries<HookSyntax>,
    pub(crate) flows: Entries<Flow>,
    pub(crate) troubleshooting: Entries<Trouble>,
    pub(crate) scenarios: Entries<Scenario>,
    pub(crate) simulation: Option<Simulation>,
    /// SHA-256 over paths and texts, in hex.
    pub(crate) hash: String,
    /// Overlays over them, the lowest first.
    pub(crate) overlays: Vec<(FileId, OverlayFileSyntax)>,
}

impl Written {
    fn file(&mut self, file: Option<FileSyntax>, findings: &mut Findings) {
        let Some(file) = file else { return findings.some_unread() };
        // What the broken section declares is unknown.
        if !file.broken.is_empty() {
            findings.some_unread();
        }
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

    fn overlay(&mut self, id: FileId, overlay: Option<OverlayFileSyntax>, findings: &mut Findings) {
        let Some(overlay) = overlay else { return findings.some_unread() };
        if !overlay.broken.is_empty() {
            findings.some_unread();
        }
        self.overlays.push((id, overlay));
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
