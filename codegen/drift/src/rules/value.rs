wcs_contract::rule! {
    /// The sender has a value that an enum of the contract lacks.
    ///
    /// ## Why
    ///
    /// An open enum keeps it, but a program that distinguishes the values has no case for it; a closed one makes the body break
    /// the contract.
    ///
    /// ## What to do
    ///
    /// Add it to the enum. `wcs drift --propose` writes a first version, marked as unconfirmed. If the enum orders its values by
    /// `next`, say where it belongs.
    pub(crate) RULE { code: "R0103", name: "drifted-value", category: Drift, level: Warning, fixes: Sometimes }
}
