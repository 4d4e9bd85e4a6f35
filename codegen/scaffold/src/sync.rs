//! What a backend gets when its contract has grown: stubs, and nothing else is touched.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::insert::{inserted, into_list, into_modules};
use super::{Language, Layout, RECORD, Record, context, handled, templates};
use wcs_codegen::Artifact;
use wcs_contract::export;
use wcs_contract::model::{Contract, Hook};
use wcs_contract::names::{self, Role};
use wcs_targets::handler_name;
use wcs_targets::open_api_names;
use wcs_targets::templates::{Mistake, Target, texts};

/// What is to be written.
#[derive(Debug)]
pub struct Sync {
    /// The hooks that get a stub, in the order of the contract.
    pub stubs: Vec<String>,
    /// New hooks that the backend handles already.
    pub handled: Vec<String>,
    /// Files that get something.
    pub files: Vec<Addition>,
}

/// A file that gets something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// Path below the backend's folder.
    pub path: String,
    /// Its whole text.
    pub text: String,
    /// How many lines are new; `None` if the file is one that other targets make, and is made anew.
    pub added: Option<usize>,
}

/// What a backend lacks of a contract. `only` are hooks that are wanted whether they are new or not; without any, it is
/// those that its record does not list.
///
/// # Errors
///
/// What is wrong with the folder, its record, its programs or templates of one's own.
pub fn sync(contract: &Contract, folder: &Path, only: &[&Hook], own: Option<&Path>) -> Result<Sync, Vec<Mistake>> {
    let one = |mistake| vec![mistake];
    let path = folder.join(RECORD);
    let text = fs::read_to_string(&path).map_err(|error| {
        one(Mistake::new(
            &path,
            format!("can't read it: {error}; `wcs new` writes it into every backend that it makes"),
        ))
    })?;
    let record = Record::read(&text).map_err(|reason| one(Mistake::new(&path, reason)))?;
    let is_new = |hook: &&Hook| !record.known.contains(&hook.name.value);
    let wanted: Vec<&Hook> = match only {
        [] => contract.hooks.iter().filter(is_new).collect(),
        only => only.to_vec(),
    };
    let sources = sources(folder, record.language)?;
    let (handled, stubs): (Vec<&Hook>, Vec<&Hook>) = {
        let names = already(record.language, &sources, folder)?;
        wanted
            .iter()
            .partition(|hook| program_names(contract, hook, record.language).iter().any(|name| names.contains(name)))
    };
    let target = templates::target(record.language, record.layout, own)?;
    let mut project = Project { contract, record: &record, folder, sources, changed: BTreeMap::new(), target };
    project.add(&stubs)?;
    let listed: Vec<&Hook> = wanted.iter().copied().filter(is_new).collect();
    if !listed.is_empty() {
        let lines: String = listed.iter().map(|hook| Record::line(&hook.name.value)).collect();
        project.put(RECORD, appended(&text, &lines), listed.len());
    }
    project.publish();
    let named = |hooks: &[&Hook]| hooks.iter().map(|hook| hook.name.value.clone()).collect();
    Ok(Sync { stubs: named(&stubs), handled: named(&handled), files: project.changed.into_values().collect() })
}

/// The programs' texts by path.
fn sources(folder: &Path, language: Language) -> Result<BTreeMap<String, String>, Vec<Mistake>> {
    let (below, ending) = match language {
        Language::Rust => ("src", ".rs"),
        Language::TypeScript => ("src", ".ts"),
        Language::Python => ("handlers", ".py"),
    };
    let texts = texts(&folder.join(below)).map_err(|mistake| vec![mistake])?;
    Ok(texts
        .into_iter()
        .filter(|(path, _)| path.ends_with(ending))
        .map(|(path, text)| (format!("{below}/{path}"), text))
        .collect())
}

fn already(language: Language, sources: &BTreeMap<String, String>, folder: &Path) -> Result<Vec<String>, Vec<Mistake>> {
    let (mut names, mut mistakes) = (Vec::new(), Vec::new());
    for (path, text) in sources {
        match handled::handled(language, text) {
            Ok(found) => names.extend(found),
            Err(reason) => mistakes.push(Mistake::new(&folder.join(path), reason)),
        }
    }
    if mistakes.is_empty() { Ok(names) } else { Err(mistakes) }
}

/// What a handler of a hook names.
fn program_names(contract: &Contract, hook: &Hook, language: Language) -> Vec<String> {
    match language {
        Language::Rust => names::rust(&hook.name.value, Role::Hook).into_iter().chain([handler_name(hook)]).collect(),
        Language::TypeScript => vec![hook.name.value.clone()],
        Language::Python => {
            let place = contract.hooks.iter().position(|other| other.name.value == hook.name.value);
            place
                .and_then(|place| open_api_names(contract).into_iter().nth(place))
                .map(|(request, _)| request)
                .into_iter()
                .collect()
        }
    }
}

struct Project<'a> {
    contract: &'a Contract,
    record: &'a Record,
    folder: &'a Path,
    sources: BTreeMap<String, String>,
    changed: BTreeMap<String, Addition>,
    target: Target,
}

impl Project<'_> {
    fn put(&mut self, path: &str, text: String, added: usize) {
        self.changed.insert(path.to_owned(), Addition { path: path.to_owned(), text, added: Some(added) });
    }

    /// Stubs for some hooks, where they belong.
    fn add(&mut self, hooks: &[&Hook]) -> Result<(), Vec<Mistake>> {
        if hooks.is_empty() {
            return Ok(());
        }
        let model = export::document(self.contract);
        let (groups, described) = context::groups_of(self.contract, hooks, &model);
        // What the project's own templates would make for these hooks alone: its new files are taken from there.
        let data =
            json!({ "groups": groups, "hooks": described, "project": {"full": self.record.layout == Layout::Full} });
        for group in &groups {
            self.add_group(group, &data)?;
        }
        if self.record.language == Language::Rust {
            self.register(&groups)?;
        }
        Ok(())
    }

    fn add_group(&mut self, group: &Value, data: &Value) -> Result<(), Vec<Mistake>> {
        let one = |mistake| vec![mistake];
        let word = |key: &str| group.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let hooks = group.get("hooks").and_then(Value::as_array).cloned().unwrap_or_default();
        let path = match (self.record.language, self.record.layout) {
            (Language::Rust, Layout::Full) => format!("src/hooks/{}.rs", word("module")),
            (Language::Rust, Layout::Minimal) => "src/hooks.rs".to_owned(),
            (Language::TypeScript, _) => format!("src/handlers/{}.ts", word("module")),
            (Language::Python, _) => format!("handlers/{}.py", word("module")),
        };
        let stubs: Result<Vec<String>, Mistake> =
            hooks.iter().map(|hook| self.target.print_part("stub", hook)).collect();
        let stubs = stubs.map_err(one)?;
        match self.sources.get(&path) {
            Some(text) => {
                let gap = if self.record.language == Language::Python { "\n\n" } else { "\n" };
                let stubs: String = stubs.iter().map(|stub| format!("{gap}{}\n", stub.trim_end())).collect();
                let added = stubs.lines().count();
                self.put(&path, appended(text, &stubs), added);
            }
            None => {
                let mut data = data.clone();
                if let Value::Object(data) = &mut data {
                    data.insert("group".to_owned(), group.clone());
                }
                let text = self.target.print_part("group", &data).map_err(one)?;
                let text = format!("{}\n", text.trim_end());
                let added = text.lines().count();
                self.put(&path, text, added);
                self.open_group(&word("module"));
            }
        }
        for hook in &hooks {
            let name = hook.get("name").and_then(Value::as_str).unwrap_or_default();
            let path = format!("tests/bodies/{name}.json");
            if self.record.language == Language::Rust && !self.folder.join(&path).exists() {
                let body = hook.get("body").and_then(Value::as_str).unwrap_or_default();
                self.put(&path, format!("{body}\n"), body.lines().count());
            }
        }
        Ok(())
    }

    /// Makes a new file known where the language lets that be a line at the end.
    fn open_group(&mut self, module: &str) {
        let (path, line) = match self.record.language {
            Language::Rust => return,
            Language::TypeScript => ("src/handlers/all.ts", format!("import \"./{module}.js\";\n")),
            Language::Python => ("handlers/__init__.py", format!("from . import {module} as {module}\n")),
        };
        let before = self.changed.get(path).map(|file| (file.text.clone(), file.added.unwrap_or_default()));
        let (text, added) = before.unwrap_or_else(|| (self.sources.get(path).cloned().unwrap_or_default(), 0));
        self.put(path, appended(&text, &line), added + 1);
    }

    /// Puts handlers into the list of handlers, and new files among the modules.
    fn register(&mut self, groups: &[Value]) -> Result<(), Vec<Mistake>> {
        let full = self.record.layout == Layout::Full;
        let (mut entries, mut modules) = (Vec::new(), Vec::new());
        for group in groups {
            let module = group.get("module").and_then(Value::as_str).unwrap_or_default();
            if full && !self.sources.contains_key(&format!("src/hooks/{module}.rs")) {
                modules.push(module.to_owned());
            }
            for hook in group.get("hooks").and_then(Value::as_array).into_iter().flatten() {
                let name = hook.get("rust_name").and_then(Value::as_str).unwrap_or_default();
                entries.push(if full { format!("{module}::{name}") } else { name.to_owned() });
            }
        }
        let path = "src/hooks.rs";
        let at = |reason: String| vec![Mistake::new(&self.folder.join(path), reason)];
        let missing = || at("it is not there, so stubs can't be listed; `wcs new` writes it".to_owned());
        // The stubs of a small project are in the same file, behind its end.
        let text = self.sources.get(path).ok_or_else(missing)?;
        let (stubs, mut added) = match self.changed.get(path) {
            Some(file) => (file.text.get(text.len()..).unwrap_or_default().to_owned(), file.added.unwrap_or_default()),
            None => (String::new(), 0),
        };
        let list = into_list(text, &entries).map_err(at)?.ok_or_else(|| {
            at(format!("it has no list `handlers![…]`, which the new handlers belong to: {}", entries.join(", ")))
        })?;
        let mut insertions = vec![list];
        added += entries.len();
        if !modules.is_empty() {
            insertions.extend(into_modules(text, &modules).map_err(at)?);
            added += modules.len();
        }
        self.put(path, inserted(text, insertions) + &stubs, added);
        Ok(())
    }

    /// Files that other targets make, as they are now.
    fn publish(&mut self) {
        for Artifact { path, text } in templates::published(self.record.language, self.contract) {
            if fs::read_to_string(self.folder.join(&path)).ok().as_deref() != Some(text.as_str()) {
                self.changed.insert(path.clone(), Addition { path, text, added: None });
            }
        }
    }
}

/// A text with lines behind its end; if its last line is not ended, that is done first.
fn appended(text: &str, lines: &str) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}{lines}")
}

/// The folder that is meant: itself, or the nearest above with a record.
#[must_use]
pub fn project_at(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(RECORD).is_file()).map(Path::to_path_buf)
}
