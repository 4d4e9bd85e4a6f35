//! Examples and scenarios.

crate::rule! {
    /// An example or a default doesn't fit what is declared.
    ///
    /// ## Why
    ///
    /// People copy examples. One that the declaration refuses teaches the wrong thing, and the same body would be reported when
    /// it arrives.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: closed
    ///     values:
    ///       OLD: {doc: It has been seen before.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does., example: NEW}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: closed
    ///     values:
    ///       OLD: {doc: It has been seen before.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does., example: OLD}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct the value, or the declaration if a real sender sends the value.
    pub EXAMPLE { code: "W0206", name: "example-does-not-fit", category: Examples, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// A scenario can't be played as it is written.
    ///
    /// ## Why
    ///
    /// The simulator plays a scenario as a sender would. A sender has opened a session before it sends anything else for it,
    /// and every `{placeholder}` of a value stands for something.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// scenarios:
    ///   short:
    ///     title: Short
    ///     doc: A stream starts.
    ///     steps:
    ///       - {hook: start, doc: It starts., set: {name: "{strem}"}}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {name: {type: string, doc: Name of the stream.}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// scenarios:
    ///   short:
    ///     title: Short
    ///     doc: A stream starts.
    ///     values: {stream: "{hex:8}"}
    ///     steps:
    ///       - {hook: start, doc: It starts., set: {name: "{stream}"}}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {name: {type: string, doc: Name of the stream.}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Name a value of the scenario or a member of the hook, or let the value be made up; send the hook that opens the session
    /// first, with the same `client`.
    pub SCENARIO { code: "W0310", name: "unplayable-scenario", category: Examples, level: Error, fixes: Never }
}
