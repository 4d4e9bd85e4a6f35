//! Changing a member: what may be said otherwise, and what would deny what holds below.

use std::cmp::Ordering;

use super::Lay;
use crate::source::{Span, Spanned};
use crate::syntax::{ClientSees, Constraints, Direction, Entries, Json, Parameter, Text};

impl Lay<'_> {
    /// Changes a member as written at one place; `below` is the shared parameter that it takes the rest from.
    pub(super) fn member(&mut self, subject: &str, own: &mut Parameter, below: Option<&Parameter>, change: Parameter) {
        let said = self.laid.overrides.len();
        let told = self.findings.count();
        let before = below.cloned();
        let below = before.as_ref();

        if let (Some(new), Some(old)) = (&change.ty, own.ty.as_ref().or(below.and_then(|below| below.ty.as_ref())))
            && new.to_string() != old.to_string()
        {
            self.laid.narrowed.push((old.clone(), new.clone()));
        }
        self.put(subject, "type", &mut own.ty, below.and_then(|b| b.ty.as_ref()), change.ty, |ty| {
            (ty.to_string(), ty.span())
        });
        self.put(subject, "doc", &mut own.doc, below.and_then(|b| b.doc.as_ref()), change.doc, text);
        self.put(
            subject,
            "presence",
            &mut own.presence,
            below.and_then(|b| b.presence.as_ref()),
            change.presence,
            word,
        );
        let direction = own.direction.as_ref().or(below.and_then(|b| b.direction.as_ref()));
        if let Some(new) = &change.direction
            && let old = direction.map_or(Direction::Request, |old| old.value)
            && old != new.value
            && !(old == Direction::Request && new.value == Direction::Both)
        {
            let base = direction.map_or(own.head, |old| old.span);
            let message = format!("a member that stands in `{old}` can't be moved to `{new}`", new = new.value);
            self.contradicts(
                new.span,
                base,
                message,
                "only `both` in place of `request` can be added: that an answer may bring it",
            );
        } else {
            self.put(
                subject,
                "in",
                &mut own.direction,
                below.and_then(|b| b.direction.as_ref()),
                change.direction,
                word,
            );
        }
        let client = own.client.as_ref().or(below.and_then(|b| b.client.as_ref()));
        if let Some(new) = &change.client
            && let Some(old) = client
            && seen(new.value) > seen(old.value)
        {
            let message = format!("the client would see more of it: `{}` instead of `{}`", new.value, old.value);
            self.contradicts(new.span, old.span, message, "an overlay can only keep more from the client");
        } else {
            self.put(subject, "client", &mut own.client, below.and_then(|b| b.client.as_ref()), change.client, word);
        }
        let sensitive = own.sensitive.as_ref().or(below.and_then(|b| b.sensitive.as_ref()));
        if let Some(new) = &change.sensitive
            && let Some(old) = sensitive
            && old.value
            && !new.value
        {
            let message = "a sensitive member can't be declared harmless".to_owned();
            self.contradicts(new.span, old.span, message, "remove it: an overlay can only make members sensitive");
        } else {
            let below = below.and_then(|b| b.sensitive.as_ref());
            self.put(subject, "sensitive", &mut own.sensitive, below, change.sensitive, |said| {
                (said.value.to_string(), said.span)
            });
        }
        if let Some(new) = change.constraints {
            let old = own.constraints.clone().or(below.and_then(|b| b.constraints.clone()));
            own.constraints = Some(self.limits(subject, old, new));
        }
        for (fact, slot, below, new) in [
            ("used_if", &mut own.used_if, below.and_then(|b| b.used_if.as_ref()), change.used_if),
            ("sent_if", &mut own.sent_if, below.and_then(|b| b.sent_if.as_ref()), change.sent_if),
        ] {
            let Some(new) = new else { continue };
            match slot.as_ref().or(below) {
                Some(old) => {
                    let message = format!("the member has a condition `{fact}` already");
                    self.contradicts(new.span, old.span, message, "remove it: a condition can be added, not replaced");
                }
                None => {
                    self.replaced(subject, fact, new.span, None);
                    *slot = Some(new);
                }
            }
        }
        let below_reason = below.and_then(|b| b.overwritable.as_ref());
        self.put(subject, "overwritable", &mut own.overwritable, below_reason, change.overwritable, |said| {
            (said.reason.value.clone(), said.span)
        });
        self.put(subject, "default", &mut own.default, below.and_then(|b| b.default.as_ref()), change.default, json);
        self.put(subject, "example", &mut own.example, below.and_then(|b| b.example.as_ref()), change.example, json);
        self.put(subject, "origin", &mut own.origin, below.and_then(|b| b.origin.as_ref()), change.origin, text);
        self.put(
            subject,
            "evidence",
            &mut own.evidence,
            below.and_then(|b| b.evidence.as_ref()),
            change.evidence,
            word,
        );
        let version = |version: &crate::syntax::Version| (version.to_string(), version.span);
        self.put(subject, "since", &mut own.since, below.and_then(|b| b.since.as_ref()), change.since, version);
        self.put(subject, "until", &mut own.until, below.and_then(|b| b.until.as_ref()), change.until, version);
        self.put(
            subject,
            "deprecated",
            &mut own.deprecated,
            below.and_then(|b| b.deprecated.as_ref()),
            change.deprecated,
            |said| (said.reason.value.clone(), said.span),
        );
        let added = !change.notes.is_empty()
            || !change.conflicts.is_empty()
            || more(&mut own.aliases, below.map(|b| &b.aliases), change.aliases)
                | more(&mut own.sources, below.map(|b| &b.sources), change.sources)
                | !change.by_release.is_empty();
        if own.by_release.is_empty() {
            own.by_release = below.map(|b| b.by_release.clone()).unwrap_or_default();
        }
        own.by_release.extend(change.by_release);
        own.notes.extend(change.notes);
        own.conflicts.extend(change.conflicts);
        if !added && self.laid.overrides.len() == said && self.findings.count() == told && change.broken.is_empty() {
            let name = subject.rsplit('/').next().unwrap_or(subject).to_owned();
            self.empty(&crate::source::Name::new(name, change.head));
        }
    }

    /// Replaces a fact, unless it says what was said already.
    fn put<T>(
        &mut self,
        subject: &str,
        fact: &'static str,
        slot: &mut Option<T>,
        below: Option<&T>,
        new: Option<T>,
        view: impl Fn(&T) -> (String, Span),
    ) {
        let Some(new) = new else { return };
        let (said, place) = view(&new);
        let before = slot.as_ref().or(below).map(view);
        match before {
            Some((known, base)) if known == said => self.idle(fact, place, base),
            before => {
                self.replaced(subject, fact, place, before.map(|(_, base)| base));
                *slot = Some(new);
            }
        }
    }

    /// Limits of which each is at least as tight as the one below.
    fn limits(&mut self, subject: &str, old: Option<Constraints>, new: Constraints) -> Constraints {
        let Some(mut limits) = old else {
            self.replaced(subject, "constraints", new.span, None);
            return new;
        };
        let (place, base) = (new.span, limits.span);
        let said = self.laid.overrides.len();
        for (constraint, tighter) in new.given() {
            let key = constraint.key;
            let old = constraint.of(&limits);
            let order = old.as_ref().map(|old| constraint.tightness(&tighter.value, &old.value));
            match (old, order) {
                (Some(old), Some(Some(Ordering::Equal))) => self.idle(key, tighter.span, old.span),
                (Some(old), Some(Some(Ordering::Less))) => {
                    let message = format!("`{key}: {}` is looser than `{}`", tighter.value, old.value);
                    let help = "an overlay can only tighten limits: senders keep to those below";
                    self.contradicts(tighter.span, old.span, message, help);
                }
                (Some(old), Some(None)) => {
                    let what = key.replace('_', " ");
                    let message = format!("there is a {what} already, and which of the two is tighter can't be told");
                    let help = "remove it, or have the contract take the tighter one";
                    self.contradicts(tighter.span, old.span, message, help);
                }
                (old, _) => {
                    self.replaced(subject, key, tighter.span, old.map(|old| old.span));
                    constraint.copy(&new, &mut limits);
                }
            }
        }
        if self.laid.overrides.len() > said {
            // The limits as a whole are the overlay's now.
            self.replaced(subject, "constraints", place, Some(base));
            limits.span = place;
        }
        limits
    }
}

/// Adds entries to those that hold; whether there were any.
fn more(own: &mut Entries<Text>, below: Option<&Entries<Text>>, new: Entries<Text>) -> bool {
    if new.items.is_empty() {
        return false;
    }
    if own.items.is_empty() {
        *own = below.cloned().unwrap_or_default();
    }
    own.items.extend(new.items);
    true
}

fn seen(client: ClientSees) -> u8 {
    match client {
        ClientSees::Never => 0,
        ClientSees::Withhold => 1,
        ClientSees::Same => 2,
    }
}

fn text(text: &Text) -> (String, Span) {
    (text.value.clone(), text.span)
}

fn word<T: std::fmt::Display>(word: &Spanned<T>) -> (String, Span) {
    (word.value.to_string(), word.span)
}

fn json(json: &Json) -> (String, Span) {
    (json.value.to_string(), json.node.span)
}
