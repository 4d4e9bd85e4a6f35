//! Whether a run would change nothing, told by hashes of what went in and of what came out.
//!
//! A run leaves a seal beside what it made, in a folder that keeps itself out of version control. The next run compares
//! contents, never times: the schema's files, the generator itself, what was asked for, and every file that was made. A
//! file that somebody has edited, removed or merged breaks the seal as well as a new line of the schema does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use crate::Artifact;
use crate::output::{self, Change, FileReport, MANIFEST, OutputError};
use wcs_contract::{files, parallel};

/// Folder of the seals, below that of the targets.
const FOLDER: &str = ".cache";

/// What goes into a run: the files of a schema's folder by their hashes, the generator, and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    generator: String,
    targets: Vec<String>,
    files: BTreeMap<PathBuf, String>,
}

impl Inputs {
    /// Those of a run over a schema's folder. `None` for a schema that is no folder, or can't be read: what belongs to
    /// it is known only to those who read it.
    pub fn read(schema: &Path, targets: &[&str]) -> Option<Self> {
        let paths = files::yaml_below(schema).ok().filter(|_| schema.is_dir())?;
        // The running program changes with every line of the compiler, its templates, and what it is built from.
        let program = std::env::current_exe().ok()?;
        let mut read = paths.clone();
        read.push(program);
        let mut hashes = parallel::map(&read, |path| Some(hash(&fs::read(path).ok()?)));
        let generator = hashes.pop()??;
        let files = paths.into_iter().zip(hashes).map(|(path, hash)| Some((path, hash?))).collect::<Option<_>>()?;
        let targets = targets.iter().map(|target| (*target).to_owned()).collect();
        Some(Self { generator, targets, files })
    }

    /// Whether all that was read in the end is among them.
    pub fn cover(&self, read: &[PathBuf]) -> bool {
        read.iter().all(|path| self.files.contains_key(path))
    }

    /// Each set of targets has a seal of its own, so that making one of them does not break that of all.
    fn place(&self, out: &Path) -> PathBuf {
        out.join(FOLDER).join(self.targets.join("-"))
    }
}

/// A run that is done.
#[derive(Debug, Serialize, Deserialize)]
struct Seal {
    inputs: Inputs,
    outputs: Vec<Output>,
}

/// A file that was made.
#[derive(Debug, Serialize, Deserialize)]
struct Output {
    target: String,
    path: String,
    hash: String,
    lines: usize,
}

/// The files by target, if the last run had the same inputs and all that it made is still there as it was.
pub fn unchanged(out: &Path, inputs: &Inputs) -> Option<Vec<(String, Vec<FileReport>)>> {
    let seal: Seal = serde_json::from_slice(&fs::read(inputs.place(out)).ok()?).ok()?;
    if seal.inputs != *inputs {
        return None;
    }
    let intact = |output: &Output| {
        let text = fs::read(out.join(&output.target).join(&output.path));
        text.is_ok_and(|text| hash(&text) == output.hash)
    };
    if !parallel::map(&seal.outputs, intact).into_iter().all(|intact| intact) {
        return None;
    }
    let mut targets: Vec<_> = inputs.targets.iter().map(|target| (target.clone(), Vec::new())).collect();
    for output in seal.outputs.into_iter().filter(|output| output.path != MANIFEST) {
        let (_, reports) = targets.iter_mut().find(|(target, _)| *target == output.target)?;
        reports.push(FileReport { path: output.path, change: Change::Unchanged, lines: output.lines });
    }
    Some(targets)
}

/// Seals what a run has made of its inputs.
///
/// # Errors
///
/// The file operation that failed.
pub fn seal(out: &Path, inputs: Inputs, made: &[(String, Vec<Artifact>)]) -> Result<(), OutputError> {
    let artifacts: Vec<(&str, &Artifact)> = made
        .iter()
        .flat_map(|(target, artifacts)| artifacts.iter().map(|artifact| (target.as_str(), artifact)))
        .collect();
    let mut outputs = parallel::map(&artifacts, |(target, artifact)| Output {
        target: (*target).to_owned(),
        path: artifact.path.clone(),
        hash: hash(artifact.text.as_bytes()),
        lines: artifact.text.lines().count(),
    });
    for (target, artifacts) in made {
        let text = output::manifest_of(artifacts);
        let hash = hash(text.as_bytes());
        outputs.push(Output { target: target.clone(), path: MANIFEST.to_owned(), hash, lines: text.lines().count() });
    }
    let place = inputs.place(out);
    let seal = Seal { inputs, outputs };
    let text = serde_json::to_string(&seal)
        .unwrap_or_else(|error| unreachable!("a seal has nothing but texts and numbers: {error}"));
    let ignored = out.join(FOLDER).join(".gitignore");
    if !ignored.exists() {
        output::write(&ignored, "*\n")?;
    }
    output::write(&place, &text)
}

/// Of 128 bits, and as fast as the bytes can be read: what is told apart is what people and programs write, not what
/// somebody has forged.
fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", XxHash3_128::oneshot(bytes))
}
