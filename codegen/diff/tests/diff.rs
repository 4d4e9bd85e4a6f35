//! Every kind of edit of a contract, and what it means for whom: the tables below `codegen/diff/tests/mutations`.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::collections::{BTreeMap, BTreeSet};

use crate::mutations::{self, Mutation, changes, written};
use wcs_diff::Mirror;
use wcs_test_support::none;

/// How what is said differs from what is expected; order does not count.
fn difference(mutation: &Mutation, arrow: char, expected: &[String], said: &[String]) -> Vec<String> {
    let (mut expected, mut said) = (expected.to_vec(), said.to_vec());
    expected.sort();
    said.sort();
    let lacking = expected.iter().filter(|line| !said.contains(line)).map(|line| format!("  lacks {arrow} {line}"));
    let extra = said.iter().filter(|line| !expected.contains(line)).map(|line| format!("  has   {arrow} {line}"));
    let lines: Vec<String> = lacking.chain(extra).collect();
    if lines.is_empty() && expected.len() == said.len() {
        return Vec::new();
    }
    vec![format!("{}: {}\n{}", mutation.file, mutation.title, lines.join("\n"))]
}

#[test]
fn each_mutation_is_judged_as_the_table_says() {
    let contract = mutations::contract_text();
    let mutations = mutations::all();
    assert!(mutations.len() >= 150, "{}", mutations.len());
    let mut complaints = Vec::new();
    for mutation in &mutations {
        let edited = match mutation.apply(&contract) {
            Ok(edited) => edited,
            Err(reason) => {
                complaints.push(reason);
                continue;
            }
        };
        match changes(&contract, &edited) {
            Ok(directions) => {
                for (arrow, expected, found) in
                    [('>', &mutation.there, &directions[0]), ('<', &mutation.back, &directions[1])]
                {
                    let said: Vec<String> = found.iter().map(written).collect();
                    complaints.extend(difference(mutation, arrow, expected, &said));
                }
            }
            Err(reason) => complaints.push(format!("{}: {}: {reason}", mutation.file, mutation.title)),
        }
    }
    none(&complaints);
}

#[test]
fn every_rule_is_in_the_tables_and_has_a_mirror_or_a_waiver() {
    let rules = wcs_diff::rules();
    let names: BTreeSet<&str> = rules.iter().map(|rule| rule.rule.name).collect();
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.rule.code).collect();
    assert_eq!((names.len(), codes.len()), (rules.len(), rules.len()));
    let mirrors: BTreeMap<&str, Mirror> = rules.iter().map(|rule| (rule.rule.name, rule.mirror)).collect();
    let mutations = mutations::all();
    let in_table = |name: &str| {
        let lines = mutations.iter().flat_map(|mutation| mutation.there.iter().chain(&mutation.back));
        lines.into_iter().any(|line| line.starts_with(&format!("{name} ")))
    };
    let mut complaints = Vec::new();
    for rule in &rules {
        let name = rule.rule.name;
        match rule.mirror {
            Mirror::Rule(other) if mirrors.get(other) != Some(&Mirror::Rule(name)) => {
                complaints.push(format!("{name} says that {other} mirrors it, but not the other way round"));
            }
            Mirror::Rule(_) if !in_table(name) => complaints.push(format!("{name} stands in no table")),
            Mirror::Waived(reason) if reason.len() < 20 => {
                complaints.push(format!("{name} is waived without a reason"))
            }
            _ => {}
        }
    }
    none(&complaints);
}
