//! Archives that depend on their files alone: one owner, one time, one order, one level of compression.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use flate2::{Compression, GzBuilder, read::GzDecoder};
use wcs_targets::bundle::Bundle;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// 1 January 1980, the first day that a ZIP file can tell; GNU tar finds 1970 implausible.
const TIME: u64 = 315_532_800;

/// Readable by everyone, writable by its owner.
const MODE: u32 = 0o644;

/// Most bytes that are unpacked from somebody's archive, to compare it.
const MAX_UNPACKED: u64 = 1 << 30;

/// The form of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    TarGz,
    Zip,
}

impl Form {
    /// The form that a file's name asks for.
    pub(super) fn of(path: &Path) -> Result<Self, String> {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        match name.as_str() {
            name if name.ends_with(".tar.gz") || name.ends_with(".tgz") => Ok(Self::TarGz),
            name if name.ends_with(".zip") => Ok(Self::Zip),
            _ => Err(format!(
                "{} tells no form of archive; let its name end in `.tar.gz`, `.tgz` or `.zip`",
                path.display()
            )),
        }
    }

    /// The archive.
    pub(super) fn pack(self, bundle: &Bundle) -> Result<Vec<u8>, String> {
        match self {
            Self::TarGz => tar_gz(bundle).map_err(|error| format!("can't pack the archive: {error}")),
            Self::Zip => zip(bundle).map_err(|error| format!("can't pack the archive: {error}")),
        }
    }

    /// The files of an archive.
    pub(super) fn unpack(self, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
        match self {
            Self::TarGz => of_tar_gz(bytes).map_err(|error| format!("no tar.gz archive: {error}")),
            Self::Zip => of_zip(bytes).map_err(|error| format!("no ZIP archive: {error}")),
        }
    }
}

/// A file's path in the archive: all stand in one folder.
pub(super) fn inside(bundle: &Bundle, path: &str) -> String {
    format!("{}/{path}", bundle.name)
}

fn tar_gz(bundle: &Bundle) -> std::io::Result<Vec<u8>> {
    // 255 is "unknown": no trace of the system that packed it.
    let gzip = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let mut archive = tar::Builder::new(gzip);
    for file in &bundle.files {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_size(file.text.len() as u64);
        header.set_mode(MODE);
        header.set_mtime(TIME);
        header.set_uid(0);
        header.set_gid(0);
        archive.append_data(&mut header, inside(bundle, &file.path), file.text.as_bytes())?;
    }
    archive.into_inner()?.finish()
}

fn of_tar_gz(bytes: &[u8]) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut archive = tar::Archive::new(GzDecoder::new(bytes).take(MAX_UNPACKED));
    let mut files = Vec::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let path = entry.path()?.to_string_lossy().replace('\\', "/");
            let mut content = Vec::new();
            entry.read_to_end(&mut content)?;
            files.push((path, content));
        }
    }
    Ok(files)
}

fn zip(bundle: &Bundle) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(MODE);
    for file in &bundle.files {
        archive.start_file(inside(bundle, &file.path), options)?;
        archive.write_all(file.text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn of_zip(bytes: &[u8]) -> zip::result::ZipResult<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let (mut files, mut left) = (Vec::new(), MAX_UNPACKED);
    for index in 0..archive.len() {
        let file = archive.by_index(index)?;
        if file.is_file() {
            let path = file.name()?.into_owned();
            let mut content = Vec::new();
            left -= file.take(left).read_to_end(&mut content)? as u64;
            files.push((path, content));
        }
    }
    Ok(files)
}
