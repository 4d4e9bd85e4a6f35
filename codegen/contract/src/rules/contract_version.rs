use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// The version of the contract is not one of semantic versioning.
    ///
    /// ## Why
    ///
    /// It becomes the version of documents and crates, and tells readers whether a change breaks them.
    ///
    /// ## Example
    ///
    /// ```text
    /// contract:
    ///   name: demo
    ///   title: Demo hooks
    ///   version: first
    ///   doc: Hooks of a small media server.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// contract:
    ///   name: demo
    ///   title: Demo hooks
    ///   version: 1.0.0
    ///   doc: Hooks of a small media server.
    /// ```
    ///
    /// ## What to do
    ///
    /// Write three numbers with dots: what breaks, what is new, what is mended.
    pub(super) RULE { code: "W0705", name: "contract-version", category: Versions, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let version = &contract.version;
    let core = version.value.split(['-', '+']).next().unwrap_or_default();
    let is_number = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'))
    };
    let is_semantic = core.split('.').count() == 3 && core.split('.').all(is_number);
    if !is_semantic && !version.value.is_empty() {
        let message = format!("`{}` is no version of semantic versioning", version.value);
        findings.push(Diagnostic::new(RULE, version.span, message).help("write three numbers, such as `1.0.0`"));
    }
}
