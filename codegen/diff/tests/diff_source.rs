//! "Rust source breaks" and "holds", proven by the compiler: one crate that uses everything of the contract's crate,
//! compiled against the contract as it stands and against each mutation that is marked.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
#![expect(clippy::disallowed_methods, reason = "a test's own crates")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::mutations::{self, Mutation};
use wcs_contract::source::Sources;
use wcs_test_support::{none, root};

/// Writes the crate of a contract and the one that uses it, below a folder.
fn crates(folder: &Path, name: &str, contract: &str) {
    let contract = mutations::contract(name, contract, &mut Sources::default()).unwrap();
    let runtime = root().join("runtime");
    let write = |krate: &str, manifest: String, source: String| {
        let folder = folder.join(krate);
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.join("src/lib.rs"), source).unwrap();
    };
    let package = |krate: &str| {
        format!("[package]\nname = \"{krate}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n")
    };
    let dependency = format!("wcs-runtime = {{ path = {runtime:?}, default-features = false }}\n");
    let generated = wcs_codegen::rust_module(&contract);
    write(
        &format!("hooks-{name}"),
        package(&format!("hooks-{name}")) + &dependency,
        format!("#![allow(missing_docs, unreachable_pub)]\n{generated}"),
    );
    write(
        &format!("uses-{name}"),
        package(&format!("uses-{name}"))
            + &dependency
            + &format!("garage = {{ package = \"hooks-{name}\", path = \"../hooks-{name}\" }}\n"),
        fs::read_to_string(mutations::folder().join("consumer.rs")).unwrap(),
    );
}

/// The verdict for Rust: that of the worst change.
fn is_breaking(mutation: &Mutation) -> bool {
    mutation.there.iter().any(|line| line.split(' ').nth(3) == Some("breaking"))
}

#[test]
fn the_compiler_agrees() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-source");
    let _ = fs::remove_dir_all(&folder);
    let contract = mutations::contract_text();
    let proven: Vec<Mutation> = mutations::all().into_iter().filter(|mutation| mutation.is_proven).collect();
    let breaking = proven.iter().filter(|mutation| is_breaking(mutation)).count();
    assert!(breaking >= 10 && proven.len() - breaking >= 10, "{breaking} of {}", proven.len());
    crates(&folder, "base", &contract);
    for (at, mutation) in proven.iter().enumerate() {
        crates(&folder, &at.to_string(), &mutation.apply(&contract).unwrap());
    }
    fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"hooks-*\", \"uses-*\"]\n")
        .unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.with_extension("target"))
        .args(["check", "--offline", "--workspace", "--keep-going", "--message-format=json"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let messages: Vec<serde_json::Value> =
        String::from_utf8_lossy(&output.stdout).lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let names = |wanted: &dyn Fn(&serde_json::Value) -> bool| -> BTreeSet<String> {
        let of = messages.iter().filter(|message| wanted(message));
        of.filter_map(|message| Some(message["target"]["name"].as_str()?.replace('_', "-"))).collect()
    };
    let compiled = names(&|message| message["reason"] == "compiler-artifact");
    let failed = names(&|message| message["reason"] == "compiler-message" && message["message"]["level"] == "error");
    assert!(
        compiled.contains("uses-base"),
        "the crate does not compile against the contract as it stands:\n{told}\n{failed:?}"
    );

    let mut complaints = Vec::new();
    for (at, mutation) in proven.iter().enumerate() {
        let (hooks, uses) = (format!("hooks-{at}"), format!("uses-{at}"));
        let holds = compiled.contains(&uses);
        if !compiled.contains(&hooks) || holds == failed.contains(&uses) {
            complaints.push(format!("{}: was not compiled\n{told}", mutation.title));
        } else if holds == is_breaking(mutation) {
            let said = if holds { "compiles" } else { "does not compile" };
            let errors = messages.iter().filter(|message| {
                message["target"]["name"].as_str().is_some_and(|name| name.replace('_', "-") == uses)
            });
            let errors: Vec<&str> = errors.filter_map(|message| message["message"]["rendered"].as_str()).collect();
            complaints.push(format!("{}: {said}\n{}", mutation.title, errors.join("\n")));
        }
    }
    none(&complaints);
}
