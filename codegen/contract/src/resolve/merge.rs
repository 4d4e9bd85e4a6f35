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
use crate::syntax::{Keyed, Text, TypeRef};
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
    let said = base.map_or_else(|| own.clone(), |base| own.clone().or(base));
    let is_whole = own.broken.is_empty() && base.is_none_or(|base| base.broken.is_empty()) && !shared_is_broken;
    // What the shared declaration lacks is told there, once for all that use it.
    let lacking = shared.map_or(name, |(declared, _)| declared);
    if said.ty.is_none() && is_whole {
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
    } else if said.doc.is_none() && is_whole {
        let message = format!("the parameter `{}` has no text", name.value);
        findings.push_absent(
            Diagnostic::error(codes::MISSING_DOC, lacking.span, message).help("say under `doc` what it means"),
        );
    }
    let ty = type_of(said.ty.as_ref()?, names, findings)?;
    if !is_whole {
        return None;
    }
    let by_release = said.by_release.iter().map(|said| one_release(said, names, findings)).collect();
    Some(Parameter {
        name: name.clone(),
        belonging,
        ty,
        facts: said.places().into_iter().filter_map(|(key, span)| Some(Fact { key, span: span? })).collect(),
        lifetime: said.lifetime(),
        doc: said.doc.unwrap_or(Text { value: String::new(), span: name.span }),
        presence: said.presence.map_or(Presence::Sometimes, |presence| presence.value),
        aliases: super::entries(said.aliases),
        direction: said.direction.map_or(Direction::Request, |direction| direction.value),
        client_place: said.client.as_ref().map(|client| client.span),
        client: said.client.map_or(ClientSees::Same, |client| client.value),
        overwritable: said.overwritable,
        sensitive: match said.sensitive {
            Some(said) if said.value => Sensitivity::Sensitive,
            _ => Sensitivity::Plain,
        },
        constraints: said.constraints,
        used_if: said.used_if,
        sent_if: said.sent_if,
        default: said.default,
        // The shared example need not fit another type.
        example: if own.ty.is_none() { said.example } else { own.example.clone() },
        origin: said.origin,
        notes: joined(&own.notes, base.map(|base| &base.notes)).into_iter().chain(told(&said.by_release)).collect(),
        by_release,
        replaces: said.replaces,
        sources: super::entries(said.sources),
        conflicts: joined(&own.conflicts, base.map(|base| &base.conflicts)),
        evidence: said.evidence.map(|said| said.value).or(evidence),
        layer: None,
    })
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
