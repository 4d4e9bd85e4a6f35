//! `wcs generate` a second time: nothing is made that is there, and nothing is believed that is not.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use serde_json::{Value, json};
use wcs_codegen::output;
use wcs_contract::files;

/// A small contract of this test's own, and what was generated from it once.
struct Made {
    scratch: tempfile::TempDir,
}

impl Made {
    fn new() -> Self {
        let made = Self { scratch: tempfile::tempdir().unwrap() };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        fs::create_dir(made.path("schema")).unwrap();
        fs::copy(root.join("examples/own-schema/schema/lockers.yaml"), made.path("schema/lockers.yaml")).unwrap();
        assert!(!changed(&made.generate(&[])).is_empty());
        made
    }

    fn path(&self, path: &str) -> PathBuf {
        self.scratch.path().join(path)
    }

    fn wcs(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wcs"));
        command.current_dir(self.scratch.path()).args(["generate", "schema", "--format", "json"]);
        command.args(words).output().unwrap()
    }

    fn generate(&self, words: &[&str]) -> Value {
        let output = self.wcs(words);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The one seal of a run that makes everything.
    fn seal(&self) -> PathBuf {
        let found = fs::read_dir(self.path("generated/.cache")).unwrap().map(|entry| entry.unwrap().path());
        found.filter(|path| !path.ends_with(".gitignore")).max_by_key(|path| path.as_os_str().len()).unwrap()
    }

    /// Changes the seal. A run that prints what it says of lines has believed it.
    fn forge(&self, change: impl Fn(&mut Value)) {
        let mut seal: Value = serde_json::from_slice(&fs::read(self.seal()).unwrap()).unwrap();
        for output in seal["outputs"].as_array_mut().unwrap() {
            output["lines"] = json!(4711);
        }
        change(&mut seal);
        output::write(&self.seal(), &seal.to_string()).unwrap();
    }

    fn all_files(&self) -> BTreeMap<PathBuf, SystemTime> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.scratch.path().to_owned()];
        while let Some(folder) = folders.pop() {
            found.insert(folder.clone(), fs::metadata(&folder).unwrap().modified().unwrap());
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.clone(), fs::metadata(&path).unwrap().modified().unwrap());
                }
            }
        }
        found
    }
}

fn changed(report: &Value) -> Vec<String> {
    let targets = report["targets"].as_array().unwrap().iter();
    let files = targets.flat_map(|target| target["files"].as_array().unwrap());
    files
        .filter(|file| file["change"] != "unchanged")
        .map(|file| format!("{} {}", file["change"].as_str().unwrap(), file["path"].as_str().unwrap()))
        .collect()
}

fn believed(report: &Value) -> bool {
    report.to_string().contains("4711")
}

#[test]
fn a_second_run_writes_no_file_and_makes_nothing() {
    let made = Made::new();
    let (before, first) = (made.all_files(), made.generate(&[]));
    assert_eq!(changed(&first), Vec::<String>::new());
    assert_eq!(made.all_files(), before, "no file or folder was touched");
    made.forge(|_| {});
    assert!(believed(&made.generate(&[])), "the run made everything again");
}

#[test]
fn its_report_is_that_of_a_run_that_makes_everything() {
    let made = Made::new();
    let short = made.wcs(&[]);
    fs::remove_file(made.seal()).unwrap();
    let long = made.wcs(&[]);
    assert_eq!(String::from_utf8_lossy(&short.stdout), String::from_utf8_lossy(&long.stdout));
}

#[test]
fn what_was_edited_removed_or_deleted_by_hand_is_made_again() {
    let made = Made::new();
    let page = made.path("generated/docs/types.md");
    let text = fs::read_to_string(&page).unwrap();
    output::write(&page, &text.replacen('a', "e", 1)).unwrap();
    assert_eq!(changed(&made.generate(&[])), ["updated types.md"]);
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
    fs::remove_file(&page).unwrap();
    assert_eq!(changed(&made.generate(&[])), ["created types.md"]);
    fs::remove_file(made.path("generated/docs/.generated")).unwrap();
    assert_eq!(changed(&made.generate(&[])), ["created .generated"]);
}

#[test]
fn another_schema_generator_or_question_breaks_the_seal() {
    let made = Made::new();
    made.forge(|seal| seal["inputs"]["generator"] = json!("an older one"));
    assert!(!believed(&made.generate(&[])));

    made.forge(|_| {});
    assert!(!believed(&made.generate(&["--only", "rust"])), "another set of targets has another seal");
    assert!(believed(&made.generate(&[])), "and does not break the first");

    let file = made.path("schema/lockers.yaml");
    let text = fs::read_to_string(&file).unwrap();
    output::write(&file, &format!("{text}\n# the end\n")).unwrap();
    assert!(!believed(&made.generate(&[])), "the schema has another text");

    made.forge(|_| {});
    output::write(&made.path("schema/new.yaml"), "hooks: {}\n").unwrap();
    assert!(!believed(&made.generate(&[])), "the schema has another file");
}

#[test]
fn checks_believe_no_seal() {
    let made = Made::new();
    made.forge(|_| {});
    assert!(!believed(&made.generate(&["--check"])));
    assert!(!believed(&made.generate(&["--dry-run"])));
}

#[test]
fn a_seal_that_can_not_be_read_is_no_seal() {
    let made = Made::new();
    output::write(&made.seal(), "{").unwrap();
    assert_eq!(changed(&made.generate(&[])), Vec::<String>::new());
    made.forge(|_| {});
    assert!(believed(&made.generate(&[])), "it was sealed again");
}

#[test]
fn seals_stay_out_of_version_control() {
    let made = Made::new();
    assert_eq!(fs::read_to_string(made.path("generated/.cache/.gitignore")).unwrap(), "*\n");
    assert!(files::yaml_below(&made.path("generated/.cache")).unwrap().is_empty());
}
