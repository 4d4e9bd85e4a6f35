//! The contracts that targets are tried on: that of this project, and one of another vendor.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::path::{Path, PathBuf};

use wcs_contract::model::Contract;
use wcs_contract::{Input, compile};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A contract that must be sound.
fn contract(path: &Path) -> Contract {
    let compiled = compile(&Input::at(path)).unwrap();
    let found: Vec<&str> = compiled.findings.iter().map(|found| found.message.as_str()).collect();
    compiled.contract.unwrap_or_else(|| panic!("{}: {found:#?}", path.display()))
}

/// That of this project.
pub(crate) fn wcs() -> Contract {
    contract(&root().join("schema"))
}

/// That of another vendor.
pub(crate) fn parcel() -> Contract {
    contract(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openapi/parcel.yaml"))
}
