//! What generated code says about a contract: plain data, built by `const` functions and kept in `static`s.
//!
//! The decoder, the printer, the validator and the router read these tables; none of them knows a hook.

mod member;
mod sender;

pub use crate::constraint::Limits;
pub use member::{ClientSees, Direction, Kind, Member, Presence, Rule};
pub use sender::{
    AnswerWords, CommandDescriptor, CommandRun, Digest, ErrorWords, PolicyDescriptor, SenderDescriptor,
    SettingDescriptor, SignatureDescriptor,
};

/// A whole contract: its identity, its hooks and the program that sends them.
#[derive(Debug)]
pub struct ContractDescriptor {
    /// Short identifier.
    pub name: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// Version of the contract.
    pub version: &'static str,
    /// SHA-256 of the schema that it was generated from, in hex.
    pub hash: &'static str,
    /// The hooks in the order of the contract.
    pub hooks: &'static [&'static HookDescriptor],
    /// The program that sends the hooks.
    pub sender: SenderDescriptor,
}

impl ContractDescriptor {
    /// The hook with that wire name or alias.
    #[must_use]
    pub fn hook(&self, name: &str) -> Option<&'static HookDescriptor> {
        let named = self.hooks.iter().find(|hook| hook.name == name);
        named.or_else(|| self.hooks.iter().find(|hook| hook.aliases.contains(&name))).copied()
    }
}

/// One hook.
#[derive(Debug)]
pub struct HookDescriptor {
    /// Wire name: the last segment of the path.
    pub name: &'static str,
    /// Other spellings accepted on the wire.
    pub aliases: &'static [&'static str],
    /// Name by which the console of the sender's operator knows it.
    pub console: &'static str,
    /// Its type.
    pub kind: HookType,
    /// What a denial does.
    pub deny: DenyEffect,
    /// One line for people.
    pub summary: &'static str,
    /// Its members in wire order.
    pub members: &'static [Member],
    /// Settings of the sender without which it is not sent.
    pub requires: &'static [&'static str],
}

impl HookDescriptor {
    /// A hook with a name and a summary; the macro that declares the type fills in the rest.
    #[must_use]
    pub const fn new(name: &'static str, summary: &'static str) -> Self {
        Self {
            name,
            aliases: &[],
            console: name,
            kind: HookType::Event,
            deny: DenyEffect::Undocumented,
            summary,
            members: &[],
            requires: &[],
        }
    }

    /// With other spellings.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// With another name in the operator's console.
    #[must_use]
    pub const fn console(mut self, name: &'static str) -> Self {
        self.console = name;
        self
    }

    /// With settings of the sender that it needs.
    #[must_use]
    pub const fn requires(mut self, settings: &'static [&'static str]) -> Self {
        self.requires = settings;
        self
    }

    /// Completed with what the declaring macro knows.
    #[doc(hidden)]
    #[must_use]
    pub const fn declared(mut self, kind: HookType, deny: DenyEffect, members: &'static [Member]) -> Self {
        self.kind = kind;
        self.deny = deny;
        self.members = members;
        self
    }
}

/// The four types of hooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HookType {
    /// Opens a session and may set its policy.
    Connect,
    /// Asks whether a client may do something.
    Direct,
    /// Reports what has happened.
    Event,
    /// Brings something from the far side.
    Incoming,
}

impl HookType {
    /// The word for it in the schema language and in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Direct => "direct",
            Self::Event => "event",
            Self::Incoming => "incoming",
        }
    }

    /// Reports whether hooks of this type open a session.
    #[must_use]
    pub const fn is_opening(self) -> bool {
        matches!(self, Self::Connect)
    }

    /// Reports whether hooks of this type only report what has happened. All others ask for permission.
    #[must_use]
    pub const fn is_notification(self) -> bool {
        matches!(self, Self::Event)
    }
}

/// What a denial does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DenyEffect {
    /// What was asked for does not happen.
    Forbids,
    /// It is possible but serves no purpose.
    NotUseful,
    /// Nothing: it has happened already.
    NoEffect,
    /// The stream that the hook reports is ended.
    EndsStream,
    /// No document says.
    Undocumented,
}

/// An object that the contract describes.
#[derive(Debug)]
pub struct RecordDescriptor {
    /// Its name in the contract.
    pub name: &'static str,
    /// Its members.
    pub members: &'static [Member],
}

impl RecordDescriptor {
    /// A record with these members.
    #[must_use]
    pub const fn new(name: &'static str, members: &'static [Member]) -> Self {
        Self { name, members }
    }
}

/// A list of words.
#[derive(Debug)]
pub struct EnumDescriptor {
    /// Its name in the contract.
    pub name: &'static str,
    /// Whether words outside the list are expected.
    pub openness: Openness,
    /// The words.
    pub values: &'static [Value],
}

impl EnumDescriptor {
    /// The listed value with that spelling or alias.
    #[must_use]
    pub fn value(&self, word: &str) -> Option<&'static Value> {
        self.values.iter().find(|value| value.name == word || value.aliases.contains(&word))
    }

    /// Whether a value has that spelling or alias.
    pub(crate) fn knows(&self, word: &[u8]) -> bool {
        let is_word = |spelling: &str| spelling.as_bytes() == word;
        self.values.iter().any(|value| is_word(value.name) || value.aliases.iter().any(|alias| is_word(alias)))
    }
}

/// Whether words outside the list are expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Openness {
    /// They are, and they are kept.
    Open,
    /// The list is complete.
    Closed,
}

/// A word of an enum.
#[derive(Debug, Clone, Copy)]
pub struct Value {
    /// Spelling on the wire.
    pub name: &'static str,
    /// Other spellings accepted on the wire.
    pub aliases: &'static [&'static str],
}
