//! Laying a team's own knowledge over a contract as it was written, before names are looked up.
//!
//! What is added goes where the contract's own entries are; what is changed replaces the written values, each with its
//! own place, so that every later finding points at whoever said it. What was replaced is kept as an [`Override`].

mod member;

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Layer, Override};
use crate::naming::{duplicate, unknown};
use crate::source::Name;
use crate::source::{FileId, Span};
use crate::syntax::{
    ContractChange, Document, Entries, HookChange, HookSyntax, Keyed, Openness, OverlayFileSyntax, OverlaySyntax,
    Parameter, Syntax, Text, TypeChange, TypeRef, TypeSyntax, ValueChange, ValueSyntax, Written,
};

/// What the overlays of a contract leave for later.
#[derive(Default)]
pub(crate) struct Laid {
    /// The overlays, lowest first.
    pub(crate) layers: Vec<Layer>,
    /// What they replaced.
    pub(crate) overrides: Vec<Override>,
    /// Hooks to be left out once everything is resolved.
    pub(crate) hidden: Vec<Name>,
    /// Groups to be left out with their hooks.
    pub(crate) hidden_groups: Vec<Name>,
    /// Types that must be narrower: below, above.
    pub(crate) narrowed: Vec<(TypeRef, TypeRef)>,
}

/// What is written, with overlays on top.
pub(crate) struct Layered {
    /// The sections of all files, changed by the overlays.
    pub(crate) written: Written,
    /// What the overlays leave for later.
    pub(crate) laid: Laid,
}

/// Lays the overlays over the contract, the lowest first.
pub(crate) fn apply(mut written: Written, findings: &mut Findings) -> Layered {
    let mut laid = Laid::default();
    for (file, overlay) in std::mem::take(&mut written.overlays) {
        lay(&mut written, file, overlay, &mut laid, findings);
    }
    Layered { written, laid }
}

/// Lays one overlay over what was gathered from the contract and from the overlays below it.
fn lay(all: &mut Written, file: FileId, overlay: OverlayFileSyntax, laid: &mut Laid, findings: &mut Findings) {
    let head = overlay.overlay;
    if let Some(first) = laid.layers.iter().find(|known| known.name.value == head.name.value) {
        findings.push(duplicate(&head.name, first.name.span, "overlay"));
    }
    fits(all, &head, findings);
    let (title, doc) = (head.title.clone(), head.doc.clone());
    // What it says can be traced back to it as to any document.
    let document = Document { span: head.span, head: head.head, broken: Vec::new(), title, doc };
    all.documents.items.push((head.name.clone(), Some(document)));
    laid.layers.push(Layer { name: head.name, title: head.title, doc: head.doc, file });
    add(&mut all.documents, overlay.documents, "document", findings);
    add(&mut all.groups, overlay.groups, "group", findings);
    add(&mut all.parameters, overlay.parameters, "shared parameter", findings);
    add(&mut all.types, overlay.types, "type", findings);
    add(&mut all.hooks, overlay.hooks, "hook", findings);
    add(&mut all.flows, overlay.flows, "flow", findings);
    add(&mut all.troubleshooting, overlay.troubleshooting, "troubleshooting entry", findings);
    add(&mut all.scenarios, overlay.scenarios, "scenario", findings);
    let mut layer = Lay { layer: laid.layers.len() - 1, laid, findings };
    if let Some(change) = overlay.change {
        if let (Some(contract), Some(change)) = (&mut all.contract, change.contract) {
            let ContractChange { title, doc, notes, .. } = change;
            layer.text("contract", "title", &mut contract.title, title);
            layer.text("contract", "doc", &mut contract.doc, doc);
            contract.notes.extend(notes);
        }
        for (name, change) in change.parameters.items {
            let Some(target) = layer.find(&mut all.parameters, &name, "shared parameter") else { continue };
            if let Some(change) = change {
                layer.member(&format!("parameters/{}", name.value), target, None, change);
            }
        }
        for (name, change) in change.types.items {
            let Some(target) = layer.find(&mut all.types, &name, "type") else { continue };
            if let Some(change) = change {
                layer.type_def(&name, target, change);
            }
        }
        for (name, change) in change.hooks.items {
            let shared = &all.parameters;
            let context = all.contract.as_ref().map_or(&[][..], |contract| &contract.context);
            let Some(target) = layer.find(&mut all.hooks, &name, "hook") else { continue };
            if let Some(change) = change {
                layer.hook(&name, target, change, shared, context);
            }
        }
    }
    if let Some(hide) = overlay.hide {
        for name in hide.hooks {
            if layer.find(&mut all.hooks, &name, "hook").is_some() {
                layer.laid.hidden.push(name);
            }
        }
        for name in hide.groups {
            if layer.find(&mut all.groups, &name, "group").is_some() {
                layer.laid.hidden_groups.push(name);
            }
        }
    }
}

/// Whether the overlay was made for this contract and its version.
fn fits(all: &Written, head: &OverlaySyntax, findings: &mut Findings) {
    let Some(contract) = &all.contract else { return };
    if head.over.value != contract.name.value {
        let message = format!("the overlay lies over `{}`, not over `{}`", contract.name.value, head.over.value);
        findings.push(
            Diagnostic::error(codes::OVERLAY_BASE, head.over.span, message)
                .label(contract.name.span, "this contract")
                .help("lay it over the contract that it was written for, or correct `over`"),
        );
        return;
    }
    let Some(wanted) = &head.version else { return };
    let (requirement, version) =
        match (semver::VersionReq::parse(&wanted.value), semver::Version::parse(&contract.version.value)) {
            (Ok(requirement), Ok(version)) => (requirement, version),
            (Err(error), _) => {
                let message = format!("`{}` is no requirement on a version: {error}", wanted.value);
                let help = "write it as Cargo does: `\"1\"`, `\"1.2\"`, `\">=1.2, <2\"`";
                findings.push(Diagnostic::error(codes::OVERLAY_BASE, wanted.span, message).help(help));
                return;
            }
            (_, Err(_)) => {
                let message = format!("`{}` is no version that could be compared", contract.version.value);
                let help = "remove `version` from the overlay, or give the contract a version such as `1.0.0`";
                let found = Diagnostic::error(codes::OVERLAY_BASE, wanted.span, message);
                findings.push(found.label(contract.version.span, "the contract's version").help(help));
                return;
            }
        };
    if !requirement.matches(&version) {
        let message = format!("the overlay fits the versions `{requirement}` of `{}`, not {version}", head.over.value);
        findings.push(
            Diagnostic::error(codes::OVERLAY_BASE, wanted.span, message)
                .label(contract.version.span, "this version")
                .help("read what has changed between the two, correct the overlay, then its `version`"),
        );
    }
}

/// Adds entries with new names.
fn add<T>(known: &mut Entries<T>, new: Entries<T>, what: &str, findings: &mut Findings) {
    for (name, value) in new.items {
        match known.items.iter().find(|(known, _)| known.value == name.value) {
            Some((first, _)) => {
                let help = "what exists already is changed, not added: write it under `change`, or rename it";
                findings.push(duplicate(&name, first.span, what).help(help));
            }
            None => known.items.push((name, value)),
        }
    }
}

/// One overlay while it is laid.
struct Lay<'a> {
    layer: usize,
    laid: &'a mut Laid,
    findings: &'a mut Findings,
}

impl Lay<'_> {
    /// What a change is about. `None` if nothing below has the name, which is told, or if it could not be read.
    fn find<'t, T>(&mut self, known: &'t mut Entries<T>, name: &Name, what: &str) -> Option<&'t mut T> {
        match known.items.iter().position(|(known, _)| known.value == name.value) {
            Some(at) => known.items.get_mut(at)?.1.as_mut(),
            None => {
                unknown(name, what, known.items.iter().map(|(known, _)| &known.value), self.findings);
                None
            }
        }
    }

    fn replaced(&mut self, subject: &str, fact: &'static str, place: Span, base: Option<Span>) {
        self.laid.overrides.push(Override { layer: self.layer, subject: subject.to_owned(), fact, place, base });
    }

    /// That a change says what was said already.
    fn idle(&mut self, fact: &str, place: Span, base: Span) {
        self.findings.push(
            Diagnostic::warning(codes::OVERLAY_IDLE, place, format!("this `{fact}` is the one from below"))
                .label(base, "said here")
                .help("remove it from the overlay"),
        );
    }

    /// That a change says nothing.
    fn empty(&mut self, name: &Name) {
        let message = format!("nothing is changed of `{}`", name.value);
        let help = "say what is otherwise, or remove the entry";
        self.findings.push_absent(Diagnostic::warning(codes::OVERLAY_IDLE, name.span, message).help(help));
    }

    /// That a change would deny what holds below.
    fn contradicts(&mut self, place: Span, base: Span, message: String, help: &str) {
        let found = Diagnostic::error(codes::OVERLAY_CONTRADICTS, place, message);
        self.findings.push(found.label(base, "overrides this").help(help));
    }

    fn text(&mut self, subject: &str, fact: &'static str, slot: &mut Text, new: Option<Text>) {
        let Some(new) = new else { return };
        if new.value == slot.value {
            self.idle(fact, new.span, slot.span);
        } else {
            self.replaced(subject, fact, new.span, Some(slot.span));
            *slot = new;
        }
    }

    fn maybe_text(&mut self, subject: &str, fact: &'static str, slot: &mut Option<Text>, new: Option<Text>) {
        match (slot.as_mut(), new) {
            (_, None) => {}
            (Some(slot), new) => self.text(subject, fact, slot, new),
            (None, Some(new)) => {
                self.replaced(subject, fact, new.span, None);
                *slot = Some(new);
            }
        }
    }

    fn hook(
        &mut self,
        name: &Name,
        hook: &mut HookSyntax,
        change: HookChange,
        shared: &Entries<Parameter>,
        context: &[Name],
    ) {
        let subject = format!("hooks/{}", name.value);
        if change.says_nothing() {
            self.empty(name);
        }
        self.text(&subject, "summary", &mut hook.summary, change.summary);
        self.maybe_text(&subject, "doc", &mut hook.doc, change.doc);
        hook.aliases.items.extend(change.aliases.items);
        hook.requires.extend(change.requires);
        hook.examples.extend(change.examples);
        hook.since = change.since.or(hook.since.take());
        hook.until = change.until.or(hook.until.take());
        hook.deprecated = change.deprecated.or(hook.deprecated.take());
        hook.notes.extend(change.notes);
        hook.sources.items.extend(change.sources.items);
        hook.conflicts.extend(change.conflicts);
        for (member, change) in change.parameters.items {
            let in_context = context.iter().any(|known| known.value == member.value);
            let shared = shared.items.iter().find(|(known, _)| known.value == member.value);
            if in_context && !hook.parameters.items.iter().any(|(known, _)| known.value == member.value) {
                // The hook carries it without listing it.
                let Some((declared, Some(_))) = shared else { continue };
                let listed = Name::new(declared.value.clone(), hook.head);
                hook.parameters.items.push((listed, Parameter::placeholder(hook.head).map(unbroken)));
            }
            let Some(target) = self.find(&mut hook.parameters, &member, "parameter") else { continue };
            let Some(change) = change else { continue };
            let below = shared.and_then(|(_, shared)| shared.as_ref());
            self.member(&format!("{subject}/{}", member.value), target, below, change);
        }
        add(&mut hook.parameters, change.add_parameters, "parameter", self.findings);
    }

    fn type_def(&mut self, name: &Name, def: &mut TypeSyntax, change: TypeChange) {
        let subject = format!("types/{}", name.value);
        if change.says_nothing() {
            self.empty(name);
        }
        self.text(&subject, "doc", &mut def.doc, change.doc);
        def.notes.extend(change.notes);
        def.sources.items.extend(change.sources.items);
        let mut no_members = Entries::default();
        let members = def.record.as_mut().unwrap_or(&mut no_members);
        for (member, change) in change.record.items {
            let Some(target) = self.find(members, &member, "member") else { continue };
            if let Some(change) = change {
                self.member(&format!("{subject}/{}", member.value), target, None, change);
            }
        }
        let new_members = change.add_members.items.first().map(|(name, _)| name.span);
        if let (None, Some(place)) = (&def.record, new_members) {
            let message = format!("`{}` is no record", name.value);
            self.contradicts(place, def.head, message, "an enum gets more values by `add_values`");
        } else if let Some(members) = &mut def.record {
            add(members, change.add_members, "member", self.findings);
        }
        let mut no_values = Entries::default();
        let values = def.values.as_mut().unwrap_or(&mut no_values);
        for (value, change) in change.values.items {
            let Some(target) = self.find(values, &value, "value") else { continue };
            if let Some(change) = change {
                self.value(&format!("{subject}/{}", value.value), target, change);
            }
        }
        self.more_values(name, def, change.add_values);
    }

    fn more_values(&mut self, name: &Name, def: &mut TypeSyntax, new: Entries<ValueSyntax>) {
        let Some((first, _)) = new.items.first() else { return };
        let place = first.span;
        match (&mut def.values, &def.openness) {
            (Some(values), Some(openness)) if openness.value == Openness::Open => {
                add(values, new, "value", self.findings);
            }
            (Some(_), Some(openness)) => {
                let message = format!("the enum `{}` is closed: its list is complete", name.value);
                self.contradicts(
                    place,
                    openness.span,
                    message,
                    "remove the values, or have the contract open the enum",
                );
            }
            _ => {
                let message = format!("`{}` is no enum", name.value);
                self.contradicts(place, def.head, message, "a record gets more members by `add_members`");
            }
        }
    }

    fn value(&mut self, subject: &str, value: &mut ValueSyntax, change: ValueChange) {
        self.text(subject, "doc", &mut value.doc, change.doc);
        value.aliases.items.extend(change.aliases.items);
        value.since = change.since.or(value.since.take());
        value.until = change.until.or(value.until.take());
        value.deprecated = change.deprecated.or(value.deprecated.take());
        value.sources.items.extend(change.sources.items);
    }
}

/// A parameter that says nothing of its own.
fn unbroken(parameter: Parameter) -> Parameter {
    Parameter { broken: Vec::new(), ..parameter }
}
