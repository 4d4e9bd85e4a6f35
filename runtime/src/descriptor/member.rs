//! Members: their names, types and limits.

use super::{EnumDescriptor, RecordDescriptor};
use crate::constraint::Limits;

/// One member of a hook or of a record.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Member {
    /// Name on the wire.
    pub name: &'static str,
    /// Other spellings accepted on the wire.
    pub aliases: &'static [&'static str],
    /// Its type.
    pub kind: Kind,
    /// How often it is sent.
    pub presence: Presence,
    /// Where it stands.
    pub direction: Direction,
    /// Whether its value must not reach logs.
    pub sensitive: bool,
    /// Whether an answer may replace it.
    pub overwritable: bool,
    /// Whether every hook has it: it tells which server, application or session a body belongs to.
    pub context: bool,
    /// Whether the client gets it too.
    pub client: ClientSees,
    /// Limits of its value.
    pub limits: Option<&'static Limits>,
    /// It is used only when another member has one of these values.
    pub used_if: Option<&'static Rule>,
    /// It is sent whenever another member has one of these values.
    pub sent_if: Option<&'static Rule>,
}

impl Member {
    /// A member that is sent at times, in requests, to the client too, without limits.
    #[must_use]
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            aliases: &[],
            kind,
            presence: Presence::Sometimes,
            direction: Direction::Request,
            sensitive: false,
            overwritable: false,
            context: false,
            client: ClientSees::Same,
            limits: None,
            used_if: None,
            sent_if: None,
        }
    }

    /// With other spellings.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Sent in every body.
    #[must_use]
    pub const fn always(mut self) -> Self {
        self.presence = Presence::Always;
        self
    }

    /// Sent by recent versions, or in most bodies.
    #[must_use]
    pub const fn usually(mut self) -> Self {
        self.presence = Presence::Usually;
        self
    }

    /// Stands only in an answer.
    #[must_use]
    pub const fn answer_only(mut self) -> Self {
        self.direction = Direction::Answer;
        self
    }

    /// Stands in the request, and an answer may bring one that the request lacked.
    #[must_use]
    pub const fn both_ways(mut self) -> Self {
        self.direction = Direction::Both;
        self
    }

    /// Must not reach logs.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// May be replaced by an answer.
    #[must_use]
    pub const fn overwritable(mut self) -> Self {
        self.overwritable = true;
        self
    }

    /// Common to all hooks: tells which server, application or session a body belongs to.
    #[must_use]
    pub const fn context(mut self) -> Self {
        self.context = true;
        self
    }

    /// Never shown to the client.
    #[must_use]
    pub const fn hidden_from_client(mut self) -> Self {
        self.client = ClientSees::Never;
        self
    }

    /// Sent on to the client unless the session's policy excludes it, which it should.
    #[must_use]
    pub const fn withheld_from_client(mut self) -> Self {
        self.client = ClientSees::Withhold;
        self
    }

    /// With limits of its value.
    #[must_use]
    pub const fn limits(mut self, limits: &'static Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Used only under a rule.
    #[must_use]
    pub const fn used_if(mut self, rule: &'static Rule) -> Self {
        self.used_if = Some(rule);
        self
    }

    /// Sent whenever a rule holds.
    #[must_use]
    pub const fn sent_if(mut self, rule: &'static Rule) -> Self {
        self.sent_if = Some(rule);
        self
    }

    /// Whether `key` is its name or one of its other spellings.
    #[must_use]
    pub fn is_called(&self, key: &str) -> bool {
        self.name == key || self.aliases.contains(&key)
    }
}

/// Type of a member.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// Whole number of 32 bits.
    Int32,
    /// Whole number of 64 bits.
    Int64,
    /// Number.
    Float,
    /// Object whose inside the contract does not describe.
    Object,
    /// Text or number.
    StringOrNumber,
    /// JSON array.
    Array(&'static Kind),
    /// JSON object with free keys and values of one type.
    Map(&'static Kind),
    /// Items in one string, separated by commas.
    List(&'static Kind),
    /// Object that the contract describes.
    Record(&'static RecordDescriptor),
    /// Word of a list.
    Enum(&'static EnumDescriptor),
}

/// How often a member is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// In every body.
    Always,
    /// By recent versions, or in most bodies.
    Usually,
    /// Only at times.
    Sometimes,
}

/// Where a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// In the request.
    Request,
    /// Only in the answer.
    Answer,
    /// In the request, and an answer may bring one that the request lacked.
    Both,
}

/// Whether the client gets a member too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClientSees {
    /// As the backend.
    Same,
    /// As the backend, unless the session's policy excludes it, which it should: the client has no use for it.
    Withhold,
    /// Never.
    Never,
}

/// That another member has one of some values.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Wire name of the other member.
    pub member: &'static str,
    /// The values, each as JSON text.
    pub is: &'static [&'static str],
}
