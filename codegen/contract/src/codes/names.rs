//! Names and what they refer to.

crate::rule! {
    /// A name refers to something that is declared nowhere.
    ///
    /// ## Why
    ///
    /// Parameters, types, hooks, groups, documents, settings and values are named where they are used. A name that nothing
    /// stands behind is a slip, or something was removed.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     leads_to: [startd]
    ///   started:
    ///     type: event
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     leads_to: [started]
    ///   started:
    ///     type: event
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct the name, or declare what it means.
    pub UNKNOWN_REFERENCE { code: "W0201", name: "unknown-reference", category: Names, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// Two declarations have the same name, perhaps in two files, or one is another's alias.
    ///
    /// ## Why
    ///
    /// Nobody could tell which of the two is meant by the name, or by the spelling on the wire.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     aliases: {begin: The older spelling.}
    ///   begin:
    ///     type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     aliases: {begin: The older spelling.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Rename or remove one of them.
    pub DUPLICATE_NAME { code: "W0202", name: "duplicate-name", category: Names, level: Error, fixes: Never }
}
