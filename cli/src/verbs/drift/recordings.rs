//! `wcs drift --traffic`.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use wcs_contract::model::Contract;
use wcs_contract::source::{Sources, display_path};
use wcs_drift::Drift;
use wcs_drift::traffic::{self, Observed, Read};

use crate::stop::{Stop, unreadable};
use crate::terminal::Terminal;
use crate::words::counted;

/// Compares files of traffic, all together; a line of the summary says of each how it was read.
pub(super) fn compare(
    contract: &Contract,
    sources: &mut Sources,
    paths: &[PathBuf],
    summary: &mut Vec<String>,
    terminal: &mut Terminal,
) -> Result<Vec<Drift>, Stop> {
    let mut observed = Observed::default();
    for path in paths {
        let shown = display_path(path, Path::new("."));
        terminal.progress(&format!("reading {shown}"));
        let read = if path.as_os_str() == "-" {
            traffic::read(contract, "standard input", &mut std::io::stdin().lock(), &mut observed)
        } else {
            let mut file = BufReader::new(File::open(path).map_err(unreadable(path))?);
            traffic::read(contract, &shown, &mut file, &mut observed)
        };
        summary.push(said(&shown, &read.map_err(unreadable(path))?));
    }
    Ok(traffic::drifts(contract, sources, &observed))
}

fn said(shown: &str, read: &Read) -> String {
    let mut parts = vec![format!("{} compared", counted(read.requests, "request"))];
    if read.answers > 0 {
        parts.push(format!("{} left out", counted(read.answers, "answer")));
    }
    if read.unread > 0 {
        parts.push(format!("{} not read", counted(read.unread, "piece")));
    }
    format!("{shown}: {}; {}", read.form.words(), parts.join(", "))
}
