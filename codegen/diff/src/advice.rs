//! Versions: how far the number of the new contract must move.

use super::change::Change;
use super::rule::change_rules;
use super::verdict::Impact;
use wcs_contract::diagnostic::{Diagnostic, Edit, Fix};
use wcs_contract::model::{Contract, Name};
use wcs_contract::source::Sources;

change_rules! {
    /// The new contract's version does not say how much has changed.
    ///
    /// The contract is versioned by what its readers notice: what breaks any of them needs a new major version, anything else
    /// that differs for programs a minor one, texts a patch. Before 1.0 a step is one place lower. The fix writes the lowest
    /// version that will do.
    TOO_LOW { code: "D0702", name: "version-too-low", mirror: Waived("it is about the new contract alone, and the old one's version is not judged") }
}

/// How much a version has to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing differs.
    None,
    /// Only texts differ.
    Patch,
    /// Something differs that breaks nobody for certain.
    Minor,
    /// Somebody breaks.
    Major,
}

impl Bump {
    /// What the changes are, in words.
    pub const fn weight(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "only in texts",
            Self::Minor => "more than texts",
            Self::Major => "breaking",
        }
    }

    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What the changes mean for the contract's version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The version of the old contract.
    pub old: String,
    /// The version of the new contract.
    pub new: String,
    /// How much it has to move.
    pub needed: Bump,
    /// The lowest version that will do; `None` if a version is no semantic one.
    pub lowest: Option<String>,
    /// Whether the new version will do; `None` if a version is no semantic one.
    pub suffices: Option<bool>,
}

/// Compares the version's step with what has changed.
pub fn advise(old: &Contract, new: &Contract, changes: &[Change]) -> Advice {
    let needed = changes.iter().filter(|change| !change.is_question()).map(needs).max().unwrap_or(Bump::None);
    let (was, is) = (&old.version.value, &new.version.value);
    let lowest = parsed(was).map(|version| bumped(version, needed));
    Advice {
        old: was.clone(),
        new: is.clone(),
        needed,
        suffices: lowest.and_then(|lowest| Some(parsed(is)? >= lowest)),
        lowest: lowest.map(|[major, minor, patch]| format!("{major}.{minor}.{patch}")),
    }
}

/// As a finding, if the version is too low.
pub fn finding(advice: &Advice, new: &Contract, sources: &Sources) -> Option<Diagnostic> {
    let lowest = advice.lowest.as_ref().filter(|_| advice.suffices == Some(false))?;
    let message = format!("the version {} is too low for what has changed since {}", advice.new, advice.old);
    let mut found = Diagnostic::new(&TOO_LOW.rule, new.version.span, message)
        .help(format!("there are changes that are {}, so it needs {lowest} at least", advice.needed.weight()));
    found.fix = edit(&new.version, lowest, sources)
        .map(|edit| Fix::proposed(format!("write {lowest}"), vec![edit], "a higher version may be wanted"));
    Some(found)
}

/// The version in place of the old one, between its quotes if it has any.
fn edit(version: &Name, lowest: &str, sources: &Sources) -> Option<Edit> {
    let written = sources.text(version.span);
    let inside = written.find(&version.value)?;
    let span = version.span.slice(inside, inside + version.value.len());
    Some(Edit { span, text: lowest.to_owned() })
}

fn needs(change: &Change) -> Bump {
    match change.impact() {
        Impact::Breaking => Bump::Major,
        Impact::Risky | Impact::Safe => Bump::Minor,
        Impact::Documentation => Bump::Patch,
    }
}

fn bumped([major, minor, patch]: [u64; 3], bump: Bump) -> [u64; 3] {
    match (bump, major) {
        (Bump::None, _) => [major, minor, patch],
        (Bump::Major, 0) => [0, minor.saturating_add(1), 0],
        (Bump::Major, _) => [major.saturating_add(1), 0, 0],
        (Bump::Minor, 1..) => [major, minor.saturating_add(1), 0],
        (Bump::Minor | Bump::Patch, _) => [major, minor, patch.saturating_add(1)],
    }
}

/// A semantic version, without what stands behind a hyphen or a plus.
fn parsed(text: &str) -> Option<[u64; 3]> {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<u64> = core.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    <[u64; 3]>::try_from(numbers).ok()
}
