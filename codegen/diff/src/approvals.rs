//! Approved changes: a file that lists them with reasons.

use std::collections::HashMap;

use super::change::Change;
use super::rule::change_rules;
use wcs_contract::codes;
use wcs_contract::diagnostic::{Diagnostic, Findings};
use wcs_contract::load;
use wcs_contract::source::Sources;
use wcs_contract::syntax::{Approval, ApprovalsSyntax, Syntax};

change_rules! {
    /// Changes that somebody has looked at and agreed to, in a file beside the schema.
    ///
    /// An approval names a change by its fingerprint, says why it is all right, and may say until when. An approved change is
    /// still reported, but does not fail the command. **`approval-expired`**: its date has passed, so the change counts again.
    /// Renew it or mend the change. **`approval-unused`**: no change has this fingerprint. Remove it; an approval that lies about
    /// may one day approve something that nobody looked at.
    EXPIRED { code: "D0703", name: "approval-expired", mirror: Waived("it is about an approval, not about a difference") }
    UNUSED { code: "D0704", name: "approval-unused", mirror: Waived("it is about an approval, not about a difference") }
}

/// What a file of approvals says, applied to some changes.
#[derive(Debug, Default)]
pub struct Approved {
    /// Reasons, by the fingerprint of the change.
    pub reasons: HashMap<String, String>,
    /// Mistakes in the file, and approvals that are expired or unused.
    pub findings: Vec<Diagnostic>,
}

/// Reads a file of approvals and finds out which of them hold on a day (`2027-01-31`).
pub fn apply(path: &str, text: &str, today: &str, changes: &[Change], sources: &mut Sources) -> Approved {
    let mut findings = Findings::default();
    let file = sources.add(path, text);
    let written = load::load(file, &sources.get(file).text, &mut findings)
        .and_then(|node| ApprovalsSyntax::read(&node, &mut findings));
    let fingerprints: Vec<String> = changes.iter().map(Change::fingerprint).collect();
    let mut reasons = HashMap::new();
    for approval in written.into_iter().flat_map(|file| file.approvals) {
        let known = fingerprints.contains(&approval.fingerprint.value);
        if let Some(found) = mistaken_date(&approval) {
            findings.push(found);
        } else if !known {
            let message = format!("no change has the fingerprint `{}`", approval.fingerprint.value);
            findings.push(
                Diagnostic::new(&UNUSED.rule, approval.fingerprint.span, message)
                    .help("remove the approval; what it was for has gone, or is another change now"),
            );
        } else if let Some(until) = approval.last_day.as_ref().filter(|until| until.value.as_str() < today) {
            findings.push(
                Diagnostic::new(&EXPIRED.rule, until.span, format!("this approval has ended on {}", until.value))
                    .help("approve the change anew with a later date, or mend it"),
            );
        } else {
            reasons.insert(approval.fingerprint.value, approval.reason.value);
        }
    }
    Approved { reasons, findings: findings.into_sorted() }
}

fn mistaken_date(approval: &Approval) -> Option<Diagnostic> {
    let until = approval.last_day.as_ref()?;
    let shape: String = until.value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let message = format!("`{}` is not a date", until.value);
    (shape != "0000-00-00").then(|| {
        Diagnostic::error(codes::WRONG_KIND, until.span, message).help("write year, month and day: `2027-01-31`")
    })
}
