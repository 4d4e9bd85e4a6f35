wcs_contract::rule! {
    /// The contract cites a document for something that is not in it.
    ///
    /// ## Why
    ///
    /// Either the citation was never right, or the document has changed: what was taken back may be gone from the sender, too.
    ///
    /// ## What to do
    ///
    /// Look at the document's history. If the sender dropped the thing, say so with `until`; if the document alone dropped it,
    /// remove the citation, or record under `conflicts` what the document says now.
    pub(crate) RULE { code: "R0107", name: "citation-in-vain", category: Drift, level: Warning, fixes: Never }
}
