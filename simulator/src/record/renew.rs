//! New identifiers for a replay, so that a backend that remembers the old ones takes it for other sessions.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::Value;
use wcs_contract::model::Contract;
use wcs_contract::pattern::{self, Piece};

use super::exchange::Exchange;
use super::leaves::{self, Kind};
use super::secrets::pieces;
use crate::body::{Names, fill_text};
use crate::random::Random;

/// Identifiers of this length are also found within other texts.
const LEAST: usize = 8;

/// Old identifiers and their new ones.
#[derive(Debug, Default)]
pub(crate) struct Renewed {
    by_old: HashMap<String, String>,
    /// Those that are looked for within texts, longest first.
    within: Vec<(String, String)>,
}

/// Makes new identifiers for all that occur in requests: members that the sender makes up, as the contract tells, for
/// a session or with an identifier that is unique in the world.
pub(crate) fn renew(contract: &Contract, exchanges: &[(usize, Exchange)], seed: u64) -> Renewed {
    let patterns = patterns(contract);
    let mut random = Random::for_part(seed, "new identifiers");
    let mut renewed = Renewed::default();
    for (_, exchange) in exchanges {
        let Ok(Value::Object(body)) = serde_json::from_slice(&exchange.request.bytes().unwrap_or_default()) else {
            continue;
        };
        for (member, pattern) in &patterns {
            let Some(old) = body.get(*member).and_then(Value::as_str) else { continue };
            // What was redacted is nobody's identifier.
            if old.is_empty() || pieces(old).len() > 1 || renewed.by_old.contains_key(old) {
                continue;
            }
            let mut names = Names { lookup: &mut |_, _| None, time: 0 };
            if let Value::String(new) = fill_text(pattern, None, &mut names, &mut random) {
                renewed.by_old.insert(old.to_owned(), new);
            }
        }
    }
    let long = renewed.by_old.iter().filter(|(old, _)| old.len() >= LEAST);
    renewed.within = long.map(|(old, new)| (old.clone(), new.clone())).collect();
    renewed.within.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    renewed
}

impl Renewed {
    /// How many identifiers are new.
    pub(crate) fn len(&self) -> usize {
        self.by_old.len()
    }

    /// A body with the new identifiers; every other byte stays.
    pub(crate) fn body(&self, body: Bytes) -> Bytes {
        let Some((text, leaves)) = std::str::from_utf8(&body).ok().and_then(|text| Some((text, leaves::leaves(text)?)))
        else {
            return body;
        };
        let texts = leaves.into_iter().filter(|leaf| leaf.kind == Kind::Text);
        let changed = texts.filter_map(|leaf| Some((leaf.range, leaves::quoted(&self.text(&leaf.value)?))));
        let changes: Vec<_> = changed.collect();
        if changes.is_empty() { body } else { Bytes::from(leaves::spliced(text, &changes)) }
    }

    /// A text with the new identifiers; `None` if it has none.
    fn text(&self, text: &str) -> Option<String> {
        if let Some(new) = self.by_old.get(text) {
            return Some(new.clone());
        }
        let found = self.within.iter().filter(|(old, _)| text.contains(old.as_str()));
        let new = found.fold(text.to_owned(), |text, (old, new)| text.replace(old.as_str(), new));
        (new != text).then_some(new)
    }
}

/// The members that are identifiers, with the patterns of their values.
fn patterns(contract: &Contract) -> Vec<(&str, &str)> {
    let fresh = contract.simulation.iter().flat_map(|simulation| simulation.fresh.iter());
    let is_identifier = |member: &str, text: &str| {
        let pieces = pattern::parse(text).unwrap_or_default();
        let is_random =
            |piece: &Piece| matches!(piece, Piece::Uuid | Piece::Hex(_) | Piece::Digits(_) | Piece::Number(..));
        let is_of_session = contract.context.iter().any(|name| name.value == member);
        pieces.contains(&Piece::Uuid) || is_of_session && pieces.iter().any(is_random)
    };
    fresh
        .map(|(name, text)| (name.value.as_str(), text.value.as_str()))
        .filter(|(member, text)| is_identifier(member, text))
        .collect()
}
