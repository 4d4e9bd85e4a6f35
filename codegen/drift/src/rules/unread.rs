wcs_contract::rule! {
    /// A piece of a log or of a recording could not be read.
    ///
    /// ## Why
    ///
    /// What stands in it was not compared: a body that was cut off, a line that another one runs through, an answer that is no
    /// JSON.
    ///
    /// ## What to do
    ///
    /// Nothing, if it is one among many. If it is all of them, the file has a form that is not known: see `docs/drift.md`.
    pub(crate) RULE { code: "R0108", name: "unread-traffic", category: Drift, level: Note, fixes: Never }
}
