//! The README shows what the program prints. `UPDATE=1` rewrites the README.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// What a command prints, without what differs from run to run.
fn output(command: &str) -> String {
    let args = command.strip_prefix("wcs ").unwrap().split_whitespace();
    let output = Command::new(env!("CARGO_BIN_EXE_wcs")).current_dir(root()).args(args).output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines = text.lines().map(|line| {
        let line = match line.split_once("http://127.0.0.1:") {
            Some((before, after)) => {
                format!("{before}http://127.0.0.1:8081{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            None => line.to_owned(),
        };
        match line.split_once("done in ") {
            Some((before, after)) => {
                let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
                format!("{before}done in a few{rest}")
            }
            None => line,
        }
    });
    lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "rewrites the expectation")]
fn shown_output_is_real() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let mut rewritten = String::new();
    let mut rest = readme.as_str();
    let mut shown = 0;
    while let Some(at) = rest.find("<!-- output: ") {
        let (before, after) = rest.split_at(at);
        let (command, after) = after.strip_prefix("<!-- output: ").unwrap().split_once(" -->").unwrap();
        let (_, after) = after.split_once("```text\n").unwrap();
        let end = if after.starts_with("```") { 0 } else { after.find("\n```").unwrap() + 1 };
        let text = output(command);
        rewritten.push_str(&format!("{before}<!-- output: {command} -->\n```text\n{text}\n"));
        rest = &after[end..];
        shown += 1;
    }
    rewritten.push_str(rest);
    assert!(shown >= 5, "the README shows {shown} outputs");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &rewritten).unwrap();
    }
    let readme = fs::read_to_string(&path).unwrap();
    for (shown, real) in readme.lines().zip(rewritten.lines()) {
        assert_eq!(shown, real, "run `UPDATE=1 cargo test -p wcs-cli readme`");
    }
    assert_eq!(readme.lines().count(), rewritten.lines().count());
}
