wcs_contract::rule! {
    /// A member that the contract says is always sent was absent.
    ///
    /// ## Why
    ///
    /// Programs in other languages take `always` at its word, and fail where it is missing.
    ///
    /// ## What to do
    ///
    /// Say `usually` or `sometimes`, or describe under `by_release` in which releases it is always there. A subset of the
    /// members that is sent under some condition is a shape.
    pub(crate) RULE { code: "R0105", name: "drifted-presence", category: Drift, level: Warning, fixes: Sometimes }
}
