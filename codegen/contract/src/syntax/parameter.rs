//! Parameters, records and enums.

use super::macros::{syntax, words};
use super::{
    Confidence, Conflict, Constraints, Deprecated, Entries, Evidence, Json, List, Name, Note, Text, TypeRef, Version,
};
use crate::source::Spanned;

syntax! {
    /// One member of a body: shared, in a hook, or in a record. Where it overrides a shared one, all keys are optional;
    /// otherwise `type` and `doc` are needed.
    pub struct Parameter {
        /// Type: `string`, `bool`, `int32`, `int64`, `float`, `object`, `string_or_number`, `array<T>`, `map<T>`,
        /// `list<T>` (comma-separated in one string), or the name of a record or an enum.
        "type" => ty: Option<TypeRef>,
        /// What it means: unit, range, default.
        "doc" => doc: Option<Text>,
        /// How often it is sent. Default: `sometimes`.
        "presence" => presence: Option<Spanned<Presence>>,
        /// Other spellings on the wire, each with where it comes from.
        "aliases" => aliases: Entries<Text>,
        /// Where it stands. Default: `request`; what a request carries may always be echoed.
        "in" => direction: Option<Spanned<Direction>>,
        /// Whether the client gets it too. Default: `same`.
        "client" => client: Option<Spanned<ClientSees>>,
        /// That the answer may replace it, and why we think so.
        "overwritable" => overwritable: Option<Overwritable>,
        /// Whether it must not reach logs. Default: false.
        "sensitive" => sensitive: Option<Spanned<bool>>,
        /// Limits of the value.
        "constraints" => constraints: Option<Constraints>,
        /// It is used only when another member has one of these values.
        "used_if" => used_if: Option<Condition>,
        /// It is sent whenever another member has one of these values.
        "sent_if" => sent_if: Option<Condition>,
        /// Value that the sender assumes, or sends when nothing was set.
        "default" => default: Option<Json>,
        /// A value.
        "example" => example: Option<Json>,
        /// Where the value comes from ("the object received in another hook").
        "origin" => origin: Option<Text>,
        /// First version that sends it.
        "since" => since: Option<Version>,
        /// Last version that sends it, with all that begin like it: `"5.1"` covers `5.1.3656`.
        "until" => until: Option<Version>,
        /// What is otherwise in some versions that send it: spelling, type, presence, text.
        "by_release" => by_release: List<MemberByRelease>,
        /// Why it should no longer be used.
        "deprecated" => deprecated: Option<Deprecated>,
        /// The name that it had before. A comparison with an older contract then finds it renamed.
        "replaces" => replaces: Option<Name>,
        /// Facts with consequences.
        "notes" => notes: List<Note>,
        /// Where it stands: document key, then the row or section.
        "sources" => sources: Entries<Text>,
        /// What the documents contradict each other in.
        "conflicts" => conflicts: List<Conflict>,
        /// What its description rests on. Default: as the hook.
        "evidence" => evidence: Option<Spanned<Evidence>>,
    }
}

syntax! {
    /// What is otherwise with a member in some versions: `since`, `until` or both, and at least one other key.
    pub struct MemberByRelease {
        /// First version of which this holds.
        "since" => since: Option<Version>,
        /// Last version of which this holds, with all that begin like it.
        "until" => until: Option<Version>,
        /// How it is spelt on the wire: one of its aliases.
        "spelt" => spelt: Option<Name>,
        /// Its type, narrower than the one that covers all versions.
        "type" => ty: Option<TypeRef>,
        /// How often it is sent.
        "presence" => presence: Option<Spanned<Presence>>,
        /// What it means.
        "doc" => doc: Option<Text>,
    }
}

words! {
    /// How often a member is sent. Absent is not null.
    pub enum Presence {
        /// By every known version of the sender, in every body.
        Always = "always",
        /// By recent versions, or in most bodies.
        Usually = "usually",
        /// Only at times.
        Sometimes = "sometimes",
    }
}

words! {
    /// Where a member stands.
    pub enum Direction {
        /// In the request.
        Request = "request",
        /// Only in the answer.
        Answer = "answer",
        /// In the request, and the answer may bring one that the request lacked.
        Both = "both",
    }
}

words! {
    /// Whether the client gets a member too.
    pub enum ClientSees {
        /// As the backend.
        Same = "same",
        /// It would, but the session's policy should keep it back: the client has no use for it.
        Withhold = "withhold",
        /// Never.
        Never = "never",
    }
}

syntax! {
    /// That the answer may replace a member.
    pub struct Overwritable {
        /// Why we think so.
        "reason" => reason: Text,
        /// How sure this is. Default: high.
        "confidence" => confidence: Option<Spanned<Confidence>>,
    }
}

syntax! {
    /// That another member has one of some values.
    pub struct Condition {
        /// The other member.
        "member" => member: Name,
        /// The values.
        "is" => is: List<Json>,
    }
}

syntax! {
    /// A record or an enum: it has either `record` or `enum` with `values`.
    pub struct TypeSyntax {
        /// What it is.
        "doc" => doc: Text,
        /// The name that it had before. A comparison with an older contract then finds it renamed.
        "replaces" => replaces: Option<Name>,
        /// The members of a record.
        "record" => record: Option<Entries<Parameter>>,
        /// That it is an enum, and whether unknown values are expected: `open` or `closed`.
        "enum" => openness: Option<Spanned<Openness>>,
        /// The values of an enum by wire spelling.
        "values" => values: Option<Entries<ValueSyntax>>,
        /// Facts with consequences.
        "notes" => notes: List<Note>,
        /// Where it stands: document key, then the row or section.
        "sources" => sources: Entries<Text>,
        /// What the documents contradict each other in.
        "conflicts" => conflicts: List<Conflict>,
    }
}

words! {
    /// Whether an enum may get values that are not listed.
    pub enum Openness {
        /// Unlisted values are expected and kept.
        Open = "open",
        /// The list is complete.
        Closed = "closed",
    }
}

syntax! {
    /// A value of an enum.
    pub struct ValueSyntax {
        /// What it means.
        "doc" => doc: Text,
        /// Name in programming languages, where the wire spelling gives none (`*`).
        "name" => name: Option<Name>,
        /// Other spellings on the wire, each with where it comes from.
        "aliases" => aliases: Entries<Text>,
        /// The SIP message behind it.
        "sip" => sip: Option<Text>,
        /// Values that may follow it, where the contract orders them.
        "next" => next: List<Name>,
        /// First version that sends it.
        "since" => since: Option<Version>,
        /// Last version that sends it, with all that begin like it: `"5.1"` covers `5.1.3656`.
        "until" => until: Option<Version>,
        /// How some versions that send it spell it.
        "by_release" => by_release: List<ValueByRelease>,
        /// Why it should no longer be used.
        "deprecated" => deprecated: Option<Deprecated>,
        /// The name that it had before. A comparison with an older contract then finds it renamed.
        "replaces" => replaces: Option<Name>,
        /// Where it stands: document key, then the row or section.
        "sources" => sources: Entries<Text>,
        /// How sure this is. Default: high.
        "confidence" => confidence: Option<Spanned<Confidence>>,
    }
}

syntax! {
    /// How some versions spell a value: `since`, `until` or both.
    pub struct ValueByRelease {
        /// First version that spells it so.
        "since" => since: Option<Version>,
        /// Last version that spells it so, with all that begin like it.
        "until" => until: Option<Version>,
        /// How it is spelt on the wire: one of its aliases.
        "spelt" => spelt: Name,
    }
}
