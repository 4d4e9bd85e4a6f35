//! A parameter as used, laid over the shared one of the same name.

use super::{Names, unknown};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Belonging, ClientSees, Direction, Evidence, Parameter, Presence, Sensitivity, Type};
use crate::syntax::{self, HasLifetime, Name, Text, TypeRef};

/// Resolves one parameter. `None` if its type is unknown; findings say why.
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
    if ty.is_none() && !shared_is_broken {
        let message = format!("the parameter `{}` has no type", name.value);
        let known = names.parameters.keys().map(String::as_str);
        findings.push(
            Diagnostic::error(codes::MISSING_TYPE, name.span, message)
                .help("give it a `type`, or declare a shared parameter of this name under `parameters`")
                .did_you_mean(&name.value, known),
        );
    } else if doc.is_none() && !shared_is_broken {
        let message = format!("the parameter `{}` has no text", name.value);
        findings.push(
            Diagnostic::error(codes::MISSING_DOC, name.span, message).help("say under `doc` what it means"),
        );
    }
    let ty = type_of(ty?, names, findings)?;
    let lifetime = own.lifetime();
    let inherited = base.map(HasLifetime::lifetime).unwrap_or_default();
    let word = |own: Option<_>, base: Option<_>| own.or(base);

    Some(Parameter {
        name: name.clone(),
        belonging,
        ty,
        doc: doc.unwrap_or(Text { value: String::new(), span: name.span }),
        presence: word(own.presence.clone(), base.and_then(|base| base.presence.clone()))
            .map_or(Presence::Sometimes, |presence| presence.value),
        aliases: super::entries(
            if own.aliases.items.is_empty() { base.map(|base| base.aliases.clone()) } else { Some(own.aliases.clone()) }
                .unwrap_or_default(),
        ),
        direction: own
            .direction
            .as_ref()
            .or(base.and_then(|base| base.direction.as_ref()))
            .map_or(Direction::Request, |direction| direction.value),
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
        notes: joined(&own.notes, base.map(|base| &base.notes)),
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
    })
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
                let scalars = syntax::Scalar::ALL.iter().map(|scalar| scalar.word());
                let known: Vec<String> =
                    names.types.keys().cloned().chain(scalars.map(str::to_owned)).collect::<Vec<_>>();
                findings.push(unknown(name, "type", sorted(&known)));
                return None;
            }
        },
    })
}

fn sorted(names: &[String]) -> Vec<&String> {
    let mut names: Vec<&String> = names.iter().collect();
    names.sort();
    names
}
