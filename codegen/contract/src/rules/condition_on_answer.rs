use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;

crate::rule! {
    /// What a request carries depends on a member that only the answer has.
    ///
    /// ## Why
    ///
    /// The sender has not got the answer when it sends the request, so that the condition can never hold.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       region: {type: string, doc: Where it is to be recorded., in: answer}
    ///       name: {type: string, doc: What the stream is called., sent_if: {member: region, is: [eu]}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       region: {type: string, doc: Where it is to be recorded., in: both}
    ///       name: {type: string, doc: What the stream is called., sent_if: {member: region, is: [eu]}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Name a member of the request, or say `in: both` where the other one is declared.
    pub(super) RULE { code: "W0503", name: "condition-on-answer", category: Types, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for members in walk::scopes(contract) {
        for member in members.iter().filter(|member| member.is_received()) {
            for condition in member.sent_if.iter().chain(&member.used_if) {
                let other = members.iter().find(|other| other.name.value == condition.member.value);
                if let Some(other) = other.filter(|other| !other.is_received()) {
                    let message =
                        format!("`{}` depends on `{}`, which no request has", member.name.value, other.name.value);
                    findings.push(
                        Diagnostic::new(RULE, condition.member.span, message)
                            .label(other.name.span, "stands in the answer only")
                            .help("name a member of the request, or say `in: both` there"),
                    );
                }
            }
        }
    }
}
