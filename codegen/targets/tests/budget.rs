//! What is counted exactly, and may not grow unseen.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::path::Path;
use wcs_contract::Input;

/// Lines of Rust for each hook, its part of the types among them, without comments and blanks. The compiler reads every
/// one of them; 31 when this was set.
const LINES_A_HOOK: usize = 40;

#[test]
fn rust_stays_within_its_lines() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    let contract = wcs_contract::compile(&Input::at(&schema)).unwrap().contract.unwrap();
    let text = wcs_codegen::rust_module(&contract);
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
    let (lines, hooks) = (text.lines().filter(is_code).count(), contract.hooks.len());
    assert!(lines <= hooks * LINES_A_HOOK, "{lines} lines for {hooks} hooks: {} a hook", lines / hooks);
}
