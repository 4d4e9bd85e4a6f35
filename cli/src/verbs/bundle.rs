//! `wcs bundle`.

mod pack;

use std::fs;
use std::path::{Path, PathBuf};
use wcs_contract::Input;

use serde_json::json;
use wcs_codegen::output;
use wcs_targets::bundle::{self, Bundle, CHANGELOG};

use crate::contract;
use crate::flags::{DataFormat, SchemaArgument};
use crate::stop::{Stop, unreadable};
use crate::terminal::{GOOD, Terminal, WARN};
use pack::Form;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wcs bundle                              NAME-VERSION.tar.gz in the current folder
  wcs bundle -o published/                the same in another folder
  wcs bundle -o wcs.zip                   as a ZIP file
  wcs bundle --check wcs-1.0.0.tar.gz     exit with 4 if that is not what the schema makes

The archive has what `wcs generate` makes, the model as JSON, the schema itself, CHANGELOG.md if it lies beside the
schema's root file, MANIFEST.json and SHA256SUMS. It depends on these alone: whoever packs the same schema with the same
program gets the same bytes.")]
pub(crate) struct BundleOptions {
    #[command(flatten)]
    schema: SchemaArgument,
    /// File to write, ending in `.tar.gz`, `.tgz` or `.zip`, or a folder for it [default: NAME-VERSION.tar.gz]
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write nothing; exit with 4 if this archive is not what the schema makes
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    check: Option<PathBuf>,
    /// How the summary is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

pub(crate) fn run(options: &BundleOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let schema = contract::schema(options.schema.path())?;
    let compiled = wcs_contract::compile(&Input::at(&schema))?;
    let folder = if schema.is_dir() { schema.clone() } else { schema.parent().unwrap_or(Path::new("")).to_owned() };
    let mut written = bundle::schema_files(&folder, compiled.paths.iter().map(PathBuf::as_path), &compiled.sources);
    written.extend(changelog(&folder)?);
    let contract = contract::passed(compiled, terminal)?;
    let bundle = bundle::bundle(&contract, written)?;
    match &options.check {
        Some(path) => compare(&bundle, path, options.format, terminal),
        None => write(&bundle, options, terminal),
    }
}

/// The history of the contract, where there is one.
fn changelog(folder: &Path) -> Result<Option<bundle::Written>, Stop> {
    let path = folder.join(CHANGELOG);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some((CHANGELOG.to_owned(), text))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&path)(error)),
    }
}

fn write(bundle: &Bundle, options: &BundleOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let default = format!("{}.tar.gz", bundle.name);
    let path = match &options.out {
        None => PathBuf::from(default),
        // A folder that is still to be made is told by its slash.
        Some(out) if out.is_dir() || out.to_string_lossy().ends_with(['/', '\\']) => out.join(default),
        Some(out) => out.clone(),
    };
    let bytes = Form::of(&path)?.pack(bundle)?;
    output::write_bytes(&path, &bytes)?;
    let (shown, sum) = (path.display(), bundle::sha256(&bytes));
    match options.format {
        DataFormat::Text => {
            let (files, length) = (bundle.files.len(), bytes.len());
            terminal.line(&format!("{GOOD}wrote{GOOD:#} {shown}: {files} files, {length} bytes\n{sum}  {shown}"));
        }
        DataFormat::Json => {
            let report = json!({
                "version": 1,
                "name": bundle.name,
                "path": shown.to_string(),
                "files": bundle.files.len(),
                "bytes": bytes.len(),
                "sha256": sum,
            });
            terminal.json(&report);
        }
    }
    Ok(())
}

fn compare(bundle: &Bundle, path: &Path, format: DataFormat, terminal: &mut Terminal) -> Result<(), Stop> {
    let shown = path.display();
    let form = Form::of(path)?;
    let given = fs::read(path).map_err(unreadable(path))?;
    let fresh = form.pack(bundle)? == given;
    let differences = if fresh { Vec::new() } else { differences(bundle, form.unpack(&given)) };
    match format {
        DataFormat::Text => {
            differences.iter().for_each(|(word, path)| terminal.line(&format!("{WARN}{word:8}{WARN:#} {path}")));
            terminal.line(&match (fresh, differences.len()) {
                (true, _) => format!("{GOOD}up to date{GOOD:#}: {shown}"),
                (_, 0) => format!("{WARN}stale{WARN:#}: {shown} has the right files, but was packed in another way"),
                (_, many) => format!("{WARN}stale{WARN:#}: {many} files in {shown} differ; run `wcs bundle`"),
            });
        }
        DataFormat::Json => {
            let differences: Vec<_> =
                differences.iter().map(|(word, path)| json!({ "change": word, "path": path })).collect();
            terminal.json(&json!({ "version": 1, "fresh": fresh, "differences": differences }));
        }
    }
    if fresh { Ok(()) } else { Err(Stop::Stale) }
}

/// How the files of an archive differ from those of the bundle.
fn differences(bundle: &Bundle, given: Result<Vec<(String, Vec<u8>)>, String>) -> Vec<(&'static str, String)> {
    let given = match given {
        Ok(given) => given,
        Err(reason) => return vec![("broken", reason)],
    };
    let wanted = |path: &str| bundle.files.iter().any(|file| pack::inside(bundle, &file.path) == path);
    let mut found = Vec::new();
    for file in &bundle.files {
        let path = pack::inside(bundle, &file.path);
        match given.iter().find(|(known, _)| *known == path) {
            None => found.push(("missing", path)),
            Some((_, bytes)) if bytes != file.text.as_bytes() => found.push(("changed", path)),
            Some(_) => {}
        }
    }
    found.extend(given.iter().filter(|(path, _)| !wanted(path)).map(|(path, _)| ("foreign", path.clone())));
    found
}
