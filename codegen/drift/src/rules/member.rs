wcs_contract::rule! {
    /// The sender has a member that the contract lacks.
    ///
    /// ## Why
    ///
    /// Nothing is lost on the wire, as members that are not known are kept and returned. But no type has it, no document
    /// explains it, and nothing says whether it is a secret.
    ///
    /// ## What to do
    ///
    /// Describe it in the hook. `wcs drift --propose` writes a first version with the type that was seen, marked as unconfirmed.
    /// If it is another spelling of a member that is there, add an alias to that one.
    pub(crate) RULE { code: "R0102", name: "drifted-member", category: Drift, level: Warning, fixes: Sometimes }
}
