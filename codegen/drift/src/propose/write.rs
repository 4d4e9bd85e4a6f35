//! The edits that settle one gap.

use super::entry::{Entry, Gap as Above, Value};
use super::{guess, place, title};
use crate::{Gap, Missing, NewMember, Owner, Seen, vocabulary};
use wcs_contract::Compiled;
use wcs_contract::diagnostic::{Edit, Fix};
use wcs_contract::load::{Node, NodeKind};
use wcs_contract::model::{Contract, Evidence, Hook, TypeKind};
use wcs_contract::source::{FileId, Span};
use wcs_contract::syntax::{Form, HookSyntax, Syntax};

/// Key of the document that stands for traffic, where the contract has none of that name yet.
const OBSERVED: &str = "observed";

/// The edits, or why there are none.
pub(super) fn edits(compiled: &Compiled, contract: &Contract, gap: &Gap) -> Result<Fix, String> {
    let at = At { compiled, contract, seen: &gap.seen };
    let mut edits = match &gap.what {
        Missing::Hook { hook, members } => at.hook(hook, members)?,
        Missing::Member { owner, member } => at.member(owner, member)?,
        Missing::Value { def, value, .. } => at.value(def, value)?,
        Missing::Presence { hook, member } => {
            return Ok(Fix::proposed(title(gap), at.presence(hook, member)?, UNCONFIRMED));
        }
    };
    if at.source_key() == Some(OBSERVED) {
        edits.extend(at.document());
    }
    Ok(Fix::proposed(title(gap), edits, UNCONFIRMED))
}

/// Why a person decides on an addition.
const UNCONFIRMED: &str = "it was seen, but no document confirms it";

const NO_PLACE: &str = "there is no place for it in the files";

#[derive(Clone, Copy)]
struct At<'a> {
    compiled: &'a Compiled,
    contract: &'a Contract,
    seen: &'a Seen,
}

impl<'a> At<'a> {
    fn tree(self, file: FileId) -> Result<Node, String> {
        place::tree(&self.compiled.sources, file).ok_or_else(|| NO_PLACE.to_owned())
    }

    /// The key under which sources cite what was seen.
    fn source_key(&self) -> Option<&str> {
        match (&self.seen.document, self.seen.evidence) {
            (Some(key), _) => Some(key),
            (None, Evidence::Captured) => Some(OBSERVED),
            (None, _) => None,
        }
    }

    fn sources(&self) -> Option<Entry> {
        let key = self.source_key()?;
        Some(Entry::new("sources", Value::Brackets(vec![Entry::text(key, &self.seen.place)])))
    }

    fn evidence(&self) -> Entry {
        Entry::word("evidence", self.seen.evidence.word())
    }

    fn owner(self, name: &str) -> Result<&'a Hook, String> {
        self.contract.hook_named(name).ok_or_else(|| NO_PLACE.to_owned())
    }

    fn member(self, owner: &Owner, member: &NewMember) -> Result<Vec<Edit>, String> {
        let sources = &self.compiled.sources;
        match owner {
            Owner::Hook(name) => {
                let hook = self.owner(name)?;
                let entry = self.member_entry(member, Evidenced::Itself)?;
                let tree = self.tree(hook.name.span.file)?;
                let node = place::value_at(&tree, hook.name.span).ok_or(NO_PLACE)?;
                let edits = match place::value(node, "parameters") {
                    Some(parameters) if matches!(parameters.kind, NodeKind::Mapping(_)) => {
                        place::append(sources, parameters, &entry).into_iter().collect()
                    }
                    Some(_) => Vec::new(),
                    None => place::append_below(sources, node, &hook_keys(), "parameters", &entry),
                };
                if edits.is_empty() { Err(NO_PLACE.to_owned()) } else { Ok(edits) }
            }
            Owner::Record(name) => {
                let entry = self.member_entry(member, Evidenced::Type)?;
                let edit = self.in_type(name, "record", &entry)?;
                Ok(vec![edit])
            }
        }
    }

    fn in_type(self, name: &str, key: &str, entry: &Entry) -> Result<Edit, String> {
        let def = self.contract.types.iter().find(|def| def.name.value == name).ok_or(NO_PLACE)?;
        let tree = self.tree(def.name.span.file)?;
        let node = place::value_at(&tree, def.name.span).and_then(|node| place::value(node, key)).ok_or(NO_PLACE)?;
        place::append(&self.compiled.sources, node, entry).ok_or_else(|| NO_PLACE.to_owned())
    }

    fn member_entry(&self, member: &NewMember, evidenced: Evidenced) -> Result<Entry, String> {
        let mut entries = Vec::new();
        if !member.shared || evidenced == Evidenced::Type {
            let ty = member.ty.as_deref().ok_or("what was seen does not tell one type")?;
            entries.push(Entry::word("type", ty));
            entries.push(Entry::text("doc", &member.sentence));
            if guess::is_secret(&member.name) {
                entries.push(Entry::word("client", "same"));
                entries.push(Entry::word("sensitive", "true"));
            }
        }
        entries.extend(self.sources());
        if evidenced == Evidenced::Itself {
            entries.push(self.evidence());
        }
        Ok(Entry::new(&member.name, Value::Lines(entries)))
    }

    fn value(self, def: &str, value: &str) -> Result<Vec<Edit>, String> {
        let is_word = value.starts_with(|c: char| c.is_ascii_alphabetic())
            && value.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
        if !is_word {
            return Err("it does not look like a word that an enum has".to_owned());
        }
        let found = self.contract.types.iter().find(|found| found.name.value == def).ok_or(NO_PLACE)?;
        let TypeKind::Enum { values, .. } = &found.kind else { return Err(NO_PLACE.to_owned()) };
        let mut entries = vec![Entry::text("doc", &self.seen.sentence)];
        entries.extend(self.sources());
        entries.push(Entry::word("confidence", "low"));
        let mut entry = Entry::new(value, Value::Lines(entries));
        // Where it belongs in the order of the values, nobody can tell yet.
        if values.iter().any(|value| !value.next.is_empty()) {
            entry.comment = Some("wcs:allow unreachable-value -- its place in the order is not known yet");
        }
        Ok(vec![self.in_type(def, "values", &entry)?])
    }

    fn presence(self, hook: &str, member: &str) -> Result<Vec<Edit>, String> {
        let sources = &self.compiled.sources;
        let hook = self.owner(hook)?;
        let name = vocabulary::member(&hook.parameters, member).map(|member| member.name.span).ok_or(NO_PLACE)?;
        let is_inside = name.file == hook.span.file && hook.span.start <= name.start && name.end <= hook.span.end;
        if !is_inside {
            return Err("every hook carries it, so that it is for a person to decide".to_owned());
        }
        let tree = self.tree(name.file)?;
        let node = place::value_at(&tree, name).ok_or(NO_PLACE)?;
        let said = match &node.kind {
            NodeKind::Mapping(entries) => entries.iter().find(|(key, _)| key.value == "presence"),
            _ => None,
        };
        let edit = match said {
            Some((key, value)) => Some(place::replace(sources, key.span, value, "usually")),
            None if node.is_null() => Some(place::replace(sources, name, node, "{presence: usually}")),
            None => place::append(sources, node, &Entry::word("presence", "usually")),
        };
        Ok(vec![edit.ok_or(NO_PLACE)?])
    }

    fn hook(self, name: &str, members: &[NewMember]) -> Result<Vec<Edit>, String> {
        let near = guess::nearest(self.contract, name, members).ok_or("the contract has no group to put it into")?;
        let mut entries = vec![
            Entry::word("type", guess::kind(self.contract, name).word()),
            Entry::text("group", &near.group.value),
            Entry::text("summary", &self.seen.sentence),
            Entry::new(
                "deny",
                Value::Brackets(vec![
                    Entry::word("effect", "undocumented"),
                    Entry::text("doc", "Nobody has confirmed what a denial does."),
                    Entry::word("confidence", "low"),
                ]),
            ),
        ];
        // A member whose values fit no one type is left out: once the hook is there, it is reported again.
        let members: Vec<Entry> =
            members.iter().filter_map(|member| self.member_entry(member, Evidenced::Hook).ok()).collect();
        if !members.is_empty() {
            entries.push(Entry::new("parameters", Value::Lines(members)));
        }
        entries.extend(self.sources());
        entries.push(self.evidence());
        entries.push(Entry::word("confidence", "low"));
        let mut entry = Entry::new(name, Value::Lines(entries));
        entry.gap = Above::BlankLine;
        // The file in which most hooks of the group stand.
        let file = self.file_of(&near.group.value).unwrap_or(near.name.span.file);
        let tree = self.tree(file)?;
        let hooks = place::value(&tree, "hooks").ok_or(NO_PLACE)?;
        Ok(vec![place::append(&self.compiled.sources, hooks, &entry).ok_or(NO_PLACE)?])
    }

    fn file_of(self, group: &str) -> Option<FileId> {
        let files: Vec<FileId> = self.contract.hooks_of(group).map(|hook| hook.name.span.file).collect();
        files.iter().copied().max_by_key(|file| files.iter().filter(|other| *other == file).count())
    }

    /// Declares the document that stands for traffic, if it is not declared yet.
    fn document(self) -> Option<Edit> {
        let known = self.contract.documents.first();
        if self.contract.documents.iter().any(|(name, _)| name.value == OBSERVED) {
            return None;
        }
        let entry = Entry::new(
            OBSERVED,
            Value::Brackets(vec![
                Entry::text("title", "Observed traffic"),
                Entry::text("doc", "Requests that a sender has sent; nobody has confirmed what they mean."),
            ]),
        );
        let sources = &self.compiled.sources;
        if let Some((name, _)) = known {
            let tree = place::tree(sources, name.span.file)?;
            return place::append(sources, place::value(&tree, "documents")?, &entry);
        }
        let file = self.contract.name.span.file;
        let text = &sources.get(file).text;
        let newline = if text.ends_with('\n') { "" } else { "\n" };
        let documents = Entry::new("documents", Value::Lines(vec![entry]));
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let span = Span { file, start: end, end };
        Some(Edit { span, text: format!("{newline}\n{}", documents.block(0)) })
    }
}

/// The keys of a hook in the order of the language.
fn hook_keys() -> Vec<&'static str> {
    match HookSyntax::form() {
        Form::Keys(keys) => keys.iter().map(|(key, _)| *key).collect(),
        _ => Vec::new(),
    }
}

/// Where the kind of evidence of a member is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evidenced {
    Itself,
    Hook,
    Type,
}
