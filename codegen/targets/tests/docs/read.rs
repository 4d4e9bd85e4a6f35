//! Reading pages: what stands on them, as a reader sees it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use wcs_contract::model::{Conflict, Contract, Hook, Note, Parameter, TypeDef, TypeKind};
use wcs_contract::names;
use wcs_contract::{Input, compile};
use wcs_targets::find;

pub(crate) type Pages = BTreeMap<String, String>;

/// The real contract and its pages.
pub(crate) fn schema() -> (&'static Contract, &'static Pages) {
    static SCHEMA: LazyLock<(Contract, Pages)> = LazyLock::new(|| {
        let contract = contract_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema"));
        let pages = emitted(&contract);
        (contract, pages)
    });
    (&SCHEMA.0, &SCHEMA.1)
}

pub(crate) fn contract_in(path: &Path) -> Contract {
    let compiled = compile(&Input::at(path)).unwrap();
    let messages: Vec<&str> = compiled.findings.iter().map(|found| found.message.as_str()).collect();
    compiled.contract.unwrap_or_else(|| panic!("{} does not compile: {messages:#?}", path.display()))
}

pub(crate) fn contract_of(name: &str, yaml: &str) -> Contract {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("docs-{name}.yaml"));
    wcs_codegen::output::write(&path, yaml).unwrap();
    contract_in(&path)
}

pub(crate) fn emitted(contract: &Contract) -> Pages {
    let artifacts = find("docs").unwrap().emit(contract);
    // The site has tests of its own.
    let artifacts: Vec<_> = artifacts.into_iter().filter(|artifact| !artifact.path.starts_with("html/")).collect();
    let count = artifacts.len();
    let pages: Pages = artifacts.into_iter().map(|artifact| (artifact.path, artifact.text)).collect();
    assert_eq!(pages.len(), count, "two pages have one path");
    pages
}

pub(crate) fn hook_path(hook: &Hook) -> String {
    format!("hooks/{}.md", names::file(&hook.name.value))
}

pub(crate) fn members(ty: &TypeDef) -> &[Parameter] {
    match &ty.kind {
        TypeKind::Record(members) => members,
        TypeKind::Enum { .. } => &[],
    }
}

/// What a reader sees: links as their texts, no marks of code, no escapes, single spaces.
pub(crate) fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, link)) = rest.split_once("](") {
        text.push_str(before);
        rest = link.split_once(')').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let text = text.replace("\\|", "|").replace(['`', '[', ']'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page that is searched for texts of the contract.
pub(crate) struct Read<'a> {
    path: String,
    pub(crate) raw: &'a str,
    plain: String,
}

impl<'a> Read<'a> {
    pub(crate) fn page(pages: &'a Pages, path: &str) -> Self {
        let raw = pages.get(path).unwrap_or_else(|| panic!("there is no page {path}"));
        Self { path: path.to_owned(), raw, plain: plain(raw) }
    }

    pub(crate) fn of_hook(pages: &'a Pages, hook: &Hook) -> Self {
        Self::page(pages, &hook_path(hook))
    }

    pub(crate) fn says(&self, text: &str) {
        assert!(self.plain.contains(&plain(text)), "{} does not say: {text}", self.path);
    }

    pub(crate) fn has(&self, markdown: &str) {
        assert!(self.raw.contains(markdown), "{} does not have: {markdown}", self.path);
    }

    pub(crate) fn says_notes(&self, notes: &[Note]) {
        for note in notes {
            self.says(&note.fact.value);
            note.consequence.iter().for_each(|consequence| self.says(&consequence.value));
        }
    }

    pub(crate) fn says_conflicts(&self, conflicts: &[Conflict]) {
        for conflict in conflicts {
            self.says(&conflict.topic.value);
            self.says(&conflict.verdict.value);
            conflict.says.iter().for_each(|(_, claim)| self.says(&claim.value));
        }
    }

    pub(crate) fn says_member(&self, member: &Parameter) {
        self.says(&member.doc.value);
        for (alias, origin) in &member.aliases {
            self.says(&alias.value);
            self.says(origin.value.trim_end_matches('.'));
        }
        member.default.iter().chain(&member.example).for_each(|value| self.says(&value.value.to_string()));
        let reason = member.overwritable.as_ref().map(|overwritable| &overwritable.reason);
        let sources = member.sources.iter().map(|(_, place)| place);
        member.origin.iter().chain(reason).chain(sources).for_each(|text| self.says(&text.value));
        match (&member.lifetime.since, &member.lifetime.until) {
            (Some(since), Some(until)) => self.says(&format!("from release {since} to {until}")),
            (Some(since), None) => self.says(&format!("since release {since}")),
            (None, Some(until)) => self.says(&format!("up to release {until}")),
            (None, None) => {}
        }
        self.says_notes(&member.notes);
        self.says_conflicts(&member.conflicts);
    }
}

/// The lines of a page outside fenced blocks.
pub(crate) fn lines_outside_code(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        if line.starts_with("```") {
            fenced = !fenced;
            return false;
        }
        !fenced
    })
}
