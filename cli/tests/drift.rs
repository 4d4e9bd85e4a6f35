//! `wcs drift` from outside: exit codes, what goes to which output, what is written.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn wcs(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wcs")).current_dir(folder).args(["--color", "never"]).args(args).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with a copy of the contract of the cases.
fn work() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("codegen/drift/tests/cases/drift/contract"), &folder.path().join("schema"));
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => wcs_codegen::output::write(&target, &std::fs::read_to_string(entry.path()).unwrap()).unwrap(),
        }
    }
}

fn case(name: &str) -> String {
    root().join("codegen/drift/tests/cases/drift").join(name).display().to_string()
}

#[test]
fn documents_that_agree_and_that_do_not() {
    let work = work();
    let agrees = wcs(work.path(), &["drift", "--docs", &case("docs/agrees/Hooks and parameters.txt")]);
    assert_eq!(code(&agrees), 0, "{}", out(&agrees));
    assert!(out(&agrees).ends_with("ferry 1.2.0: no drift\n"), "{}", out(&agrees));
    let more = case("docs/sender-has-more/kinds-of-hooks.txt");
    let differs = wcs(work.path(), &["drift", "--docs", &format!("H={more}")]);
    assert_eq!(code(&differs), 1);
    assert!(out(&differs).contains("the contract has no hook `dropAnchor`"), "{}", out(&differs));
    assert!(out(&differs).contains("--propose shows them"), "{}", out(&differs));
    let unknown = wcs(work.path(), &["drift", "--docs", &format!("Z={more}")]);
    assert_eq!((code(&unknown), err(&unknown).contains("the contract has no document `Z`; it has P, S")), (2, true));
    let absent = wcs(work.path(), &["drift", "--docs", "nowhere.txt"]);
    assert_eq!((code(&absent), err(&absent).contains("can't read nowhere.txt")), (2, true), "{}", err(&absent));
    assert_eq!(code(&wcs(work.path(), &["drift"])), 2, "there must be something to compare with");
}

#[test]
fn a_proposal_is_a_patch_and_is_not_written() {
    let work = work();
    let before = std::fs::read_to_string(work.path().join("schema/hooks/boats.yaml")).unwrap();
    let proposed = wcs(work.path(), &["drift", "--traffic", &case("traffic/log/server.log"), "--propose"]);
    assert_eq!(code(&proposed), 1);
    assert!(out(&proposed).starts_with("--- a/schema/ferry.yaml\n+++ b/schema/ferry.yaml\n@@"), "{}", out(&proposed));
    assert!(err(&proposed).contains("8 additions in "), "{}", err(&proposed));
    assert_eq!(std::fs::read_to_string(work.path().join("schema/hooks/boats.yaml")).unwrap(), before);
}

#[test]
fn what_is_applied_settles_the_drift() {
    let work = work();
    let log = case("traffic/log/server.log");
    let applied = wcs(work.path(), &["drift", "--traffic", &log, "--apply"]);
    assert_eq!(code(&applied), 1, "two types remain: {}", out(&applied));
    assert!(out(&applied).contains("8 additions written to schema/ferry.yaml, "), "{}", out(&applied));
    assert!(out(&applied).contains("next: look at what was written, then wcs generate"), "{}", out(&applied));
    let boats = std::fs::read_to_string(work.path().join("schema/hooks/boats.yaml")).unwrap();
    assert!(boats.contains("note: {}   # seldom there\n      minutes:\n        type: int64\n"), "{boats}");
    assert!(boats.contains("    # Nobody has seen it refused so far.\n"), "{boats}");
    let check = wcs(work.path(), &["check"]);
    assert_eq!((code(&check), out(&check).contains("no findings")), (0, true), "{}", out(&check));
    let again = wcs(work.path(), &["drift", "--traffic", &log, "--format", "json"]);
    let told: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    let codes: Vec<&str> =
        told["findings"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["R0104", "R0104", "R0108"]);
}

/// Whoever takes a member out leaves examples behind that still have it: the comparison does not wait for that.
#[test]
fn a_contract_with_errors_is_compared_as_it_stands() {
    let work = work();
    let path = work.path().join("schema/hooks/boats.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("crew:")).collect();
    let broken = without.join("\n").replace("leads_to: [TripStatusEvent]", "leads_to: [NoSuchEvent]") + "\n";
    wcs_codegen::output::write(&path, &broken).unwrap();
    let drift = wcs(work.path(), &["drift", "--docs", &case("docs/agrees/Hooks and parameters.txt")]);
    let said = out(&drift);
    assert_eq!((code(&drift), said.matches("warning[").count()), (1, 1), "{said}");
    assert!(said.contains("the contract has no member `crew` in `castOff`"), "{said}");
    assert!(said.contains("2 errors in the schema itself"), "{said}");
    wcs_codegen::output::write(&path, "hooks: [\n").unwrap();
    let unread = wcs(work.path(), &["drift", "--docs", &case("docs/agrees/Hooks and parameters.txt")]);
    assert_eq!((code(&unread), out(&unread).contains("error[W0")), (1, true), "{}", out(&unread));
    assert!(!out(&unread).contains("warning[R0"), "what could not be read is not missing: {}", out(&unread));
}

#[test]
fn a_backends_report_comes_by_standard_input() {
    let work = work();
    let report = std::fs::read(case("traffic/report/drift.json")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wcs"))
        .current_dir(work.path())
        .args(["drift", "--traffic", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&report).unwrap();
    let output = child.wait_with_output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = &told["findings"][0];
    assert_eq!(first["message"], "the contract has no member `draught` in `castOff`");
    assert_eq!(first["place"]["file"], "standard input");
    assert_eq!(first["fix"]["title"], "add the member `draught` to `castOff`");
    assert_eq!(output.status.code(), Some(1));
}
