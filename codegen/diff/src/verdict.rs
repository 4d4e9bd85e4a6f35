//! How much a change matters, and to whom.

/// What a change means for an audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Impact {
    /// Only texts differ.
    Documentation,
    /// Nothing breaks and nothing is misread.
    Safe,
    /// It may break, or means something else in silence.
    Risky,
    /// What worked stops working.
    Breaking,
}

impl Impact {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Risky, Self::Safe, Self::Documentation];

    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Safe => "safe",
            Self::Documentation => "documentation",
        }
    }
}

/// Who may be affected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// Senders and backends that talk to each other: a running backend with a newer sender, and a rebuilt one with senders
    /// that are older.
    Wire,
    /// Rust source that depends on the generated crate.
    Rust,
    /// Programs in other languages that use what is generated for them.
    Others,
}

impl Audience {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Wire, Self::Rust, Self::Others];

    /// The words that are printed.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Rust => "Rust source",
            Self::Others => "other languages",
        }
    }

    /// The key in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Rust => "rust",
            Self::Others => "others",
        }
    }
}

/// What a change means for each audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Verdict {
    /// On the wire.
    pub wire: Impact,
    /// For Rust source.
    pub rust: Impact,
    /// For other languages.
    pub others: Impact,
}

impl Verdict {
    /// Nothing breaks anywhere.
    pub const SAFE: Self = Self::new(Impact::Safe, Impact::Safe, Impact::Safe);
    /// Only texts differ.
    pub const DOCUMENTATION: Self = Self::new(Impact::Documentation, Impact::Documentation, Impact::Documentation);

    /// One word for each audience.
    pub const fn new(wire: Impact, rust: Impact, others: Impact) -> Self {
        Self { wire, rust, others }
    }

    /// That of one audience.
    pub const fn of(self, audience: Audience) -> Impact {
        match audience {
            Audience::Wire => self.wire,
            Audience::Rust => self.rust,
            Audience::Others => self.others,
        }
    }

    /// The worst of all audiences.
    pub fn worst(self) -> Impact {
        self.wire.max(self.rust).max(self.others)
    }

    /// The worse of two for each audience.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { wire: self.wire.max(other.wire), rust: self.rust.max(other.rust), others: self.others.max(other.others) }
    }
}

/// Where something stands, seen from the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Sides {
    /// The sender writes it.
    pub request: bool,
    /// The backend writes it.
    pub answer: bool,
}

impl Sides {
    /// The word that is printed.
    pub const fn word(self) -> &'static str {
        match (self.request, self.answer) {
            (true, true) => "both",
            (true, false) => "request",
            (false, true) => "answer",
            (false, false) => "none",
        }
    }

    /// Where either stands.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self { request: self.request || other.request, answer: self.answer || other.answer }
    }

    /// A verdict from those of the sides on which the thing stands, and no better than a third one.
    pub(super) fn judge(self, at_least: Verdict, request: Verdict, answer: Verdict) -> Verdict {
        let mut verdict = at_least;
        if self.request {
            verdict = verdict.and(request);
        }
        if self.answer {
            verdict = verdict.and(answer);
        }
        verdict
    }
}
