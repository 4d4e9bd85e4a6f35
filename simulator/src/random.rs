//! Random numbers that a seed repeats.

/// A source of random numbers: SplitMix64, which needs no more than its seed. Good enough for bodies, not for secrets.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The source that a seed stands for.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The source for a part of the play: the same for the same seed and name, whatever else is played.
    #[must_use]
    pub fn for_part(seed: u64, name: &str) -> Self {
        // FNV-1a.
        let hash = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let mut random = Self::new(seed ^ hash);
        random.number();
        random
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another one, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end.max(1)
    }

    /// A number from one to another.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = to.abs_diff(from).saturating_add(1);
        from.saturating_add_unsigned(self.below(width))
    }

    /// So many hex digits.
    pub fn hex(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from_digit((self.number() >> 60) as u32, 16).unwrap_or('0')).collect()
    }

    /// So many digits, the first of them not 0.
    pub fn digits(&mut self, length: usize) -> String {
        let digit = |number: u64| char::from_digit(number as u32, 10).unwrap_or('1');
        (0..length).map(|at| digit(if at == 0 { 1 + self.below(9) } else { self.below(10) })).collect()
    }

    /// A UUID of version 4.
    pub fn uuid(&mut self) -> String {
        let variant = ["8", "9", "a", "b"][(self.number() >> 62) as usize];
        format!("{}-{}-4{}-{variant}{}-{}", self.hex(8), self.hex(4), self.hex(3), self.hex(3), self.hex(12))
    }
}
