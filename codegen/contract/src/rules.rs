//! Rules over the model. One rule, one file, one row in the table.

use crate::codes;
use crate::diagnostic::Findings;
use crate::model::Contract;
use crate::rule::Rule;

/// What looks for one kind of mistake in a contract.
type Check = fn(&Contract, &mut Findings);

mod bad_base_path;
mod bad_header;
mod case_twins;
mod collision;
mod condition;
mod condition_on_answer;
mod console_twins;
mod constraint;
mod constraint_excludes_value;
mod contract_version;
mod doc_repeats_name;
mod doc_repeats_summary;
mod duplicate_example;
mod error_matrix;
mod event_expected;
mod example;
mod exposed_secret;
mod idle_client;
mod idle_condition;
mod idle_constraint;
mod idle_overwritable;
mod ignored_answer;
mod impossible_shape;
mod impossible_status;
mod inconsistent_spelling;
mod long_summary;
mod loose_pattern;
mod missing_period;
mod misspelt_name_in_text;
mod never_sent;
mod no_replacement;
mod no_time;
mod open_code;
mod overwritable_event;
mod pattern_length;
mod pattern_portability;
mod poor_replacement;
mod repeated_item;
mod reserved;
mod role;
mod scenario;
mod several_openings;
mod type_name_style;
mod unfinished_text;
mod unknown_placeholder;
mod unlistable_item;
mod unquoted_version;
mod unreachable_value;
mod unroutable_name;
mod unused_document;
mod unused_group;
mod unused_parameter;
mod unused_type;
mod version;
mod walk;

/// The rules with what looks for them, in this order.
static ALL: &[(&Rule, Check)] = &[
    (bad_base_path::RULE, bad_base_path::check),
    (bad_header::RULE, bad_header::check),
    (case_twins::RULE, case_twins::check),
    (collision::RULE, collision::check),
    (condition::RULE, condition::check),
    (condition_on_answer::RULE, condition_on_answer::check),
    (console_twins::RULE, console_twins::check),
    (constraint::RULE, constraint::check),
    (constraint_excludes_value::RULE, constraint_excludes_value::check),
    (contract_version::RULE, contract_version::check),
    (doc_repeats_name::RULE, doc_repeats_name::check),
    (doc_repeats_summary::RULE, doc_repeats_summary::check),
    (duplicate_example::RULE, duplicate_example::check),
    (error_matrix::RULE, error_matrix::check),
    (event_expected::RULE, event_expected::check),
    (codes::EXAMPLE, example::check),
    (exposed_secret::RULE, exposed_secret::check),
    (idle_client::RULE, idle_client::check),
    (idle_condition::RULE, idle_condition::check),
    (idle_constraint::RULE, idle_constraint::check),
    (idle_overwritable::RULE, idle_overwritable::check),
    (ignored_answer::RULE, ignored_answer::check),
    (impossible_shape::RULE, impossible_shape::check),
    (impossible_status::RULE, impossible_status::check),
    (inconsistent_spelling::RULE, inconsistent_spelling::check),
    (long_summary::RULE, long_summary::check),
    (loose_pattern::RULE, loose_pattern::check),
    (missing_period::RULE, missing_period::check),
    (misspelt_name_in_text::RULE, misspelt_name_in_text::check),
    (never_sent::RULE, never_sent::check),
    (no_replacement::RULE, no_replacement::check),
    (no_time::RULE, no_time::check),
    (open_code::RULE, open_code::check),
    (overwritable_event::RULE, overwritable_event::check),
    (pattern_length::RULE, pattern_length::check),
    (pattern_portability::RULE, pattern_portability::check),
    (poor_replacement::RULE, poor_replacement::check),
    (repeated_item::RULE, repeated_item::check),
    (reserved::RULE, reserved::check),
    (role::RULE, role::check),
    (codes::SCENARIO, scenario::check),
    (several_openings::RULE, several_openings::check),
    (type_name_style::RULE, type_name_style::check),
    (unfinished_text::RULE, unfinished_text::check),
    (unknown_placeholder::RULE, unknown_placeholder::check),
    (unlistable_item::RULE, unlistable_item::check),
    (unquoted_version::RULE, unquoted_version::check),
    (unreachable_value::RULE, unreachable_value::check),
    (unroutable_name::RULE, unroutable_name::check),
    (unused_document::RULE, unused_document::check),
    (unused_group::RULE, unused_group::check),
    (unused_parameter::RULE, unused_parameter::check),
    (unused_type::RULE, unused_type::check),
];

/// The rules.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    ALL.iter().map(|(rule, _)| *rule)
}

/// Applies all rules to a contract, also to one that is made of another.
pub fn check(contract: &Contract, findings: &mut Findings) {
    version::check(contract, findings);
    for (_, check) in ALL {
        check(contract, findings);
    }
}
