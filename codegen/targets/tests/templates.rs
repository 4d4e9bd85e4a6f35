//! Folders of templates as targets: what they make, and what is said about those that are wrong.
//!
//! A case is a folder below `cases/templates`: the templates in `own`, and `expected.txt`, the files that they make of
//! the contract in `examples/own-schema`, or everything that is wrong with them.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use wcs_codegen::output::{self, Change, Mode};
use wcs_contract::Input;
use wcs_contract::model::Contract;
use wcs_targets::templates::{Mistake, Overrides, Target};
use wcs_test_support::{cases, expect, folders, none, root};

fn contract() -> Contract {
    wcs_contract::compile(&Input::at(root().join("examples/own-schema/schema"))).unwrap().contract.unwrap()
}

#[test]
fn each_folder_makes_what_is_expected() {
    let contract = contract();
    let compare = |folder: &std::path::PathBuf| {
        let own = folder.join("own");
        let said = match Target::read(&own).and_then(|target| target.emit(&contract)) {
            Ok(artifacts) => {
                artifacts.iter().map(|artifact| format!("== {}\n{}", artifact.path, artifact.text)).collect()
            }
            Err(mistakes) => lines(&mistakes),
        };
        expect(&folder.join("expected.txt"), &said.replace(&folder.display().to_string(), "…")).err()
    };
    let folders = folders(&cases("codegen/targets/tests", "templates"));
    assert!(folders.len() >= 10, "{folders:?}");
    none(&folders.iter().filter_map(compare).collect::<Vec<_>>());
}

fn lines(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| format!("error: {mistake}\n")).collect()
}

/// `UPDATE=1` rewrites, as for every expectation.
#[test]
fn the_example_is_fresh() {
    let contract = contract();
    let example = root().join("examples/own-templates");
    let mode = if std::env::var_os("UPDATE").is_some() { Mode::Write } else { Mode::Compare };
    for name in ["python", "tables"] {
        let target = Target::read(&example.join(name)).unwrap();
        let artifacts = target.emit(&contract).unwrap();
        let reports = output::apply(&example.join("generated").join(name), &artifacts, mode).unwrap();
        let stale: Vec<_> = reports.iter().filter(|file| file.change != Change::Unchanged).collect();
        assert!(stale.is_empty() || mode == Mode::Write, "UPDATE=1 rewrites them: {stale:#?}");
    }
}

/// The same templates must hold for a contract a hundred times as large.
#[test]
fn the_example_holds_for_the_large_contract() {
    let contract = wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap();
    for name in ["python", "tables"] {
        let target = Target::read(&root().join("examples/own-templates").join(name)).unwrap();
        let artifacts = target.emit(&contract).unwrap_or_else(|mistakes| panic!("{}", lines(&mistakes)));
        for hook in &contract.hooks {
            assert!(artifacts.iter().any(|artifact| artifact.text.contains(&hook.name.value)), "{}", hook.name.value);
        }
    }
}

#[test]
fn templates_of_the_pages_are_replaced_by_name() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("overrides");
    let _ = std::fs::remove_dir_all(&folder);
    output::write(&folder.join("hook.md.hbs"), "This is mine.\n").unwrap();
    let pages = Overrides::read(&folder).unwrap().pages(&contract()).unwrap();
    assert!(pages.iter().filter(|page| page.text == "This is mine.\n").count() >= 5);
    assert!(pages.iter().any(|page| page.path == "README.md" && page.text != "This is mine.\n"));

    output::write(&folder.join("hook.md.hbs"), "{{#if}\n").unwrap();
    let told = Overrides::read(&folder).unwrap().pages(&contract()).unwrap_err().to_string();
    assert!(told.contains("hook.md.hbs: ") && told.contains('1'), "{told}");

    output::write(&folder.join("hok.md.hbs"), "").unwrap();
    output::write(&folder.join("hook.md"), "").unwrap();
    let told = lines(&Overrides::read(&folder).unwrap_err());
    assert!(told.contains("did you mean `hook.md`?") && told.contains("is the template `hook.md` too"), "{told}");
}
