//! Overlays: what a team knows of its own servers, in a file that lies over a contract.

use super::macros::syntax;
use super::{
    Conflict, Deprecated, Document, Entries, Example, Flow, Group, HookSyntax, List, Name, Note, Parameter, Scenario,
    Text, Trouble, TypeSyntax, ValueSyntax, Version,
};

syntax! {
    /// An overlay: a file that lies over a contract. What stands under `change` and `hide` exists below it; what stands
    /// in the other sections is new.
    pub struct OverlayFileSyntax {
        /// What the overlay is called and what it lies over.
        "overlay" => overlay: OverlaySyntax,
        /// What is left out.
        "hide" => hide: Option<Hide>,
        /// What is said otherwise.
        "change" => change: Option<Change>,
        /// New documents that facts are taken from.
        "documents" => documents: Entries<Document>,
        /// New groups of hooks.
        "groups" => groups: Entries<Group>,
        /// New parameters that several hooks share.
        "parameters" => parameters: Entries<Parameter>,
        /// New records and enums.
        "types" => types: Entries<TypeSyntax>,
        /// New hooks.
        "hooks" => hooks: Entries<HookSyntax>,
        /// New sequences of hooks.
        "flows" => flows: Entries<Flow>,
        /// New problems that people meet.
        "troubleshooting" => troubleshooting: Entries<Trouble>,
        /// New plays for the simulator.
        "scenarios" => scenarios: Entries<Scenario>,
    }
}

syntax! {
    /// Identity of an overlay.
    pub struct OverlaySyntax {
        /// Short identifier, lower case.
        "name" => name: Name,
        /// Title for people.
        "title" => title: Text,
        /// What it adds, and for whom.
        "doc" => doc: Text,
        /// Name of the contract that it lies over.
        "over" => over: Name,
        /// Which versions of that contract it fits, such as `"1"` or `">=1.2, <2"`. Default: all.
        "version" => version: Option<Name>,
        /// What it lies over, relative to this file: the contract's folder or root file, or another overlay. Without it
        /// the overlay is named beside the contract, as in `wcs check schema --overlay mine.yaml`.
        "base" => base: Option<Name>,
    }
}

syntax! {
    /// What is left out: it is neither generated nor documented.
    pub struct Hide {
        /// Hooks. The sender must not send them, as nothing answers them.
        "hooks" => hooks: List<Name>,
        /// Groups with all their hooks.
        "groups" => groups: List<Name>,
    }
}

syntax! {
    /// What is said otherwise. Texts and values replace what was there; notes, sources, examples and aliases are added
    /// to it. Types, limits and what is secret can only become narrower.
    pub struct Change {
        /// The contract itself.
        "contract" => contract: Option<ContractChange>,
        /// Parameters that several hooks share.
        "parameters" => parameters: Entries<Parameter>,
        /// Records and enums.
        "types" => types: Entries<TypeChange>,
        /// Hooks.
        "hooks" => hooks: Entries<HookChange>,
    }
}

syntax! {
    /// What is said otherwise of the contract itself.
    pub struct ContractChange {
        /// Title for people.
        "title" => title: Option<Text>,
        /// What it is about.
        "doc" => doc: Option<Text>,
        /// More facts that hold for all of it.
        "notes" => notes: List<Note>,
    }
}

syntax! {
    /// What is said otherwise of a hook.
    pub struct HookChange {
        /// One line: what the hook says or asks.
        "summary" => summary: Option<Text>,
        /// The long text, in Markdown.
        "doc" => doc: Option<Text>,
        /// Parameters that it has already.
        "parameters" => parameters: Entries<Parameter>,
        /// Parameters that it does not have yet.
        "add_parameters" => add_parameters: Entries<Parameter>,
        /// More spellings on the wire, each with where it comes from.
        "aliases" => aliases: Entries<Text>,
        /// More settings of the sender without which it is not sent.
        "requires" => requires: List<Name>,
        /// More bodies.
        "examples" => examples: List<Example>,
        /// First version that sends it.
        "since" => since: Option<Version>,
        /// Last version that sends it, with all that begin like it.
        "until" => until: Option<Version>,
        /// Why it should no longer be used.
        "deprecated" => deprecated: Option<Deprecated>,
        /// More facts with consequences.
        "notes" => notes: List<Note>,
        /// More places where it stands.
        "sources" => sources: Entries<Text>,
        /// More contradictions.
        "conflicts" => conflicts: List<Conflict>,
    }
}

syntax! {
    /// What is said otherwise of a record or an enum.
    pub struct TypeChange {
        /// What it is.
        "doc" => doc: Option<Text>,
        /// Members that the record has already.
        "record" => record: Entries<Parameter>,
        /// Members that the record does not have yet.
        "add_members" => add_members: Entries<Parameter>,
        /// Values that the enum has already.
        "values" => values: Entries<ValueChange>,
        /// Values that the enum does not have yet; only an open one can get more.
        "add_values" => add_values: Entries<ValueSyntax>,
        /// More facts with consequences.
        "notes" => notes: List<Note>,
        /// More places where it stands.
        "sources" => sources: Entries<Text>,
    }
}

syntax! {
    /// What is said otherwise of a value of an enum.
    pub struct ValueChange {
        /// What it means.
        "doc" => doc: Option<Text>,
        /// More spellings on the wire, each with where it comes from.
        "aliases" => aliases: Entries<Text>,
        /// First version that sends it.
        "since" => since: Option<Version>,
        /// Last version that sends it, with all that begin like it.
        "until" => until: Option<Version>,
        /// Why it should no longer be used.
        "deprecated" => deprecated: Option<Deprecated>,
        /// More places where it stands.
        "sources" => sources: Entries<Text>,
    }
}
