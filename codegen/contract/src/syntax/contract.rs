//! The top level of a schema file, and everything in it that is not a hook, a type or the sender.

use super::macros::syntax;
use super::{
    Conflict, Entries, ErrorRow, HookSyntax, HookTypesSyntax, LintSyntax, List, Name, Note, Parameter, Scenario,
    SenderSyntax, Simulation, Text, TypeSyntax,
};

syntax! {
    /// One schema file. A contract is one root file and the files that it lists; any section may stand in any file.
    pub struct FileSyntax {
        /// What the contract is called, which version it is and which files belong to it. Exactly one file has it.
        "contract" => contract: Option<ContractSyntax>,
        /// The program that sends the hooks: transport, timeout, signature, session policy, settings, commands.
        "sender" => sender: Option<SenderSyntax>,
        /// What each of the four hook types means.
        "hook_types" => hook_types: Option<HookTypesSyntax>,
        /// What the sender does when a hook fails: the policy's on-error word × hook type.
        "on_error" => on_error: Entries<ErrorRow>,
        /// Documents that facts are taken from, by a short key that `sources` and `conflicts` use.
        "documents" => documents: Entries<Document>,
        /// Groups of hooks, in the order in which they are shown.
        "groups" => groups: Entries<Group>,
        /// Parameters that several hooks share, by wire name.
        "parameters" => parameters: Entries<Parameter>,
        /// Records and enums, by name in PascalCase.
        "types" => types: Entries<TypeSyntax>,
        /// The hooks, by wire name.
        "hooks" => hooks: Entries<HookSyntax>,
        /// Ordered sequences of hooks, as they happen in practice.
        "flows" => flows: Entries<Flow>,
        /// Problems that people meet, with their causes and remedies.
        "troubleshooting" => troubleshooting: Entries<Trouble>,
        /// Levels of the rules by which the contract is checked.
        "lint" => lint: Option<LintSyntax>,
        /// What the simulator plays, by name.
        "scenarios" => scenarios: Entries<Scenario>,
        /// How the values look that the simulator makes up.
        "simulation" => simulation: Option<Simulation>,
    }
}

syntax! {
    /// Identity of the contract.
    pub struct ContractSyntax {
        /// Short identifier of the contract, lower case.
        "name" => name: Name,
        /// Title for people.
        "title" => title: Text,
        /// Version of the contract as written here (semantic versioning; not the sender's version).
        "version" => version: Name,
        /// What the contract is about.
        "doc" => doc: Text,
        /// The other files of the contract, relative to this one, in order.
        "files" => files: List<Name>,
        /// Parameters that every hook carries, defined under `parameters`, in wire order.
        "context" => context: List<Name>,
        /// The sender's releases, oldest first.
        "releases" => releases: Entries<Release>,
        /// Facts that hold for the contract as a whole.
        "notes" => notes: List<Note>,
        /// Contradictions among the documents that concern no single hook.
        "conflicts" => conflicts: List<Conflict>,
    }
}

syntax! {
    /// A release of the sender.
    pub struct Release {
        /// What is new or different in it.
        "doc" => doc: Text,
    }
}

syntax! {
    /// A document that facts are taken from.
    pub struct Document {
        /// Title of the document.
        "title" => title: Text,
        /// What kind of evidence it is.
        "doc" => doc: Text,
    }
}

syntax! {
    /// A group of hooks.
    pub struct Group {
        /// Title for people.
        "title" => title: Text,
        /// What the hooks of the group have in common.
        "doc" => doc: Text,
    }
}

syntax! {
    /// A sequence of hooks as it happens in practice.
    pub struct Flow {
        /// Title for people.
        "title" => title: Text,
        /// What starts it and what it achieves.
        "doc" => doc: Text,
        /// The steps in order.
        "steps" => steps: List<Step>,
    }
}

syntax! {
    /// One step of a flow.
    pub struct Step {
        /// The hook that is sent.
        "hook" => hook: Name,
        /// The condition under which the step happens; without it, always.
        "when" => when: Option<Text>,
        /// What happens in this step.
        "doc" => doc: Text,
    }
}

syntax! {
    /// A problem that people meet.
    pub struct Trouble {
        /// What one sees.
        "symptom" => symptom: Text,
        /// Why it happens.
        "cause" => cause: Text,
        /// What helps.
        "remedy" => remedy: Text,
        /// Hooks that it concerns; none means all.
        "hooks" => hooks: List<Name>,
    }
}

syntax! {
    /// Why something should no longer be used.
    pub struct Deprecated {
        /// The reason.
        "reason" => reason: Text,
        /// What to use instead.
        "replacement" => replacement: Option<Name>,
    }
}
