//! Everything that is made of a contract, in one list, with what shows that nothing was lost or changed on its way.
//! How it is packed is not decided here.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path};

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::EMITTERS;
use wcs_codegen::Artifact;
use wcs_contract::export;
use wcs_contract::model::Contract;
use wcs_contract::source::{FileId, Sources};
use wcs_contract::syntax::language_schema;

/// The file that lists what is in a bundle, for programs.
pub const MANIFEST: &str = "MANIFEST.json";

/// The file that lists the sums of all others, as `sha256sum --check` reads it.
pub const SUMS: &str = "SHA256SUMS";

/// All files of a contract's release.
#[derive(Debug)]
pub struct Bundle {
    /// `NAME-VERSION`: the folder that all files stand in, and what the archive is called.
    pub name: String,
    /// The files by path, in alphabetical order.
    pub files: Vec<Artifact>,
}

/// A text that belongs to a contract and was written by people: its path in the bundle, and the text.
pub type Written = (String, String);

/// A path that two files of a bundle would have.
#[derive(Debug)]
pub struct SamePath(String);

impl fmt::Display for SamePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "two files of the bundle would be `{}`; rename one of the schema's files", self.0)
    }
}

impl std::error::Error for SamePath {}

/// Collects all that is made of a contract, and what was written for it.
///
/// # Errors
///
/// A path that two files would have.
pub fn bundle(contract: &Contract, written: Vec<Written>) -> Result<Bundle, SamePath> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |path: String, text: String| match files.insert(path.clone(), text) {
        None => Ok(()),
        Some(_) => Err(SamePath(path)),
    };
    for emitter in EMITTERS {
        for artifact in emitter.emit(contract) {
            add(format!("{}/{}", emitter.name(), artifact.path), artifact.text)?;
        }
    }
    add("model/model.json".to_owned(), format!("{:#}\n", export::document(contract)))?;
    add("model/model.schema.json".to_owned(), format!("{:#}\n", export::schema()))?;
    add("schema/hook-schema.json".to_owned(), format!("{:#}\n", language_schema()))?;
    for (path, text) in written {
        add(path, text)?;
    }
    let about = readme(contract, files.contains_key(CHANGELOG));
    files.insert("README.md".to_owned(), about);
    files.insert(MANIFEST.to_owned(), manifest(contract, &files));
    files.insert(SUMS.to_owned(), sums(&files));
    let files = files.into_iter().map(|(path, text)| Artifact { path, text }).collect();
    Ok(Bundle { name: name(contract), files })
}

/// The history of the contract, if it has one.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// The schema's own files, each with the path that it has below the schema's folder.
pub fn schema_files<'a>(folder: &Path, paths: impl IntoIterator<Item = &'a Path>, sources: &Sources) -> Vec<Written> {
    let texts = sources.iter().map(|(_, source): (FileId, _)| source.text.clone());
    let below = |path: &Path| {
        let path = path.strip_prefix(folder).unwrap_or(path);
        let parts = path.components().filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
        format!("schema/{}", parts.collect::<Vec<_>>().join("/"))
    };
    paths.into_iter().map(below).zip(texts).collect()
}

/// SHA-256 in hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Names of people's own making stand in file names only as far as every system takes them.
fn name(contract: &Contract) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+') { c } else { '-' };
    format!("{}-{}", contract.name.value, contract.version.value).chars().map(plain).collect()
}

fn readme(contract: &Contract, has_changelog: bool) -> String {
    let (title, version) = (&contract.title.value, &contract.version.value);
    let mut text =
        format!("# {title} {version}\n\n{}\n\n| Folder or file | What it is |\n|---|---|\n", contract.doc.value);
    let mut row = |path: &str, about: &str| text.push_str(&format!("| `{path}` | {about} |\n"));
    for emitter in EMITTERS {
        row(&format!("{}/", emitter.name()), emitter.about());
    }
    row("model/", "everything that the contract says as one JSON document, and its JSON Schema");
    row("schema/", "the contract as it was written, and the JSON Schema of its language");
    if has_changelog {
        row(CHANGELOG, "what has changed from version to version");
    }
    row(MANIFEST, "all other files with their sizes and sums, for programs");
    row(SUMS, "sums of all other files: `sha256sum --check SHA256SUMS`");
    text
}

fn manifest(contract: &Contract, files: &BTreeMap<String, String>) -> String {
    let entry = |(path, text): (&String, &String)| json!({ "path": path, "bytes": text.len(), "sha256": sha256(text.as_bytes()) });
    let manifest = json!({
        "version": 1,
        "contract": {
            "name": contract.name.value,
            "version": contract.version.value,
            "title": contract.title.value,
            "sha256": contract.hash,
        },
        "files": files.iter().map(entry).collect::<Vec<_>>(),
    });
    format!("{manifest:#}\n")
}

fn sums(files: &BTreeMap<String, String>) -> String {
    files.iter().map(|(path, text)| format!("{}  {path}\n", sha256(text.as_bytes()))).collect()
}
