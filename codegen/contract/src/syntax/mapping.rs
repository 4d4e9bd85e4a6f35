//! Reading a mapping with fixed keys: misspelt ones, missing ones, and going on without what could not be read.

use super::read::{Syntax, first_key, listed, wrong_kind};
use crate::codes;
use crate::diagnostic::{Diagnostic, Findings, nearest};
use crate::load::{Node, NodeKind};
use crate::source::Span;

/// A mapping with fixed keys, while its fields are read.
pub(super) struct Mapping<'a> {
    node: &'a Node,
    what: String,
    /// Its values by the keys that they belong to.
    entries: Vec<(&'static str, &'a Node, Spelling)>,
    /// Keys whose values are lacking.
    broken: Vec<&'static str>,
    /// Those of them that are absent.
    missing: Vec<&'static str>,
}

/// How sure it is that a value belongs to a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Exact,
    /// The key is misspelt, which has been told.
    Guessed,
}

impl<'a> Mapping<'a> {
    /// The entries of a mapping, after its keys were compared with the known ones.
    pub(super) fn of(node: &'a Node, what: &str, keys: &[&'static str], findings: &mut Findings) -> Option<Self> {
        let written = match &node.kind {
            NodeKind::Mapping(entries) => entries.as_slice(),
            _ if node.is_null() => &[],
            _ => {
                let expected = format!("a mapping with keys such as {}", listed(keys, 3));
                findings.extend(wrong_kind(node, &expected, "write one `key: value` a line"));
                return None;
            }
        };
        let what = spaced(what.strip_suffix("Syntax").unwrap_or(what));
        let known = |key: &str| keys.iter().find(|known| **known == key).copied();
        let mut entries: Vec<(&'static str, &Node, Spelling)> =
            written.iter().filter_map(|(key, value)| Some((known(&key.value)?, value, Spelling::Exact))).collect();
        for (key, value) in written.iter().filter(|(key, _)| known(&key.value).is_none()) {
            let free = |name: &&'static str| !entries.iter().any(|(taken, ..)| taken == name);
            let found = Diagnostic::error(codes::UNKNOWN_KEY, key.span, format!("unknown key `{}`", key.value))
                .note(format!("not a key of {what}"));
            match nearest(&key.value, keys.iter().copied().filter(|name| free(name))).and_then(known) {
                Some(meant) => {
                    findings.push(found.did_you_mean_word(&key.value, meant, keys));
                    entries.push((meant, value, Spelling::Guessed));
                }
                None => findings.push(found.help(format!("the keys here are {}", listed(keys, keys.len())))),
            }
        }
        Some(Self { node, what, entries, broken: Vec::new(), missing: Vec::new() })
    }

    /// The value of a key; a placeholder where there is one, so that what stands beside it is still checked.
    pub(super) fn field<T: Syntax>(&mut self, key: &'static str, findings: &mut Findings) -> Option<T> {
        let written = self.entries.iter().find(|(known, ..)| *known == key);
        if let (None, Some(absent)) = (written, T::absent()) {
            // It may be in the part of the file that could not be read.
            if self.node.cut {
                self.broken.push(key);
            }
            return Some(absent);
        }
        let read = match written {
            Some((_, node, Spelling::Exact)) => T::read(node, findings),
            // The guess may be wrong: what it leads to is not told.
            Some((_, node, Spelling::Guessed)) => {
                let mut guessed = Findings::default();
                T::read(node, &mut guessed).filter(|_| !guessed.has_errors())
            }
            None => {
                self.missing.push(key);
                None
            }
        };
        read.or_else(|| {
            self.broken.push(key);
            T::placeholder(self.node.span)
        })
    }

    /// Tells which keys are missing; the place to tell it, and the keys whose values are lacking.
    pub(super) fn finish(self, findings: &mut Findings) -> (Span, Vec<&'static str>) {
        let place = self.node.key.unwrap_or(first_key(self.node));
        if !self.missing.is_empty() && !self.node.cut {
            let keys = if self.missing.len() == 1 { "key" } else { "keys" };
            let message = format!("{} needs the {keys} {}", self.what, listed(&self.missing, self.missing.len()));
            let help = format!("add {}", crate::text::codes(self.missing.iter().map(|key| format!("{key}:"))));
            findings.push(Diagnostic::error(codes::MISSING_KEY, place, message).help(help));
        }
        (place, self.broken)
    }
}

/// `HookType` as `a hook type`.
fn spaced(name: &str) -> String {
    let words = match name {
        "Deny" => "denial".to_owned(),
        _ => heck::ToSnakeCase::to_snake_case(name).replace('_', " "),
    };
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {words}")
}
