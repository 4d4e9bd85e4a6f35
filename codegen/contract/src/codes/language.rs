//! Keys and words of the language.

crate::rule! {
    /// The language has no such key at this place.
    ///
    /// ## Why
    ///
    /// A key that nobody reads is a fact that gets lost. Most often it is misspelt, or stands one level too deep.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     sumary: A client wants to publish.
    ///     summary: A client wants to publish.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client wants to publish.
    /// ```
    ///
    /// ## What to do
    ///
    /// Write the key that the help names, or one of those that it lists. Editors that know `schema/hook-schema.json` complete
    /// them.
    pub UNKNOWN_KEY { code: "W0104", name: "unknown-key", category: Language, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// The value is of another kind than its key takes.
    ///
    /// ## Why
    ///
    /// A key takes a mapping, a sequence, a word, a number, or `true` and `false`. Anything else has no meaning there.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// parameters:
    ///   name: {type: string, doc: What the stream is called., sensitive: "true"}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {name: {}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// parameters:
    ///   name: {type: string, doc: What the stream is called., sensitive: true}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {name: {}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Write what the message expects. Numbers, `true` and `false` stand without quotes; versions and texts that look like
    /// numbers stand in quotes.
    pub WRONG_KIND { code: "W0105", name: "wrong-kind", category: Language, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// The key takes one of a few words, and this is none of them.
    ///
    /// ## Why
    ///
    /// The words decide what is generated. One that is not known decides nothing.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: directly
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    /// ```
    ///
    /// ## What to do
    ///
    /// Write one of the words in the help. Case matters.
    pub UNKNOWN_WORD { code: "W0106", name: "unknown-word", category: Language, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// A key that is always needed is absent.
    ///
    /// ## Why
    ///
    /// What is generated needs it: a hook without a type has no answer, a type without a text has no documentation.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     enum: open
    ///     values:
    ///       NEW: {name: Fresh}
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
    ///       NEW: {doc: It has been made., name: Fresh}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {state: {type: State, doc: What the stream does.}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Add the keys that the help lists.
    pub MISSING_KEY { code: "W0107", name: "missing-key", category: Language, level: Error, fixes: Never }
}

crate::rule! {
    /// Exactly one file of a contract has the section `contract`, and each section that stands alone stands once.
    ///
    /// ## Why
    ///
    /// The section says what the contract is called and which files belong to it. Without it, or with two, that is open.
    ///
    /// ## Example
    ///
    /// ```text
    /// groups:
    ///   media: {title: Media, doc: Streams that clients publish.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// contract:
    ///   name: demo
    ///   title: Demo hooks
    ///   version: 1.0.0
    ///   doc: Hooks of a small media server.
    /// groups:
    ///   media: {title: Media, doc: Streams that clients publish.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Add the section to the root file, or remove the second one.
    pub NO_CONTRACT { code: "W0110", name: "contract-section", category: Language, level: Error, fixes: Never }
}

crate::rule! {
    /// A level is given to a rule that does not exist, or an error by nature is to be lowered.
    ///
    /// ## Why
    ///
    /// A misspelt rule stays as it was, unnoticed. What is an error by nature would break what is generated.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// lint:
    ///   levels:
    ///     unused-parametre: note
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// lint:
    ///   levels:
    ///     unused-parameter: note
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct the name; `wcs rules` lists names, codes and levels. An error by nature has to be mended.
    pub LEVEL { code: "W0901", name: "bad-level", category: Language, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// A comment that allows a finding gives no reason, or names a rule that does not exist or can't be allowed.
    ///
    /// ## Why
    ///
    /// A finding that is hidden without a reason is one that nobody dares to touch later.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// parameters:
    ///   name: {type: string, doc: What the stream is called.} # wcs:allow unused-parameter
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// parameters:
    ///   name: {type: string, doc: What the stream is called.} # wcs:allow unused-parameter -- the next release sends it
    /// ```
    ///
    /// ## What to do
    ///
    /// Write `# wcs:allow CODE -- reason`, at the end of the line that is told of or on a line of its own above it.
    pub ALLOW { code: "W0902", name: "bad-allow", category: Language, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// A comment allows something that is not told on its line.
    ///
    /// ## Why
    ///
    /// The mistake is mended, or the comment stands at the wrong line. It would hide the next one.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// parameters:
    ///   name: {type: string, doc: What the stream is called.} # wcs:allow unused-parameter -- the next release sends it
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {name: {}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// parameters:
    ///   name: {type: string, doc: What the stream is called.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {name: {}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Remove the comment, or move it to the line that it was meant for. `wcs check --fix` removes it, unless there are errors
    /// or the rule reports something else in the same file.
    pub UNUSED_ALLOW { code: "W0903", name: "unused-allow", category: Language, level: Warning, fixes: Sometimes }
}
