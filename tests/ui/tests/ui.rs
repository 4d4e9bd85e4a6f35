//! One file per mistake, with the exact words of the compiler beside it; and files that must compile and run.
//! `UPDATE=1` writes the words anew.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn mistakes_have_their_words() {
    if std::env::var_os("UPDATE").is_some() && std::env::var_os("TRYBUILD").is_none() {
        // trybuild reads its own variable, which a process can't safely set for itself.
        let this = std::env::current_exe().unwrap();
        let mut again = Command::new(this);
        again.args(["--exact", "mistakes_have_their_words"]).env("TRYBUILD", "overwrite");
        assert!(again.status().unwrap().success());
        return;
    }
    trybuild::TestCases::new().compile_fail("fail/*/*.rs");
}

#[test]
fn what_is_promised_compiles_and_runs() {
    trybuild::TestCases::new().pass("pass/*.rs");
}

/// Whoever writes the words anew must not pin a second error for the same mistake.
#[test]
fn one_mistake_is_one_error() {
    let mut seen = 0;
    for folder in ["answers", "block", "function"] {
        for file in fs::read_dir(Path::new("fail").join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "stderr") {
                let words = fs::read_to_string(&path).unwrap();
                let errors = words.lines().filter(|line| line.starts_with("error")).count();
                assert_eq!(errors, 1, "{}:\n{words}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen} mistakes");
}
