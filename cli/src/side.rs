//! One of the contracts that are compared: a file, a folder, or a revision that git knows.

use std::path::{Path, PathBuf};
use std::process::Command;
use wcs_contract::Input;

use tempfile::TempDir;
use wcs_codegen::output;
use wcs_contract::diagnostic::Findings;
use wcs_contract::model::Contract;
use wcs_contract::render;
use wcs_contract::source::{Sources, display_path};

use crate::contract;
use crate::stop::Stop;
use crate::terminal::{BAD, Terminal};

/// Where a contract is read from.
pub(crate) struct Side {
    /// As it is called in what is printed.
    pub(crate) name: String,
    path: PathBuf,
    /// The files of a revision, written out.
    scratch: Option<(TempDir, String)>,
}

/// What the user named: a path if there is one, else a revision.
pub(crate) fn named(word: &str) -> Result<Side, Stop> {
    let path = Path::new(word);
    if path.exists() {
        return Ok(Side { name: display_path(path, Path::new(".")), path: path.to_owned(), scratch: None });
    }
    revision(word)
}

/// The schema of the work tree.
pub(crate) fn work_tree() -> Result<Side, Stop> {
    let path = contract::schema(None)?;
    let here = std::env::current_dir().unwrap_or_default();
    Ok(Side { name: display_path(&path, &here), path, scratch: None })
}

impl Side {
    /// The folder or file that it is read from.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the contract. If it has errors, they are printed.
    pub(crate) fn read(&self, sources: &mut Sources, terminal: &mut Terminal) -> Result<Contract, Stop> {
        let mut findings = Findings::default();
        let first = sources.iter().count();
        let folder = self.scratch.as_ref().map(|(folder, shown)| (display_path(folder.path(), Path::new(".")), shown));
        let shown = |text: String| match &folder {
            Some((folder, shown)) => text.replace(&format!("{folder}/"), shown),
            None => text,
        };
        let contract = wcs_contract::read(&Input::at(&self.path), sources, &mut findings)
            .map_err(|error| shown(error.to_string()))?;
        if let Some((folder, shown)) = &folder {
            sources.show_below(first, folder, shown);
        }
        let Some(contract) = contract else {
            let findings: Vec<_> = findings.into_sorted();
            terminal.findings(&findings, sources);
            let count = render::count(&findings);
            terminal.line(&format!("{BAD}{}{BAD:#} can't be compared: {count}", self.name));
            return Err(Stop::Findings);
        };
        Ok(contract)
    }
}

/// `main`, `HEAD~3`, `main:path/to/schema`.
fn revision(word: &str) -> Result<Side, Stop> {
    let (name, inside) = word.split_once(':').map_or((word, None), |(name, inside)| (name, Some(inside)));
    let nothing = format!("`{word}` is neither a file nor a folder here");
    let Some(root) = git(Path::new("."), &["rev-parse", "--show-toplevel"])?.map(|line| PathBuf::from(line.trim_end()))
    else {
        return Err(Stop::Error(format!("{nothing}, and no revision either: this folder is in no git repository")));
    };
    let commit = format!("{name}^{{commit}}");
    let found = git(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    let Some(commit) = found.map(|line| line.trim().to_owned()) else {
        return Err(Stop::Error(format!(
            "{nothing}, and git knows no revision `{name}`; name a branch, a tag or a commit, or get it with `git fetch`"
        )));
    };
    let inside = match inside {
        Some(inside) => inside.trim_matches('/').to_owned(),
        None => place_of_schema(&root),
    };
    let files = yaml_files(&root, &commit, &inside)?;
    if files.is_empty() {
        return Err(Stop::Error(format!(
            "the revision `{name}` has no YAML files in `{inside}`; say where its schema is: `{name}:path/to/schema`"
        )));
    }
    let scratch = TempDir::new().map_err(|error| format!("can't make a folder for the files of `{name}`: {error}"))?;
    for file in &files {
        let blob = format!("{commit}:{file}");
        let text = git(&root, &["cat-file", "blob", &blob])?
            .ok_or_else(|| format!("git can't show `{name}:{file}`, or it is not UTF-8"))?;
        output::write(&scratch.path().join(file), &text)?;
    }
    let path = scratch.path().join(&inside);
    Ok(Side { name: format!("{name}:{inside}"), path, scratch: Some((scratch, format!("{name}:"))) })
}

/// Where the work tree has its schema, below the repository; `schema` where it has none.
fn place_of_schema(root: &Path) -> String {
    let absolute = |path: PathBuf| path.canonicalize().ok();
    let schema = contract::schema(None).ok().and_then(absolute);
    let below = schema.and_then(|schema| Some(schema.strip_prefix(root.canonicalize().ok()?).ok()?.to_owned()));
    below.map_or_else(|| "schema".to_owned(), |below| display_path(&below, Path::new("")))
}

/// The YAML files of a folder at a revision, or those beside a file.
fn yaml_files(root: &Path, commit: &str, inside: &str) -> Result<Vec<String>, Stop> {
    let is_yaml = |path: &str| Path::new(path).extension().is_some_and(|end| end == "yaml" || end == "yml");
    let folder = match inside.rsplit_once('/') {
        Some((folder, _)) if is_yaml(inside) => folder,
        None if is_yaml(inside) => "",
        _ => inside,
    };
    let tree = if folder.is_empty() { ".".to_owned() } else { folder.to_owned() };
    let listed = git(root, &["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--", &tree])?;
    let listed = listed.unwrap_or_default();
    let files: Vec<String> = listed.split('\0').filter(|path| is_yaml(path)).map(str::to_owned).collect();
    if is_yaml(inside) && !files.iter().any(|file| file == inside) {
        return Ok(Vec::new());
    }
    Ok(files)
}

/// What git prints; `None` if it says no.
fn git(folder: &Path, arguments: &[&str]) -> Result<Option<String>, Stop> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .map_err(|error| format!("can't run git, which a revision needs: {error}"))?;
    Ok(if output.status.success() { String::from_utf8(output.stdout).ok() } else { None })
}
