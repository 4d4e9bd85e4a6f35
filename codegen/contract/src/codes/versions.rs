//! Versions.

crate::rule! {
    /// A version is written as numbers with dots between them and is one that the contract lists; what ends does not end
    /// before it begins, and two entries do not speak of the same releases.
    ///
    /// ## Why
    ///
    /// Versions are compared, number by number. Of anything else nobody can say which is newer. A slip in a version would put
    /// a fact into releases that never had it; so where `contract.releases` lists some, only those can be named.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     since: "5.x"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     since: "5.2"
    /// ```
    ///
    /// ## What to do
    ///
    /// Write numbers with dots between them, in quotes; swap `since` and `until` if they are in the wrong order; list every
    /// release that something begins or ends with, from the oldest to the newest. `until` covers all that begin like it:
    /// `"5.1"` is the last one for 5.1.3656 too. What stands in `by_release` lies within the life of what it is about, and no
    /// two entries cover the same release.
    pub VERSION { code: "W0211", name: "bad-version", category: Versions, level: Error, fixes: Never }
}
