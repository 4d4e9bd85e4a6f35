use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// What an error does is not said for each word of the session's policy, or said for a word that the policy has not.
    ///
    /// ## Why
    ///
    /// The documents show what the sender does when a hook fails, word by word. A gap there is what backends fall into.
    ///
    /// ## Example
    ///
    /// ```text
    /// sender:
    ///   session_policy:
    ///     on_error: {member: onError, fail: FAIL, log: LOG, default: LOG}
    /// on_error:
    ///   FAIL: {doc: It is stopped.}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// sender:
    ///   session_policy:
    ///     on_error: {member: onError, fail: FAIL, log: LOG, default: LOG}
    /// on_error:
    ///   FAIL: {doc: It is stopped.}
    ///   LOG: {doc: It goes on.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Add the word under `on_error`, or correct it.
    pub(super) RULE { code: "W0813", name: "error-matrix", category: Semantics, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let Some(policy) = contract.session_policy() else { return };
    // A contract that says nothing of errors is not half done.
    if contract.on_error.is_empty() {
        return;
    }
    let words = [&policy.on_error.fail, &policy.on_error.log];
    for word in words {
        if !contract.on_error.iter().any(|(known, _)| known.value == word.value) && !word.value.is_empty() {
            let message = format!("`on_error` does not say what `{}` does", word.value);
            findings
                .push_absent(Diagnostic::new(RULE, word.span, message).help("add a row of this name under `on_error`"));
        }
    }
    for (name, _) in &contract.on_error {
        if !words.iter().any(|word| word.value == name.value || word.value.is_empty()) {
            findings.push(
                Diagnostic::new(RULE, name.span, format!("the session's policy has no word `{}`", name.value))
                    .label(policy.on_error.head, "its words")
                    .help("name it there, or remove the row")
                    .did_you_mean(&name.value, words.iter().map(|word| word.value.as_str()))
                    .left("the row is declared here, and the policy's word may be what is misspelt"),
            );
        }
    }
}
