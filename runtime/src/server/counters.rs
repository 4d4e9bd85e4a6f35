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
    pub(crate) failed: AtomicU64,
}

impl Counters {
    pub(crate) fn add(counter: &AtomicU64, amount: u32) {
        if amount > 0 {
            counter.fetch_add(u64::from(amount), Ordering::Relaxed);
        }
    }

    /// HookServer that were read.
    #[must_use]
    pub fn hooks(&self) -> u64 {
        self.hooks.load(Ordering::Relaxed)
    }

    /// HookServer of the contract for which there is no handler.
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

    /// Handlers that failed or panicked.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }
}
