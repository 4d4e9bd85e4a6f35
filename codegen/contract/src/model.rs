//! What is meant: the contract after names are looked up, overrides merged and defaults filled in.
//!
//! Every node keeps the place where it was written. Nothing here knows how it is serialised or printed.

mod dispatch;
mod lookup;
mod side;

use std::collections::HashMap;

pub use crate::source::Name;
use crate::source::{FileId, Span, Spanned};
pub use crate::syntax::{
    BasePath, ByType, Cause, ClientNotice, ClientSees, Command, Condition, Confidence, Conflict, Constraints, Deny,
    DenyEffect, Deprecated, Digest, Direction, Document, ErrorCell, ErrorEvent, ErrorRow, Evidence, Example,
    ExampleOrigin, Execution, Expectation, ExpectedOutcome, Flow, Group, HookType, HookTypeDoc,
    HookTypesSyntax as HookTypes, Json, Lifetime, Note, Openness, Overwritable, Presence, Release, RuleLevel,
    RunCommand, Scalar, Scenario, ScenarioStep, SdkCall, SenderSyntax as Sender, SessionPolicySyntax as SessionPolicy,
    Setting, Shape, Signature, Simulation, Step, Text, Trouble, ValueByRelease, Version,
};

pub use dispatch::Dispatch;
pub use lookup::Answers;
pub use side::Side;

/// A contract.
#[derive(Debug, Clone)]
pub struct Contract {
    /// Short identifier, lower case.
    pub name: Name,
    /// Title for people.
    pub title: Text,
    /// Version of the contract itself.
    pub version: Name,
    /// What it is about.
    pub doc: Text,
    /// SHA-256 of all its files in hex.
    pub hash: String,
    /// The sender's release, if this is only what that one sends.
    pub sender_release: Option<Version>,
    /// Overlays that lie over it, lowest first.
    pub layers: Vec<Layer>,
    /// What they say otherwise.
    pub overrides: Vec<Override>,
    /// The sender's releases, oldest first.
    pub releases: Vec<(Name, Release)>,
    /// Facts that hold for the whole contract.
    pub notes: Vec<Note>,
    /// Contradictions that concern no single hook.
    pub conflicts: Vec<Conflict>,
    /// Documents that facts are taken from.
    pub documents: Vec<(Name, Document)>,
    /// Groups of hooks.
    pub groups: Vec<(Name, Group)>,
    /// Names of the parameters that every hook carries.
    pub context: Vec<Name>,
    /// Parameters that hooks share, with their types where those are known.
    pub shared: Vec<(Name, Option<Type>)>,
    /// Records and enums.
    pub types: Vec<TypeDef>,
    /// The hooks.
    pub hooks: Vec<Hook>,
    /// Meaning of the four types.
    pub hook_types: Option<HookTypes>,
    /// What the sender does with errors, by on-error word.
    pub on_error: Vec<(Name, ErrorRow)>,
    /// The sender.
    pub sender: Option<Sender>,
    /// Sequences of hooks.
    pub flows: Vec<(Name, Flow)>,
    /// Problems that people meet.
    pub troubleshooting: Vec<(Name, Trouble)>,
    /// Levels of the rules that it is checked by, by code or name.
    pub levels: Vec<(Name, Spanned<RuleLevel>)>,
    /// What the simulator plays.
    pub scenarios: Vec<(Name, Scenario)>,
    /// How the values look that the simulator makes up.
    pub simulation: Option<Simulation>,
    /// Hooks that overlays leave out, until that is done.
    pub(crate) hidden: Vec<HookId>,
    pub(crate) hooks_by_name: HashMap<String, HookId>,
    /// Whether all hooks could be read.
    pub(crate) hooks_known: Known,
}

/// A file that lies over the contract.
#[derive(Debug, Clone)]
pub struct Layer {
    /// Short identifier.
    pub name: Name,
    /// Title for people.
    pub title: Text,
    /// What it adds, and for whom.
    pub doc: Text,
    /// The file, by which everything that it says is known.
    pub file: FileId,
}

/// Something that an overlay says otherwise.
#[derive(Debug, Clone)]
pub struct Override {
    /// The overlay, by its place among the layers.
    pub layer: usize,
    /// What it is about, as a path: `hooks/NAME/MEMBER`.
    pub subject: String,
    /// The key.
    pub fact: &'static str,
    /// Where the overlay says it.
    pub place: Span,
    /// Where the layers below said it, if they did.
    pub base: Option<Span>,
}

/// Where a fact was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Its key.
    pub key: &'static str,
    /// The place.
    pub span: Span,
}

/// A hook, by its place in the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HookId(pub usize);

/// A record or enum, by its place in the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A hook.
#[derive(Debug, Clone)]
pub struct Hook {
    /// Wire name.
    pub name: Name,
    /// Its type.
    pub kind: HookType,
    /// Name of its group.
    pub group: Name,
    /// One line.
    pub summary: Text,
    /// The long text.
    pub doc: Option<Text>,
    /// Other spellings on the wire, each with where it comes from.
    pub aliases: Vec<(Name, Text)>,
    /// Name by which the operator's console knows it, where that is not its own.
    pub console: Option<Name>,
    /// What in the client's SDK belongs to it.
    pub sdk: Sdk,
    /// Events that follow.
    pub leads_to: Vec<HookId>,
    /// Their names as they were written.
    pub(crate) leads_to_names: Vec<Name>,
    /// The event that tells the client of an error.
    pub error_event: Option<(HookId, ErrorEvent)>,
    /// What a denial does.
    pub deny: Deny,
    /// Settings that it needs.
    pub requires: Vec<Name>,
    /// Its members in wire order: first the context, then its own.
    pub parameters: Vec<Parameter>,
    /// Subsets under a condition.
    pub shapes: Vec<Shape>,
    /// Bodies.
    pub examples: Vec<Example>,
    /// Since, until, deprecated.
    pub lifetime: Lifetime,
    /// The name that it had before.
    pub replaces: Option<Name>,
    /// Facts with consequences.
    pub notes: Vec<Note>,
    /// Where it stands.
    pub sources: Vec<(Name, Text)>,
    /// Contradictions.
    pub conflicts: Vec<Conflict>,
    /// What the description rests on.
    pub evidence: Evidence,
    /// How sure it is that it exists as described.
    pub confidence: Confidence,
    /// The overlay that declares it, if one does.
    pub layer: Option<Name>,
    /// The whole entry.
    pub span: Span,
    /// Names of parameters that could not be read or resolved. Findings tell why.
    pub broken: Vec<String>,
}

impl Hook {
    /// A member by its wire name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name.value == name)
    }

    /// Name by which the operator's console knows it.
    pub fn console_name(&self) -> &str {
        &self.console.as_ref().unwrap_or(&self.name).value
    }

    /// Reports whether a denial can have an effect: the hook asks for permission, or its denial ends a stream.
    pub fn is_deniable(&self) -> bool {
        self.kind.is_permission() || self.deny.effect.value == DenyEffect::EndsStream
    }

    /// The members that an answer may replace or bring.
    pub fn answer_members(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.is_settable())
    }
}

/// What in the client's SDK belongs to a hook.
#[derive(Debug, Clone)]
pub enum Sdk {
    /// No document names anything.
    Unknown,
    /// The client has no part in it.
    Unused,
    /// Calls and handlers.
    Used(Vec<SdkCall>),
}

/// Where a parameter of a hook comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belonging {
    /// Every hook carries it.
    Context,
    /// The hook or record lists it.
    Own,
}

/// A member of a body or a record.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Wire name.
    pub name: Name,
    /// Whether every hook carries it.
    pub belonging: Belonging,
    /// Type.
    pub ty: Type,
    /// What it means.
    pub doc: Text,
    /// How often it is sent.
    pub presence: Presence,
    /// Other spellings on the wire, each with where it comes from.
    pub aliases: Vec<(Name, Text)>,
    /// Where it stands.
    pub direction: Direction,
    /// Whether the client gets it too.
    pub client: ClientSees,
    /// Where that was said. `None` if it was not.
    pub(crate) client_place: Option<Span>,
    /// That an answer may replace it.
    pub overwritable: Option<Overwritable>,
    /// Whether it must not reach logs.
    pub sensitive: Sensitivity,
    /// Limits.
    pub constraints: Option<Constraints>,
    /// Used only under a condition.
    pub used_if: Option<Condition>,
    /// Sent under a condition.
    pub sent_if: Option<Condition>,
    /// Default.
    pub default: Option<Json>,
    /// A value.
    pub example: Option<Json>,
    /// Where the value comes from.
    pub origin: Option<Text>,
    /// Since, until, deprecated.
    pub lifetime: Lifetime,
    /// What is otherwise in some releases. A note tells it too.
    pub by_release: Vec<MemberByRelease>,
    /// The name that it had before.
    pub replaces: Option<Name>,
    /// Facts with consequences.
    pub notes: Vec<Note>,
    /// Where it stands.
    pub sources: Vec<(Name, Text)>,
    /// Contradictions.
    pub conflicts: Vec<Conflict>,
    /// What the description rests on; `None` inside a record.
    pub evidence: Option<Evidence>,
    /// The overlay that declares it, if one does.
    pub layer: Option<Name>,
    /// Where each fact was written.
    pub facts: Vec<Fact>,
}

impl Parameter {
    /// Whether an answer may replace or bring it.
    pub fn is_settable(&self) -> bool {
        self.overwritable.is_some() || self.direction != Direction::Request
    }

    /// Whether it can arrive in a request.
    pub fn is_received(&self) -> bool {
        self.direction != Direction::Answer
    }
}

/// What is otherwise with a member in some releases.
#[derive(Debug, Clone)]
pub struct MemberByRelease {
    /// In which.
    pub lifetime: Lifetime,
    /// How it is spelt on the wire.
    pub spelt: Option<Name>,
    /// Its type, and where that was written.
    pub ty: Option<(Type, Span)>,
    /// How often it is sent.
    pub presence: Option<Presence>,
    /// What it means.
    pub doc: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

/// Whether a value may be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sensitivity {
    /// It may.
    Plain,
    /// It must not reach logs.
    Sensitive,
}

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A type that needs no declaration.
    Scalar(Scalar),
    /// JSON array.
    Array(Box<Type>),
    /// JSON object with values of one type.
    Map(Box<Type>),
    /// Comma-separated values in one string.
    List(Box<Type>),
    /// Record or enum.
    Named(TypeId),
}

/// A record or enum.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// Name in PascalCase.
    pub name: Name,
    /// What it is.
    pub doc: Text,
    /// The name that it had before.
    pub replaces: Option<Name>,
    /// Which of the two.
    pub kind: TypeKind,
    /// Facts with consequences.
    pub notes: Vec<Note>,
    /// Where it stands.
    pub sources: Vec<(Name, Text)>,
    /// Contradictions.
    pub conflicts: Vec<Conflict>,
    /// The overlay that declares it, if one does.
    pub layer: Option<Name>,
    /// Whether all of it could be read and resolved.
    pub(crate) known: Known,
}

/// How much of a declaration could be read and resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// All.
    Wholly,
    /// A part of it, or its name alone. Findings tell why, and what seems to be absent is no mistake of its own.
    Partly,
}

/// A record or an enum.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// An object with known members.
    Record(Vec<Parameter>),
    /// One of some strings.
    Enum {
        /// Whether unlisted values are expected.
        openness: Openness,
        /// The values.
        values: Vec<EnumValue>,
    },
}

/// A value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// Wire spelling.
    pub wire: Name,
    /// Name for programming languages, where it was given.
    pub name: Option<Name>,
    /// What it means.
    pub doc: Text,
    /// Other spellings on the wire.
    pub aliases: Vec<(Name, Text)>,
    /// The SIP message behind it.
    pub sip: Option<Text>,
    /// Values that may follow.
    pub next: Vec<Name>,
    /// Since, until, deprecated.
    pub lifetime: Lifetime,
    /// How some releases spell it.
    pub by_release: Vec<ValueByRelease>,
    /// The name that it had before.
    pub replaces: Option<Name>,
    /// Where it stands.
    pub sources: Vec<(Name, Text)>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The overlay that declares it, if one does.
    pub layer: Option<Name>,
}

impl EnumValue {
    /// The name that identifiers are made of.
    pub fn stem(&self) -> &str {
        self.name.as_ref().map_or(&self.wire.value, |name| &name.value)
    }
}
