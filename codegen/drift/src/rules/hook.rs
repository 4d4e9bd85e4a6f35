wcs_contract::rule! {
    /// The sender has a hook that the contract lacks.
    ///
    /// ## Why
    ///
    /// A backend answers it by its fallback at best, and nobody has decided whether it should be allowed or refused.
    ///
    /// ## What to do
    ///
    /// Describe the hook in the file of its group. `wcs drift --propose` writes a first version, marked as unconfirmed. If it is
    /// another spelling of a hook that is there, add an alias to that one.
    pub(crate) RULE { code: "R0101", name: "drifted-hook", category: Drift, level: Warning, fixes: Sometimes }
}
