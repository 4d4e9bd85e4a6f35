//! The model's own objects. What the language declares (a flow, the sender, a note) exports itself.

use schemars::Schema;
use serde_json::Value;

use crate::model::{
    Belonging, ClientSees, Confidence, Conflict, Constraints, Contract, Deny, Deprecated, Direction, Document,
    EnumValue, ErrorEvent, ErrorRow, Evidence, Example, Flow, Group, Hook, HookId, HookType, HookTypes, Json, Layer,
    Lifetime, MemberByRelease, Name, Note, Openness, Overwritable, Parameter, Presence, Release, Scenario, Sdk,
    SdkCall, Sender, Sensitivity, Shape, Simulation, Text, Trouble, Type, TypeDef, TypeKind, ValueByRelease, Version,
};
use crate::syntax::export::{Export, Scope, exported};
use crate::syntax::{Condition, Definitions};

exported! {
    /// The model of a contract.
    Contract as "Model", this: Self {
        releases, notes, conflicts, documents, groups, context, types, hooks, hook_types, on_error, sender, flows,
        troubleshooting, sender_release, layers, overrides: _, name, title: _, version: _, doc: _, hash: _,
        hidden: _, hooks_by_name: _, hooks_known: _, shared: _, levels: _, scenarios, simulation,
    }, at name.span, {
        /// Version of this form.
        "version": u32 = &super::VERSION,
        /// What the contract is.
        "contract": Identity<'_> = &Identity(this),
        /// The sender's release, if this is only what that one sends; `null` for all of them.
        "sender_release": Option<Version> = sender_release,
        /// Overlays that lie over the contract, lowest first.
        "layers": Vec<Layer> = layers,
        /// The sender's releases, oldest first.
        "releases": Vec<(Name, Release)> = releases,
        /// Documents that facts are taken from; `sources` and `conflicts` name them.
        "documents": Vec<(Name, Document)> = documents,
        /// Groups of hooks, in the order in which they are shown.
        "groups": Vec<(Name, Group)> = groups,
        /// Wire names of the members that every hook carries.
        "context": Vec<Name> = context,
        /// Meaning of the four hook types.
        "hook_types": Option<HookTypes> = hook_types,
        /// The hooks.
        "hooks": Vec<Hook> = hooks,
        /// Records and enums.
        "types": Vec<TypeDef> = types,
        /// What the sender does when a hook fails, by on-error word.
        "on_error": Vec<(Name, ErrorRow)> = on_error,
        /// The program that sends the hooks.
        "sender": Option<Sender> = sender,
        /// Sequences of hooks as they happen in practice.
        "flows": Vec<(Name, Flow)> = flows,
        /// Problems that people meet.
        "troubleshooting": Vec<(Name, Trouble)> = troubleshooting,
        /// What the simulator plays.
        "scenarios": Vec<(Name, Scenario)> = scenarios,
        /// How the values look that the simulator makes up.
        "simulation": Option<Simulation> = simulation,
        /// Facts that hold for the contract as a whole.
        "notes": Vec<Note> = notes,
        /// Contradictions among the documents that concern no single hook.
        "conflicts": Vec<Conflict> = conflicts,
    }
}

struct Identity<'a>(&'a Contract);

exported! {
    /// What a contract is.
    Identity<'_> as "Contract", this: Identity(Contract { name, title, version, doc, hash, .. }), at this.0.name.span, {
        /// Short identifier, lower case.
        "name": Name = name,
        /// Title for people.
        "title": Text = title,
        /// Version of the contract (not of the sender).
        "version": Name = version,
        /// What it is about.
        "doc": Text = doc,
        /// SHA-256 of all its files, in hex.
        "hash": String = hash,
    }
}

exported! {
    /// A hook.
    Hook as "Hook", this: Self {
        name, kind, group, summary, doc, aliases, console: _, sdk, leads_to, error_event, deny, requires, parameters,
        shapes, examples, lifetime: Lifetime { since, until, deprecated }, replaces, notes, sources, conflicts, evidence,
        confidence, layer, span: _, broken: _, leads_to_names: _,
    }, at name.span, {
        /// Wire name.
        "name": Name = name,
        /// Its type.
        "type": HookType = kind,
        /// Name of the group that it is shown in.
        "group": Name = group,
        /// One line: what the hook says or asks.
        "summary": Text = summary,
        /// The long text, in Markdown.
        "doc": Option<Text> = doc,
        /// Other spellings on the wire, each with where it comes from.
        "aliases": Vec<(Name, Text)> = aliases,
        /// Name by which the console of the sender's operator knows it.
        "console": String = &this.console_name().to_owned(),
        /// What in the client's SDK belongs to it.
        "sdk": Sdk = sdk,
        /// Events that the sender raises after it.
        "leads_to": Vec<HookId> = leads_to,
        /// The event through which an error of this hook reaches the client.
        "error_event": Option<(HookId, ErrorEvent)> = error_event,
        /// What a denial does.
        "deny": Deny = deny,
        /// Settings of the sender without which the hook is not sent.
        "requires": Vec<Name> = requires,
        /// Its members in wire order: first those that every hook carries, then its own.
        "parameters": Vec<Parameter> = parameters,
        /// Subsets of the parameters that are sent under a condition.
        "shapes": Vec<Shape> = shapes,
        /// Bodies.
        "examples": Vec<Example> = examples,
        /// First version of the sender that sends it.
        "since": Option<Version> = since,
        /// Last version that sends it.
        "until": Option<Version> = until,
        /// Why it should no longer be used.
        "deprecated": Option<Deprecated> = deprecated,
        /// The name that it had before.
        "replaces": Option<Name> = replaces,
        /// Facts with consequences.
        "notes": Vec<Note> = notes,
        /// Where it stands: the document, then the row or section.
        "sources": Vec<(Name, Text)> = sources,
        /// What the documents contradict each other in.
        "conflicts": Vec<Conflict> = conflicts,
        /// What its description rests on.
        "evidence": Evidence = evidence,
        /// How sure it is that the hook exists as described.
        "confidence": Confidence = confidence,
        /// The overlay that declares it; `null` for the contract itself.
        "layer": Option<Name> = layer,
    }
}

exported! {
    /// A member of a body or of a record.
    Parameter as "Parameter", this: Self {
        name, belonging, ty, doc, presence, aliases, direction, client, client_place: _, overwritable, sensitive, constraints, used_if,
        sent_if, default, example, origin, lifetime: Lifetime { since, until, deprecated }, by_release, replaces, notes, sources,
        conflicts, evidence, layer, facts: _,
    }, at name.span, {
        /// Wire name.
        "name": Name = name,
        /// Whether every hook carries it.
        "context": bool = &(*belonging == Belonging::Context),
        /// Type.
        "type": Type = ty,
        /// What it means.
        "doc": Text = doc,
        /// How often it is sent.
        "presence": Presence = presence,
        /// Other spellings on the wire, each with where it comes from.
        "aliases": Vec<(Name, Text)> = aliases,
        /// Where it stands.
        "in": Direction = direction,
        /// Whether it can arrive in a request.
        "received": bool = &this.is_received(),
        /// Whether an answer may replace or bring it.
        "settable": bool = &this.is_settable(),
        /// That the answer may replace it, and why we think so.
        "overwritable": Option<Overwritable> = overwritable,
        /// Whether the client gets it too.
        "client": ClientSees = client,
        /// Whether it must not reach logs.
        "sensitive": bool = &(*sensitive == Sensitivity::Sensitive),
        /// Limits of the value.
        "constraints": Option<Constraints> = constraints,
        /// It is used only when another member has one of these values.
        "used_if": Option<Condition> = used_if,
        /// It is sent whenever another member has one of these values.
        "sent_if": Option<Condition> = sent_if,
        /// Value that the sender assumes, or sends when nothing was set.
        "default": Option<Json> = default,
        /// A value.
        "example": Option<Json> = example,
        /// Where the value comes from.
        "origin": Option<Text> = origin,
        /// First version of the sender that sends it.
        "since": Option<Version> = since,
        /// Last version that sends it, with all that begin like it.
        "until": Option<Version> = until,
        /// What is otherwise in some versions that send it; a note tells it too.
        "by_release": Vec<MemberByRelease> = by_release,
        /// Why it should no longer be used.
        "deprecated": Option<Deprecated> = deprecated,
        /// The name that it had before.
        "replaces": Option<Name> = replaces,
        /// Facts with consequences.
        "notes": Vec<Note> = notes,
        /// Where it stands: the document, then the row or section.
        "sources": Vec<(Name, Text)> = sources,
        /// What the documents contradict each other in.
        "conflicts": Vec<Conflict> = conflicts,
        /// What its description rests on; `null` inside a record.
        "evidence": Option<Evidence> = evidence,
        /// The overlay that declares it; `null` for the contract itself.
        "layer": Option<Name> = layer,
    }
}

exported! {
    /// What is otherwise with a member in some versions.
    MemberByRelease as "MemberByRelease", this: Self {
        lifetime: Lifetime { since, until, deprecated: _ }, spelt, ty: _, presence, doc, span,
    }, at *span, {
        /// First version of which this holds.
        "since": Option<Version> = since,
        /// Last version of which this holds, with all that begin like it.
        "until": Option<Version> = until,
        /// How it is spelt on the wire.
        "spelt": Option<Name> = spelt,
        /// Its type.
        "type": Option<Type> = &this.ty.as_ref().map(|(ty, _)| ty.clone()),
        /// How often it is sent.
        "presence": Option<Presence> = presence,
        /// What it means.
        "doc": Option<Text> = doc,
    }
}

exported! {
    /// A record or an enum.
    TypeDef as "TypeDef", this: Self { name, doc, replaces, kind: _, notes, sources, conflicts, layer, known: _ }, at name.span, {
        /// Name in PascalCase.
        "name": Name = name,
        /// `record` or `enum`.
        "kind": String = &kind(this).to_owned(),
        /// What it is.
        "doc": Text = doc,
        /// The name that it had before.
        "replaces": Option<Name> = replaces,
        /// Members of a record; an enum has none.
        "members": Vec<Parameter> = members(this),
        /// Whether unlisted values are expected; `null` for a record.
        "openness": Option<Openness> = &openness(this),
        /// Values of an enum; a record has none.
        "values": Vec<EnumValue> = values(this),
        /// Facts with consequences.
        "notes": Vec<Note> = notes,
        /// Where it stands: the document, then the row or section.
        "sources": Vec<(Name, Text)> = sources,
        /// What the documents contradict each other in.
        "conflicts": Vec<Conflict> = conflicts,
        /// The overlay that declares it; `null` for the contract itself.
        "layer": Option<Name> = layer,
    }
}

exported! {
    /// A file that lies over the contract.
    Layer as "Layer", this: Self { name, title, doc, file: _ }, at name.span, {
        /// Short identifier, which `sources` and `layer` name.
        "name": Name = name,
        /// Title for people.
        "title": Text = title,
        /// What it adds, and for whom.
        "doc": Text = doc,
    }
}

fn kind(def: &TypeDef) -> &'static str {
    match def.kind {
        TypeKind::Record(_) => "record",
        TypeKind::Enum { .. } => "enum",
    }
}

fn members(def: &TypeDef) -> &Vec<Parameter> {
    static NONE: Vec<Parameter> = Vec::new();
    match &def.kind {
        TypeKind::Record(members) => members,
        TypeKind::Enum { .. } => &NONE,
    }
}

fn openness(def: &TypeDef) -> Option<Openness> {
    match def.kind {
        TypeKind::Record(_) => None,
        TypeKind::Enum { openness, .. } => Some(openness),
    }
}

fn values(def: &TypeDef) -> &Vec<EnumValue> {
    static NONE: Vec<EnumValue> = Vec::new();
    match &def.kind {
        TypeKind::Record(_) => &NONE,
        TypeKind::Enum { values, .. } => values,
    }
}

exported! {
    /// A value of an enum.
    EnumValue as "Value", this: Self {
        wire, name: _, doc, aliases, sip, next, lifetime: Lifetime { since, until, deprecated }, by_release, replaces, sources,
        confidence, layer,
    }, at wire.span, {
        /// Wire spelling.
        "wire": Name = wire,
        /// What identifiers are made of: the wire spelling, unless that gives none.
        "name": String = &this.stem().to_owned(),
        /// What it means.
        "doc": Text = doc,
        /// Other spellings on the wire, each with where it comes from.
        "aliases": Vec<(Name, Text)> = aliases,
        /// The SIP message behind it.
        "sip": Option<Text> = sip,
        /// Values that may follow it, where the contract orders them.
        "next": Vec<Name> = next,
        /// First version of the sender that sends it.
        "since": Option<Version> = since,
        /// Last version that sends it, with all that begin like it.
        "until": Option<Version> = until,
        /// How some versions that send it spell it.
        "by_release": Vec<ValueByRelease> = by_release,
        /// Why it should no longer be used.
        "deprecated": Option<Deprecated> = deprecated,
        /// The name that it had before.
        "replaces": Option<Name> = replaces,
        /// Where it stands: the document, then the row or section.
        "sources": Vec<(Name, Text)> = sources,
        /// How sure it is.
        "confidence": Confidence = confidence,
        /// The overlay that declares it; `null` for the contract itself.
        "layer": Option<Name> = layer,
    }
}

/// `null` where no document says anything, an empty array where the client has no part in the hook.
impl Export for Sdk {
    fn json(&self, scope: Scope<'_>) -> Value {
        match self {
            Self::Unknown => Value::Null,
            Self::Unused => Value::Array(Vec::new()),
            Self::Used(calls) => calls.json(scope),
        }
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        Option::<Vec<SdkCall>>::schema(definitions)
    }
}

/// With the hook's wire name, whichever of its spellings was written.
impl Export for (HookId, ErrorEvent) {
    fn json(&self, scope: Scope<'_>) -> Value {
        let mut event = self.1.json(scope);
        if let Some(hook) = event.get_mut("hook") {
            *hook = self.0.json(scope);
        }
        event
    }

    fn schema(definitions: &mut Definitions) -> Schema {
        ErrorEvent::schema(definitions)
    }
}
