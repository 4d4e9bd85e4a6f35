//! Types that are written where they cannot be.

crate::rule! {
    /// A record contains itself.
    ///
    /// ## Why
    ///
    /// Such a value would have no end: no program could write it down.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   Call:
    ///     doc: Two people who talk.
    ///     record:
    ///       parent: {type: Call, doc: The call that it came from.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {call: {type: Call, doc: The call to be placed.}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   Call:
    ///     doc: Two people who talk.
    ///     record:
    ///       parents: {type: array<Call>, doc: The calls that it came from.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {call: {type: Call, doc: The call to be placed.}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Put an `array<…>` or a `map<…>` in between, or take the member out.
    pub CYCLE { code: "W0203", name: "reference-cycle", category: Types, level: Error, fixes: Never }
}

crate::rule! {
    /// A parameter has neither a type of its own nor one that it inherits.
    ///
    /// ## Why
    ///
    /// Without a type nothing can read it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       bitrate: {doc: Rate of the video in kilobits a second.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       bitrate: {type: int32, doc: Rate of the video in kilobits a second.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Give it a `type`, or declare a shared parameter of the same name under `parameters`.
    pub MISSING_TYPE { code: "W0205", name: "missing-type", category: Types, level: Error, fixes: Never }
}

crate::rule! {
    /// A type is either a record or an enum, and has at least one member or value.
    ///
    /// ## Why
    ///
    /// A type that is neither or both has no JSON.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     values:
    ///       NEW: {doc: It has been made.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does.}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       NEW: {doc: It has been made.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does.}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Give it `record:` with members, or `enum: open` (or `closed`) and `values:`.
    pub TYPE_SHAPE { code: "W0209", name: "type-shape", category: Types, level: Error, fixes: Never }
}

crate::rule! {
    /// What is named here exists, but can't stand here.
    ///
    /// ## Why
    ///
    /// The policy of a session is an object with members of its own, so that only a record describes it.
    ///
    /// ## Example
    ///
    /// ```text
    /// types:
    ///   Policy: {doc: What is done with a hook., enum: closed, values: {NOTIFY: {doc: It is sent.}}}
    /// sender:
    ///   session_policy:
    ///     record: Policy
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// types:
    ///   Policy:
    ///     doc: What is done with a hook.
    ///     record:
    ///       policy: {type: string, doc: The word that says so.}
    /// sender:
    ///   session_policy:
    ///     record: Policy
    /// ```
    ///
    /// ## What to do
    ///
    /// Name a record with the members that `session_policy` lists.
    pub WRONG_TYPE { code: "W0210", name: "unfitting-type", category: Types, level: Error, fixes: Never }
}
