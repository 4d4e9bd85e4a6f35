use crate::diagnostic::{Diagnostic, Findings};
use crate::model::Contract;
use crate::source::Spanned;

crate::rule! {
    /// A status can't be one of HTTP, or means the opposite of what it is for.
    ///
    /// ## Why
    ///
    /// The sender tells yes from no by the status. One that means both, or none, breaks every answer.
    ///
    /// ## Example
    ///
    /// ```text
    /// sender:
    ///   answer:
    ///     accept_status: 403
    ///     deny_status: 403
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// sender:
    ///   answer:
    ///     accept_status: 200
    ///     deny_status: 403
    /// ```
    ///
    /// ## What to do
    ///
    /// Write a status from 200 to 299 for yes, and one from 400 to 599 for no.
    pub(super) RULE { code: "W0809", name: "impossible-status", category: Semantics, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let Some(sender) = &contract.sender else { return };
    within(&sender.answer.accept_status, 200..=299, "accepts", findings);
    within(&sender.answer.deny_status, 400..=599, "denies", findings);
    if let Some(signature) = &sender.signature {
        within(&signature.reject_status, 400..=599, "rejects a signature", findings);
    }
    for (_, row) in &contract.on_error {
        for (_, cell) in row.cells.iter() {
            if let Some(status) = &cell.caller_status {
                within(status, 300..=699, "refuses a caller", findings);
            }
        }
    }
}

fn within(status: &Spanned<u16>, range: std::ops::RangeInclusive<u16>, does: &str, findings: &mut Findings) {
    // 0 stands for one that could not be read, which has been told.
    if status.value != 0 && !range.contains(&status.value) {
        let message = format!("{} is no status that {does}", status.value);
        let help = format!("write one from {} to {}", range.start(), range.end());
        findings.push(Diagnostic::new(RULE, status.span, message).help(help));
    }
}
