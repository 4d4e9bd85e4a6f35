//! `wcs bundle` from outside: the same bytes every time, and sums that hold once it is unpacked.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use wcs_contract::Input;

use wcs_codegen::output;
use wcs_targets::EMITTERS;
use wcs_targets::bundle::{MANIFEST, SUMS, sha256};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn wcs(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wcs")).current_dir(folder).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The files of an archive without the folder that all of them stand in.
fn unpacked(path: &Path, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let bytes = std::fs::read(path).unwrap();
    let mut files = BTreeMap::new();
    let mut add = |path: String, content: Vec<u8>| {
        let path = path.strip_prefix(&format!("{folder}/")).unwrap().to_owned();
        assert!(files.insert(path, content).is_none());
    };
    if path.extension().is_some_and(|extension| extension == "zip") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            add(file.name().unwrap().into_owned(), content);
        }
    } else {
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..]));
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let header = entry.header().clone();
            assert_eq!((header.uid().unwrap(), header.gid().unwrap(), header.mode().unwrap()), (0, 0, 0o644));
            assert_eq!(header.mtime().unwrap(), 315_532_800);
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            add(entry.path().unwrap().to_str().unwrap().to_owned(), content);
        }
    }
    files
}

#[test]
fn two_runs_give_the_same_bytes_and_the_sums_hold() {
    let scratch = tempfile::tempdir().unwrap();
    let schema = root().join("schema");
    for name in ["wcs.tar.gz", "wcs.zip"] {
        let (first, second) = (scratch.path().join("first").join(name), scratch.path().join("second").join(name));
        let one = wcs(&root(), &["bundle", "-o", first.to_str().unwrap()]);
        assert_eq!(code(&one), 0, "{}", said(&one));
        // Elsewhere, and with the schema named in another way.
        let two = wcs(scratch.path(), &["bundle", schema.to_str().unwrap(), "-o", second.to_str().unwrap()]);
        assert_eq!(code(&two), 0, "{}", said(&two));
        assert!(std::fs::read(&first).unwrap() == std::fs::read(&second).unwrap(), "{name} differs");

        let contract = wcs_contract::compile(&Input::at(&schema)).unwrap().contract.unwrap();
        let folder = format!("{}-{}", contract.name.value, contract.version.value);
        let files = unpacked(&first, &folder);
        for emitter in EMITTERS {
            for artifact in emitter.emit(&contract) {
                let path = format!("{}/{}", emitter.name(), artifact.path);
                assert!(files[&path] == artifact.text.as_bytes(), "{path}");
            }
        }
        assert!(files["schema/wcs.yaml"] == std::fs::read(schema.join("wcs.yaml")).unwrap());
        let model: serde_json::Value = serde_json::from_slice(&files["model/model.json"]).unwrap();
        assert_eq!(model["contract"]["hash"], contract.hash);
        check_sums(&files);
        check_manifest(&files);
    }
}

/// What `sha256sum --check` does; and no file may be without a sum.
fn check_sums(files: &BTreeMap<String, Vec<u8>>) {
    let sums = String::from_utf8(files[SUMS].clone()).unwrap();
    let mut summed = Vec::new();
    for line in sums.lines() {
        let (sum, path) = line.split_once("  ").unwrap();
        assert_eq!(sum, sha256(&files[path]), "{path}");
        summed.push(path);
    }
    assert!(files.keys().filter(|path| *path != SUMS).eq(&summed), "{summed:?}");
}

fn check_manifest(files: &BTreeMap<String, Vec<u8>>) {
    let manifest: serde_json::Value = serde_json::from_slice(&files[MANIFEST]).unwrap();
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len(), files.len() - 2);
    for entry in listed {
        let content = &files[entry["path"].as_str().unwrap()];
        assert_eq!((&entry["bytes"], &entry["sha256"]), (&content.len().into(), &sha256(content).into()));
    }
}

#[test]
fn an_archive_is_checked_against_the_schema() {
    let scratch = tempfile::tempdir().unwrap();
    let schema = scratch.path().join("schema");
    std::fs::create_dir(&schema).unwrap();
    let file = schema.join("lockers.yaml");
    std::fs::copy(root().join("examples/own-schema/schema/lockers.yaml"), &file).unwrap();
    output::write(&schema.join("CHANGELOG.md"), "# History\n").unwrap();
    // The schema is the one here, and the archive is called as the contract.
    let made = wcs(scratch.path(), &["bundle", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    assert_eq!((code(&made), &report["path"]), (0, &"lockers-0.3.0.tar.gz".into()), "{}", said(&made));
    let path = scratch.path().join("lockers-0.3.0.tar.gz");
    assert_eq!(report["sha256"], sha256(&std::fs::read(&path).unwrap()));
    assert_eq!(unpacked(&path, "lockers-0.3.0")["CHANGELOG.md"], b"# History\n");
    assert_eq!(code(&wcs(scratch.path(), &["bundle", "-o", "published/", "--format", "json"])), 0);
    assert!(scratch.path().join("published/lockers-0.3.0.tar.gz").exists());

    let check = |name: &str| wcs(scratch.path(), &["bundle", "--check", name, "--color", "never"]);
    let fresh = check("lockers-0.3.0.tar.gz");
    assert!(code(&fresh) == 0 && said(&fresh).contains("up to date"), "{}", said(&fresh));
    let text = std::fs::read_to_string(&file).unwrap().replace("Somebody wants to open a door.", "Somebody knocks.");
    output::write(&file, &text).unwrap();
    std::fs::remove_file(schema.join("CHANGELOG.md")).unwrap();
    let stale = check("lockers-0.3.0.tar.gz");
    assert_eq!(code(&stale), 4, "{}", said(&stale));
    for line in ["changed  lockers-0.3.0/schema/lockers.yaml\n", "foreign  lockers-0.3.0/CHANGELOG.md\n"] {
        assert!(said(&stale).contains(line), "{}", said(&stale));
    }
    output::write(&scratch.path().join("broken.zip"), "PK, but no more").unwrap();
    let broken = check("broken.zip");
    assert!(code(&broken) == 4 && said(&broken).contains("no ZIP archive"), "{}", said(&broken));
    for wrong in [&["bundle", "-o", "wcs.rar"][..], &["bundle", "--check", "nowhere.zip"], &["bundle", "nowhere"]] {
        assert_eq!(code(&wcs(scratch.path(), wrong)), 2, "{wrong:?}");
    }
}
