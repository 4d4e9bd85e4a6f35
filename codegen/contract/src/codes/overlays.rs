//! Overlays and the contract under them.

crate::rule! {
    /// An overlay does not fit what it lies over: another contract, another version, or nothing at all.
    ///
    /// ## Why
    ///
    /// An overlay says what is otherwise on some servers. Over another contract, or over a version whose facts have moved, its
    /// changes would land in the wrong place without anyone noticing.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// overlay: {name: team, title: Our servers, doc: What ours send., over: demo, version: "2", base: base}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// overlay: {name: team, title: Our servers, doc: What ours send., over: demo, version: "1", base: base}
    /// ```
    ///
    /// ## What to do
    ///
    /// Name the contract under `over` and, if its versions matter, a requirement under `version`, written as Cargo writes it.
    /// `base` is the path to the contract or to another overlay, relative to this file; without it the overlay is named beside
    /// the contract: `wcs check schema --overlay mine.yaml`.
    pub OVERLAY_BASE { code: "W0851", name: "overlay-base", category: Overlays, level: Error, fixes: Never }
}

crate::rule! {
    /// An overlay denies what the contract below it says.
    ///
    /// ## Why
    ///
    /// The contract describes what every known sender does. A team can know more of its own: that a text is never longer than
    /// ten characters, that an object always has the same members. It can't know that the sender breaks the contract; what was
    /// generated would then refuse or misread bodies that do arrive, or print secrets.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// change:
    ///   hooks:
    ///     start:
    ///       parameters:
    ///         name: {type: int32}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   Channel:
    ///     doc: Names of our streams.
    ///     enum: open
    ///     values: {LOBBY: {doc: The lobby.}}
    /// change:
    ///   hooks:
    ///     start:
    ///       parameters:
    ///         name: {type: Channel}
    /// ```
    ///
    /// ## What to do
    ///
    /// Narrow instead: an `object` can become a record or a map, a `string` an enum, a list or a limited text, a
    /// `string_or_number` one of the two; limits can become tighter, members sensitive or withheld from the client, open enums
    /// longer. If the contract is wrong, correct the contract.
    pub OVERLAY_CONTRADICTS { code: "W0852", name: "overlay-contradicts", category: Overlays, level: Error, fixes: Never }
}

crate::rule! {
    /// An overlay says what holds without it.
    ///
    /// ## Why
    ///
    /// What is said twice is changed once: as soon as the contract learns better, the overlay brings back the old words.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// change:
    ///   hooks:
    ///     start:
    ///       summary: A client wants to start a stream.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// change:
    ///   hooks:
    ///     start:
    ///       summary: One of our studios goes on air.
    /// ```
    ///
    /// ## What to do
    ///
    /// Remove what is the same from the overlay, and entries that say nothing.
    pub OVERLAY_IDLE { code: "W0853", name: "overlay-idle", category: Overlays, level: Warning, fixes: Never }
}
