//! Which overlay says what: marks on the model, which every target shows as sources.

use crate::model::{Contract, Fact, Layer, Name, Parameter, Text, TypeKind};
use crate::source::Span;

/// Marks what overlays add and change.
pub(crate) fn mark(contract: &mut Contract) {
    let layers = contract.layers.clone();
    if layers.is_empty() {
        return;
    }
    let marks = Marks { layers: &layers };
    for hook in &mut contract.hooks {
        let facts = [("summary", Some(hook.summary.span)), ("doc", hook.doc.as_ref().map(|doc| doc.span))];
        hook.layer = marks.of(hook.name.span);
        let facts = facts.into_iter().filter_map(|(key, span)| Some(Fact { key, span: span? })).collect::<Vec<_>>();
        marks.sources(hook.layer.as_ref(), &facts, hook.name.span, &mut hook.sources);
        hook.parameters.iter_mut().for_each(|member| marks.member(member));
    }
    for def in &mut contract.types {
        def.layer = marks.of(def.name.span);
        let facts = [Fact { key: "doc", span: def.doc.span }];
        marks.sources(def.layer.as_ref(), &facts, def.name.span, &mut def.sources);
        match &mut def.kind {
            TypeKind::Record(members) => members.iter_mut().for_each(|member| marks.member(member)),
            TypeKind::Enum { values, .. } => {
                for value in values {
                    value.layer = marks.of(value.wire.span);
                    let facts = [Fact { key: "doc", span: value.doc.span }];
                    marks.sources(value.layer.as_ref(), &facts, value.wire.span, &mut value.sources);
                }
            }
        }
    }
}

struct Marks<'a> {
    layers: &'a [Layer],
}

impl Marks<'_> {
    fn layer(&self, place: Span) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.file == place.file)
    }

    fn of(&self, place: Span) -> Option<Name> {
        Some(self.layer(place)?.name.clone())
    }

    fn member(&self, member: &mut Parameter) {
        member.layer = self.of(member.name.span);
        self.sources(member.layer.as_ref(), &member.facts, member.name.span, &mut member.sources);
    }

    /// Adds the overlay that declares something, or those that change facts of it, to its sources.
    fn sources(&self, declared_by: Option<&Name>, facts: &[Fact], place: Span, sources: &mut Vec<(Name, Text)>) {
        let mut add = |layer: &Layer, text: String, span| {
            if !sources.iter().any(|(known, _)| known.value == layer.name.value) {
                sources.push((layer.name.clone(), Text { value: text, span }));
            }
        };
        if let Some(layer) = self.layer(place).filter(|_| declared_by.is_some()) {
            add(layer, "adds it".to_owned(), place);
        }
        for layer in self.layers.iter().filter(|layer| Some(&layer.name.value) != declared_by.map(|name| &name.value)) {
            let changed = facts.iter().filter(|fact| fact.span.file == layer.file).map(|fact| fact.key);
            if let Some(first) = facts.iter().find(|fact| fact.span.file == layer.file) {
                add(layer, format!("says {}", crate::text::codes(changed)), first.span);
            }
        }
    }
}
