//! The program from outside: exit codes, formats, and that nothing is written that must not be.

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

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_sound_schema_is_fine() {
    let output = wcs(&["check"]);
    assert_eq!((code(&output), out(&output).contains("no findings")), (0, true), "{}", out(&output));
}

#[test]
fn findings_exit_with_1_and_tell_where() {
    let output = wcs(&["check", "codegen/contract/tests/cases/check/readme", "--color", "never"]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("doors.yaml:"), "{}", out(&output));
    let json = wcs(&["check", "codegen/contract/tests/cases/check/readme", "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert!(findings["findings"][0]["place"]["start"]["line"].as_u64().unwrap() > 1);
    let github = wcs(&["check", "codegen/contract/tests/cases/check/readme", "--format", "github"]);
    assert!(out(&github).starts_with("::error file="), "{}", out(&github));
    let generate = wcs(&["generate", "codegen/contract/tests/cases/check/readme", "--out", "/nonexistent/never"]);
    assert_eq!(code(&generate), 1, "nothing is generated from a broken schema");
}

#[test]
fn rules_are_listed_and_explained() {
    let text = wcs(&["rules", "--color", "never"]);
    assert_eq!((code(&text), out(&text).contains("W0201 unknown-reference")), (0, true), "{}", out(&text));
    let json = wcs(&["rules", "--format", "json"]);
    let rules: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    let rules = rules["rules"].as_array().unwrap();
    assert!(rules.len() > 40 && out(&text).lines().count() > rules.len());
    for word in ["W0201", "w0201", "unknown-reference"] {
        let page = wcs(&["explain", word, "--color", "never"]);
        assert!(out(&page).starts_with("W0201 unknown-reference\n"), "{}", out(&page));
        assert!(out(&page).contains("\n    hooks:\n"), "the example is shown: {}", out(&page));
    }
    let page = wcs(&["explain", "W0201", "--format", "json"]);
    let page: serde_json::Value = serde_json::from_str(&out(&page)).unwrap();
    assert_eq!((&page["name"], &page["adjustable"]), (&"unknown-reference".into(), &false.into()));
    for (word, meant) in [("unknown-referense", "`unknown-reference`"), ("W0291", "`W0201`"), ("zzzz", "wcs rules")] {
        let output = wcs(&["explain", word]);
        assert_eq!((code(&output), err(&output).contains(meant)), (2, true), "{}", err(&output));
    }
}

#[test]
fn usage_and_input_errors_exit_with_2() {
    for args in [
        &["chek"][..],
        &["check", "no/such/folder"],
        &["generate", "--only", "cobol"],
        &["show", "publishStrean"],
        &["list", "--type", "wrong"],
        &["list", "--group", "wrong"],
        &["demo", "--checkout", "docs"],
    ] {
        let output = wcs(args);
        assert_eq!(code(&output), 2, "{args:?}: {}", err(&output));
        assert!(err(&output).contains("error"), "{args:?}");
    }
    assert!(err(&wcs(&["show", "publishStrean"])).contains("did you mean `publishStream`?"));
    assert!(err(&wcs(&["chek"])).contains("check"));
}

/// A backend can't be configured with them, so that nothing is sent with them either.
#[test]
fn credentials_that_nobody_means_are_refused() {
    for command in [&["simulate", ":9"][..], &["conform", ":9"], &["replay", "absent.jsonl", ":9"]] {
        for (flag, value, words) in [
            ("--sign", "", "the key is empty"),
            ("--sign", "key\n", "the key has white space at an end"),
            ("--sign", " key", "the key has white space at an end"),
            ("--basic", "user", "write the user name, a colon and the password"),
            ("--basic", ":password", "user name and password can't be empty"),
            ("--basic", "user:", "user name and password can't be empty"),
        ] {
            let output = wcs(&[command, &[flag, value]].concat());
            assert_eq!(code(&output), 2, "{command:?} {flag} {value:?}");
            assert!(err(&output).contains(words), "{command:?} {flag} {value:?}: {}", err(&output));
        }
        let output = wcs(&[command, &["--sign", "the key"]].concat());
        assert!(!err(&output).contains("--sign"), "{}", err(&output));
    }
}

#[test]
fn stale_output_exits_with_4_and_is_left_alone() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().to_str().unwrap();
    let dry = wcs(&["generate", "--out", folder, "--dry-run"]);
    assert_eq!((code(&dry), scratch.path().read_dir().unwrap().count()), (0, 0), "{}", err(&dry));
    assert_eq!(code(&wcs(&["generate", "--out", folder, "--only", "rust"])), 0);
    assert_eq!(code(&wcs(&["generate", "--out", folder, "--only", "rust", "--check"])), 0);
    let file = scratch.path().join("rust/src/generated/types.rs");
    wcs_codegen::output::write(&file, "// edited by hand\n").unwrap();
    let check = wcs(&["generate", "--out", folder, "--only", "rust", "--check", "--color", "never"]);
    assert_eq!((code(&check), out(&check).contains("changed  rust/src/generated/types.rs")), (4, true));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "// edited by hand\n");
    let again = wcs(&["generate", "--out", folder, "--only", "rust", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out(&again)).unwrap();
    assert_eq!(report["targets"][0]["target"], "rust");
}

#[test]
fn lists_and_pages_are_data_too() {
    let list: serde_json::Value = serde_json::from_str(&out(&wcs(&["list", "--format", "json"]))).unwrap();
    assert!(list["hooks"].as_array().unwrap().len() >= 43);
    let incoming = out(&wcs(&["list", "--type", "incoming"]));
    assert!(incoming.contains("OnCallEvent") && !incoming.contains("publishStream"));
    let page: serde_json::Value = serde_json::from_str(&out(&wcs(&["show", "sendDTMF", "--format", "json"]))).unwrap();
    assert_eq!(page["name"], "sendDtmf", "an alias finds its hook");
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = wcs(&["completions", shell]);
        assert!(code(&output) == 0 && out(&output).contains("generate"), "{shell}");
    }
}

#[test]
fn the_model_is_data_with_a_schema_of_its_own() {
    let model: serde_json::Value = serde_json::from_str(&out(&wcs(&["model", "--format", "json"]))).unwrap();
    assert_eq!(model["version"], 1);
    assert!(model["hooks"][0].get("place").is_none());
    let places = wcs(&["model", "--format", "json", "--places"]);
    let model: serde_json::Value = serde_json::from_str(&out(&places)).unwrap();
    let place = model["hooks"][0]["place"].as_str().unwrap();
    assert!(place.starts_with("schema/hooks/") && place.split(':').count() == 3, "{place}");
    let schema: serde_json::Value = serde_json::from_str(&out(&wcs(&["model", "--json-schema"]))).unwrap();
    assert!(schema["$defs"]["Hook"]["properties"]["parameters"].is_object());
    assert!(out(&wcs(&["model"])).contains(" hooks\n"));
    assert_eq!(code(&wcs(&["model", "--places"])), 2);
    assert_eq!(code(&wcs(&["model", "--json-schema", "schema"])), 2);
    assert_eq!(code(&wcs(&["model", "codegen/contract/tests/cases/check/readme"])), 1);
}

#[test]
fn a_folder_of_templates_is_a_target() {
    let scratch = tempfile::tempdir().unwrap();
    let mine = scratch.path().join("mine");
    wcs_codegen::output::write(&mine.join("{{hook.name}}.txt.hbs"), "{{hook.summary}}\n").unwrap();
    let (mine, out) = (mine.to_str().unwrap(), scratch.path().join("out"));
    let args = ["generate", "--template-dir", mine, "--out", out.to_str().unwrap()];
    let output = wcs(&args);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out.join("mine/publishStream.txt").exists() && !out.join("rust").exists());
    assert_eq!(code(&wcs(&[&args[..], &["--check"]].concat())), 0);
    wcs_codegen::output::write(&Path::new(mine).join("{{hook.name}}.txt.hbs"), "\n{{hook.smmary}}\n").unwrap();
    let wrong = wcs(&args);
    assert_eq!(code(&wrong), 2);
    assert!(err(&wrong).contains("{{hook.name}}.txt.hbs:2:1: there is no `hook.smmary` here"), "{}", err(&wrong));
    let taken = scratch.path().join("docs");
    std::fs::create_dir(&taken).unwrap();
    let taken = wcs(&["generate", "--template-dir", taken.to_str().unwrap(), "--out", mine]);
    assert!(code(&taken) == 2 && err(&taken).contains("which is taken"), "{}", err(&taken));
    assert_eq!(code(&wcs(&["generate", "--template-dir", "nowhere"])), 2);
}

#[test]
fn the_model_of_a_release_is_smaller() {
    let hooks = |args: &[&str]| {
        let model: serde_json::Value = serde_json::from_str(&out(&wcs(args))).unwrap();
        model["hooks"].as_array().unwrap().len()
    };
    let of_release = hooks(&["model", "--format", "json", "--sender", "5.0"]);
    assert!(0 < of_release && of_release < hooks(&["model", "--format", "json"]), "{of_release}");
}
