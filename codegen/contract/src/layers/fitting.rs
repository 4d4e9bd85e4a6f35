//! Examples of other servers that an overlay has made wrong for this one.

use serde_json::Value;

use crate::diagnostic::Findings;
use crate::fit;
use crate::load::NodeKind;
use crate::model::Side;
use crate::model::{Contract, Example, Json, Name, Parameter, Presence, Scenario, TypeKind};
use crate::scenarios::playable;
use crate::source::Span;

/// Leaves out examples, values and scenarios that were written below an overlay and no longer fit what it says. They are
/// true, but of other senders.
pub(crate) fn keep_fitting(contract: &mut Contract) {
    if contract.layers.is_empty() {
        return;
    }
    let view = contract.clone();
    for hook in &mut contract.hooks {
        let parameters = hook.parameters.clone();
        hook.examples.retain(|example| fits(&view, &parameters, example));
        hook.parameters.iter_mut().for_each(|member| keep_values(&view, member));
    }
    for def in &mut contract.types {
        if let TypeKind::Record(members) = &mut def.kind {
            members.iter_mut().for_each(|member| keep_values(&view, member));
        }
    }
    keep_playable(contract);
}

/// Leaves out scenarios from below that can't be played with what the overlays say.
fn keep_playable(contract: &mut Contract) {
    let scenarios = std::mem::take(&mut contract.scenarios);
    let top = contract.layers.last().map(|layer| layer.file);
    let stays = |(name, scenario): &(Name, Scenario)| {
        let mut told = Findings::default();
        playable(contract, scenario, &mut told);
        Some(name.span.file) == top || !told.has_errors()
    };
    let kept = scenarios.into_iter().filter(stays).collect();
    contract.scenarios = kept;
}

/// Whether a fact of a member was said by a layer above a place.
fn is_changed_above(contract: &Contract, member: &Parameter, fact: &str, place: Span) -> bool {
    let height = |place: Span| contract.layers.iter().position(|layer| layer.file == place.file);
    member.facts.iter().any(|known| known.key == fact && height(known.span) > height(place))
}

fn fits(contract: &Contract, members: &[Parameter], example: &Example) -> bool {
    let objects = std::iter::once(&example.body).chain(&example.answer);
    members.iter().all(|member| {
        let spelt = |key: &str| member.name.value == key || member.aliases.iter().any(|(alias, _)| alias.value == key);
        let place = example.title.span;
        let lacks = member.presence == Presence::Always
            && member.is_received()
            && is_changed_above(contract, member, "presence", place)
            && !example.body.value.as_object().is_some_and(|body| body.keys().any(|key| spelt(key)));
        let is_narrower = ["type", "constraints"].iter().any(|fact| is_changed_above(contract, member, fact, place));
        !lacks
            && (!is_narrower
                || objects.clone().all(|object| {
                    let NodeKind::Mapping(entries) = &object.node.kind else { return true };
                    entries.iter().filter(|(key, _)| spelt(&key.value)).all(|(key, node)| {
                        let value = object.value.get(&key.value).unwrap_or(&Value::Null);
                        value.is_null() || is_right(contract, member, node, value)
                    })
                }))
    })
}

fn is_right(contract: &Contract, member: &Parameter, node: &crate::load::Node, value: &Value) -> bool {
    fit::mismatches(contract, &member.ty, member.constraints.as_ref(), node, value, Side::Answer).is_empty()
}

fn keep_values(contract: &Contract, member: &mut Parameter) {
    let view = member.clone();
    let stays = |value: &Json| {
        let place = value.node.span;
        let is_narrower = ["type", "constraints"].iter().any(|fact| is_changed_above(contract, &view, fact, place));
        !is_narrower || is_right(contract, &view, &value.node, &value.value)
    };
    member.example = member.example.take().filter(stays);
    member.default = member.default.take().filter(stays);
}
