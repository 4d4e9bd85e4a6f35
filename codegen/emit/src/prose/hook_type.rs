//! The hook types in words, for contracts and places that have no words of their own.

use wcs_contract::model::HookType;

/// Words about one hook type.
#[derive(Debug, Clone, Copy)]
pub struct TypeProse {
    /// Title, if the contract gives none.
    pub title: &'static str,
    /// Description, if the contract gives none.
    pub about: &'static str,
    /// A hook of this type in the middle of a sentence, without an article.
    pub noun: &'static str,
    /// A hook of this type as a sentence.
    pub in_short: &'static str,
    /// What the sender wants to know.
    pub question: &'static str,
    /// What the sender does once it was accepted, if that depends on the answer.
    pub after_yes: Option<&'static str>,
}

/// Words about a hook type.
#[must_use]
pub const fn of_type(kind: HookType) -> TypeProse {
    match kind {
        HookType::Connect => TypeProse {
            title: "Opening",
            about: "It opens a client's session and may set the rules for the rest of it.",
            noun: "opening hook",
            in_short: "Opens a session.",
            question: "may the session open, and by which rules?",
            after_yes: Some("opens the session"),
        },
        HookType::Direct => TypeProse {
            title: "Direct",
            about: "It asks for permission before the server does what a client wants.",
            noun: "direct hook",
            in_short: "Direct hook.",
            question: "may it do so?",
            after_yes: Some("does it"),
        },
        HookType::Event => TypeProse {
            title: "Event",
            about: "It reports what has happened already.",
            noun: "event",
            in_short: "Event.",
            question: "so you know",
            after_yes: None,
        },
        HookType::Incoming => TypeProse {
            title: "Incoming",
            about: "It brings something from the far side, before the client learns of it.",
            noun: "incoming hook",
            in_short: "Incoming hook.",
            question: "may it reach the client?",
            after_yes: Some("lets it through"),
        },
    }
}
