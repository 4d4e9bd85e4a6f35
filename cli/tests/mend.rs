//! Commands that write schema files: layout and fixes. What is only asked about is never written.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn wcs(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wcs")).current_dir(root()).args(args).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn fmt_checks_shows_and_writes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.yaml");
    let before = "hooks:\n    start: {type:  direct}   # asks\n";
    let after = "hooks:\n  start: {type: direct} # asks\n";
    wcs_codegen::output::write(&file, before).unwrap();
    let path = file.to_str().unwrap();
    let check = wcs(&["fmt", "--check", path]);
    assert_eq!((code(&check), out(&check).contains("is not laid out")), (4, true), "{}", out(&check));
    let diff = wcs(&["fmt", "--diff", "--color", "never", path]);
    assert_eq!(code(&diff), 0);
    assert!(out(&diff).contains("+  start: {type: direct} # asks\n"), "{}", out(&diff));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before, "neither of them writes");
    assert_eq!(code(&wcs(&["fmt", path])), 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), after);
    assert_eq!(code(&wcs(&["fmt", "--check", path])), 0);
    wcs_codegen::output::write(&file, "a: [\n").unwrap();
    let broken = wcs(&["fmt", path]);
    assert_eq!((code(&broken), out(&broken).contains("error[W0101]")), (1, true), "{}", out(&broken));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "a: [\n", "a broken file is left alone");
}

#[test]
fn fix_shows_first_and_writes_then() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("contract.yaml");
    std::fs::copy(root().join("tests/cases/fix/comments-and-layout/before/contract.yaml"), &file).unwrap();
    let before = std::fs::read_to_string(&file).unwrap();
    let path = folder.path().to_str().unwrap();
    let dry = wcs(&["check", "--fix", "--dry-run", "--color", "never", path]);
    assert_eq!(code(&dry), 0, "nothing would remain");
    assert!(out(&dry).contains("+      type:   direct # asks\n"), "{}", out(&dry));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    let fixed = wcs(&["check", "--fix", "--color", "never", path]);
    assert_eq!((code(&fixed), out(&fixed).contains("fixed 6 findings in 1 file\n")), (0, true), "{}", out(&fixed));
    let after = root().join("tests/cases/fix/comments-and-layout/after/contract.yaml");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), std::fs::read_to_string(after).unwrap());
    assert_eq!(code(&wcs(&["check", "--dry-run", path])), 2, "--dry-run needs --fix");
}

#[test]
fn fix_says_what_it_leaves_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("contract.yaml");
    std::fs::copy(root().join("tests/cases/fix/pattern-without-ends/before/contract.yaml"), &file).unwrap();
    let before = std::fs::read_to_string(&file).unwrap();
    let path = folder.path().to_str().unwrap();
    let text = out(&wcs(&["check", "--fix", "--color", "never", path]));
    assert!(text.contains("contract.yaml:15:78: match the whole text (W0508): fewer texts would match\n"), "{text}");
    assert!(text.contains("nothing can be fixed without a person's decision\n"), "{text}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    let json = wcs(&["check", "--fix", "--format", "json", path]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let fix = &document["findings"][0]["fix"];
    assert_eq!((&fix["applicability"], &fix["left_because"]), (&"proposed".into(), &"fewer texts would match".into()));
}
