//! How YAML is written, and which files there are.

crate::rule! {
    /// The file is not YAML at this place.
    ///
    /// ## Why
    ///
    /// What follows the mistake can't be read, so nothing can be said about it, and nothing can be generated.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: Start: a client wants to publish.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: "Start: a client wants to publish."
    /// ```
    ///
    /// ## What to do
    ///
    /// Mend the place that is shown. Most often a text needs quotes, because it contains `: ` or ` #`, or starts with one of
    /// `*&!|>%@{[`; or a line is not indented as deep as its neighbours.
    pub YAML { code: "W0101", name: "yaml-syntax", category: Yaml, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// A mapping has the same key twice.
    ///
    /// ## Why
    ///
    /// Most readers of YAML take the last one without a word, so that what stands in the first one is lost.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     summary: A client wants to publish.
    ///     summary: A client wants to play.
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
    /// Remove one of the two, or rename it if it was meant for something else.
    pub DUPLICATE_KEY { code: "W0102", name: "duplicate-key", category: Yaml, level: Error, fixes: Never }
}

crate::rule! {
    /// Anchors, aliases and merge keys are refused.
    ///
    /// ## Why
    ///
    /// They hide where a fact stands, other tools support them in part only, and a few lines of them can unfold to gigabytes.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       name: &name {type: string, doc: What the stream is called.}
    ///       other: *name
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
    ///     parameters:
    ///       name: {}
    /// ```
    ///
    /// ## What to do
    ///
    /// Declare a shared parameter or a type once and name it, or write the value out at each place.
    pub ALIAS { code: "W0103", name: "yaml-alias", category: Yaml, level: Error, fixes: Never }
}

crate::rule! {
    /// A file of the contract can't be read, is not UTF-8, or is too large.
    ///
    /// ## Why
    ///
    /// Nothing is known of what it declares, so that references to it look like mistakes.
    ///
    /// ## Example
    ///
    /// ```text
    /// contract:
    ///   name: demo
    ///   title: Demo hooks
    ///   version: 1.0.0
    ///   doc: Hooks of a small media server.
    ///   files: [hooks/misspelt.yaml]
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
    ///   files: [hooks/streams.yaml]
    /// ```
    ///
    /// ## What to do
    ///
    /// Correct the path, which is relative to the file that lists it; save the file as UTF-8; divide it if it is too large.
    pub FILE { code: "W0109", name: "unreadable-file", category: Yaml, level: Error, fixes: Never }
}

crate::rule! {
    /// A YAML file lies in the contract's folder, but the root does not list it.
    ///
    /// ## Why
    ///
    /// Nothing in it counts, although it looks as if it did.
    ///
    /// ## Example
    ///
    /// ```text
    /// # contract.yaml, with hooks/streams.yaml beside it
    /// contract:
    ///   name: demo
    ///   title: Demo hooks
    ///   version: 1.0.0
    ///   doc: Hooks of a small media server.
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
    ///   files: [hooks/streams.yaml]
    /// ```
    ///
    /// ## What to do
    ///
    /// List it under `contract.files`, or move it out of the folder.
    pub NOT_LISTED { code: "W0111", name: "file-not-listed", category: Yaml, level: Warning, fixes: Never }
}

crate::rule! {
    /// A character is not what it looks like: a space that is none, quotes of a word processor, a lone carriage return.
    ///
    /// ## Why
    ///
    /// Nobody sees it. To YAML such a space is a letter, so that a key with one is another key, and such quotes are a part of
    /// the text. A carriage return alone ends a line for some programs and not for others.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     console: “begin”
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     console: "begin"
    /// ```
    ///
    /// ## What to do
    ///
    /// Type plain spaces, straight quotes and plain line ends; `wcs check --fix` does it for spaces and line ends. If the
    /// character is meant, put the whole text into straight quotes.
    pub LOOK_ALIKE { code: "W0119", name: "look-alike", category: Yaml, level: Error, fixes: Sometimes }
}

crate::rule! {
    /// A word without quotes is `true`, `false` or a number for other readers of YAML.
    ///
    /// ## Why
    ///
    /// Readers of YAML 1.1 take `no` for false, `1:30` for 90 and `012` for 10. A script or an editor that writes the file back
    /// changes the contract.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       country: {type: string, doc: Where the client is., example: no}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       country: {type: string, doc: Where the client is., example: "no"}
    /// ```
    ///
    /// ## What to do
    ///
    /// Put it into quotes.
    pub AMBIGUOUS { code: "W0112", name: "ambiguous-word", category: Yaml, level: Warning, fixes: Sometimes }
}

crate::rule! {
    /// A tab stands where a line is indented.
    ///
    /// ## Why
    ///
    /// YAML counts spaces. How wide a tab is nobody can say, so that what belongs to what stays open.
    ///
    /// ## Example
    ///
    /// ```text
    /// hooks:
    /// <tab>start:
    /// <tab><tab>type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// hooks:
    ///   start:
    ///     type: direct
    /// ```
    ///
    /// ## What to do
    ///
    /// Indent with spaces; most editors do it when they are told so for YAML.
    pub TAB { code: "W0113", name: "tab-indentation", category: Yaml, level: Error, fixes: Never }
}

crate::rule! {
    /// A file has more than one YAML document.
    ///
    /// ## Why
    ///
    /// What stands behind `---` is a document of its own, which most readers never look at.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// contract:
    ///   name: demo
    ///   title: Demo hooks
    ///   version: 1.0.0
    ///   doc: Hooks of a small media server.
    /// ---
    /// groups:
    ///   media: {title: Media, doc: Streams that clients publish.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
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
    /// Remove the line with the dashes, or put the second document into a file of its own and list that.
    pub DOCUMENTS { code: "W0114", name: "several-documents", category: Yaml, level: Error, fixes: Never }
}

crate::rule! {
    /// A value has a tag.
    ///
    /// ## Why
    ///
    /// Tags make readers of YAML build objects of their own languages. A contract has plain values only.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: !!str direct
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
    /// Remove the tag.
    pub TAG { code: "W0115", name: "yaml-tag", category: Yaml, level: Error, fixes: Never }
}

crate::rule! {
    /// The file is nested deeper than any contract.
    ///
    /// ## Why
    ///
    /// Nothing in the language is that deep, and readers of the file may run out of memory.
    ///
    /// ## Example
    ///
    /// ```text
    /// a: [[[[[[[[ and so on, more than 64 levels ]]]]]]]]
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// a: [1, 2]
    /// ```
    ///
    /// ## What to do
    ///
    /// Remove the brackets. An example's body that is really so deep is shortened.
    pub DEPTH { code: "W0116", name: "too-deep", category: Yaml, level: Error, fixes: Never }
}

crate::rule! {
    /// A key is a collection, or a value has no key.
    ///
    /// ## Why
    ///
    /// Keys are names. Most often a text that starts with a bracket lacks its quotes.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     ? [a, b]
    ///     : c
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
    /// Write a single word before the colon, in quotes if it starts with a bracket.
    pub COMPLEX_KEY { code: "W0117", name: "complex-key", category: Yaml, level: Error, fixes: Never }
}

crate::rule! {
    /// A file is not UTF-8.
    ///
    /// ## Why
    ///
    /// Its letters can't be told apart. Old editors save in the encoding of their own machine.
    ///
    /// ## Example
    ///
    /// ```text
    /// doc: Stra<byte DF>e
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// doc: Straße
    /// ```
    ///
    /// ## What to do
    ///
    /// Save the file as UTF-8; the message says where the first wrong byte is.
    pub ENCODING { code: "W0118", name: "not-utf8", category: Yaml, level: Error, fixes: Never }
}
