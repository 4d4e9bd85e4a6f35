//! Addresses that have sent a verified hook not long ago.
//!
//! Every hook writes here, so there is neither a lock nor an allocation: a fixed table of numbers, each of which is a
//! part of an address's hash and the second in which it was last seen. Two addresses are taken for one another once in
//! some four billion, and the hash has a key, so that nobody can look for such a pair.

use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Seconds for which an address is known after its last verified hook.
const KNOWN_FOR: u64 = 600;
const SETS: usize = 256;
/// Addresses of the same set; a fifth one takes the place of that which was not seen for longest.
const WAYS: usize = 4;
/// The part of a number that is the time; the rest is the hash's.
const SECONDS: u64 = u32::MAX as u64;

pub(super) struct Known {
    began: Instant,
    hash: RandomState,
    sets: Box<[[AtomicU64; WAYS]]>,
}

impl Known {
    pub(super) fn new() -> Self {
        let sets = (0..SETS).map(|_| std::array::from_fn(|_| AtomicU64::new(0))).collect();
        Self { began: Instant::now(), hash: RandomState::new(), sets }
    }

    /// Remembers an address that has sent a verified hook.
    pub(super) fn add(&self, address: IpAddr, now: Instant) {
        let Some((set, tag)) = self.find(address) else { return };
        let entry = tag | self.second(now);
        let mut oldest: Option<(&AtomicU64, u64)> = None;
        for slot in set {
            let seen = slot.load(Ordering::Relaxed);
            if seen == entry {
                return;
            }
            if seen & !SECONDS == tag {
                return slot.store(entry, Ordering::Relaxed);
            }
            if oldest.is_none_or(|(_, second)| seen & SECONDS < second) {
                oldest = Some((slot, seen & SECONDS));
            }
        }
        if let Some((slot, _)) = oldest {
            slot.store(entry, Ordering::Relaxed);
        }
    }

    /// True if an address has sent a verified hook in the last ten minutes.
    pub(super) fn contains(&self, address: IpAddr, now: Instant) -> bool {
        let oldest = self.second(now).saturating_sub(KNOWN_FOR).max(1);
        self.find(address).is_some_and(|(set, tag)| {
            let mut entries = set.iter().map(|slot| slot.load(Ordering::Relaxed));
            entries.any(|seen| seen & !SECONDS == tag && seen & SECONDS >= oldest)
        })
    }

    fn find(&self, address: IpAddr) -> Option<(&[AtomicU64; WAYS], u64)> {
        let hash = self.hash.hash_one(address);
        Some((self.sets.get(hash as usize % SETS)?, hash & !SECONDS))
    }

    /// Seconds since the beginning, from 1: 0 is an empty place.
    fn second(&self, now: Instant) -> u64 {
        (now.saturating_duration_since(self.began).as_secs() + 1).min(SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn address(number: u32) -> IpAddr {
        IpAddr::from(number.to_be_bytes())
    }

    #[test]
    fn an_address_is_known_for_ten_minutes() {
        let known = Known::new();
        let at = |seconds| known.began + Duration::from_secs(seconds);
        assert!(!known.contains(address(1), at(0)));
        known.add(address(1), at(0));
        for (seconds, expected) in [(0, true), (KNOWN_FOR, true), (KNOWN_FOR + 1, false)] {
            assert_eq!(known.contains(address(1), at(seconds)), expected, "{seconds}");
            assert!(!known.contains(address(2), at(seconds)));
        }
        known.add(address(1), at(KNOWN_FOR));
        assert!(known.contains(address(1), at(2 * KNOWN_FOR)));
    }

    #[test]
    fn the_table_is_bounded_and_the_last_ones_stay() {
        let known = Known::new();
        for number in 0..20_000 {
            let now = known.began + Duration::from_secs(u64::from(number) / 1000);
            known.add(address(number), now);
            assert!(known.contains(address(number), now));
        }
        let now = known.began + Duration::from_secs(20);
        let kept = (0..20_000).filter(|number| known.contains(address(*number), now)).count();
        assert!(kept <= SETS * WAYS, "{kept}");
    }
}
