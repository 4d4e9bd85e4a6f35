wcs_contract::rule! {
    /// A document says something of a hook otherwise than the contract: its type, its calls in the SDK, the events that follow.
    ///
    /// ## Why
    ///
    /// What a denial does depends on the type, and what to expect next on the events.
    ///
    /// ## What to do
    ///
    /// Correct the contract; or, if it is the document that is wrong, record that under `conflicts` of the hook with the
    /// document's key, what it says, and the verdict. Recorded conflicts are not reported again.
    pub(crate) RULE { code: "R0106", name: "drifted-meaning", category: Drift, level: Warning, fixes: Never }
}
