//! Running text: hooks in lists (`` - `name` - what of it``) below a heading that names a type of hooks, and names with
//! the ending that only hooks have.

use super::statements::{Listed, is_name, lines, piece};
use crate::vocabulary;
use wcs_contract::model::{Contract, HookType};
use wcs_contract::source::FileId;

/// Longest line that may be a heading.
const LONGEST_HEADING: usize = 100;

/// The hooks in a text, known or not.
pub(super) fn read(contract: &Contract, file: FileId, text: &str) -> Vec<Listed> {
    let endings = vocabulary::endings(contract);
    let mut kind = None;
    let mut listed = Vec::new();
    for (start, line) in lines(text) {
        let trimmed = line.trim();
        if let Some(name) = bullet(trimmed) {
            let at = start + line.find(name).unwrap_or_default();
            listed.push(Listed { name: piece(file, at, name), kind });
            continue;
        }
        if !trimmed.is_empty() && trimmed.len() <= LONGEST_HEADING && !trimmed.ends_with(['.', ':', ';', ',']) {
            kind = kind_in(trimmed);
        }
        let mut at = 0;
        for word in vocabulary::words(line) {
            // Words come in order, so that each is found after the one before.
            let found = line.get(at..).and_then(|rest| rest.find(word)).map_or(at, |found| at + found);
            at = found + word.len();
            let is_compound = vocabulary::ends(word).1 != word && is_name(word);
            let is_hook = vocabulary::hook(contract, word).is_some();
            if is_compound && (is_hook || endings.contains(&vocabulary::ends(word).1)) {
                listed.push(Listed { name: piece(file, start + found, word), kind: None });
            }
        }
    }
    listed
}

/// The name in a list item.
fn bullet(line: &str) -> Option<&str> {
    let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "))?.trim();
    let name = match item.strip_prefix('`') {
        Some(rest) => rest.split_once('`')?.0,
        None => return None,
    };
    is_name(name).then_some(name)
}

/// The first type of hooks that a heading names.
fn kind_in(heading: &str) -> Option<HookType> {
    let heading = heading.to_lowercase();
    vocabulary::words(&heading).find_map(|word| {
        HookType::ALL.iter().copied().find(|kind| word == kind.word() || word.strip_suffix('s') == Some(kind.word()))
    })
}
