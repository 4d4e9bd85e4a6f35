//! `wcs diff` and `wcs changelog` from outside: files, folders and revisions, what fails, and what is said when nothing
//! can be compared.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test's own files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn wcs_in(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_wcs")).current_dir(folder).args(args).output().unwrap();
    told(&output)
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// A repository with three commits: a contract, one that breaks it (branch `next`), one whose files lie elsewhere.
fn repository(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("schema/hooks")).unwrap();
    let git = |args: &[&str]| {
        let output = Command::new("git")
            .current_dir(&folder)
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"])
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let commit = |message: &str| {
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", message]);
    };
    let case = root().join("codegen/diff/tests/cases/diff/release");
    let text = |file: &str| fs::read_to_string(case.join(file)).unwrap();
    // Two files, so that a revision is more than one blob.
    let divided = |text: &str| {
        let (head, hooks) = text.split_once("\nhooks:").unwrap();
        let head = head.replacen("  context:", "  files: [hooks/all.yaml]\n  context:", 1);
        fs::write(folder.join("schema/lockers.yaml"), head + "\n").unwrap();
        fs::write(folder.join("schema/hooks/all.yaml"), format!("hooks:{hooks}")).unwrap();
    };
    git(&["init", "-q", "-b", "main"]);
    divided(&text("old.yaml"));
    commit("first");
    git(&["tag", "v1"]);
    divided(&text("new.yaml"));
    commit("second");
    git(&["tag", "v2"]);
    fs::create_dir_all(folder.join("contracts")).unwrap();
    fs::rename(folder.join("schema"), folder.join("contracts/lockers")).unwrap();
    commit("moved");
    fs::rename(folder.join("contracts/lockers"), folder.join("schema")).unwrap();
    commit("moved back");
    folder
}

#[test]
fn revisions_need_no_setup() {
    let folder = repository("diff-revisions");
    for (args, code, says) in [
        (&["v1", "v2"][..], 1, "lockers 0.3.0 (v1:schema) → lockers 0.3.1 (v2:schema)"),
        (&["v1"], 1, "lockers 0.3.0 (v1:schema) → lockers 0.3.1 (schema)"),
        (&["main~2", "HEAD"], 0, "no differences"),
        (&["main"], 0, "no differences"),
        (&["v1:schema/lockers.yaml", "HEAD~1:contracts/lockers"], 1, "(HEAD~1:contracts/lockers)"),
        (&["v2", "v1"], 1, "`at` is new"),
        (&["v1", "v2"], 1, "v2:schema/hooks/all.yaml:21:7, was v1:schema/hooks/all.yaml:21:7"),
    ] {
        let (seen, out, err) = wcs_in(&folder, &[&["diff", "--color", "never"], args].concat());
        assert_eq!((seen, out.contains(says)), (code, true), "{args:?}\n{out}\n{err}");
        assert!(!out.contains("/tmp"), "{out}");
    }
    // From a folder inside of the repository too, where the schema is found above.
    let (code, out, _) = wcs_in(&folder.join("schema/hooks"), &["diff", "v1", "--format", "json"]);
    assert_eq!(code, 1);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["bump"]["needed"], &report["worst"]), (&"major".into(), &"breaking".into()));
    let (code, out, _) = wcs_in(&folder, &["changelog", "v1"]);
    assert_eq!((code, out.contains("## Breaking")), (0, true), "{out}");
}

#[test]
fn what_fails_is_said() {
    let folder = repository("diff-levels");
    let diff = |args: &[&str]| wcs_in(&folder, &[&["diff", "v1", "v2", "--color", "never"], args].concat());
    for (args, code) in [
        (&["--fail-on", "breaking"][..], 1),
        (&["--fail-on", "risky"], 1),
        (&["--fail-on", "never"], 0),
        (&["--audience", "rust"], 1),
        (&["--format", "markdown", "--fail-on", "never"], 0),
        (&["--format", "github", "--fail-on", "never"], 0),
        (&["--format", "sarif", "--fail-on", "never"], 0),
    ] {
        assert_eq!(diff(args).0, code, "{args:?}");
    }
    let same = wcs_in(&folder, &["diff", "v2", "v2", "--fail-on", "any"]);
    assert_eq!(same.0, 0, "{}", same.1);
    // Everything that breaks is approved: from then on only the rest can fail.
    let (_, out, _) = diff(&["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let approvals: String = report["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| change["level"] == "breaking")
        .map(|change| format!("  - {{fingerprint: {}, reason: Agreed.}}\n", change["fingerprint"]))
        .collect();
    fs::write(folder.join("wcs-approvals.yaml"), format!("approvals:\n{approvals}")).unwrap();
    let (code, out, _) = wcs_in(&folder, &["diff", "v1", "--color", "never"]);
    assert_eq!((code, out.contains("approved: 5")), (0, true), "{out}");
    assert_eq!(wcs_in(&folder, &["diff", "v1", "--fail-on", "risky"]).0, 1);
    fs::write(folder.join("other.yaml"), "approvals: {}\n").unwrap();
    let (code, out, _) = wcs_in(&folder, &["diff", "v1", "--fail-on", "never", "--approvals", "other.yaml"]);
    assert_eq!((code, out.contains("expected a sequence")), (1, true), "{out}");
}

#[test]
fn what_cant_be_compared_is_said() {
    let folder = repository("diff-errors");
    fs::create_dir_all(folder.join("empty")).unwrap();
    let broken = fs::read_to_string(root().join("codegen/diff/tests/cases/diff/release/old.yaml")).unwrap();
    fs::write(folder.join("broken.yaml"), broken.replacen("    type: connect", "    kind: connect", 1)).unwrap();
    for (args, code, says) in [
        (
            &["diff", "nowhere"][..],
            2,
            "`nowhere` is neither a file nor a folder here, and git knows no revision `nowhere`",
        ),
        (&["diff", "-x"], 2, "unexpected argument"),
        (&["diff", "v1:nowhere"], 2, "the revision `v1` has no YAML files in `nowhere`"),
        (&["diff", "HEAD~1"], 2, "the revision `HEAD~1` has no YAML files in `schema`; say where its schema is"),
        (&["diff", "empty"], 2, "no YAML file in empty has the section `contract`"),
        (&["diff", "v1", "v2", "--approvals", "none.yaml"], 2, "can't read none.yaml"),
        (&["changelog", "nowhere"], 2, "neither a file nor a folder"),
        (&["diff"], 2, "<OLD>"),
    ] {
        let (seen, out, err) = wcs_in(&folder, args);
        assert_eq!((seen, err.contains(says)), (code, true), "{args:?}\n{out}\n{err}");
    }
    for args in [["diff", "broken.yaml", "v1"], ["diff", "v1", "broken.yaml"], ["changelog", "broken.yaml", "v1"]] {
        let (code, out, _) = wcs_in(&folder, &args);
        assert_eq!((code, out.contains("broken.yaml can't be compared: ")), (1, true), "{args:?}\n{out}");
        assert!(out.contains("unknown key `kind`"), "{out}");
    }
    let outside = std::env::temp_dir();
    let (code, _, err) = wcs_in(&outside, &["diff", "v1", "v2"]);
    assert_eq!((code, err.contains("this folder is in no git repository")), (2, true), "{err}");
}
