//! How the house is laid out: which crate may use which, and that the modules of a crate form no cycle.
//!
//! `cargo test -p wcs-tests house -- --nocapture` prints the crates with their lines and dependencies.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
#![allow(clippy::print_stdout, reason = "the table is for people")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::Value;
use wcs_tests::root;

/// A crate of the workspace, examples and tests aside.
struct Package {
    name: String,
    folder: PathBuf,
    /// Crates of the workspace that it uses.
    uses: BTreeSet<String>,
    /// How many crates from elsewhere it names.
    others: usize,
}

fn packages() -> Vec<Package> {
    let command = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"])
        .arg(root().join("Cargo.toml"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&command.stdout).unwrap();
    let package = |package: &Value| {
        let name = package["name"].as_str().unwrap().to_owned();
        let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned();
        let used = package["dependencies"].as_array().unwrap().iter();
        let used = used.filter(|used| used["kind"].as_str() != Some("dev"));
        let (uses, others): (Vec<&Value>, Vec<&Value>) = used.partition(|used| used["path"].is_string());
        let uses = uses.iter().map(|used| used["name"].as_str().unwrap().to_owned()).collect();
        Package { name, folder, uses, others: others.len() }
    };
    let all = metadata["packages"].as_array().unwrap().iter().map(package);
    let is_product = |package: &Package| {
        let below = package.folder.strip_prefix(root()).unwrap();
        !below.starts_with("examples") && !below.starts_with("tests")
    };
    let mut packages: Vec<Package> = all.filter(is_product).collect();
    packages.sort_by(|a, b| a.folder.cmp(&b.folder));
    packages
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { rust_files(&path) } else { vec![path] };
    entries.flat_map(below).filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// The crates that ARCHITECTURE allows each crate to use, from its table.
fn drawn() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with("| crate | folder |")).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        (words(cells[0]).remove(0), words(cells[3]).into_iter().collect())
    };
    rows.map(row).collect()
}

#[test]
fn crates_depend_as_the_architecture_draws() {
    let packages = packages();
    println!("\n{:14} {:18} {:>6} {:>7}  uses", "crate", "folder", "lines", "others");
    for package in &packages {
        let lines: usize = rust_files(&package.folder.join("src"))
            .iter()
            .map(|path| fs::read_to_string(path).unwrap().lines().count())
            .sum();
        let folder = package.folder.strip_prefix(root()).unwrap().display().to_string();
        let uses: Vec<&str> = package.uses.iter().map(String::as_str).collect();
        println!("{:14} {folder:18} {lines:>6} {:>7}  {}", package.name, package.others, uses.join(", "));
    }
    let found: BTreeMap<String, BTreeSet<String>> =
        packages.into_iter().map(|package| (package.name, package.uses)).collect();
    assert_eq!(found, drawn(), "Cargo.toml (left) and the table of crates in ARCHITECTURE.md (right) differ");
}

#[test]
fn modules_of_a_crate_form_no_cycle() {
    let cycles: Vec<String> = packages()
        .iter()
        .flat_map(|package| {
            let found = cycles(&package.folder.join("src"));
            found.into_iter().map(|cycle| format!("{}: {cycle}", package.name))
        })
        .collect();
    wcs_tests::none(&cycles);
}

#[test]
fn no_verb_of_the_command_line_is_used_but_by_the_list_of_verbs() {
    let source = root().join("cli/src");
    let verb = |module: &Module| module.get(1).filter(|_| module[0] == "verbs").cloned();
    let mut found = Vec::new();
    for path in rust_files(&source).into_iter().filter(|path| !path.ends_with("src/verbs.rs")) {
        let from = module(&source, &path);
        let used = references(&from, &path)
            .into_iter()
            .filter(|used| verb(used).is_some_and(|used| Some(used) != verb(&from)));
        found.extend(used.map(|used| format!("{} uses {}", from.join("::"), used.join("::"))));
    }
    wcs_tests::none(&found);
}

/// A module by its path in the crate; the root is empty.
type Module = Vec<String>;

/// Cycles between modules that have the same parent. A child may use its parent and the other way round.
fn cycles(source: &Path) -> Vec<String> {
    let files = rust_files(source).into_iter().filter(|path| !path.ends_with("tests.rs"));
    let modules: BTreeMap<Module, PathBuf> = files.map(|path| (module(source, &path), path)).collect();
    let mut uses: BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (from, path) in &modules {
        for used in references(from, path) {
            let known = (0..=used.len()).rev().map(|length| used[..length].to_vec());
            let to = known.into_iter().find(|module| modules.contains_key(module)).unwrap_or_default();
            let parent = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (from.get(parent), to.get(parent)) {
                uses.entry(used[..parent].to_vec()).or_default().entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    let mut found = Vec::new();
    for (parent, uses) in &uses {
        for from in uses.keys() {
            if let Some(path) = path_back(uses, from) {
                let parent = parent.iter().map(|part| format!("{part}::")).collect::<String>();
                found.push(format!("in {parent}: {}", path.join(" uses ")));
            }
        }
    }
    found
}

/// The shortest way from a module to itself.
fn path_back(uses: &BTreeMap<String, BTreeSet<String>>, start: &String) -> Option<Vec<String>> {
    let mut paths = vec![vec![start.clone()]];
    let mut seen = BTreeSet::new();
    while !paths.is_empty() {
        let mut longer = Vec::new();
        for path in paths {
            for next in uses.get(path.last()?).into_iter().flatten() {
                let extended = [path.as_slice(), std::slice::from_ref(next)].concat();
                if next == start {
                    return Some(extended);
                }
                if seen.insert(next) {
                    longer.push(extended);
                }
            }
        }
        paths = longer;
    }
    None
}

fn module(source: &Path, path: &Path) -> Module {
    let below = path.strip_prefix(source).unwrap().with_extension("");
    let parts: Vec<String> = below.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    match parts.last().map(String::as_str) {
        Some("lib" | "main") if parts.len() == 1 => Vec::new(),
        Some("mod") => parts[..parts.len() - 1].to_vec(),
        _ => parts,
    }
}

/// The paths that a file names by `crate`, `self` and `super`, from the root of its crate; its unit tests left out.
fn references(from: &Module, path: &Path) -> Vec<Module> {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let tokens: TokenStream = code.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut found = Vec::new();
    walk(tokens, from, &mut found);
    found
}

fn walk(tokens: TokenStream, from: &Module, found: &mut Vec<Module>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        let base = match &tokens[at] {
            TokenTree::Group(group) => {
                walk(group.stream(), from, found);
                None
            }
            TokenTree::Ident(word) if word == "crate" => Some(Vec::new()),
            TokenTree::Ident(word) if word == "self" => Some(from.clone()),
            TokenTree::Ident(word) if word == "super" => Some(parent(from)),
            _ => None,
        };
        at += 1;
        if let Some(base) = base {
            at = path(&tokens, at, base, found);
        }
    }
}

fn parent(module: &Module) -> Module {
    module.iter().take(module.len().saturating_sub(1)).cloned().collect()
}

/// Reads `::a::b` or `::{a, b::c}` after a base; gives the place after it.
fn path(tokens: &[TokenTree], mut at: usize, mut base: Module, found: &mut Vec<Module>) -> usize {
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    let mut is_path = false;
    while is_colon(at) && is_colon(at + 1) {
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(word)) if word == "super" => base = parent(&base),
            Some(TokenTree::Ident(word)) => base.push(word.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                for part in inner.split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',')) {
                    if let Some(TokenTree::Ident(word)) = part.first() {
                        let own = if word == "self" { base.clone() } else { [&base[..], &[word.to_string()]].concat() };
                        path(part, 1, own, found);
                    }
                }
                return at + 3;
            }
            _ => break,
        }
        is_path = true;
        at += 3;
    }
    if is_path || !base.is_empty() {
        found.push(base);
    }
    at
}
