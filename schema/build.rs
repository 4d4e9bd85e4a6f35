//! Lists the schema's files, so that a new one needs no edit of a program.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    yaml_files(&root, &mut files)?;
    files.sort();
    let mut text = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&root)?.to_str().ok_or("a file's name is not UTF-8")?.replace('\\', "/");
        text.push_str(&format!("({name:?}, include_str!({file:?})),\n"));
    }
    text.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR")?).join("files.rs");
    #[expect(clippy::disallowed_methods, reason = "a build script's own output; nothing of the repository is written")]
    fs::write(out, text)?;
    Ok(())
}

/// The YAML files in a folder and below. Cargo is told to look there for others.
fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "src" && name != "target") {
                yaml_files(&path, found)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    Ok(())
}
