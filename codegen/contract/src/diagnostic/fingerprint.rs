//! A short name for a finding that stays the same while the lines around it move.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::Diagnostic;
use crate::source::{Sources, Span};

/// The fingerprints of findings, each unique among them.
///
/// One is made of the rule, the file, the keys below which the place stands, the text there, and the message; of
/// nothing that an edit elsewhere changes. Where all of that is the same twice, the order tells them apart.
pub fn fingerprints(findings: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut unique = |found: &Diagnostic| {
        let base = found.fingerprint(sources);
        let repeats = seen.entry(base.clone()).and_modify(|count| *count += 1).or_insert(0);
        if *repeats == 0 { base } else { format!("{base}-{repeats}") }
    };
    findings.iter().map(&mut unique).collect()
}

impl Diagnostic {
    /// A fingerprint, in 16 hex digits; [`fingerprints`] tells repeats apart.
    pub fn fingerprint(&self, sources: &Sources) -> String {
        let mut hasher = Sha256::new();
        let mut add = |part: &str| {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        };
        add(self.rule.code);
        add(sources.relative_path(self.span.file));
        for key in keys_above(sources, self.span) {
            add(key);
        }
        add(sources.text(self.span));
        add(&self.message);
        hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The keys below which a place stands, the innermost first, told by the indentation alone: what is broken has no tree.
fn keys_above(sources: &Sources, span: Span) -> Vec<&str> {
    let text = sources.get(span.file).text.get(..span.start as usize).unwrap_or_default();
    let mut keys = Vec::new();
    let mut below = usize::MAX;
    for line in text.lines().rev() {
        let written = line.trim_start();
        let indent = line.len() - written.len();
        if indent >= below || written.is_empty() || written.starts_with('#') {
            continue;
        }
        below = indent;
        keys.push(written.split_once(':').map_or(written, |(key, _)| key));
        if indent == 0 {
            break;
        }
    }
    keys
}
