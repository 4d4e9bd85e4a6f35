//! Other generators, run as they are meant to be run, on the same contract in their own language.
//!
//! `generator-peers prost FILE.proto OUT_FOLDER` and `generator-peers typify SCHEMA.json OUT.rs`.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use typify::{TypeSpace, TypeSpaceSettings};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["prost", proto, out] => prost(Path::new(proto), Path::new(out)),
        ["typify", schema, out] => typify(Path::new(schema), Path::new(out)),
        _ => Err("generator-peers prost FILE.proto OUT_FOLDER | typify SCHEMA.json OUT.rs".into()),
    }
}

/// The way of a build script without `protoc`: protox parses, prost-build writes.
fn prost(proto: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let folder = proto.parent().unwrap_or(Path::new("."));
    let descriptors = protox::compile([proto], [folder])?;
    fs::create_dir_all(out)?;
    prost_build::Config::new().out_dir(out).compile_fds(descriptors)?;
    Ok(())
}

/// The way of a build script: a schema's definitions, as one file.
fn typify(schema: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let schema: schemars::schema::RootSchema = serde_json::from_str(&fs::read_to_string(schema)?)?;
    let mut space = TypeSpace::new(&TypeSpaceSettings::default());
    space.add_root_schema(schema)?;
    fs::write(out, prettyplease::unparse(&syn::parse2(space.to_stream())?))?;
    Ok(())
}
