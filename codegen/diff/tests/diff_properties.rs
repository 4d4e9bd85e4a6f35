//! What holds for every comparison: nothing differs from itself, every change has its mirror, and no edit goes unnoticed.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::BTreeMap;
use wcs_contract::Input;

use crate::mutations::{self, changes, contract, written};
use wcs_contract::load::{Node, NodeKind};
use wcs_contract::source::Sources;
use wcs_diff::{Change, Mirror};
use wcs_test_support::{none, root};

#[test]
fn nothing_differs_from_itself() {
    let contract = mutations::contract_text();
    for mutation in mutations::all() {
        let edited = mutation.apply(&contract).unwrap();
        let [there, back] = changes(&edited, &edited).unwrap();
        assert!(there.is_empty() && back.is_empty(), "{}", mutation.title);
    }
    let mut sources = Sources::default();
    let mut findings = wcs_contract::diagnostic::Findings::default();
    let schema = wcs_contract::read(&Input::at(root().join("schema")), &mut sources, &mut findings).unwrap().unwrap();
    let said: Vec<String> = wcs_diff::compare(&schema, &schema, &sources).iter().map(written).collect();
    assert_eq!(said, Vec::<String>::new());
}

/// Names of rules as they are seen from the other side, or as they are.
fn names(changes: &[Change], mirrored: bool) -> Vec<String> {
    let name = |change: &Change| match (change.rule.mirror, mirrored) {
        (Mirror::Rule(other), true) => other.to_owned(),
        _ => change.rule.rule.name.to_owned(),
    };
    // A renamed thing has another name on each side, so only how much of each kind there is can be compared.
    let mut names: Vec<String> = changes.iter().map(name).collect();
    names.sort();
    names
}

#[test]
fn every_mutation_mirrors_itself() {
    let contract = mutations::contract_text();
    let mut complaints = Vec::new();
    for mutation in mutations::all() {
        let [there, back] = changes(&contract, &mutation.apply(&contract).unwrap()).unwrap();
        let (there, back) = (names(&there, true), names(&back, false));
        if there != back {
            complaints.push(format!("{}: {there:?} is not {back:?}", mutation.title));
        }
    }
    none(&complaints);
}

/// Two edits at once, and one edit against another: what differs mirrors too, and says no less than each alone.
#[test]
fn pairs_of_mutations_mirror_each_other() {
    let contract = mutations::contract_text();
    let mutations = mutations::all();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut pick = || {
        // Xorshift: the same pairs each time.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        mutations.get(usize::try_from(random % mutations.len() as u64).unwrap()).unwrap()
    };
    let (mut compared, mut complaints) = (0, Vec::new());
    for _ in 0..160 {
        let (first, second) = (pick(), pick());
        let one = first.apply(&contract).unwrap();
        let other = second.apply(&contract).unwrap();
        let mut pairs = vec![(one.clone(), other)];
        // Two edits may be of the same lines.
        pairs.extend(second.apply(&one).ok().map(|both| (contract.clone(), both)));
        for (old, new) in pairs {
            let Ok([there, back]) = changes(&old, &new) else { continue };
            compared += 1;
            let (mirrored, seen) = (names(&there, true), names(&back, false));
            if mirrored != seen {
                complaints.push(format!("{} / {}: {mirrored:?} is not {seen:?}", first.title, second.title));
            }
        }
    }
    assert!(compared > 200, "{compared}");
    none(&complaints);
}

/// Scalars of a YAML tree, with the keys above each.
fn scalars<'a>(node: &'a Node, path: &str, found: &mut Vec<(String, &'a Node)>) {
    match &node.kind {
        NodeKind::Mapping(entries) => {
            entries.iter().for_each(|(key, value)| scalars(value, &format!("{path}/{}", key.value), found));
        }
        NodeKind::Sequence(items) => {
            items.iter().enumerate().for_each(|(at, item)| scalars(item, &format!("{path}/{at}"), found));
        }
        NodeKind::Scalar { .. } => found.push((path.to_owned(), node)),
        NodeKind::Refused => {}
    }
}

/// Every word, number and text of the contract is edited, until an edit compiles; that one must differ. The version of the
/// contract is what is compared with the changes, and so is no change itself.
#[test]
fn no_edit_goes_unnoticed() {
    let text = mutations::contract_text();
    let mut sources = Sources::default();
    let file = sources.add("garage.yaml", text.clone());
    let mut findings = wcs_contract::diagnostic::Findings::default();
    let tree = wcs_contract::load::load(file, &text, &mut findings).unwrap();
    let mut found = Vec::new();
    scalars(&tree, "", &mut found);
    let (mut noticed, mut complaints) = (0, Vec::new());
    let base = contract("old.yaml", &text, &mut sources).unwrap();
    for (path, node) in found.iter().filter(|(path, _)| path != "/contract/version") {
        let NodeKind::Scalar { text: word, .. } = &node.kind else { continue };
        let others = match word.as_str() {
            "true" => vec!["false".to_owned()],
            "false" => vec!["true".to_owned()],
            number if number.parse::<i64>().is_ok() => vec![format!("{}", number.parse::<i64>().unwrap() + 1)],
            // Closed lists take only their own words, so what stands elsewhere under the same key is tried too.
            _ => [format!("{}Z", written_as(word)), "string".to_owned(), "gates".to_owned(), "medium".to_owned()]
                .into_iter()
                .chain(found.iter().filter(|(other, _)| key_of(other) == key_of(path)).filter_map(|(_, node)| {
                    let NodeKind::Scalar { text, .. } = &node.kind else { return None };
                    (written_as(text) == text).then(|| text.clone())
                }))
                .collect(),
        };
        for other in others.iter().filter(|other| *other != word) {
            let mut edited = text.clone();
            edited.replace_range(node.span.start as usize..node.span.end as usize, other);
            let Ok(edited) = contract("new.yaml", &edited, &mut sources) else { continue };
            noticed += 1;
            if wcs_diff::compare(&base, &edited, &sources).is_empty() {
                complaints.push(format!("{path}: `{word}` → `{other}`"));
            }
            break;
        }
    }
    assert!(noticed > 300, "{noticed}");
    none(&complaints);
}

/// The last key on a path; places in lists are none.
fn key_of(path: &str) -> &str {
    path.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default()
}

/// A word as it can stand without quotes, or nothing.
fn written_as(word: &str) -> &str {
    if word.chars().all(|c| c.is_ascii_alphanumeric() || "_-./ <>".contains(c)) { word } else { "" }
}

/// Fingerprints name a change among all others, wherever it stands in the file.
#[test]
fn fingerprints_tell_changes_apart_and_outlive_other_edits() {
    let contract = mutations::contract_text();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for mutation in mutations::all() {
        let edited = mutation.apply(&contract).unwrap();
        let moved = edited.replacen("contract:\n", "# a comment\n\n\ncontract:\n", 1);
        let prints = |new: &str| -> Vec<String> {
            changes(&contract, new).unwrap()[0].iter().map(Change::fingerprint).collect()
        };
        assert_eq!(prints(&edited), prints(&moved), "{}", mutation.title);
        for change in &changes(&contract, &edited).unwrap()[0] {
            let said = format!("{} {:?} {:?}", written(change), change.before, change.after);
            let first = seen.entry(change.fingerprint()).or_insert_with(|| said.clone());
            assert_eq!(*first, said);
        }
    }
}
