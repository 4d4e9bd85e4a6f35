//! Rules over the model. One rule, one file, one row in the table.

mod collision;
mod condition;
mod constraint;
mod example;
mod reserved;
mod role;
mod version;

use crate::diagnostic::Findings;
use crate::model::Contract;

/// A rule.
type Rule = fn(&Contract, &mut Findings);

/// All rules.
static RULES: &[Rule] = &[
    collision::check,
    condition::check,
    constraint::check,
    example::check,
    reserved::check,
    role::check,
    version::check,
];

/// Applies all rules.
pub(crate) fn lint(contract: &Contract, findings: &mut Findings) {
    for rule in RULES {
        rule(contract, findings);
    }
}
