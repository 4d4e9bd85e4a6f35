//! What was unusual about the requests so far, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts since the start. Shared by all clones of a router.
#[derive(Debug, Default)]
pub struct Counters {
    pub(crate) hooks: AtomicU64,
    pub(crate) without_handler: AtomicU64,
    pub(crate) unknown_hooks: AtomicU64,
    pub(crate) unknown_members: AtomicU64,
    pub(crate) duplicate_members: AtomicU64,
    pub(crate) other_formats: AtomicU64,
    pub(crate) unreadable: AtomicU64,
    pub(crate) too_large: AtomicU64,
    pub(crate) broken_off: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) unfinished: AtomicU64,
    pub(crate) overloaded: AtomicU64,
    pub(crate) late: AtomicU64,
    pub(crate) violating: AtomicU64,
    pub(crate) failed: AtomicU64,
    pub(crate) ineffective_denials: AtomicU64,
}

impl Counters {
    pub(crate) fn add(counter: &AtomicU64, amount: u32) {
        if amount > 0 {
            counter.fetch_add(u64::from(amount), Ordering::Relaxed);
        }
    }

    /// Hooks that were read.
    #[must_use]
    pub fn hooks(&self) -> u64 {
        self.hooks.load(Ordering::Relaxed)
    }

    /// Hooks of the contract for which there is no handler.
    #[must_use]
    pub fn without_handler(&self) -> u64 {
        self.without_handler.load(Ordering::Relaxed)
    }

    /// Requests for hooks that the contract does not have.
    #[must_use]
    pub fn unknown_hooks(&self) -> u64 {
        self.unknown_hooks.load(Ordering::Relaxed)
    }

    /// Members that the contract does not have.
    #[must_use]
    pub fn unknown_members(&self) -> u64 {
        self.unknown_members.load(Ordering::Relaxed)
    }

    /// Members that stood in a body more than once.
    #[must_use]
    pub fn duplicate_members(&self) -> u64 {
        self.duplicate_members.load(Ordering::Relaxed)
    }

    /// Requests that did not say that their body is JSON.
    #[must_use]
    pub fn other_formats(&self) -> u64 {
        self.other_formats.load(Ordering::Relaxed)
    }

    /// Bodies that are no JSON object.
    #[must_use]
    pub fn unreadable(&self) -> u64 {
        self.unreadable.load(Ordering::Relaxed)
    }

    /// Bodies over the limit.
    #[must_use]
    pub fn too_large(&self) -> u64 {
        self.too_large.load(Ordering::Relaxed)
    }

    /// Bodies that ended before their end, or did not arrive in time.
    #[must_use]
    pub fn broken_off(&self) -> u64 {
        self.broken_off.load(Ordering::Relaxed)
    }

    /// Requests turned away for their network, their password or their signature.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Bodies given up unfinished because too many others were unfinished too.
    #[must_use]
    pub fn unfinished(&self) -> u64 {
        self.unfinished.load(Ordering::Relaxed)
    }

    /// Hooks refused because too many were being handled.
    #[must_use]
    pub fn overloaded(&self) -> u64 {
        self.overloaded.load(Ordering::Relaxed)
    }

    /// Handlers that were stopped at their deadline.
    #[must_use]
    pub fn late(&self) -> u64 {
        self.late.load(Ordering::Relaxed)
    }

    /// Denials that the sender only logs, because the session's policy says so.
    #[must_use]
    pub fn ineffective_denials(&self) -> u64 {
        self.ineffective_denials.load(Ordering::Relaxed)
    }

    /// Bodies that did not keep to the contract, of hooks whose strictness is to warn or to enforce.
    #[must_use]
    pub fn violating(&self) -> u64 {
        self.violating.load(Ordering::Relaxed)
    }

    /// Handlers that failed or panicked.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }
}
