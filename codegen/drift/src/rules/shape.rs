wcs_contract::rule! {
    /// A member has another type than the contract says.
    ///
    /// ## Why
    ///
    /// A typed accessor reads nothing then, as if the member were absent.
    ///
    /// ## What to do
    ///
    /// Find out which release sends it so. A change with a release belongs under `by_release`; if the type was never right,
    /// correct it. `string_or_number` covers a member that is sometimes quoted.
    pub(crate) RULE { code: "R0104", name: "drifted-type", category: Drift, level: Warning, fixes: Never }
}
