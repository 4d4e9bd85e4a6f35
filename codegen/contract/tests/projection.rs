//! What a sender of one release sends is a contract of its own.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::path::Path;

use wcs_contract::diagnostic::Findings;
use wcs_contract::rule::Level;
use wcs_contract::{Input, compile, project, release, rules};

/// What holds for a contract holds for each part of it.
#[test]
fn what_is_left_is_a_sound_contract() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    let whole = compile(&Input::at(&schema)).unwrap().contract.unwrap();
    for (name, _) in &whole.releases {
        let projected = project(&whole, &release(&whole, &name.value).unwrap());
        let mut findings = Findings::default();
        rules::check(&projected, &mut findings);
        // What is unused in a part is used elsewhere.
        let errors = findings.into_sorted().into_iter().filter(|found| found.level == Level::Error);
        let told: Vec<String> = errors.map(|found| found.message).collect();
        assert_eq!(told, Vec::<String>::new(), "{}", name.value);
        for hook in &projected.hooks {
            assert_eq!(projected.find_hook(&hook.name.value).unwrap().name.value, hook.name.value);
        }
    }
}
