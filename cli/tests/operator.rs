//! `wcs operator` from outside. What it prints for some hooks is the expectation of the runtime's own report too, so that
//! the two can't differ: `tests/cases/operator`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn operator(args: &[&str]) -> Output {
    let app = ["operator", "--app", "video", "--key", "videoKey", "--url", "https://backend.example.com/hooks"];
    Command::new(env!("CARGO_BIN_EXE_wcs")).current_dir(root()).args(app).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "rewrites the expectation")]
fn commands_and_settings_of_some_hooks() {
    let cases = [
        ("new.txt", &["--hooks", "publishStream,call,playHLS,StreamKeepAliveEvent,ErrorEvent"][..]),
        ("existing.txt", &["--hooks", "playRTSP", "--existing", "--signed"]),
    ];
    for (file, args) in cases {
        let path = root().join("tests/cases/operator").join(file);
        let output = operator(args);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, out(&output)).unwrap();
        }
        assert_eq!(out(&output), fs::read_to_string(&path).unwrap_or_default(), "{file}; UPDATE=1 rewrites it");
    }
}

#[test]
fn all_hooks_and_as_data() {
    let all: serde_json::Value = serde_json::from_str(&out(&operator(&["--all", "--format", "json"]))).unwrap();
    let unsaid: serde_json::Value = serde_json::from_str(&out(&operator(&["--format", "json"]))).unwrap();
    assert_eq!(all, unsaid);
    let commands = all["commands"].as_array().unwrap();
    assert!(commands.len() >= 44, "{commands:?}");
    assert!(commands.iter().any(|line| line == "add app-rest-method video ErrorStatusEvent"), "the console's own name");
    let keys = all["settings"].as_array().unwrap().iter().find(|setting| setting["value"] == "videoKey");
    assert!(keys.is_some(), "a setting with the application's key: {}", all["settings"]);
}

#[test]
fn what_can_not_be_typed_is_refused() {
    let misspelt = operator(&["--hooks", "publishStrem"]);
    let said = String::from_utf8(misspelt.stderr).unwrap();
    assert!(misspelt.status.code() == Some(2) && said.contains("did you mean `publishStream`?"), "{said}");
    let both = operator(&["--all", "--hooks", "connect"]);
    assert_eq!(both.status.code(), Some(2));
    let mut spaced = Command::new(env!("CARGO_BIN_EXE_wcs"));
    spaced.current_dir(root()).args(["operator", "--app", "two words", "--key", "k", "--url", "u"]);
    let said = String::from_utf8(spaced.output().unwrap().stderr).unwrap();
    assert!(said.contains("--app takes text without white space"), "{said}");
}
