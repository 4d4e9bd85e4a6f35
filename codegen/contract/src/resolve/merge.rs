//! A parameter as used, laid over the shared one of the same name.

use super::Names;
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{
    Belonging, ClientSees, Direction, Evidence, Fact, MemberByRelease, Note, Parameter, Presence, Sensitivity, Type,
};
use crate::naming::{taken, unknown};
use crate::source::Name;
use crate::syntax;
use crate::syntax::{HasLifetime, Text, TypeRef};
use crate::text;

/// Resolves one parameter. `None` if a part of it could not be read or its type is unknown; findings say why.
pub(super) fn parameter(
    name: &Name,
    own: &syntax::Parameter,
    belonging: Belonging,
    evidence: Option<Evidence>,
    names: &Names,
    findings: &mut Findings,
) -> Option<Parameter> {
    let shared = names.parameters.get(&name.value).filter(|(declared, _)| declared.span != name.span);
    let shared_is_broken = shared.is_some_and(|(_, parameter)| parameter.is_none());
    let base = shared.and_then(|(_, parameter)| parameter.as_ref());
    let pick = |own: Option<Text>, base: Option<Text>| own.or(base);

    let ty = own.ty.as_ref().or(base.and_then(|base| base.ty.as_ref()));
    let doc = pick(own.doc.clone(), base.and_then(|base| base.doc.clone()));
    let is_whole = own.broken.is_empty() && base.is_none_or(|base| base.broken.is_empty()) && !shared_is_broken;
    // What the shared declaration lacks is told there, once for all that use it.
    let lacking = shared.map_or(name, |(declared, _)| declared);
    if ty.is_none() && is_whole {
        let found =
            Diagnostic::error(codes::MISSING_TYPE, lacking.span, format!("the parameter `{}` has no type", name.value));
        findings.push_absent(match shared {
            Some(_) => found.help("give it a `type` here, where it is shared"),
            None => {
                let known = names.parameters.keys().map(String::as_str);
                found
                    .help("give it a `type`, or declare a shared parameter of this name under `parameters`")
                    .did_you_mean(&name.value, known)
                    .left("the parameter is declared here, and may be a new one")
            }
        });
    } else if doc.is_none() && is_whole {
        let message = format!("the parameter `{}` has no text", name.value);
        findings.push_absent(
            Diagnostic::error(codes::MISSING_DOC, lacking.span, message).help("say under `doc` what it means"),
        );
    }
    let ty = type_of(ty?, names, findings)?;
    if !is_whole {
        return None;
    }
    let lifetime = own.lifetime();
    let inherited = base.map(HasLifetime::lifetime).unwrap_or_default();
    let written =
        if own.by_release.is_empty() { base.map_or(&[][..], |base| &base.by_release) } else { &own.by_release };
    let by_release: Vec<MemberByRelease> = written.iter().map(|said| one_release(said, names, findings)).collect();
    let word = |own: Option<_>, base: Option<_>| own.or(base);

    Some(Parameter {
        name: name.clone(),
        belonging,
        ty,
        doc: doc.unwrap_or(Text { value: String::new(), span: name.span }),
        presence: word(own.presence.clone(), base.and_then(|base| base.presence.clone()))
            .map_or(Presence::Sometimes, |presence| presence.value),
        aliases: super::entries(
            if own.aliases.items.is_empty() {
                base.map(|base| base.aliases.clone())
            } else {
                Some(own.aliases.clone())
            }
            .unwrap_or_default(),
        ),
        direction: own
            .direction
            .as_ref()
            .or(base.and_then(|base| base.direction.as_ref()))
            .map_or(Direction::Request, |direction| direction.value),
        client_place: own.client.as_ref().or(base.and_then(|base| base.client.as_ref())).map(|client| client.span),
        client: own
            .client
            .as_ref()
            .or(base.and_then(|base| base.client.as_ref()))
            .map_or(ClientSees::Same, |client| client.value),
        overwritable: own.overwritable.clone().or(base.and_then(|base| base.overwritable.clone())),
        sensitive: match own.sensitive.as_ref().or(base.and_then(|base| base.sensitive.as_ref())) {
            Some(said) if said.value => Sensitivity::Sensitive,
            _ => Sensitivity::Plain,
        },
        constraints: own.constraints.clone().or(base.and_then(|base| base.constraints.clone())),
        used_if: own.used_if.clone().or(base.and_then(|base| base.used_if.clone())),
        sent_if: own.sent_if.clone().or(base.and_then(|base| base.sent_if.clone())),
        default: own.default.clone().or(base.and_then(|base| base.default.clone())),
        example: own.example.clone().or(base.filter(|_| own.ty.is_none()).and_then(|base| base.example.clone())),
        origin: pick(own.origin.clone(), base.and_then(|base| base.origin.clone())),
        lifetime: syntax::Lifetime {
            since: lifetime.since.or(inherited.since),
            until: lifetime.until.or(inherited.until),
            deprecated: lifetime.deprecated.or(inherited.deprecated),
        },
        notes: joined(&own.notes, base.map(|base| &base.notes)).into_iter().chain(told(written)).collect(),
        by_release,
        replaces: own.replaces.clone().or(base.and_then(|base| base.replaces.clone())),
        sources: super::entries(if own.sources.items.is_empty() {
            base.map(|base| base.sources.clone()).unwrap_or_default()
        } else {
            own.sources.clone()
        }),
        conflicts: joined(&own.conflicts, base.map(|base| &base.conflicts)),
        evidence: own
            .evidence
            .as_ref()
            .or(base.and_then(|base| base.evidence.as_ref()))
            .map(|said| said.value)
            .or(evidence),
        layer: None,
        facts: facts(own, base),
    })
}

/// Where each fact was written: in the parameter itself, or where it is shared.
fn facts(own: &syntax::Parameter, base: Option<&syntax::Parameter>) -> Vec<Fact> {
    let places = |said: &syntax::Parameter| {
        [
            ("type", said.ty.as_ref().map(TypeRef::span)),
            ("doc", said.doc.as_ref().map(|doc| doc.span)),
            ("presence", said.presence.as_ref().map(|word| word.span)),
            ("in", said.direction.as_ref().map(|word| word.span)),
            ("client", said.client.as_ref().map(|word| word.span)),
            ("overwritable", said.overwritable.as_ref().map(|said| said.span)),
            ("sensitive", said.sensitive.as_ref().map(|said| said.span)),
            ("constraints", said.constraints.as_ref().map(|limits| limits.span)),
            ("used_if", said.used_if.as_ref().map(|condition| condition.span)),
            ("sent_if", said.sent_if.as_ref().map(|condition| condition.span)),
            ("default", said.default.as_ref().map(|value| value.node.span)),
            ("example", said.example.as_ref().map(|value| value.node.span)),
            ("origin", said.origin.as_ref().map(|text| text.span)),
            ("since", said.since.as_ref().map(|version| version.span)),
            ("until", said.until.as_ref().map(|version| version.span)),
            ("deprecated", said.deprecated.as_ref().map(|said| said.span)),
            ("evidence", said.evidence.as_ref().map(|word| word.span)),
        ]
    };
    let shared = base.map(places);
    let inherited = |at: usize| shared.as_ref().and_then(|shared| shared.get(at)).and_then(|(_, span)| *span);
    let all = places(own).into_iter().enumerate();
    all.filter_map(|(at, (key, span))| Some(Fact { key, span: span.or(inherited(at))? })).collect()
}

fn one_release(said: &syntax::MemberByRelease, names: &Names, findings: &mut Findings) -> MemberByRelease {
    let ty = said.ty.as_ref().and_then(|ty| Some((type_of(ty, names, findings)?, ty.span())));
    MemberByRelease {
        lifetime: said.lifetime(),
        spelt: said.spelt.clone(),
        ty,
        presence: said.presence.as_ref().map(|presence| presence.value),
        doc: said.doc.clone(),
        span: said.span,
    }
}

/// What is otherwise in some releases, as notes, which every target shows.
fn told(written: &[syntax::MemberByRelease]) -> Vec<Note> {
    let note = |said: &syntax::MemberByRelease| {
        let mut facts = Vec::new();
        facts.extend(said.spelt.as_ref().map(|name| format!("it is spelt `{}`", name.value)));
        facts.extend(said.ty.as_ref().map(|ty| format!("its type is `{ty}`")));
        facts.extend(said.presence.as_ref().map(|presence| match presence.value {
            Presence::Always => "every body has it".to_owned(),
            Presence::Usually => "most bodies have it".to_owned(),
            Presence::Sometimes => "only some bodies have it".to_owned(),
        }));
        if facts.is_empty() {
            return None;
        }
        let mut value = format!("{}, {}.", said.lifetime().in_words()?, text::and(&facts));
        if let Some(doc) = &said.doc {
            value = format!("{value} {}", doc.value);
        }
        let fact = Text { value, span: said.span };
        Some(Note { span: said.span, head: said.head, broken: Vec::new(), fact, consequence: None })
    };
    written.iter().filter_map(note).collect()
}

fn joined<T: Clone>(own: &[T], base: Option<&Vec<T>>) -> Vec<T> {
    own.iter().chain(base.into_iter().flatten()).cloned().collect()
}

/// Looks up the names in a type.
pub(super) fn type_of(written: &TypeRef, names: &Names, findings: &mut Findings) -> Option<Type> {
    Some(match written {
        TypeRef::Scalar(scalar, _) => Type::Scalar(*scalar),
        TypeRef::Array(item, _) => Type::Array(Box::new(type_of(item, names, findings)?)),
        TypeRef::Map(item, _) => Type::Map(Box::new(type_of(item, names, findings)?)),
        TypeRef::List(item, _) => Type::List(Box::new(type_of(item, names, findings)?)),
        TypeRef::Named(name) => match names.types.get(&name.value) {
            Some(id) => Type::Named(*id),
            None => {
                let scalars: Vec<String> = syntax::Scalar::ALL.iter().map(|scalar| scalar.word().to_owned()).collect();
                unknown(name, "type", names.types.keys().chain(&scalars), findings);
                return None;
            }
        },
    })
}

/// Checks shared parameters by themselves, as nothing may use them yet.
pub(super) fn shared(names: &Names, findings: &mut Findings) {
    for (_, parameter) in names.parameters.values() {
        if let Some(ty) = parameter.as_ref().and_then(|parameter| parameter.ty.as_ref()) {
            type_of(ty, names, findings);
        }
    }
}

/// The shared parameters in the order of their declarations, with their types where those are known.
pub(super) fn types_of_shared(names: &Names) -> Vec<(Name, Option<Type>)> {
    let mut told_elsewhere = Findings::default();
    let mut ty =
        |parameter: &Option<syntax::Parameter>| type_of(parameter.as_ref()?.ty.as_ref()?, names, &mut told_elsewhere);
    let mut shared: Vec<_> = names.parameters.values().map(|(name, parameter)| (name.clone(), ty(parameter))).collect();
    shared.sort_by_key(|(name, _)| name.span);
    shared
}

/// Refuses other spellings that are taken already.
pub(super) fn distinct_spellings(parameters: &[Parameter], findings: &mut Findings) {
    let mut spellings: Vec<&Name> = parameters.iter().map(|parameter| &parameter.name).collect();
    for (alias, _) in parameters.iter().flat_map(|parameter| &parameter.aliases) {
        match spellings.iter().find(|known| known.value == alias.value) {
            Some(first) => findings.push(taken(alias, first.span, "parameter")),
            None => spellings.push(alias),
        }
    }
}
