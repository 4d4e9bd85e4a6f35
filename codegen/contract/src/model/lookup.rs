//! Finding things in a contract.

use super::{
    Contract, ErrorCell, Hook, HookId, HookType, HookTypeDoc, Layer, Override, SessionPolicy, Type, TypeDef, TypeId,
};
use crate::source::Span;

impl Contract {
    /// A hook by its id.
    pub fn hook(&self, id: HookId) -> &Hook {
        // A `HookId` is only made while its contract is resolved.
        &self.hooks[id.0]
    }

    /// A hook by its wire name or one of its aliases.
    pub fn find_hook(&self, name: &str) -> Option<&Hook> {
        self.hooks_by_name.get(name).map(|id| self.hook(*id))
    }

    /// A hook by its wire name alone; aliases don't count.
    pub fn hook_named(&self, name: &str) -> Option<&Hook> {
        self.hooks.iter().find(|hook| hook.name.value == name)
    }

    /// The first hook that opens a session.
    pub fn opening(&self) -> Option<&Hook> {
        self.openings().next()
    }

    /// The hooks that open a session; a sender has one at a time.
    pub fn openings(&self) -> impl Iterator<Item = &Hook> + Clone {
        self.hooks.iter().filter(|hook| hook.kind.is_opening())
    }

    /// Description of a hook type, if the contract has one.
    pub fn type_doc(&self, kind: HookType) -> Option<&HookTypeDoc> {
        Some(&self.hook_types.as_ref()?.docs[kind])
    }

    /// What the sender does when a hook of a type fails under an on-error word, if the contract says so.
    pub fn error_cell(&self, word: &str, kind: HookType) -> Option<&ErrorCell> {
        self.on_error.iter().find(|(name, _)| name.value == word).map(|(_, row)| &row.cells[kind])
    }

    /// Statuses by which the sender reads answers; without a sender, 200 accepts and 403 denies.
    pub fn answers(&self) -> Answers {
        let answer = self.sender.as_ref().map(|sender| &sender.answer);
        Answers {
            accept: answer.map_or(200, |answer| answer.accept_status.value),
            deny: answer.map_or(403, |answer| answer.deny_status.value),
        }
    }

    /// A record or enum by its id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        // A `TypeId` is only made while its contract is resolved.
        &self.types[id.0]
    }

    /// A type as the schema language writes it.
    #[must_use]
    pub fn type_word(&self, ty: &Type) -> String {
        match ty {
            Type::Scalar(scalar) => scalar.word().to_owned(),
            Type::Array(item) => format!("array<{}>", self.type_word(item)),
            Type::Map(item) => format!("map<{}>", self.type_word(item)),
            Type::List(item) => format!("list<{}>", self.type_word(item)),
            Type::Named(id) => self.type_def(*id).name.value.clone(),
        }
    }

    /// The overlay that a place belongs to; `None` for the contract itself.
    pub fn layer_of(&self, place: Span) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.file == place.file)
    }

    /// What the overlays say otherwise at a place.
    pub fn override_at(&self, place: Span) -> Option<&Override> {
        self.overrides.iter().find(|said| said.place == place)
    }

    /// The session policy, if the sender has one.
    pub fn session_policy(&self) -> Option<&SessionPolicy> {
        self.sender.as_ref()?.session_policy.as_ref()
    }

    /// The hooks of a group.
    pub fn hooks_of<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Hook> {
        self.hooks.iter().filter(move |hook| hook.group.value == group)
    }
}

/// HTTP statuses by which a sender reads answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// The hook is accepted.
    pub accept: u16,
    /// The hook is denied.
    pub deny: u16,
}
