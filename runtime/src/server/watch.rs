//! How closely a server looks at what arrives, and what it does about violations.

use std::collections::HashMap;
use std::sync::Arc;

use super::HookServer;
use super::counters::Counters;
use super::telemetry::HookMetrics;
use crate::answer::Reply;
use crate::decode::Arrived;
use crate::descriptor::{ContractDescriptor, HookDescriptor, SenderDescriptor};
use crate::drift::{DriftMeter, Recorder};
use crate::limits;
use crate::validate::{self, Collector, Finding, Path, Violation, Watcher};

/// What is done about a body that does not keep to the contract. What is merely unknown to the contract, such as a member
/// of a newer version, is no violation: it is kept, echoed and counted under any strictness.
///
/// It concerns what arrives. What is sent is always checked: an answer whose members break the contract is not sent, and
/// the handler has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Strictness {
    /// Violations are counted by the drift meter; the handler gets the body as it is.
    #[default]
    Observe,
    /// They are also logged, all of a body in one warning.
    Warn,
    /// They are also logged, and the body is refused with all of them; no handler sees it.
    Enforce(Enforce),
}

/// How a body is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Enforce {
    /// With 400: the sender treats it as an error.
    Reject,
    /// With the status of a denial: the sender treats it as a no. For an event, which can't be denied, it is an error
    /// as well.
    Deny,
}

/// What a server watches with.
pub(super) struct Watch {
    strictness: Strictness,
    of_hooks: HashMap<&'static str, Strictness>,
    pub(super) drift: Arc<DriftMeter>,
}

/// What is watched of one hook.
pub(super) struct HookWatch {
    /// Its index in the contract.
    index: usize,
    strictness: Strictness,
    pub(super) metrics: HookMetrics,
}

impl Watch {
    pub(super) fn of(contract: &'static ContractDescriptor) -> Self {
        Self { strictness: Strictness::default(), of_hooks: HashMap::new(), drift: Arc::new(DriftMeter::new(contract)) }
    }

    pub(super) fn hook(&self, index: usize, hook: &'static HookDescriptor) -> HookWatch {
        let strictness = self.of_hooks.get(hook.name).copied().unwrap_or(self.strictness);
        HookWatch { index, strictness, metrics: HookMetrics::of(hook.name) }
    }
}

impl<S> HookServer<S> {
    /// What is done about bodies that do not keep to the contract; by default they are only counted.
    #[must_use]
    pub fn strictness(mut self, strictness: Strictness) -> Self {
        self.watch.strictness = strictness;
        self
    }

    /// The same for one hook, whatever holds for the others.
    #[must_use]
    pub fn strictness_of(mut self, hook: &'static HookDescriptor, strictness: Strictness) -> Self {
        self.watch.of_hooks.insert(hook.name, strictness);
        self
    }

    /// The meter that counts how bodies differ from the contract.
    #[must_use]
    pub fn drift(&self) -> Arc<DriftMeter> {
        Arc::clone(&self.watch.drift)
    }

    /// Counts into a meter that other servers of the same contract share.
    #[must_use]
    pub fn drift_into(mut self, meter: Arc<DriftMeter>) -> Self {
        self.watch.drift = meter;
        self
    }
}

/// Says once, at the start, what can't be checked.
pub(super) fn warn_of_patterns(contract: &'static ContractDescriptor) {
    for pattern in limits::unreadable_patterns(contract) {
        tracing::warn!(
            pattern,
            "a pattern of the contract can't be read as a regular expression, so nothing is checked by it"
        );
    }
}

/// Looks at a body that was read: counts what is not as expected, and does what the strictness of the hook says.
pub(super) fn look(
    watch: &Watch,
    of_hook: &HookWatch,
    hook: &'static HookDescriptor,
    sender: &SenderDescriptor,
    counters: &Counters,
    arrived: &Arrived<'_>,
) -> Result<(), Reply> {
    let collector = (of_hook.strictness != Strictness::Observe).then(Collector::default);
    let mut eyes = Eyes { recorder: watch.drift.recorder(of_hook.index), collector };
    validate::inspect(hook.members, arrived, &mut eyes);
    let Eyes { recorder, collector } = eyes;
    of_hook.metrics.differences(recorder.differences());
    drop(recorder);
    let violations = collector.map(|collector| collector.violations).unwrap_or_default();
    if violations.is_empty() {
        return Ok(());
    }
    Counters::add(&counters.violating, 1);
    tracing::warn!(
        hook = hook.name,
        count = violations.len(),
        violations = validate::listed(&violations),
        "the body of a hook does not keep to the contract"
    );
    match of_hook.strictness {
        Strictness::Observe | Strictness::Warn => Ok(()),
        Strictness::Enforce(Enforce::Reject) => Err(refusal(400, hook, &violations)),
        Strictness::Enforce(Enforce::Deny) => Err(refusal(sender.deny_status, hook, &violations)),
    }
}

/// Tells both the meter and the list of violations.
struct Eyes<'m> {
    recorder: Recorder<'m>,
    collector: Option<Collector>,
}

impl Watcher for Eyes<'_> {
    fn found(&mut self, at: &Path<'_>, finding: &Finding<'_>) {
        self.recorder.found(at, finding);
        if let Some(collector) = &mut self.collector {
            collector.found(at, finding);
        }
    }
}

fn refusal(status: u16, hook: &HookDescriptor, violations: &[Violation]) -> Reply {
    let count = violations.len();
    let places = if count == 1 { "one place".to_owned() } else { format!("{count} places") };
    let body = serde_json::json!({
        "error": format!("the body of `{}` does not keep to the contract in {places}", hook.name),
        "violations": violations.iter().take(validate::MOST_LISTED).collect::<Vec<_>>(),
    });
    Reply { status, body: body.to_string().into() }
}
