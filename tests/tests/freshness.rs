//! Generated files are what the schema makes, and the README shows what the program prints.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use wcs_codegen::output::{self, Change, Mode};
use wcs_contract::Input;
use wcs_targets::EMITTERS;
use wcs_tests::root;

/// `UPDATE=1` rewrites, as for every expectation.
#[test]
fn generated_files_are_fresh() {
    let contract = wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap();
    let mode = if std::env::var_os("UPDATE").is_some() { Mode::Write } else { Mode::Compare };
    let mut stale = Vec::new();
    for emitter in EMITTERS {
        let folder = root().join("generated").join(emitter.name());
        for file in output::apply(&folder, &emitter.emit(&contract), mode).unwrap() {
            if file.change != Change::Unchanged && mode == Mode::Compare {
                stale.push(format!("{}/{}: {:?}", emitter.name(), file.path, file.change));
            }
        }
    }
    assert!(stale.is_empty(), "run `cargo wcs generate`: {stale:#?}");
}

#[test]
fn output_depends_on_the_schema_alone() {
    let twice = [(), ()].map(|()| {
        let contract = wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap();
        EMITTERS.iter().flat_map(|emitter| emitter.emit(&contract)).collect::<Vec<_>>()
    });
    assert!(twice[0] == twice[1], "two runs differ");
    let home = root().display().to_string();
    for artifact in &twice[0] {
        assert!(!artifact.text.contains(&home), "{} names a folder of this machine", artifact.path);
    }
}

#[test]
fn files_are_owned_by_manifest() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("manifest");
    let _ = std::fs::remove_dir_all(&folder);
    let file = |path: &str, text: &str| wcs_codegen::Artifact { path: path.into(), text: text.into() };
    output::apply(&folder, &[file("a.txt", "a"), file("sub/b.txt", "b")], Mode::Write).unwrap();
    output::write(&folder.join("mine.txt"), "mine").unwrap();
    let written = std::fs::metadata(folder.join("a.txt")).unwrap().modified().unwrap();

    let reports = output::apply(&folder, &[file("a.txt", "a")], Mode::Compare).unwrap();
    assert!(folder.join("sub/b.txt").exists(), "comparing writes nothing");
    assert!(reports.iter().any(|report| report.path == "sub/b.txt" && report.change == Change::Removed));

    output::apply(&folder, &[file("a.txt", "a")], Mode::Write).unwrap();
    assert!(!folder.join("sub/b.txt").exists(), "what is made no longer goes away");
    assert!(folder.join("mine.txt").exists(), "what was not made by us stays");
    assert_eq!(
        std::fs::metadata(folder.join("a.txt")).unwrap().modified().unwrap(),
        written,
        "unchanged is not touched"
    );
    let again = output::apply(&folder, &[file("a.txt", "a")], Mode::Write).unwrap();
    assert!(again.iter().all(|report| report.change == Change::Unchanged));
}

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("in-the-way");
    let _ = std::fs::remove_dir_all(&folder);
    output::write(&folder.join("README.md"), "mine").unwrap();
    let made = ["a.md", "README.md"].map(|path| wcs_codegen::Artifact { path: path.into(), text: "made".into() });
    let error = output::apply(&folder, &made, Mode::Write).unwrap_err().to_string();
    assert!(error.contains("README.md") && error.contains("move it away"), "{error}");
    assert_eq!(std::fs::read_to_string(folder.join("README.md")).unwrap(), "mine");
    assert!(!folder.join("a.md").exists(), "nothing is written before everything may be");
}
