//! Hooks.

use super::macros::{syntax, words};
use super::{
    Confidence, Conflict, Deprecated, Entries, Evidence, HookType, Json, List, Name, Note, Parameter, SdkSyntax, Text,
    Version,
};
use crate::source::Spanned;

syntax! {
    /// One hook.
    pub struct HookSyntax {
        /// Its type: `connect`, `direct`, `event` or `incoming`.
        "type" => kind: Spanned<HookType>,
        /// The group that it is shown in.
        "group" => group: Name,
        /// One line: what the hook says or asks.
        "summary" => summary: Text,
        /// The long text, in Markdown.
        "doc" => doc: Option<Text>,
        /// Other spellings accepted on the wire, each with where it comes from.
        "aliases" => aliases: Entries<Text>,
        /// Name by which the console of the sender's operator knows it. Default: its own name.
        "console" => console: Option<Name>,
        /// What in the client's SDK belongs to it: a list, or `unused` when the client has no part in it.
        "sdk" => sdk: Option<SdkSyntax>,
        /// Events that the sender raises after this hook.
        "leads_to" => leads_to: List<Name>,
        /// The event through which an error of this hook reaches the client.
        "error_event" => error_event: Option<ErrorEvent>,
        /// What a denial does.
        "deny" => deny: Deny,
        /// Settings of the sender without which the hook is not sent.
        "requires" => requires: List<Name>,
        /// Its parameters in wire order, besides the context. An empty value takes the shared parameter as it is;
        /// keys given here override the shared ones.
        "parameters" => parameters: Entries<Parameter>,
        /// Subsets of the parameters that are sent under a condition.
        "shapes" => shapes: List<Shape>,
        /// Bodies, each checked against the parameters.
        "examples" => examples: List<Example>,
        /// First version that sends it.
        "since" => since: Option<Version>,
        /// Last version that sends it, with all that begin like it: `"5.1"` covers `5.1.3656`.
        "until" => until: Option<Version>,
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
        /// What its description rests on.
        "evidence" => evidence: Spanned<Evidence>,
        /// How sure it is that the hook exists as described. Default: high.
        "confidence" => confidence: Option<Spanned<Confidence>>,
    }
}

syntax! {
    /// What a denial does.
    pub struct Deny {
        /// Its effect.
        "effect" => effect: Spanned<DenyEffect>,
        /// The effect in a sentence.
        "doc" => doc: Text,
        /// How sure this is. Default: high.
        "confidence" => confidence: Option<Spanned<Confidence>>,
    }
}

words! {
    /// Effect of answering a hook with a denial.
    pub enum DenyEffect {
        /// What was asked for does not happen.
        Forbids = "forbids",
        /// It is possible but serves no purpose.
        NotUseful = "not_useful",
        /// Nothing: it has happened already.
        NoEffect = "no_effect",
        /// The stream that the hook reports is ended.
        EndsStream = "ends_stream",
        /// No document says.
        Undocumented = "undocumented",
    }
}

syntax! {
    /// The event through which an error reaches the client.
    pub struct ErrorEvent {
        /// The event.
        "hook" => hook: Name,
        /// How it is told, and why we think so.
        "doc" => doc: Option<Text>,
        /// How sure this is. Default: high.
        "confidence" => confidence: Option<Spanned<Confidence>>,
    }
}

syntax! {
    /// A subset of the parameters that is sent under a condition.
    pub struct Shape {
        /// The condition.
        "when" => when: Text,
        /// First version that sends it so.
        "since" => since: Option<Version>,
        /// Last version that sends it so, with all that begin like it.
        "until" => until: Option<Version>,
        /// Members that the backend gets.
        "backend" => backend: List<Name>,
        /// Members that the client gets.
        "client" => client: List<Name>,
    }
}

syntax! {
    /// A body.
    pub struct Example {
        /// What it shows.
        "title" => title: Text,
        /// Whether it was captured from a real sender or made up in the right shape.
        "origin" => origin: Spanned<ExampleOrigin>,
        /// Sender version that it is from.
        "version" => version: Option<Version>,
        /// The request body.
        "body" => body: Json,
        /// An answer to it.
        "answer" => answer: Option<Json>,
    }
}

words! {
    /// Where an example is from.
    pub enum ExampleOrigin {
        /// A body that a real sender sent.
        Captured = "captured",
        /// Right names and JSON types, invented values.
        Derived = "derived",
    }
}
