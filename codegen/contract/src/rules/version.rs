//! Versions that contradict each other or that no release bears, and what is said of single releases.

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, EnumValue, Lifetime, Name, Parameter, Text, TypeKind, Version};
use crate::narrow::narrows;
use crate::source::Span;

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let mut check = Check { contract, releases: releases(contract, findings), findings };
    for hook in &contract.hooks {
        check.lifetime(&hook.lifetime);
        hook.parameters.iter().for_each(|member| check.member(member));
        hook.shapes.iter().for_each(|shape| check.lifetime(&crate::syntax::Keyed::lifetime(shape)));
    }
    for def in &contract.types {
        match &def.kind {
            TypeKind::Record(members) => members.iter().for_each(|member| check.member(member)),
            TypeKind::Enum { values, .. } => values.iter().for_each(|value| check.value(value)),
        }
    }
    for (_, path) in contract.sender.iter().flat_map(|sender| sender.base_paths.iter()) {
        check.lifetime(&crate::syntax::Keyed::lifetime(path));
    }
}

/// The sender's releases, which stand in their order.
fn releases(contract: &Contract, findings: &mut Findings) -> Vec<Version> {
    let mut read: Vec<Version> = Vec::new();
    for (name, _) in &contract.releases {
        let Some(version) = Version::parse(&name.value, name.span) else {
            findings.push(
                Diagnostic::error(codes::VERSION, name.span, format!("the release `{}` is not a version", name.value))
                    .help("write numbers with dots between them, such as `\"5.2.1008\"`"),
            );
            continue;
        };
        if let Some(last) = read.last().filter(|last| last.compare(&version).is_ge()) {
            let message = format!("the release {version} stands after {last}");
            findings.push(
                Diagnostic::error(codes::VERSION, version.span, message)
                    .label(last.span, "this one first")
                    .help("list the releases from the oldest to the newest, each once"),
            );
        }
        read.push(version);
    }
    read
}

struct Check<'a> {
    contract: &'a Contract,
    releases: Vec<Version>,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn member(&mut self, member: &Parameter) {
        self.lifetime(&member.lifetime);
        let entries: Vec<(&Lifetime, Span)> =
            member.by_release.iter().map(|said| (&said.lifetime, said.span)).collect();
        self.single_releases(&member.lifetime, &entries);
        for said in &member.by_release {
            if let Some(spelt) = &said.spelt {
                self.spelling(spelt, &member.name, &member.aliases);
            }
            if said.spelt.is_none() && said.ty.is_none() && said.presence.is_none() && said.doc.is_none() {
                let message = "nothing is said of these releases";
                let found = Diagnostic::error(codes::MISSING_KEY, said.span, message);
                self.findings.push_absent(found.help("add `spelt`, `type`, `presence` or `doc`, or remove the entry"));
            }
            if let Some((ty, place)) = &said.ty
                && !narrows(&self.contract.types, &member.ty, ty)
            {
                let message = format!("this type of `{}` is not part of the one for all releases", member.name.value);
                self.findings.push(
                    Diagnostic::error(codes::WRONG_TYPE, *place, message)
                        .label(member.name.span, "the member")
                        .help("widen the member's `type` until it covers every release, for example to `object` or `string_or_number`"),
                );
            }
        }
    }

    fn value(&mut self, value: &EnumValue) {
        self.lifetime(&value.lifetime);
        let lifetimes: Vec<(Lifetime, Span)> =
            value.by_release.iter().map(|said| (crate::syntax::Keyed::lifetime(said), said.span)).collect();
        let entries: Vec<(&Lifetime, Span)> = lifetimes.iter().map(|(lifetime, span)| (lifetime, *span)).collect();
        self.single_releases(&value.lifetime, &entries);
        value.by_release.iter().for_each(|said| self.spelling(&said.spelt, &value.wire, &value.aliases));
    }

    /// Each entry has a beginning or an end, lies within the life of what it is about, and meets no other.
    fn single_releases(&mut self, whole: &Lifetime, entries: &[(&Lifetime, Span)]) {
        for (at, (lifetime, span)) in entries.iter().enumerate() {
            self.lifetime(lifetime);
            if !lifetime.is_bounded() {
                let found = Diagnostic::error(codes::MISSING_KEY, *span, "no release is named");
                let help = "add `since` or `until`; what holds for all releases stands one level up";
                self.findings.push_absent(found.help(help));
                continue;
            }
            if !lifetime.meets(whole) {
                let found = Diagnostic::error(codes::VERSION, *span, "it is not sent in these releases");
                let bound = whole.since.iter().chain(&whole.until).next();
                let found = bound.map_or(found.clone(), |bound| found.label(bound.span, "only here"));
                self.findings.push(found.help("correct one of the two"));
            }
            if let Some((_, first)) = entries.iter().take(at).find(|(other, _)| other.meets(lifetime)) {
                let found = Diagnostic::error(codes::VERSION, *span, "another entry speaks of these releases too");
                self.findings.push(found.label(*first, "this one").help("let one end before the other begins"));
            }
        }
    }

    fn spelling(&mut self, spelt: &Name, name: &Name, aliases: &[(Name, Text)]) {
        let known = || aliases.iter().map(|(alias, _)| alias.value.as_str());
        if !known().any(|alias| alias == spelt.value) && name.value != spelt.value {
            let message = format!("`{}` is no spelling of `{}`", spelt.value, name.value);
            self.findings.push(
                Diagnostic::error(codes::UNKNOWN_REFERENCE, spelt.span, message)
                    .label(name.span, "the name")
                    .help("declare it under `aliases` too, so that every reader knows it")
                    .did_you_mean(&spelt.value, known()),
            );
        }
    }

    fn lifetime(&mut self, lifetime: &Lifetime) {
        for version in lifetime.since.iter().chain(&lifetime.until) {
            self.is_listed(version);
        }
        if let (Some(since), Some(until)) = (&lifetime.since, &lifetime.until)
            && until.ends_before(since)
        {
            self.findings.push(
                Diagnostic::error(codes::VERSION, until.span, format!("`until: {until}` is before `since: {since}`"))
                    .label(since.span, "since here")
                    .help("swap them, or remove one"),
            );
        }
    }

    /// A slip in a version would put a fact into releases that never had it.
    fn is_listed(&mut self, version: &Version) {
        // What one release sends keeps its bounds, but not the list of the others.
        let is_part = self.contract.sender_release.is_some();
        if is_part || self.releases.is_empty() || self.releases.iter().any(|known| known.compare(version).is_eq()) {
            return;
        }
        let known: Vec<String> = self.releases.iter().map(Version::to_string).collect();
        let message = format!("the release {version} is not listed");
        self.findings.push_absent(
            Diagnostic::error(codes::VERSION, version.span, message)
                .help(format!("list it under `contract.releases`, where these are: {}", known.join(", "))),
        );
    }
}
