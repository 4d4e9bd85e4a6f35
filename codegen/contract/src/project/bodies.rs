//! Which examples a sender of one release may have sent.

use serde_json::{Map, Value};

use crate::model::{Contract, Example, Hook, Parameter, Presence, Type, TypeKind};

/// Leaves out examples and single values that speak of other releases.
pub(super) fn keep_possible(whole: &Contract, projected: &mut Contract) {
    let now = projected.clone();
    let view = View { whole, now: &now };
    for ((hook, before), after) in projected.hooks.iter_mut().zip(&whole.hooks).zip(&now.hooks) {
        hook.examples.retain(|example| view.obstacle(before, after, example).is_none());
        hook.parameters.iter_mut().for_each(|member| view.keep_values(member));
    }
    for def in &mut projected.types {
        if let TypeKind::Record(members) = &mut def.kind {
            members.iter_mut().for_each(|member| view.keep_values(member));
        }
    }
}

/// Why the sender of a release can't have sent the body of an example, if it can't.
pub(super) fn obstacle(
    whole: &Contract,
    now: &Contract,
    before: &Hook,
    hook: &Hook,
    example: &Example,
) -> Option<String> {
    View { whole, now }.obstacle(before, hook, example)
}

/// All releases, and one of them with its types at the same places.
struct View<'a> {
    whole: &'a Contract,
    now: &'a Contract,
}

impl View<'_> {
    /// Why the release can't have sent a body, or does not take its answer.
    fn obstacle(&self, before: &Hook, hook: &Hook, example: &Example) -> Option<String> {
        let Value::Object(body) = &example.body.value else { return None };
        let lacks = |member: &&Parameter| {
            member.presence == Presence::Always && member.is_received() && !body.keys().any(|key| spelt(member, key))
        };
        if let Some(member) = hook.parameters.iter().find(lacks) {
            return Some(format!("every body has `{}` then", member.name.value));
        }
        let answer = example.answer.as_ref().and_then(|answer| answer.value.as_object());
        let mut objects = std::iter::once(body).chain(answer);
        objects.find_map(|object| self.other_member(&before.parameters, &hook.parameters, object))
    }

    /// A member or word of other releases alone.
    fn other_member(&self, before: &[Parameter], now: &[Parameter], object: &Map<String, Value>) -> Option<String> {
        object.iter().find_map(|(key, value)| match now.iter().find(|member| spelt(member, key)) {
            Some(member) if value.is_null() || self.has_words(&member.ty, value) => None,
            Some(_) => Some(format!("this value of `{key}` belongs to other releases")),
            None if before.iter().any(|member| spelt(member, key)) => {
                Some(format!("`{key}` belongs to other releases"))
            }
            None => None,
        })
    }

    /// Whether all words in a value are of this release, or of none that is known.
    fn has_words(&self, ty: &Type, value: &Value) -> bool {
        match (ty, value) {
            (Type::Array(item), Value::Array(values)) => values.iter().all(|value| self.has_words(item, value)),
            (Type::Map(item), Value::Object(values)) => values.values().all(|value| self.has_words(item, value)),
            (Type::List(item), Value::String(text)) => {
                text.split(',').all(|word| self.has_words(item, &Value::from(word.trim())))
            }
            (Type::Named(id), _) => match (&self.whole.type_def(*id).kind, &self.now.type_def(*id).kind, value) {
                (TypeKind::Record(before), TypeKind::Record(now), Value::Object(object)) => {
                    self.other_member(before, now, object).is_none()
                }
                (TypeKind::Enum { values: before, .. }, TypeKind::Enum { values: now, .. }, Value::String(word)) => {
                    let knows = |values: &[crate::model::EnumValue]| {
                        values.iter().any(|value| {
                            value.wire.value == *word || value.aliases.iter().any(|(alias, _)| alias.value == *word)
                        })
                    };
                    knows(now) || !knows(before)
                }
                _ => true,
            },
            _ => true,
        }
    }

    fn keep_values(&self, member: &mut Parameter) {
        let ty = member.ty.clone();
        let fits = |value: &crate::model::Json| self.has_words(&ty, &value.value);
        member.example = member.example.take().filter(fits);
        member.default = member.default.take().filter(fits);
    }
}

fn spelt(member: &Parameter, key: &str) -> bool {
    member.name.value == key || member.aliases.iter().any(|(alias, _)| alias.value == key)
}
