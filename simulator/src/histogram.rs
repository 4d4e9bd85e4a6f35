//! Times by how often they occurred: buckets that grow with the value, so that percentiles are right to 3 % at any
//! length and memory is bounded.

use std::time::Duration;

/// Buckets between one power of two and the next.
const STEPS: u64 = 32;
const BUCKETS: usize = 64 * STEPS as usize;

/// Times by how often they occurred.
#[derive(Debug, Clone)]
pub(crate) struct Histogram {
    counts: Vec<u64>,
    total: u64,
    longest: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: vec![0; BUCKETS], total: 0, longest: 0 }
    }
}

impl Histogram {
    pub(crate) fn record(&mut self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        if let Some(count) = self.counts.get_mut(bucket(micros)) {
            *count += 1;
        }
        self.total += 1;
        self.longest = self.longest.max(micros);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, other)| *count += other);
        self.total += other.total;
        self.longest = self.longest.max(other.longest);
    }

    pub(crate) fn count(&self) -> u64 {
        self.total
    }

    pub(crate) fn longest(&self) -> Duration {
        Duration::from_micros(self.longest)
    }

    /// The time within which so many in a thousand lie.
    pub(crate) fn permille(&self, permille: u64) -> Duration {
        let wanted = (self.total * permille).div_ceil(1000).max(1);
        let mut seen = 0;
        for (at, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= wanted {
                return Duration::from_micros(highest(at).min(self.longest));
            }
        }
        self.longest()
    }
}

fn bucket(value: u64) -> usize {
    if value < STEPS {
        return value as usize;
    }
    let power = u64::from(value.ilog2());
    let first = u64::from(STEPS.ilog2());
    let step = (value >> (power - first)) - STEPS;
    ((power - first + 1) * STEPS + step) as usize
}

/// The highest value of a bucket.
fn highest(at: usize) -> u64 {
    let at = at as u64;
    if at < STEPS {
        return at;
    }
    let (power, step) = (at / STEPS - 1, at % STEPS);
    ((STEPS + step + 1) << power) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_lies_in_its_bucket_and_not_far_from_its_end() {
        for value in (0..10_000).chain([1 << 20, (1 << 33) + 12_345, 1 << 50]) {
            let end = highest(bucket(value));
            assert!(end >= value, "{value} is above {end}");
            assert!(end - value <= value / 32 + 1, "{value} is far from {end}");
        }
    }

    #[test]
    fn percentiles_are_those_of_the_values() {
        let mut times = Histogram::default();
        (1..=1000).for_each(|micros| times.record(Duration::from_micros(micros)));
        for (permille, micros) in [(500, 500), (900, 900), (990, 990), (1000, 1000)] {
            let found = times.permille(permille).as_micros() as u64;
            assert!(found.abs_diff(micros) <= micros / 32 + 1, "{permille}: {found}");
        }
        assert_eq!((times.count(), times.longest().as_micros()), (1000, 1000));
    }
}
