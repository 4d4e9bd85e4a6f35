//! Texts that are missing.

crate::rule! {
    /// A text for people is empty.
    ///
    /// ## Why
    ///
    /// The text is what a reader gets in the documents, in Rust and in other languages. An empty one says that nobody knows.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: ""
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client wants to publish a stream.
    /// ```
    ///
    /// ## What to do
    ///
    /// Say in a sentence what a reader needs to know.
    pub EMPTY_DOC { code: "W0108", name: "empty-doc", category: Docs, level: Error, fixes: Never }
}

crate::rule! {
    /// A parameter has neither a text of its own nor one that it inherits.
    ///
    /// ## Why
    ///
    /// A member that nobody explains is one that everybody guesses at.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       bitrate: {type: int32}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       bitrate: {type: int32, doc: Rate of the video in kilobits a second; 0 if there is none.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Say under `doc` what it means: unit, range, default.
    pub MISSING_DOC { code: "W0204", name: "missing-doc", category: Docs, level: Error, fixes: Never }
}
