//! Names the generator by what it is made of, so that what an older one made is never taken for up to date.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hasher = DefaultHasher::new();
    files(&package.join("src"), &package, &mut hasher)?;
    // Other versions of what prints YAML, Markdown or templates may print otherwise.
    for lock in [package.join("Cargo.lock"), package.join("../Cargo.lock")] {
        if lock.is_file() {
            println!("cargo::rerun-if-changed={}", lock.display());
            fs::read(lock)?.hash(&mut hasher);
        }
    }
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rustc-env=WCS_GENERATOR={:016x}", hasher.finish());
    Ok(())
}

fn files(folder: &Path, package: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut entries =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, package, hasher)?;
        } else {
            path.strip_prefix(package).unwrap_or(&path).hash(hasher);
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}
