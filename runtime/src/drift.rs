//! The drift meter: how what arrives differs from the contract, in numbers.
//!
//! It tells what a newer sender has added before anybody misses it. Its memory is bounded whatever is sent: there are
//! limits for the number of entries and for their length, and what goes beyond is counted as such. It keeps names of
//! members, JSON types and words of enums, and no other value; of sensitive members not even words.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde::Serialize;

use crate::descriptor::ContractDescriptor;
use crate::json::{json_type, unescape_key};
use crate::show;
use crate::validate::{Demand, Finding, Path, Watcher};

/// Most entries of one kind that are kept for one hook, and most names of unknown hooks.
pub const MOST_ENTRIES: usize = 64;

/// Most findings of one body that are counted one by one. A body with more is wrong throughout.
const MOST_FINDINGS: u32 = 1000;

/// Longest key of an entry, in bytes. Only records that hold themselves could make longer ones.
const LONGEST_ENTRY: usize = 512;

/// Counts differences, per hook. One is shared by all that serve a contract.
#[derive(Debug)]
pub struct DriftMeter {
    contract: &'static ContractDescriptor,
    since: SystemTime,
    hooks: Vec<HookMeter>,
    unknown_hooks: Mutex<Table>,
}

#[derive(Debug, Default)]
struct HookMeter {
    received: AtomicU64,
    /// Taken only for a body that differs.
    table: Mutex<Table>,
}

/// Entries of all kinds. A key is the kind's letter, the place, and what was found there, with line feeds between; none
/// of them can hold one.
#[derive(Debug, Default)]
struct Table {
    counts: BTreeMap<Box<str>, u64>,
    entries: [usize; KINDS.len()],
    overflow: u64,
}

/// The kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Difference {
    UnknownMember,
    UnknownWord,
    Missing,
    WrongType,
    Other,
}

pub(crate) const KINDS: [Difference; 5] =
    [Difference::UnknownMember, Difference::UnknownWord, Difference::Missing, Difference::WrongType, Difference::Other];

impl Difference {
    fn letter(self) -> char {
        match self {
            Self::UnknownMember => 'u',
            Self::UnknownWord => 'w',
            Self::Missing => 'm',
            Self::WrongType => 't',
            Self::Other => 'o',
        }
    }

    /// Its name in metrics.
    #[cfg(feature = "metrics")]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::UnknownMember => "unknown_member",
            Self::UnknownWord => "unknown_value",
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::Other => "other_violation",
        }
    }

    fn of(finding: &Finding<'_>) -> Self {
        match finding {
            Finding::UnknownMember { .. } => Self::UnknownMember,
            Finding::UnknownWord { .. } | Finding::NotInList { .. } => Self::UnknownWord,
            Finding::Missing { .. } => Self::Missing,
            Finding::WrongType { .. } => Self::WrongType,
            Finding::Limit { .. } | Finding::Unsent { .. } | Finding::Unused { .. } => Self::Other,
        }
    }
}

impl Table {
    fn count(&mut self, kind: Difference, key: &str) {
        if let Some(count) = self.counts.get_mut(key) {
            *count += 1;
            return;
        }
        match self.entries.get_mut(kind as usize) {
            Some(entries) if *entries < MOST_ENTRIES && key.len() <= LONGEST_ENTRY => {
                *entries += 1;
                self.counts.insert(key.into(), 1);
            }
            _ => self.overflow += 1,
        }
    }

    /// The entries of a kind: place, what was found there, how often.
    fn of(&self, kind: Difference) -> impl Iterator<Item = (&str, &str, u64)> {
        self.counts.iter().filter_map(move |(key, count)| {
            let (place, found) = key.strip_prefix(kind.letter())?.split_once('\n')?;
            Some((place, found, *count))
        })
    }
}

fn locked(table: &Mutex<Table>) -> MutexGuard<'_, Table> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

impl DriftMeter {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(contract: &'static ContractDescriptor) -> Self {
        Self {
            contract,
            since: SystemTime::now(),
            hooks: contract.hooks.iter().map(|_| HookMeter::default()).collect(),
            unknown_hooks: Mutex::default(),
        }
    }

    /// Since when it counts.
    #[must_use]
    pub fn since(&self) -> SystemTime {
        self.since
    }

    /// Counts a body of the hook with that index in the contract; what the walk over it finds goes into the recorder.
    pub(crate) fn recorder(&self, hook: usize) -> Recorder<'_> {
        let meter = self.hooks.get(hook);
        if let Some(meter) = meter {
            meter.received.fetch_add(1, Ordering::Relaxed);
        }
        Recorder { table: meter.map(|meter| &meter.table), open: None, key: String::new(), found: [0; KINDS.len()] }
    }

    /// Counts a request for a hook that the contract does not have.
    pub(crate) fn unknown_hook(&self, name: &str) {
        let name = show::key(name);
        locked(&self.unknown_hooks).count(Difference::UnknownMember, &format!("u\n{name}"));
    }

    /// The numbers so far.
    #[must_use]
    pub fn report(&self) -> DriftReport {
        let hooks = self.contract.hooks.iter().zip(&self.hooks).filter_map(|(hook, meter)| {
            let received = meter.received.load(Ordering::Relaxed);
            (received > 0).then(|| hook_report(hook.name, received, &locked(&meter.table)))
        });
        let unknown = locked(&self.unknown_hooks);
        let names = unknown.of(Difference::UnknownMember);
        DriftReport {
            format: 1,
            contract: self.contract.name,
            version: self.contract.version,
            hash: self.contract.hash,
            since: humantime::format_rfc3339_seconds(self.since).to_string(),
            hooks: hooks.collect(),
            unknown_hooks: names.map(|(_, name, count)| UnknownHookCount { hook: name.to_owned(), count }).collect(),
            unknown_hooks_overflow: unknown.overflow,
        }
    }
}

fn hook_report(hook: &'static str, received: u64, table: &Table) -> HookDrift {
    let places = |kind| {
        table.of(kind).map(|(place, found, count)| DriftCount {
            pointer: place.to_owned(),
            found: found.to_owned(),
            count,
        })
    };
    let unknown = table.of(Difference::UnknownMember).map(|(place, found, count)| {
        let (json_type, name) = found.split_once('\n').unwrap_or_default();
        let name = name.replace('~', "~0").replace('/', "~1");
        DriftCount { pointer: format!("{place}/{name}"), found: json_type.to_owned(), count }
    });
    HookDrift {
        hook,
        received,
        unknown_members: unknown.collect(),
        unknown_values: places(Difference::UnknownWord).collect(),
        missing: places(Difference::Missing).collect(),
        wrong_types: places(Difference::WrongType).collect(),
        other_violations: places(Difference::Other).collect(),
        overflow: table.overflow,
    }
}

/// Counts what a walk finds. The table is locked at the first finding, so that a body as expected touches no lock.
pub(crate) struct Recorder<'m> {
    table: Option<&'m Mutex<Table>>,
    open: Option<MutexGuard<'m, Table>>,
    key: String,
    found: [u32; KINDS.len()],
}

impl Recorder<'_> {
    /// How many findings of each kind there were.
    pub(crate) fn differences(&self) -> [u32; KINDS.len()] {
        self.found
    }
}

impl Watcher for Recorder<'_> {
    fn found(&mut self, at: &Path<'_>, finding: &Finding<'_>) {
        let kind = Difference::of(finding);
        if let Some(found) = self.found.get_mut(kind as usize) {
            *found += 1;
        }
        let Some(table) = self.table else { return };
        let open = self.open.get_or_insert_with(|| locked(table));
        if self.found.iter().sum::<u32>() > MOST_FINDINGS {
            open.overflow += 1;
            return;
        }
        self.key.clear();
        write_key(&mut self.key, kind, at, finding);
        open.count(kind, &self.key);
    }
}

fn write_key(key: &mut String, kind: Difference, at: &Path<'_>, finding: &Finding<'_>) {
    key.push(kind.letter());
    match finding {
        Finding::UnknownMember { json } => {
            if let Some(parent) = at.parent() {
                parent.write_place(key);
            }
            let name = unescape_key(at.last_key().unwrap_or_default());
            // Writing into a string does not fail.
            let _ = write!(key, "\n{}\n{}", json_type(json), show::key(&name));
            return;
        }
        _ => at.write_place(key),
    }
    key.push('\n');
    match finding {
        Finding::UnknownWord { .. } | Finding::NotInList { .. } if at.is_sensitive() => key.push_str(show::HIDDEN),
        Finding::UnknownWord { word, .. } | Finding::NotInList { word, .. } => key.push_str(&show::key(word)),
        Finding::WrongType { json, .. } => key.push_str(json_type(json)),
        Finding::Limit { demand, .. } => key.push_str(demand.word()),
        Finding::Unsent { .. } => key.push_str(Demand::SentIf.word()),
        Finding::Unused { .. } => key.push_str(Demand::UsedIf.word()),
        Finding::Missing { .. } | Finding::UnknownMember { .. } => {}
    }
}

/// What a meter has counted. As JSON it has camel-cased members; `format` is raised when one changes its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DriftReport {
    /// Version of this report's form.
    pub format: u32,
    /// Name of the contract.
    pub contract: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Hash of the schema that it was generated from.
    pub hash: &'static str,
    /// Start of the counting, as RFC 3339 has it.
    pub since: String,
    /// The hooks that were received, in the order of the contract.
    pub hooks: Vec<HookDrift>,
    /// Names that are no hooks of the contract.
    pub unknown_hooks: Vec<UnknownHookCount>,
    /// Requests for unknown hooks beyond the names that are kept.
    pub unknown_hooks_overflow: u64,
}

/// What was counted of one hook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct HookDrift {
    /// Its name.
    pub hook: &'static str,
    /// Bodies that could be read.
    pub received: u64,
    /// Members that the contract lacks; `found` is the JSON type.
    pub unknown_members: Vec<DriftCount>,
    /// Words that an enum lacks; `found` is the word.
    pub unknown_values: Vec<DriftCount>,
    /// Members that are always sent and were not there; `found` is empty.
    pub missing: Vec<DriftCount>,
    /// Values that can't be read as their type; `found` is the JSON type.
    pub wrong_types: Vec<DriftCount>,
    /// Limits and rules that were broken; `found` names which.
    pub other_violations: Vec<DriftCount>,
    /// Findings beyond what is kept one by one.
    pub overflow: u64,
}

/// One difference and how often it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DriftCount {
    /// The member as a JSON Pointer, with `*` for every item of an array and every entry of a map.
    pub pointer: String,
    /// What was found there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub found: String,
    /// How often.
    pub count: u64,
}

/// A name that is no hook, and how often it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnknownHookCount {
    /// The name.
    pub hook: String,
    /// How often.
    pub count: u64,
}
