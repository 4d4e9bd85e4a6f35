//! What goes wrong between two programs, on demand and repeatable.

use serde_json::json;
use wcs_contract::model::{Contract, Hook};

use crate::Members;
use crate::body;
use crate::random::Random;
use crate::wire::Manner;

/// A kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// The body arrives slowly, in pieces.
    Slow,
    /// The connection is cut in the middle of the body.
    Cut,
    /// The request comes twice.
    Duplicate,
    /// An event comes later than the hook that follows it.
    Reorder,
    /// The server is restarted in mid-session.
    Restart,
    /// The body has members and values of a later release.
    Unknown,
    /// The body is very large.
    Huge,
}

impl Trouble {
    /// All kinds.
    pub const ALL: &'static [Self] =
        &[Self::Slow, Self::Cut, Self::Duplicate, Self::Reorder, Self::Restart, Self::Unknown, Self::Huge];

    /// The kind as a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Cut => "cut",
            Self::Duplicate => "duplicate",
            Self::Reorder => "reorder",
            Self::Restart => "restart",
            Self::Unknown => "unknown",
            Self::Huge => "huge",
        }
    }

    /// What it does.
    #[must_use]
    pub const fn doc(self) -> &'static str {
        match self {
            Self::Slow => "the body arrives slowly, in pieces",
            Self::Cut => "the connection is cut in the middle of the body",
            Self::Duplicate => "the request comes twice",
            Self::Reorder => "an event comes later than the hook that follows it",
            Self::Restart => "the server is restarted in mid-session",
            Self::Unknown => "the body has members and values of a later release",
            Self::Huge => "the body is very large",
        }
    }

    /// Reads kinds with commas between them; `all` stands for all.
    ///
    /// # Errors
    ///
    /// Which word is none, and which there are.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, String> {
        let mut kinds = Vec::new();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match Self::ALL.iter().find(|kind| kind.word() == word) {
                Some(kind) => kinds.push(*kind),
                None if word == "all" => kinds.extend(Self::ALL),
                None => {
                    let words: Vec<&str> = Self::ALL.iter().map(|kind| kind.word()).collect();
                    return Err(format!("`{word}` is no trouble; there are {}, and `all`", words.join(", ")));
                }
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        Ok(kinds)
    }

    /// How the body goes over the wire.
    #[must_use]
    pub const fn manner(self) -> Manner {
        match self {
            Self::Slow => Manner::Slow(20),
            Self::Cut => Manner::Cut,
            _ => Manner::Plain,
        }
    }
}

/// One step in so many has trouble.
const ONE_IN: u64 = 4;

/// The trouble that a step has, if any.
pub fn draw(kinds: &[Trouble], hook: &Hook, random: &mut Random) -> Option<Trouble> {
    // Two numbers for each step, so that kinds and hooks don't shift what comes later.
    let (whether, which) = (random.below(ONE_IN), random.number());
    let fits = |kind: &&Trouble| match kind {
        Trouble::Reorder => hook.kind.is_notification(),
        Trouble::Restart => !hook.kind.is_opening(),
        _ => true,
    };
    let fitting: Vec<Trouble> = kinds.iter().filter(fits).copied().collect();
    let count = fitting.len() as u64;
    if whether > 0 || count == 0 { None } else { fitting.get((which % count) as usize).copied() }
}

/// Length of the text that makes a body very large.
const HUGE: usize = 512 << 10;

/// What a trouble does to the body.
pub fn change(kind: Trouble, contract: &Contract, hook: &Hook, body: &mut Members) {
    match kind {
        Trouble::Unknown => {
            if let Some(member) = body::open_word(contract, hook, body) {
                body.insert(member, json!("A_VALUE_OF_A_LATER_RELEASE"));
            }
            body.insert("a_member_of_a_later_release".to_owned(), json!({ "nested": [1, 2.50, null, "text"] }));
        }
        Trouble::Huge => {
            body.insert("a_very_large_member".to_owned(), json!("x".repeat(HUGE)));
        }
        _ => {}
    }
}
