//! What holds for any contract: new hooks appear everywhere, and no hook's name is written into the program.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use wcs_contract::Input;

use wcs_contract::model::{HookType, TypeKind};
use wcs_contract::source::Span;
use wcs_targets::EMITTERS;
use wcs_tests::backend::{Backend, echo_crate};
use wcs_tests::{added, root};

/// A folder of this test's own, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
    found
}

/// Copies the schema, changing each file's text.
#[expect(clippy::disallowed_methods, reason = "a test's own files")]
fn copy_schema(to: &Path, change: impl Fn(&Path, String) -> String) {
    let from = root().join("schema");
    for path in yaml_files(&from) {
        let below = path.strip_prefix(&from).unwrap();
        let target = to.join(below);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, change(below, fs::read_to_string(&path).unwrap())).unwrap();
    }
}

/// Posts the first example of every hook.
fn post_examples(backend: &Backend, contract: &wcs_contract::model::Contract) {
    for hook in &contract.hooks {
        let body = hook.examples[0].body.value.to_string();
        let reply = backend.post(&hook.name.value, body.clone()).unwrap();
        let text = reply.text();
        let added = added(&body, &text).unwrap_or_else(|| panic!("{}: {body} became {text}", hook.name.value));
        // The answer that opens a session carries its policy; nothing else is ever added.
        let opens = hook.kind == HookType::Connect;
        let member = contract.session_policy().map_or("", |policy| policy.member.value.as_str());
        assert_eq!(
            (reply.status, added.starts_with(&format!(",\"{member}\":{{"))),
            (200, opens),
            "{}",
            hook.name.value
        );
        assert!(opens || added.is_empty(), "{}: {added}", hook.name.value);
    }
}

/// Replaces pieces of files, given by display path and byte range.
#[expect(clippy::disallowed_methods, reason = "a test's own files")]
fn splice(sources: &wcs_contract::source::Sources, mut pieces: Vec<(Span, String)>) {
    pieces.sort_by_key(|(span, _)| std::cmp::Reverse((span.file, span.start)));
    for (file, source) in sources.iter() {
        let mut text = source.text.clone();
        for (span, new) in pieces.iter().filter(|(span, _)| span.file == file) {
            text.replace_range(span.start as usize..span.end as usize, new);
        }
        if text != source.text {
            fs::write(&source.path, text).unwrap();
        }
    }
}

#[test]
fn renaming_every_hook_generates_compiles_and_answers() {
    let folder = scratch("renamed");
    let schema = folder.join("schema");
    copy_schema(&schema, |_, text| text);
    let new_name = |name: &str| format!("zz{name}Renamed");

    // First the declarations; the compiler then names every reference, with its place.
    let compiled = wcs_contract::compile(&Input::at(&schema)).unwrap();
    let contract = compiled.contract.unwrap();
    let old_names: Vec<&str> = contract.hooks.iter().map(|hook| hook.name.value.as_str()).collect();
    let declarations = contract.hooks.iter().map(|hook| (hook.name.span, new_name(&hook.name.value))).collect();
    splice(&compiled.sources, declarations);
    let compiled = wcs_contract::compile(&Input::at(&schema)).unwrap();
    assert!(compiled.findings.len() > 40, "every reference is missed");
    let references = compiled.findings.iter().map(|found| {
        let is_missed = ["there is no hook", "nothing is called"].iter().any(|start| found.message.starts_with(start));
        assert!(is_missed, "{}", found.message);
        let text = compiled.sources.text(found.span);
        let is_name = old_names.contains(&text);
        let in_text = || {
            old_names
                .iter()
                .fold(text.to_owned(), |text, old| text.replace(&format!("`{old}`"), &format!("`{}`", new_name(old))))
        };
        (found.span, if is_name { new_name(text) } else { in_text() })
    });
    splice(&compiled.sources, references.collect());

    let compiled = wcs_contract::compile(&Input::at(&schema)).unwrap();
    let messages: Vec<&str> = compiled.findings.iter().map(|found| found.message.as_str()).collect();
    let renamed = compiled.contract.unwrap_or_else(|| panic!("{messages:#?}"));
    assert_eq!(renamed.hooks.len(), contract.hooks.len());
    assert!(renamed.hooks.iter().all(|hook| hook.name.value.ends_with("Renamed")));
    for emitter in EMITTERS {
        let artifacts = emitter.emit(&renamed);
        for hook in &renamed.hooks {
            assert!(artifacts.iter().any(|artifact| artifact.text.contains(&hook.name.value)), "{}", emitter.name());
        }
    }
    let program = folder.join("crate");
    echo_crate("renamed-hooks", &program, &renamed).unwrap();
    post_examples(&Backend::of_crate(&program).unwrap(), &renamed);
}

const NEW_HOOK: &str = "
hooks:
  parkStreamTwice:
    type: direct
    group: streaming
    summary: A client wants to park its stream twice.
    deny: {effect: forbids, doc: The stream goes on.}
    parameters:
      mediaSessionId: {presence: always}
      parkedMillis: {type: int64, doc: How long it stays parked.}
    examples:
      - title: Parked
        origin: derived
        body: {appKey: a, sessionId: s, mediaSessionId: m, parkedMillis: 9007199254740993}
    evidence: documents
    confidence: low
";

#[test]
#[expect(clippy::disallowed_methods, reason = "a test's own files")]
fn a_new_hook_appears_everywhere_and_answers() {
    let folder = scratch("new-hook");
    copy_schema(&folder.join("schema"), |path, text| {
        if path == Path::new("wcs.yaml") {
            text.replacen("    - sender.yaml", "    - hooks/new.yaml\n    - sender.yaml", 1)
        } else {
            text
        }
    });
    fs::write(folder.join("schema/hooks/new.yaml"), NEW_HOOK).unwrap();
    let contract = wcs_contract::compile(&Input::at(folder.join("schema"))).unwrap().contract.unwrap();
    for emitter in EMITTERS {
        let artifacts = emitter.emit(&contract);
        assert!(artifacts.iter().any(|artifact| artifact.text.contains("parkStreamTwice")), "{}", emitter.name());
        assert!(artifacts.iter().any(|artifact| artifact.text.contains("parkedMillis")), "{}", emitter.name());
    }
    let program = folder.join("crate");
    echo_crate("new-hook", &program, &contract).unwrap();
    let backend = Backend::of_crate(&program).unwrap();
    let body = "{\"mediaSessionId\":\"m\", \"parkedMillis\":9007199254740993 }";
    let reply = backend.post("parkStreamTwice", body).unwrap();
    assert_eq!((reply.status, reply.text().as_str()), (200, body));
    post_examples(&backend, &contract);
}

/// Rust files that were written by hand, outside of tests and examples.
fn hand_written() -> Vec<PathBuf> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                below(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["codegen", "macros/src", "runtime/src", "cli/src"] {
        below(&root().join(folder), &mut found);
    }
    found.push(root().join("generated/rust/src/lib.rs"));
    found
}

/// Compound names that mean something else too, and the folder in which they do.
const WAIVED: &[(&str, &str)] = &[
    // HTTP's own headers.
    ("contenttype", ""),
    ("useragent", ""),
    ("keepalive", ""),
    // Words of the schema language.
    ("errorevent", ""),
    ("clientexclude", ""),
    // OpenAPI's own terms.
    ("mediatype", "src/openapi"),
    ("operationid", "src/openapi"),
    ("requestbody", "src/openapi"),
];

#[test]
fn no_hook_or_member_is_named_in_hand_written_rust() {
    let contract = wcs_contract::compile(&Input::at(root().join("schema"))).unwrap().contract.unwrap();
    let records = contract.types.iter().filter_map(|def| match &def.kind {
        TypeKind::Record(members) => Some(members),
        TypeKind::Enum { .. } => None,
    });
    let members = contract.hooks.iter().map(|hook| &hook.parameters).chain(records).flatten();
    let members = members.map(|member| member.name.value.clone());
    let compound = |name: &String| name.chars().skip(1).any(char::is_uppercase);
    let flat = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let names: std::collections::BTreeSet<String> = contract
        .hooks
        .iter()
        .map(|hook| hook.name.value.clone())
        .chain(members)
        .filter(compound)
        .map(|name| flat(&name))
        .collect();
    assert!(names.len() > 80, "{}", names.len());
    let mut found = Vec::new();
    for path in hand_written() {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let file: proc_macro2::TokenStream = code.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        tokens(file, &mut |token| {
            for word in token.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')) {
                let shown = path.display().to_string();
                let waived = WAIVED.iter().any(|(waived, folder)| flat(word) == *waived && shown.contains(folder));
                if names.contains(&flat(word)) && !waived {
                    found.push(format!("{}: {token}", path.display()));
                }
            }
        });
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Identifiers and literals, doc comments left out.
fn tokens(stream: proc_macro2::TokenStream, visit: &mut impl FnMut(&str)) {
    use proc_macro2::TokenTree;
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let is_doc = group.stream().into_iter().next().is_some_and(|first| first.to_string() == "doc");
                if !is_doc {
                    tokens(group.stream(), visit);
                }
            }
            TokenTree::Ident(ident) => visit(&ident.to_string()),
            TokenTree::Literal(literal) => visit(&literal.to_string()),
            TokenTree::Punct(_) => {}
        }
    }
}

/// The tests of a crate are modules of one program; a file that is no module of it would never run. So would the tests
/// beside private functions of a library that is compiled once: the program names their files, too.
#[test]
fn no_file_of_tests_is_forgotten() {
    let below = |folder: &str| wcs_tests::folders(&root().join(folder));
    let crates = [below("."), below("codegen")].concat();
    for folder in crates.into_iter().filter(|folder| folder.join("tests/main.rs").is_file()) {
        let main = fs::read_to_string(folder.join("tests/main.rs")).unwrap();
        let named = |line: String| assert!(main.lines().any(|known| known == line), "{}: {line}", folder.display());
        for entry in fs::read_dir(folder.join("tests")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if path.extension().is_some_and(|extension| extension == "rs") && name != "main" {
                named(format!("mod {name};"));
            }
        }
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        if manifest.contains("test = false") {
            for path in sources(&folder.join("src")) {
                if fs::read_to_string(&path).unwrap().contains("#[test]") {
                    named(format!("#[path = \"../src/{}\"]", path.strip_prefix(folder.join("src")).unwrap().display()));
                }
            }
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { sources(&path) } else { vec![path] };
    entries.flat_map(below).filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}
