//! What was observed so far: how bodies differ from the contract, counted, each with the first place.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::input::Line;
use super::shapes::Shapes;
use super::shown::{self, Place};
use super::walk::{self, Key, Kind, Request};
use crate::vocabulary;
use wcs_contract::model::Contract;
use wcs_contract::pointer;

/// Most differences that are kept of one hook, and most unknown hooks: whoever sends more sends anything.
const MOST: usize = 1000;

/// What was observed, over all files.
#[derive(Debug, Default)]
pub struct Observed {
    /// Display paths of the files.
    pub(super) files: Vec<String>,
    /// By the contract's name for the hook, or by its own if the contract does not know it.
    pub(super) hooks: BTreeMap<String, Seen>,
    /// What could not be read, with how often and the first place.
    pub(super) unread: BTreeMap<&'static str, Entry>,
    /// Differences beyond what is kept.
    pub(super) overflow: u64,
}

/// What was seen of a hook.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) received: u64,
    /// Where it was seen first.
    pub(super) first: Option<Place>,
    /// In the order in which they came.
    pub(super) entries: IndexMap<Key, Entry>,
    /// Shapes of members that the contract lacks, by pointer.
    pub(super) shapes: IndexMap<String, Shapes>,
}

/// How often, and where first.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) count: u64,
    pub(super) first: Place,
}

impl Observed {
    pub(super) fn add_file(&mut self, shown: &str) -> usize {
        self.files.push(shown.to_owned());
        self.files.len() - 1
    }

    /// Requests so far.
    pub fn requests(&self) -> u64 {
        self.hooks.values().map(|seen| seen.received).sum()
    }
}

/// Where readers put what they read of one file.
pub(super) struct Sink<'a> {
    pub(super) contract: &'a Contract,
    pub(super) observed: &'a mut Observed,
    pub(super) file: usize,
    pub(super) requests: u64,
    pub(super) answers: u64,
    pub(super) unread: u64,
}

impl Sink<'_> {
    /// Adds a request.
    pub(super) fn request(&mut self, request: &Request<'_>) {
        self.requests += 1;
        let contract = self.contract;
        let known = vocabulary::hook(contract, request.hook);
        let name = known.map_or(request.hook, |hook| &hook.name.value).to_owned();
        let file = self.file;
        let Some(seen) = self.hook(&name, 1, || match request.lines.first() {
            Some(line) => shown::of_word(file, line, request.hook),
            None => shown::of_lines(file, request.lines),
        }) else {
            return;
        };
        let mut overflow = 0;
        let mut told = |key: Key, value: Option<&Value>| {
            let member = last(&key.pointer);
            let place = || shown::of_key(file, request.lines, &member);
            if !seen.add(key, 1, place, |shapes| value.into_iter().for_each(|value| shapes.add(value))) {
                overflow += 1;
            }
        };
        match known {
            Some(hook) => walk::body(contract, hook, request, &mut told),
            None => walk::unknown(contract, request, &mut told),
        }
        self.observed.overflow += overflow;
    }

    /// What is known of a hook; `None` if there are too many.
    pub(super) fn hook(&mut self, name: &str, received: u64, first: impl FnOnce() -> Place) -> Option<&mut Seen> {
        if self.observed.hooks.len() >= MOST && !self.observed.hooks.contains_key(name) {
            self.observed.overflow += 1;
            return None;
        }
        let seen = self.observed.hooks.entry(name.to_owned()).or_default();
        seen.received += received;
        seen.first.get_or_insert_with(first);
        Some(seen)
    }

    /// Counts differences that somebody else could not keep.
    pub(super) fn lost(&mut self, count: u64) {
        self.observed.overflow += count;
    }

    /// Notes a piece that could not be read.
    pub(super) fn unread(&mut self, why: &'static str, lines: &[Line]) {
        self.unread += 1;
        let file = self.file;
        let entry = self.observed.unread.entry(why);
        entry.or_insert_with(|| Entry { count: 0, first: shown::of_lines(file, lines) }).count += 1;
    }
}

impl Seen {
    /// Counts a difference; false if there are too many.
    pub(super) fn add(
        &mut self,
        key: Key,
        count: u64,
        first: impl FnOnce() -> Place,
        shape: impl FnOnce(&mut Shapes),
    ) -> bool {
        if self.entries.len() >= MOST && !self.entries.contains_key(&key) {
            return false;
        }
        if key.kind == Kind::UnknownMember {
            shape(self.shapes.entry(key.pointer.clone()).or_default());
        }
        self.entries.entry(key).or_insert_with(|| Entry { count: 0, first: first() }).count += count;
        true
    }
}

/// The last part of a JSON Pointer that is a name.
pub(super) fn last(path: &str) -> String {
    let part = path.rsplit('/').find(|part| *part != "*").unwrap_or_default();
    pointer::unescaped(part)
}
