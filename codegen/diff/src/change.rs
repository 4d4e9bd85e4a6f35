//! A change: what differs, for whom it matters, and what to do about it.

use sha2::{Digest, Sha256};

use super::rule::ChangeRule;
use super::verdict::{Impact, Sides, Verdict};
use wcs_contract::diagnostic::{Diagnostic, Fix};
use wcs_contract::model::HookType;
use wcs_contract::rule::Level;
use wcs_contract::source::Span;

/// A difference between two contracts, judged.
#[derive(Debug, Clone)]
pub struct Change {
    /// What kind of change it is.
    pub rule: &'static ChangeRule,
    /// Whose it is.
    pub owner: Owner,
    /// What of the owner's it concerns: a member, a value, a setting.
    pub item: Option<String>,
    /// The hooks that it concerns, with their types.
    pub hooks: Vec<(String, HookType)>,
    /// Where it stands.
    pub sides: Sides,
    /// What it means for each audience.
    pub verdict: Verdict,
    /// What differs, in one line.
    pub message: String,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
    /// Who notices, and how.
    pub effect: String,
    /// What to do.
    pub action: Option<String>,
    /// The place in the new contract: of the thing, or of what it belonged to.
    pub span: Span,
    /// The place in the old contract, where there is one.
    pub old_span: Option<Span>,
    /// How to say what was meant.
    pub fix: Option<Fix>,
}

/// Whose a change is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A hook's, by its name in the new contract if it is there.
    Hook(String),
    /// Several hooks': the same member of each.
    Hooks,
    /// A record's or an enum's.
    Type(String),
    /// The sender's.
    Sender,
    /// The contract's as a whole.
    Contract,
}

impl Owner {
    /// As headings name it.
    pub fn title(&self) -> &str {
        match self {
            Self::Hook(name) | Self::Type(name) => name,
            Self::Hooks => "several hooks",
            Self::Sender => "sender",
            Self::Contract => "contract",
        }
    }
}

impl Change {
    /// Changes of what.
    pub(super) fn new(rule: &'static ChangeRule, about: &About, verdict: Verdict, message: impl Into<String>) -> Self {
        Self {
            rule,
            owner: about.owner.clone(),
            item: about.item.clone(),
            hooks: about.hooks.clone(),
            sides: about.sides,
            verdict,
            message: message.into(),
            before: None,
            after: None,
            effect: String::new(),
            action: None,
            span: about.span,
            old_span: about.old_span,
            fix: None,
        }
    }

    /// Says how it was and how it is.
    #[must_use]
    pub(super) fn values(mut self, before: impl Into<String>, after: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self.after = Some(after.into());
        self
    }

    /// Says who notices, and how.
    #[must_use]
    pub(super) fn effect(mut self, text: impl Into<String>) -> Self {
        self.effect = text.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub(super) fn action(mut self, text: impl Into<String>) -> Self {
        self.action = Some(text.into());
        self
    }

    /// What it concerns, as one word: `hook.member`, `Type.VALUE`, a setting.
    pub fn subject(&self) -> String {
        match (&self.owner, &self.item) {
            (Owner::Hook(owner) | Owner::Type(owner), Some(item)) => format!("{owner}.{item}"),
            (Owner::Hooks | Owner::Sender | Owner::Contract, Some(item)) => item.clone(),
            (owner, None) => owner.title().to_owned(),
        }
    }

    /// Whether it only asks something, and is no difference of its own.
    pub fn is_question(&self) -> bool {
        self.rule.rule.code.starts_with("D07")
    }

    /// How bad it is for the worst affected audience.
    pub fn impact(&self) -> Impact {
        self.verdict.worst()
    }

    /// A name that stays the same as long as the change is the same and as bad, wherever it stands in the files: 16 hex
    /// digits.
    pub fn fingerprint(&self) -> String {
        let mut hooks: Vec<&str> = self.hooks.iter().map(|(name, _)| name.as_str()).collect();
        hooks.sort_unstable();
        let mut hasher = Sha256::new();
        let (subject, verdict) = (self.subject(), self.verdict_line());
        let parts = [
            self.rule.rule.code,
            &subject,
            &verdict,
            self.before.as_deref().unwrap_or_default(),
            self.after.as_deref().unwrap_or_default(),
        ];
        for part in parts.into_iter().chain(hooks) {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
        hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// As a finding: breaking changes are errors, risky ones warnings, the others notes.
    pub fn diagnostic(&self) -> Diagnostic {
        let level = match self.impact() {
            Impact::Breaking => Level::Error,
            Impact::Risky => Level::Warning,
            Impact::Safe | Impact::Documentation => Level::Note,
        };
        let message = match &self.owner {
            Owner::Hook(name) | Owner::Type(name) => format!("`{name}`: {}", self.message),
            Owner::Hooks | Owner::Sender | Owner::Contract => self.message.clone(),
        };
        let mut found = Diagnostic { level, ..Diagnostic::new(&self.rule.rule, self.span, message) };
        found.note = Some(self.verdict_line());
        if let Some(old) = self.old_span.filter(|old| *old != self.span) {
            found = found.label(old, "as it was");
        }
        let help: Vec<&str> = [Some(self.effect.as_str()), self.action.as_deref()].into_iter().flatten().collect();
        found.help = Some(help.join(" ")).filter(|text| !text.trim().is_empty());
        found.fix = self.fix.clone();
        found
    }

    /// `wire: breaking, Rust source: safe, other languages: safe`.
    pub fn verdict_line(&self) -> String {
        let words = super::verdict::Audience::ALL
            .map(|audience| format!("{}: {}", audience.title(), self.verdict.of(audience).word()));
        words.join(", ")
    }
}

/// What a change is about: what all changes at one place have in common.
#[derive(Debug, Clone)]
pub(super) struct About {
    /// Whose it is.
    pub(super) owner: Owner,
    /// What of the owner's.
    pub(super) item: Option<String>,
    /// The hooks that it concerns.
    pub(super) hooks: Vec<(String, HookType)>,
    /// Where it stands.
    pub(super) sides: Sides,
    /// The place in the new contract.
    pub(super) span: Span,
    /// The place in the old contract.
    pub(super) old_span: Option<Span>,
}

impl About {
    /// Something of the owner's, at places of its own.
    #[must_use]
    pub(super) fn item(&self, name: &str, span: Option<Span>, old_span: Option<Span>) -> Self {
        Self { item: Some(name.to_owned()), span: span.unwrap_or(self.span), old_span, ..self.clone() }
    }
}

/// Where the rules put what they find.
#[derive(Debug, Default)]
pub(super) struct Changes {
    items: Vec<Change>,
}

impl Changes {
    /// Adds a change.
    pub(super) fn push(&mut self, change: Change) {
        self.items.push(change);
    }

    /// All of them; the same change of the same member of several hooks is one.
    pub(super) fn into_merged(self) -> Vec<Change> {
        let mut merged: Vec<Change> = Vec::new();
        for change in self.items {
            match merged.iter_mut().find(|known| is_same_member(known, &change)) {
                Some(known) => {
                    known.owner = Owner::Hooks;
                    known.sides = known.sides.or(change.sides);
                    known.hooks.extend(change.hooks);
                }
                None => merged.push(change),
            }
        }
        merged
    }
}

fn is_same_member(known: &Change, change: &Change) -> bool {
    matches!((&known.owner, &change.owner), (Owner::Hook(_) | Owner::Hooks, Owner::Hook(_)))
        && known.item.is_some()
        && known.item == change.item
        && known.rule.rule == change.rule.rule
        && known.verdict == change.verdict
        && known.message == change.message
        && known.before == change.before
        && known.after == change.after
}
