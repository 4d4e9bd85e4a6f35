//! `wcs new` from outside: what it makes, and that `--sync` only adds.
//!
//! `tests/cases/new` has the files of some backends, and what `--sync` puts into one; `UPDATE=1` rewrites them.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use similar::{ChangeTag, TextDiff};
use wcs_codegen::output;

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

/// An empty folder of a test.
fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("new").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn expect(file: &str, actual: &str) {
    let path = root().join("tests/cases/new").join(file);
    if std::env::var_os("UPDATE").is_some() {
        output::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let diff = TextDiff::from_lines(expected.as_str(), actual);
    assert_eq!(expected, actual, "{file}; UPDATE=1 rewrites it\n{}", diff.unified_diff());
}

/// A copy of the contract.
fn schema(folder: &Path) -> PathBuf {
    let copy = folder.join("schema");
    for (path, text) in files(&root().join("schema")).iter().filter(|(path, _)| path.ends_with(".yaml")) {
        output::write(&copy.join(path), text).unwrap();
    }
    copy
}

/// Adds a text to a file of it.
fn add(file: &Path, text: &str) {
    output::write(file, &(fs::read_to_string(file).unwrap() + text)).unwrap();
}

const LATER: &str = "
  laterQuestion:
    type: direct
    group: data
    summary: A hook of a later release.
    deny: {effect: forbids, doc: It does not happen.}
    evidence: documents
    confidence: low
    sources: {M: nowhere}
    parameters:
      question: {type: string, presence: always, doc: What is asked., example: why}
    examples:
      - {title: A question, origin: derived, body: {appKey: defaultApp, sessionId: s, question: why}}
";

#[test]
fn backends_are_as_expected() {
    let cases = [
        ("rust-minimal", &["--minimal", "--hooks", "publishStream,StreamStatusEvent"][..]),
        ("rust-full", &["--hooks", "publishStream,StreamKeepAliveEvent,call,DataStatusEvent"]),
        ("typescript", &["--lang", "typescript", "--hooks", "StreamKeepAliveEvent,call,DataStatusEvent"]),
        ("python", &["--lang", "python", "--hooks", "StreamKeepAliveEvent,call,DataStatusEvent"]),
    ];
    let schema = root().join("schema");
    for (case, args) in cases {
        let folder = scratch(case);
        let full = root().canonicalize().unwrap();
        // Found by the program's own place too; but whoever has CARGO_TARGET_DIR set runs it from elsewhere.
        let checkout = if case.starts_with("rust") { &["--wcs", full.to_str().unwrap()][..] } else { &[] };
        let all = [&["new", "demo", "--schema", schema.to_str().unwrap()][..], args, checkout].concat();
        let output = wcs(&folder, &all);
        assert_eq!(code(&output), 0, "{}", said(&output));
        let made: String =
            by_hand(&files(&folder.join("demo"))).iter().map(|(path, text)| format!("== {path}\n{text}")).collect();
        expect(&format!("{case}.txt"), &made.replace(full.to_str().unwrap(), "…"));
        assert!(
            !fs::read_dir(&folder).unwrap().any(|entry| entry.unwrap().file_name() != "demo"),
            "nothing is left over"
        );
    }
}

#[test]
fn sync_only_adds() {
    for (layout, lang) in [("--full", "rust"), ("--minimal", "rust"), ("--full", "typescript"), ("--full", "python")] {
        let folder = scratch(&format!("sync{layout}-{lang}"));
        let schema = schema(&folder);
        let schema = schema.to_str().unwrap();
        let new = |args: &[&str]| wcs(&folder, &[&["new", "demo", "--schema", schema][..], args].concat());
        assert_eq!(code(&new(&["--yes", layout, "--lang", lang])), 0);
        let demo = folder.join("demo");
        // Somebody has worked on it.
        match lang {
            "rust" => {
                let list = demo.join("src/hooks.rs");
                let text = fs::read_to_string(&list).unwrap();
                output::write(&list, &text.replace("        handlers![", "        // Mine.\n        handlers!["))
                    .unwrap();
                add(&demo.join("src/main.rs"), "\n// Here stands #[wcs_hook(LaterQuestion)], but in a comment.\n");
            }
            "typescript" => add(&demo.join("src/handlers/calls.ts"), "// Mine: handlers.laterQuestion = nothing\n"),
            _ => add(&demo.join("handlers/calls.py"), "# Mine: @receiver.on(LaterQuestionRequest)\n"),
        }
        let before = files(&demo);

        let output = new(&["--sync", "--check"]);
        assert_eq!((code(&output), files(&demo)), (0, before.clone()), "{}", said(&output));

        add(&Path::new(schema).join("hooks/data.yaml"), LATER);
        let output = new(&["--sync", "--check"]);
        assert_eq!((code(&output), files(&demo)), (4, before.clone()), "{}", said(&output));
        let output = new(&["--sync"]);
        assert_eq!(code(&output), 0, "{}", said(&output));
        let after = files(&demo);
        expect(&format!("sync-{lang}{layout}.diff"), &difference(&by_hand(&before), &by_hand(&after)));
        // What is generated is that of the contract as it is now.
        let generated: Vec<_> = after.iter().filter(|file| GENERATED.contains(&file.0.as_str())).collect();
        assert_eq!(generated.is_empty(), lang == "rust");
        assert!(generated.iter().all(|(_, text)| text.contains("laterQuestion")));

        let output = new(&["--sync"]);
        assert_eq!((code(&output), files(&demo)), (0, after), "{}", said(&output));
        assert!(said(&output).contains("up to date"), "{}", said(&output));
    }
}

/// What other targets make too, and is made anew.
const GENERATED: [&str; 4] = ["src/hooks.ts", "vectors.json", "openapi-3.0.json", "models.py"];

/// What `examples/other-languages` has, under the same names; a test of its own keeps the two equal.
const PROVEN: [&str; 9] = [
    "src/echo.ts",
    "src/reading.ts",
    "src/receiver.ts",
    "src/secret.ts",
    "contract.py",
    "echo.py",
    "reading.py",
    "receiver.py",
    "secret.py",
];

fn by_hand(files: &[(String, String)]) -> Vec<(String, String)> {
    let shown = |path: &str| !GENERATED.contains(&path) && !PROVEN.contains(&path);
    files.iter().filter(|(path, _)| shown(path)).cloned().collect()
}

/// What is new, file by file; that nothing went away is what this is about.
fn difference(before: &[(String, String)], after: &[(String, String)]) -> String {
    let mut said = String::new();
    for (path, text) in after {
        let old = before.iter().find(|(other, _)| other == path).map_or("", |(_, text)| text);
        let diff = TextDiff::from_lines(old, text);
        let gone: Vec<_> = diff.iter_all_changes().filter(|change| change.tag() == ChangeTag::Delete).collect();
        assert!(gone.is_empty(), "{path}: {gone:?}");
        if old != text {
            said.push_str(&diff.unified_diff().context_radius(1).header(path, path).to_string());
        }
    }
    assert!(before.iter().all(|(path, _)| after.iter().any(|(other, _)| other == path)), "a file went away");
    said
}

#[test]
fn what_is_handled_already_gets_no_stub() {
    let folder = scratch("handled");
    let schema = schema(&folder);
    let schema = schema.to_str().unwrap();
    let new = |args: &[&str]| wcs(&folder, &[&["new", "demo", "--schema", schema][..], args].concat());
    assert_eq!(code(&new(&["--yes", "--minimal"])), 0);
    add(&Path::new(schema).join("hooks/data.yaml"), LATER);
    let main = folder.join("demo/src/main.rs");
    let before = fs::read_to_string(&main).unwrap();
    for written in [
        "#[wcs_hook(wcs_hooks::LaterQuestion, deadline = \"1s\")]\nasync fn any() {}\n",
        "mod inner {\n    #[wcs_runtime::wcs_hook]\n    impl Hooks for Mine {\n        async fn later_question(&self) {}\n    }\n}\n",
    ] {
        output::write(&main, &(before.clone() + written)).unwrap();
        let output = new(&["--sync", "--check", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["handled"], serde_json::json!(["laterQuestion"]), "{report:#}");
        assert_eq!(report["stubs"], serde_json::json!([]), "{report:#}");
    }

    output::write(&main, &(before + "fn broken( {\n")).unwrap();
    let output = new(&["--sync"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("src/main.rs: ") && said(&output).contains("mend it first"), "{}", said(&output));
}

/// A hook that was known from the start gets its stub when it is asked for.
#[test]
fn named_hooks_are_added_whenever() {
    let folder = scratch("named");
    let schema = root().join("schema");
    let schema = schema.to_str().unwrap();
    assert_eq!(code(&wcs(&folder, &["new", "demo", "--schema", schema, "--hooks", "publishStream"])), 0);
    let demo = folder.join("demo");
    let before = files(&demo);
    let output =
        wcs(&demo.join("src"), &["new", "--sync", "--schema", schema, "--group", "calls", "--hooks", "playStream"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let said = difference(&before, &files(&demo));
    assert!(said.contains("+mod calls;\n") && said.contains("+        streaming::play_stream,\n"), "{said}");
    assert!(!said.contains("wcs-new.yaml"), "{said}");
}

#[test]
fn what_can_not_be_is_said() {
    let folder = scratch("refused");
    let schema = root().join("schema");
    let schema = schema.to_str().unwrap();
    let lockers = root().join("examples/own-schema/schema");
    let lockers = lockers.to_str().unwrap();
    output::write(&folder.join("full/mine.txt"), "mine").unwrap();
    fs::create_dir_all(folder.join("empty")).unwrap();
    for (args, words) in [
        (&["full"][..], "is there and not empty"),
        (&["Demo"], "can't be the name of a backend"),
        (&["fn"], "it has a meaning in Rust"),
        (&["demo", "--hooks", "publishStraem"], "did you mean `publishStream`?"),
        (&["demo", "--group", "cals"], "did you mean `calls`?"),
        (&["demo", "--wcs", "full"], "is no checkout"),
        (&["demo", "--templates", "empty"], "there is no template in it"),
        (&["demo", "--schema", lockers], "not of `lockers`"),
        (&["full", "--sync"], "is in no backend that `wcs new` made"),
        (&["absent/demo", "--sync"], "can't read absent/demo"),
        (&["demo", "--check"], "--sync"),
        (&[], "<NAME>"),
    ] {
        let named = if args.contains(&"--schema") { vec![] } else { vec!["--schema", schema] };
        let output = wcs(&folder, &[&["new"], args, &named[..]].concat());
        assert_eq!(code(&output), 2, "{args:?}: {}", said(&output));
        assert!(said(&output).contains(words), "{args:?}: {}", said(&output));
    }
    let names: Vec<_> = files(&folder).into_iter().map(|(path, _)| path).collect();
    assert_eq!(names, ["full/mine.txt"], "nothing is written");
    let output = wcs(&folder, &["new", "empty", "--schema", schema, "--yes"]);
    assert_eq!((code(&output), output.stderr.len()), (0, 0), "{}", said(&output));

    output::write(&folder.join("empty/wcs-new.yaml"), "language: cobol\nlayout: full\n").unwrap();
    let output = wcs(&folder, &["new", "empty", "--schema", schema, "--sync"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("wcs-new.yaml: `language` is one of rust, typescript, python, not `cobol`"));
}

#[test]
fn own_templates_replace_and_add() {
    let folder = scratch("templates");
    let schema = root().join("schema");
    let schema = schema.to_str().unwrap();
    let listed = said(&wcs(&folder, &["new", "--list-templates", "--minimal"]));
    assert!(listed.lines().any(|line| line == "README.md.hbs") && listed.lines().all(|line| line != "Dockerfile.hbs"));
    output::write(&folder.join("mine/README.md.hbs"), "# {{project.name}} of mine\n").unwrap();
    output::write(&folder.join("mine/dot-github/hooks.txt.hbs"), "{{#each hooks}}\n{{name}}\n{{/each}}\n").unwrap();
    let args = ["new", "demo", "--schema", schema, "--templates", "mine", "--minimal", "--hooks", "call"];
    let output = wcs(&folder, &args);
    assert_eq!(code(&output), 0, "{}", said(&output));
    let made = files(&folder.join("demo"));
    let text = |name: &str| made.iter().find(|(path, _)| path == name).map(|(_, text)| text.as_str());
    assert_eq!(text("README.md"), Some("# demo of mine\n"));
    assert_eq!(text(".github/hooks.txt"), Some("connect\ncall\n"));
    assert!(text("src/hooks.rs").is_some());

    output::write(&folder.join("mine/README.md.hbs"), "{{project.nam}}\n").unwrap();
    let output = wcs(&folder, &["new", "other", "--schema", schema, "--templates", "mine", "--yes"]);
    assert_eq!(code(&output), 2);
    assert!(said(&output).contains("README.md.hbs:1:") && !folder.join("other").exists(), "{}", said(&output));
}

/// Outside of a checkout there is no `schema`: the contract that the program brings along is the repository's.
#[test]
fn without_a_schema_it_is_the_built_in_contract() {
    // The folders of tests are inside of the checkout.
    let folder = std::env::temp_dir().join(format!("wcs-new-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let output = wcs(&folder, &["model", "--format", "json"]);
    let note = "no folder `schema` here or above: this is the built-in contract wcs";
    assert!(String::from_utf8_lossy(&output.stderr).contains(note), "{}", said(&output));
    assert_eq!(output.stdout, wcs(&root(), &["model", "--format", "json"]).stdout);

    let output = wcs(&folder, &["new", "demo", "--all", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stderr).contains(note), "{}", said(&output));
    assert!(folder.join("demo/src/hooks/calls.rs").is_file());
    assert_eq!(code(&wcs(&folder, &["generate", "--only", "typescript", "--out", "made"])), 0);
    assert!(folder.join("made/typescript/hooks.ts").is_file());

    for (args, words) in [
        (&["generate", "--only", "typescript"][..], "there is no folder `schema`"),
        (&["list", "--schema", "absent"], "absent"),
    ] {
        let output = wcs(&folder, args);
        assert_eq!(code(&output), 2);
        assert!(said(&output).contains(words), "{}", said(&output));
    }
    fs::remove_dir_all(folder).unwrap();
}

/// The backends of other languages are made of what `examples/other-languages` proves.
#[test]
fn proven_files_are_those_of_the_examples() {
    let templates = root().join("codegen/scaffold/src/templates");
    let examples = root().join("examples/other-languages");
    for path in PROVEN {
        let (language, example) = if path.ends_with(".ts") { ("typescript", "express") } else { ("python", "fastapi") };
        let text = fs::read_to_string(examples.join(example).join(path)).unwrap();
        let copy = templates.join(language).join("common").join(path);
        if std::env::var_os("UPDATE").is_some() {
            output::write(&copy, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&copy).unwrap(), text, "{path}; UPDATE=1 copies the example's");
    }
}
