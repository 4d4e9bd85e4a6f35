//! Every YAML file that is published, read by another library than the one that wrote it, is the JSON file beside it.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => yaml_files(&path, found),
            Some("yaml" | "yml") => found.push(path),
            _ => {}
        }
    }
}

#[test]
fn every_published_yaml_file_equals_its_json_twin() {
    let generated = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated");
    let mut files = Vec::new();
    yaml_files(&generated, &mut files);
    assert!(files.len() >= 2, "the OpenAPI documents are published as YAML");
    for file in files {
        let twin = file.with_extension("json");
        let json: Value = serde_json::from_slice(
            &fs::read(&twin)
                .unwrap_or_else(|error| panic!("{} has no twin {}: {error}", file.display(), twin.display())),
        )
        .unwrap();
        let yaml: Value = serde_yaml::from_slice(&fs::read(&file).unwrap()).unwrap();
        assert!(yaml == json, "{} and {} are not the same document", file.display(), twin.display());
    }
}
