//! Runs the tests that stand beside private functions.
//!
//! The library is not compiled a second time for them, which would take longer than all of them together: the files that
//! have such tests need nothing else of it, or only one another, and are compiled here.

#![allow(dead_code, unreachable_pub, reason = "only what has tests is used, and by nobody outside")]
#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::path::{Path, PathBuf};

#[path = "../src/emit/typescript/comment.rs"]
mod comment;
#[path = "../src/emit/rust/doc.rs"]
mod doc;
#[path = "../src/emit/docs/text.rs"]
mod docs_text;
#[path = "../src/emit/docs/html/markup.rs"]
mod markup;
#[path = "../src/drift/traffic/mask.rs"]
mod mask;
#[path = "../src/names.rs"]
mod names;
#[path = "../src/parallel.rs"]
mod parallel;
#[path = "../src/pattern.rs"]
mod pattern;
#[path = "../src/text.rs"]
mod text;

/// A test in a file that is not named above would never run.
#[test]
fn no_file_with_tests_is_forgotten() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let mut forgotten = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let shown = PathBuf::from("../src").join(path.strip_prefix(&source).unwrap());
                let named = include_str!("units.rs").contains(&format!("\"{}\"", shown.display()));
                if text.contains("#[test]") && !named {
                    forgotten.push(shown);
                }
            }
        }
    }
    assert_eq!(forgotten, Vec::<PathBuf>::new(), "name them above");
}
