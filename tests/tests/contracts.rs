//! What holds for any contract: new hooks appear everywhere, and no hook's name is written into the program.

use std::fs;
use std::path::{Path, PathBuf};

use wcs_codegen::emit::EMITTERS;
use wcs_tests::backend::{Backend, echo_crate};
use wcs_tests::root;

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
fn post_examples(backend: &Backend, contract: &wcs_codegen::model::Contract) {
    for hook in &contract.hooks {
        let body = hook.examples[0].body.value.to_string();
        let reply = backend.post(&hook.name.value, body.clone()).unwrap();
        assert_eq!((reply.status, reply.text()), (200, body), "{}", hook.name.value);
    }
}

/// `text` with a hook's name replaced wherever it stands as a word.
fn replace_word(text: &str, word: &str, new: &str) -> String {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        result.push_str(before);
        let whole = !is_part(before.chars().next_back().or(result.chars().next_back())) && !is_part(after.chars().next());
        result.push_str(if whole { new } else { word });
        rest = after;
    }
    result + rest
}

#[test]
fn renaming_every_hook_generates_compiles_and_answers() {
    let folder = scratch("renamed");
    let contract = wcs_codegen::compile(&root().join("schema")).unwrap().contract.unwrap();
    copy_schema(&folder.join("schema"), |_, text| {
        contract.hooks.iter().fold(text, |text, hook| {
            // Plain words (`call`, `answer`) also mean other things; only entries and references are renamed.
            let name = hook.name.value.as_str();
            let new = format!("zz{name}Renamed");
            if name.chars().any(char::is_uppercase) {
                return replace_word(&text, name, &new);
            }
            let entry = text.replace(&format!("\n  {name}:\n    type: "), &format!("\n  {new}:\n    type: "));
            entry.replace(&format!("- {{hook: {name},"), &format!("- {{hook: {new},"))
                .replace(&format!("- hook: {name}\n"), &format!("- hook: {new}\n"))
                .replace(&format!("hooks: [{name}]"), &format!("hooks: [{new}]"))
                .replace(&format!("hooks: [{name},"), &format!("hooks: [{new},"))
        })
    });
    // References to plainly named hooks in lists are mended by what the compiler suggests: it must find them all.
    let compiled = wcs_codegen::compile(&folder.join("schema")).unwrap();
    let findings: Vec<String> = compiled.findings.iter().map(|found| found.message.clone()).collect();
    let renamed = compiled.contract.unwrap_or_else(|| panic!("{findings:#?}"));
    assert_eq!(renamed.hooks.len(), contract.hooks.len());
    assert!(renamed.hooks.iter().all(|hook| hook.name.value.ends_with("Renamed")));
    for emitter in EMITTERS {
        assert_eq!(emitter.emit(&renamed).is_empty(), emitter.emit(&contract).is_empty(), "{}", emitter.name());
    }
    let program = folder.join("crate");
    echo_crate(&program, &folder.join("schema")).unwrap();
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
        if path == Path::new("wcs.yaml") { text.replacen("    - sender.yaml", "    - hooks/new.yaml\n    - sender.yaml", 1) } else { text }
    });
    fs::write(folder.join("schema/hooks/new.yaml"), NEW_HOOK).unwrap();
    let contract = wcs_codegen::compile(&folder.join("schema")).unwrap().contract.unwrap();
    for emitter in EMITTERS {
        let artifacts = emitter.emit(&contract);
        assert!(artifacts.iter().any(|artifact| artifact.text.contains("parkStreamTwice")), "{}", emitter.name());
        assert!(artifacts.iter().any(|artifact| artifact.text.contains("parkedMillis")), "{}", emitter.name());
    }
    let program = folder.join("crate");
    echo_crate(&program, &folder.join("schema")).unwrap();
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
            if path.is_dir() {
                below(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["codegen/src", "macros/src", "runtime/src", "cli/src"] {
        below(&root().join(folder), &mut found);
    }
    found.push(root().join("generated/rust/src/lib.rs"));
    found
}

/// Compound names of the contract that HTTP itself uses too.
const WAIVED: &[&str] = &["contenttype", "useragent"];

#[test]
fn no_hook_or_member_is_named_in_hand_written_rust() {
    let contract = wcs_codegen::compile(&root().join("schema")).unwrap().contract.unwrap();
    let members = contract.hooks.iter().flat_map(|hook| hook.parameters.iter().map(|member| member.name.value.clone()));
    let compound = |name: &String| name.chars().skip(1).any(char::is_uppercase);
    let flat = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let names: std::collections::BTreeSet<String> = contract
        .hooks
        .iter()
        .map(|hook| hook.name.value.clone())
        .chain(members)
        .filter(compound)
        .map(|name| flat(&name))
        .filter(|name| !WAIVED.contains(&name.as_str()))
        .collect();
    assert!(names.len() > 80, "{}", names.len());
    let mut found = Vec::new();
    for path in hand_written() {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let file: proc_macro2::TokenStream = code.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        tokens(file, &mut |token| {
            for word in token.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')) {
                if names.contains(&flat(word)) {
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
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
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
