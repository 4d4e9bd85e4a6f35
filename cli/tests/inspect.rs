//! `wcs inspect` as a program. A case is a folder with the body, the arguments if there are any, and what is printed;
//! `UPDATE=1` rewrites the latter.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use wcs_codegen::output;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn wcs(arguments: &[&str], input: &str) -> (i32, String) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_wcs"))
        .current_dir(root())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let Output { status, stdout, stderr } = process.wait_with_output().unwrap();
    (status.code().unwrap(), String::from_utf8([stdout, stderr].concat()).unwrap())
}

#[test]
fn each_case_is_told_as_expected() {
    let mut wrong = Vec::new();
    let mut number = 0;
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root().join("tests/cases/inspect"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        number += 1;
        let body = std::fs::read_to_string(folder.join("body.json")).unwrap();
        let arguments = std::fs::read_to_string(folder.join("arguments")).unwrap_or_default();
        let arguments: Vec<&str> = ["inspect", "-"].into_iter().chain(arguments.split_whitespace()).collect();
        let (code, said) = wcs(&arguments, &body);
        let actual = format!("{said}exit code {code}\n");
        let file = folder.join("expected.txt");
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            output::write(&file, &actual).unwrap();
        } else if std::fs::read_to_string(&file).unwrap_or_default() != actual {
            wrong.push(format!("{} is not as expected:\n{actual}", file.display()));
        }
        assert!(!actual.contains("deep-secret-token"), "{actual}");
    }
    assert!(number >= 6 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn secrets_are_shown_only_if_that_is_said() {
    let body = r#"{"sessionId":"s","custom":{"token":"deep-secret-token","pin":123456789},"clientVersion":"deep-secret-token"}"#;
    for format in ["text", "json"] {
        let (_, said) = wcs(&["inspect", "-", "--format", format], body);
        assert!(!said.contains("deep-secret-token") && !said.contains("123456789"), "{said}");
        let (_, said) = wcs(&["inspect", "-", "--format", format, "--show-secrets"], body);
        assert!(said.contains("deep-secret-token") && said.contains("123456789"), "{said}");
    }
}

#[test]
fn what_is_no_body_is_refused_with_its_place() {
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(110), "]".repeat(110));
    let deeper = format!("{{\"a\":{}", "[".repeat(100_000));
    let cases: [(&[&str], &str, &str); 7] = [
        (&["-"], "{\"a\":1,}", "standard input:1:8: this is no JSON: trailing comma"),
        (&["-"], "", "standard input:1:0: this is no JSON: EOF"),
        (&["-"], "[1]", "standard input:1:1: a hook's body is a JSON object, and this is an array"),
        (&["-"], &deep, "nested too deeply to be looked into"),
        (&["-"], &deeper, "this is no JSON: recursion limit exceeded"),
        (
            &["-", "--path", "/apps/conect"],
            "{}",
            "the path `/apps/conect` names no hook of the contract; did you mean `connect`?",
        ),
        (&["not-there.json"], "", "can't read not-there.json: "),
    ];
    for (arguments, body, expected) in cases {
        let arguments: Vec<&str> = std::iter::once("inspect").chain(arguments.iter().copied()).collect();
        let (code, said) = wcs(&arguments, body);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(expected), "{said}");
    }
}
