//! Bodies of later and earlier releases.

use super::answers::unfailing;
use super::check::{LATER, PATHS, SPELLINGS, TEXTS, TYPES};
use super::report::Report;
use super::suite::Suite;

pub(super) fn judge(suite: &Suite<'_>, report: &mut Report) {
    for check in [&LATER, &SPELLINGS, &PATHS, &TEXTS, &TYPES] {
        unfailing(suite, report, check);
        report.skip(check, "the contract has no such body");
    }
}
