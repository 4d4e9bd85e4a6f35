//! Two contracts side by side, matched once for all rules.

use std::collections::HashMap;

use super::change::{About, Owner};
use super::pair::{Matched, matched};
use super::usage::{Usage, sides};
use super::verdict::Sides;
use wcs_contract::model::{Contract, EnumValue, Hook, HookType, Parameter, TypeDef, TypeId, TypeKind};

/// Two contracts.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Contract,
    pub(super) new: &'a Contract,
    pub(super) hooks: Matched<&'a Hook>,
    pub(super) types: Matched<&'a TypeDef>,
    old_usage: Usage,
    new_usage: Usage,
    /// Types of the old contract and what they have become.
    became: HashMap<TypeId, TypeId>,
}

/// A hook that both contracts have.
pub(super) struct HookPair<'a> {
    pub(super) all: &'a Comparison<'a>,
    pub(super) old: &'a Hook,
    pub(super) new: &'a Hook,
    pub(super) about: About,
    pub(super) members: Matched<&'a Parameter>,
}

/// A record or an enum that both contracts have.
pub(super) struct TypePair<'a> {
    pub(super) old: &'a TypeDef,
    pub(super) new: &'a TypeDef,
    pub(super) about: About,
}

/// A member of a hook or a record that both contracts have.
pub(super) struct MemberPair<'a> {
    pub(super) all: &'a Comparison<'a>,
    pub(super) old: &'a Parameter,
    pub(super) new: &'a Parameter,
    /// Its sides are those on which it stood and still stands.
    pub(super) about: About,
    pub(super) holder: Holder<'a>,
}

/// What holds a member.
#[derive(Clone, Copy)]
pub(super) enum Holder<'a> {
    /// The hook, old and new.
    Hook(&'a Hook, &'a Hook),
    /// A record, whose members stand where the record does.
    Record,
}

/// A value of an enum that both contracts have.
pub(super) struct ValuePair<'a> {
    pub(super) old: &'a EnumValue,
    pub(super) new: &'a EnumValue,
    pub(super) about: About,
    /// Of the new enum.
    pub(super) openness: wcs_contract::model::Openness,
    /// Values of the enum that are spelt otherwise now, old and new.
    pub(super) renamed: Vec<(String, String)>,
}

impl<'a> Comparison<'a> {
    pub(super) fn of(old: &'a Contract, new: &'a Contract) -> Self {
        let types = matched(&old.types, &new.types);
        let place = |contract: &Contract| -> HashMap<String, TypeId> {
            let types = contract.types.iter().enumerate();
            types.map(|(at, def)| (def.name.value.clone(), TypeId(at))).collect()
        };
        let (old_ids, new_ids) = (place(old), place(new));
        let became = types
            .both
            .iter()
            .filter_map(|(was, is)| Some((*old_ids.get(&was.name.value)?, *new_ids.get(&is.name.value)?)));
        Self {
            old,
            new,
            hooks: matched(&old.hooks, &new.hooks),
            became: became.collect(),
            types,
            old_usage: Usage::of(old),
            new_usage: Usage::of(new),
        }
    }

    /// Whether a type of the old contract is this one of the new.
    pub(super) fn is_same(&self, old: TypeId, new: TypeId) -> bool {
        self.became.get(&old) == Some(&new)
    }

    /// The contract as a whole.
    pub(super) fn about(&self) -> About {
        let (span, old_span) = (self.new.name.span, Some(self.old.name.span));
        About { owner: Owner::Contract, item: None, hooks: Vec::new(), sides: Sides::default(), span, old_span }
    }

    /// The sender, or the contract where the new one has none.
    pub(super) fn about_sender(&self) -> About {
        let place = |contract: &Contract| contract.sender.as_ref().map(|sender| sender.head);
        let span = place(self.new).unwrap_or(self.new.name.span);
        About { owner: Owner::Sender, span, old_span: place(self.old), ..self.about() }
    }

    /// A hook that one of them has.
    pub(super) fn about_hook(&self, hook: &Hook) -> About {
        About {
            owner: Owner::Hook(hook.name.value.clone()),
            hooks: vec![(hook.name.value.clone(), hook.kind)],
            ..self.about()
        }
    }

    /// A type that one or both of them have.
    pub(super) fn about_type(&self, old: Option<&TypeDef>, new: Option<&TypeDef>) -> About {
        let mut sides = Sides::default();
        let mut hooks: Vec<(String, HookType)> = Vec::new();
        for (contract, usage, def) in [(self.new, &self.new_usage, new), (self.old, &self.old_usage, old)] {
            let Some(at) =
                def.and_then(|def| contract.types.iter().position(|known| known.name.value == def.name.value))
            else {
                continue;
            };
            let used = usage.get(TypeId(at));
            sides = sides.or(used.sides);
            for id in used.hooks {
                let hook = contract.hook(id);
                if !hooks.iter().any(|(name, _)| *name == hook.name.value) {
                    hooks.push((hook.name.value.clone(), hook.kind));
                }
            }
        }
        let name = new.or(old).map_or("", |def| def.name.value.as_str());
        About {
            owner: Owner::Type(name.to_owned()),
            hooks,
            sides,
            span: new.map_or(self.new.name.span, |def| def.name.span),
            old_span: old.map(|def| def.name.span),
            item: None,
        }
    }

    /// The hooks that both have.
    pub(super) fn hook_pairs(&'a self) -> impl Iterator<Item = HookPair<'a>> {
        self.hooks.both.iter().map(move |(old, new)| HookPair {
            all: self,
            old,
            new,
            about: About { span: new.name.span, old_span: Some(old.name.span), ..self.about_hook(new) },
            members: matched(&old.parameters, &new.parameters),
        })
    }

    /// The types that both have.
    pub(super) fn type_pairs(&'a self) -> impl Iterator<Item = TypePair<'a>> {
        self.types.both.iter().map(move |(old, new)| TypePair {
            old,
            new,
            about: self.about_type(Some(old), Some(new)),
        })
    }
}

impl<'a> HookPair<'a> {
    /// The members that both have.
    pub(super) fn member_pairs(&'a self) -> impl Iterator<Item = MemberPair<'a>> {
        self.members.both.iter().map(move |(old, new)| {
            let (was, is) = (sides(old), sides(new));
            let sides = Sides { request: was.request && is.request, answer: was.answer && is.answer };
            let about = self.about.item(&new.name.value, Some(new.name.span), Some(old.name.span));
            MemberPair {
                all: self.all,
                old,
                new,
                about: About { sides, ..about },
                holder: Holder::Hook(self.old, self.new),
            }
        })
    }
}

impl<'a> TypePair<'a> {
    /// The members of both records.
    pub(super) fn members(&self) -> Option<Matched<&'a Parameter>> {
        match (&self.old.kind, &self.new.kind) {
            (TypeKind::Record(old), TypeKind::Record(new)) => Some(matched(old, new)),
            _ => None,
        }
    }

    /// The values of both enums.
    pub(super) fn values(&self) -> Option<Matched<&'a EnumValue>> {
        match (&self.old.kind, &self.new.kind) {
            (TypeKind::Enum { values: old, .. }, TypeKind::Enum { values: new, .. }) => Some(matched(old, new)),
            _ => None,
        }
    }

    /// The members that both records have.
    pub(super) fn member_pairs(&self, all: &'a Comparison<'a>) -> Vec<MemberPair<'a>> {
        let pairs = self.members().map(|members| members.both).unwrap_or_default();
        let pair = |(old, new): (&'a Parameter, &'a Parameter)| MemberPair {
            all,
            old,
            new,
            about: self.about.item(&new.name.value, Some(new.name.span), Some(old.name.span)),
            holder: Holder::Record,
        };
        pairs.into_iter().map(pair).collect()
    }

    /// The values that both enums have.
    pub(super) fn value_pairs(&self) -> Vec<ValuePair<'a>> {
        let TypeKind::Enum { openness, .. } = &self.new.kind else { return Vec::new() };
        let pairs = self.values().map(|values| values.both).unwrap_or_default();
        let renamed: Vec<(String, String)> = pairs
            .iter()
            .filter(|(old, new)| old.wire.value != new.wire.value)
            .map(|(old, new)| (old.wire.value.clone(), new.wire.value.clone()))
            .collect();
        let pair = |(old, new): (&'a EnumValue, &'a EnumValue)| ValuePair {
            old,
            new,
            about: self.about.item(&new.wire.value, Some(new.wire.span), Some(old.wire.span)),
            openness: *openness,
            renamed: renamed.clone(),
        };
        pairs.into_iter().map(pair).collect()
    }
}
