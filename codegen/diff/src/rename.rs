use super::change::{About, Change, Changes};
use super::compare::Comparison;
use super::rule::change_rules;
use super::types::kind;
use super::verdict::Verdict;
use wcs_contract::diagnostic::{Edit, Fix, plain_word};
use wcs_contract::model::{EnumValue, Hook, Name, Parameter, TypeDef, TypeKind};
use wcs_contract::source::{Sources, Span};

change_rules! {
    /// Something is gone and something much like it is new: perhaps it has only another name now.
    ///
    /// A comparison can't know. If it was renamed, say so in the new contract: `replaces: oldName`, at the hook, member, type or
    /// value. Both sides are then compared as one thing, and you learn what really changed. The fix writes the key.
    SUSPECTED { code: "D0701", name: "rename-suspected", mirror: Rule("rename-suspected") }
}

/// Asks about everything that is gone and has a likeness among what is new.
pub(super) fn suspect(all: &Comparison<'_>, sources: &Sources, changes: &mut Changes) {
    pairs(&all.hooks.removed, &all.hooks.added, alike_hooks, |old, new| {
        let about = About { span: new.name.span, old_span: Some(old.name.span), ..all.about_hook(new) };
        changes.push(asked(&about, &old.name, &new.name, sources));
    });
    pairs(&all.types.removed, &all.types.added, alike_types, |old, new| {
        let about = About { old_span: Some(old.name.span), ..all.about_type(None, Some(new)) };
        changes.push(asked(&about, &old.name, &new.name, sources));
    });
    for hook in all.hook_pairs() {
        let same_type = |old: &Parameter, new: &Parameter| super::fits::is_same(all, &old.ty, &new.ty);
        pairs(
            &hook.members.removed,
            &hook.members.added,
            |old, new| same_type(old, new) && alike_members(old, new),
            |old, new| {
                changes.push(asked(&hook.about, &old.name, &new.name, sources).of_item(&old.name, &new.name));
            },
        );
    }
    for def in all.type_pairs() {
        if let Some(members) = def.members() {
            pairs(&members.removed, &members.added, alike_members, |old, new| {
                changes.push(asked(&def.about, &old.name, &new.name, sources).of_item(&old.name, &new.name));
            });
        }
        if let Some(values) = def.values() {
            pairs(&values.removed, &values.added, alike_values, |old, new| {
                changes.push(asked(&def.about, &old.wire, &new.wire, sources).of_item(&old.wire, &new.wire));
            });
        }
    }
}

/// Each thing that is gone with the first new one that is like it; none is asked about twice.
fn pairs<'a, T>(
    removed: &[&'a T],
    added: &[&'a T],
    alike: impl Fn(&T, &T) -> bool,
    mut tell: impl FnMut(&'a T, &'a T),
) {
    let mut taken = vec![false; added.len()];
    for old in removed {
        let found = added.iter().zip(&mut taken).find(|(new, taken)| !**taken && alike(old, new));
        if let Some((new, taken)) = found {
            *taken = true;
            tell(old, new);
        }
    }
}

fn asked(about: &About, old: &Name, new: &Name, sources: &Sources) -> Change {
    let message = format!("is `{}` what was `{}`?", new.value, old.value);
    let mut change = Change::new(&SUSPECTED, about, Verdict::SAFE, message)
        .values(&old.value, &new.value)
        .effect("They are much alike, but neither contract says so.")
        .action(format!("If it is, write `replaces: {}` at `{}`.", plain_word(&old.value), new.value));
    change.fix = written(new.span, &old.value, sources).map(|edit| {
        let title = format!("say that `{}` replaces `{}`", new.value, old.value);
        Fix::proposed(title, vec![edit], "neither contract says that they are the same")
    });
    change
}

impl Change {
    fn of_item(mut self, old: &Name, new: &Name) -> Self {
        (self.item, self.span, self.old_span) = (Some(new.value.clone()), new.span, Some(old.span));
        self
    }
}

/// The key as it is added to a declaration, by how that is written.
fn written(name: Span, old: &str, sources: &Sources) -> Option<Edit> {
    let text = &sources.get(name.file).text;
    let rest = text.get(name.end as usize..)?;
    let after = rest.find(':')? + 1;
    let value = rest.get(after..)?;
    let line = value.lines().next().unwrap_or_default();
    let key = format!("replaces: {}", plain_word(old));
    let at = |offset: usize| u32::try_from(name.end as usize + after + offset).ok();
    let edit = |start: u32, text: String| Edit { span: Span { start, end: start, ..name }, text };
    let blanks = line.len() - line.trim_start().len();
    let written = line.trim_start();
    if let Some(inside) = written.strip_prefix('{') {
        let comma = if inside.trim_start().starts_with('}') { "" } else { ", " };
        return Some(edit(at(blanks + 1)?, format!("{key}{comma}")));
    }
    if !written.is_empty() && !written.starts_with('#') {
        return None;
    }
    let line_start = text.get(..name.start as usize)?.rfind('\n').map_or(0, |at| at + 1);
    let indent = name.start as usize - line_start;
    let next = value.lines().skip(1).find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let deeper = next.map(|line| line.len() - line.trim_start().len()).filter(|deeper| *deeper > indent);
    match deeper {
        Some(deeper) => Some(edit(at(line.len())?, format!("\n{}{key}", " ".repeat(deeper)))),
        None => Some(edit(at(0)?, format!(" {{{key}}}"))),
    }
}

fn alike_hooks(old: &Hook, new: &Hook) -> bool {
    let own = |hook: &Hook| -> Vec<String> { hook.parameters.iter().map(|member| member.name.value.clone()).collect() };
    old.kind == new.kind
        && (old.summary.value == new.summary.value
            || near(&old.name.value, &new.name.value)
            || (old.parameters.len() > 4 && own(old) == own(new)))
}

fn alike_members(old: &Parameter, new: &Parameter) -> bool {
    old.doc.value == new.doc.value || near(&old.name.value, &new.name.value)
}

fn alike_types(old: &TypeDef, new: &TypeDef) -> bool {
    let names = |def: &TypeDef| -> Vec<String> {
        match &def.kind {
            TypeKind::Record(members) => members.iter().map(|member| member.name.value.clone()).collect(),
            TypeKind::Enum { values, .. } => values.iter().map(|value| value.wire.value.clone()).collect(),
        }
    };
    kind(old) == kind(new)
        && (old.doc.value == new.doc.value || near(&old.name.value, &new.name.value) || names(old) == names(new))
}

fn alike_values(old: &EnumValue, new: &EnumValue) -> bool {
    old.doc.value == new.doc.value || near(&old.wire.value, &new.wire.value)
}

/// Whether names are spelt much alike, whatever their case.
fn near(old: &str, new: &str) -> bool {
    strsim::jaro_winkler(&old.to_lowercase(), &new.to_lowercase()) > 0.92
}
