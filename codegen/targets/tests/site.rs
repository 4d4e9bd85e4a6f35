//! The site is well formed, holds together, needs nothing from elsewhere, and says what the contract says.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "site/html.rs"]
mod html;

use crate::contracts;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use html::Element;
use wcs_contract::model::{Contract, Sdk, TypeKind};
use wcs_contract::{Input, compile, names};
use wcs_targets::docs::{TEMPLATES, pages};
use wcs_targets::find;

struct Page {
    elements: Vec<Element>,
    text: String,
}

impl Page {
    /// How many pictures it has, icons aside.
    fn pictures(&self) -> usize {
        let classes = self.elements.iter().filter(|element| element.name == "svg").filter_map(|svg| svg.get("class"));
        classes.filter(|class| class.starts_with("picture")).count()
    }
}

struct Site {
    pages: BTreeMap<String, Page>,
    files: BTreeMap<String, String>,
}

fn site(contract: &Contract) -> Site {
    let artifacts = find("docs").unwrap().emit(contract);
    let ours = artifacts.into_iter().filter_map(|file| Some((file.path.strip_prefix("html/")?.to_owned(), file.text)));
    let files: BTreeMap<String, String> = ours.collect();
    let read = |(path, text): (&String, &String)| {
        let (elements, text) = html::read(path, text);
        (path.clone(), Page { elements, text })
    };
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html")).map(read).collect();
    Site { pages, files }
}

/// All contracts that the site is tried on, that of this project first.
fn sites() -> &'static [(Contract, Site)] {
    static SITES: LazyLock<Vec<(Contract, Site)>> = LazyLock::new(|| {
        let lockers =
            compile(&Input::at(contracts::root().join("examples/own-schema/schema"))).unwrap().contract.unwrap();
        let all = [contracts::wcs(), contracts::parcel(), lockers, contract_of("minimal", MINIMAL)];
        all.into_iter().map(|contract| (contract.clone(), site(&contract))).collect()
    });
    &SITES
}

const MINIMAL: &str = "
contract: {name: tiny, title: A <tiny> contract, version: 0.1.0, doc: One hook.}
groups:
  all: {title: All & every, doc: The only group.}
hooks:
  ping:
    type: event
    group: all
    summary: Something < has happened.
    deny: {effect: no_effect, doc: It has happened already.}
    evidence: documents
";

fn contract_of(name: &str, yaml: &str) -> Contract {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("site-{name}.yaml"));
    wcs_codegen::output::write(&path, yaml).unwrap();
    compile(&Input::at(&path)).unwrap().contract.unwrap()
}

impl Site {
    /// What can be linked to, by page.
    fn ids(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut all = BTreeMap::new();
        for (path, page) in &self.pages {
            let mut ids = BTreeSet::new();
            for id in page.elements.iter().filter_map(|element| element.get("id")) {
                assert!(!id.is_empty() && ids.insert(id), "{path}: the id {id:?} stands twice");
            }
            all.insert(path.as_str(), ids);
        }
        all
    }
}

/// The path that an address on a page leads to.
fn target(path: &str, address: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match address.strip_prefix("../") {
        Some(above) if !folder.is_empty() => above.to_owned(),
        _ if folder.is_empty() => address.to_owned(),
        _ => format!("{folder}/{address}"),
    }
}

/// Follows every link; gives their number.
fn links_resolve(site: &Site) -> usize {
    let ids = site.ids();
    let mut count = 0;
    for (path, page) in &site.pages {
        for element in page.elements.iter().filter(|element| element.name == "a") {
            let address = element.get("href").unwrap_or_else(|| panic!("{path}: a link to nothing"));
            let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
            let file = if file.is_empty() { path.clone() } else { target(path, file) };
            let there = ids.get(file.as_str()).unwrap_or_else(|| panic!("{path}: no page for {address}"));
            assert!(anchor.is_empty() || there.contains(anchor), "{path}: no anchor for {address}");
            count += 1;
        }
    }
    count
}

#[test]
fn every_link_leads_somewhere() {
    for (contract, site) in sites() {
        assert!(links_resolve(site) > 5 * contract.hooks.len());
    }
}

/// Takes something away that a contract need not have.
type Loss = (&'static str, fn(&mut Contract));

const LOSSES: &[Loss] = &[
    ("releases", |contract| contract.releases.clear()),
    ("notes", |contract| contract.notes.clear()),
    ("contradictions", |contract| contract.conflicts.clear()),
    ("documents", |contract| contract.documents.clear()),
    ("problems", |contract| contract.troubleshooting.clear()),
    ("flows", |contract| contract.flows.clear()),
    ("basic", |contract| contract.sender.iter_mut().for_each(|sender| sender.basic = None)),
    ("signature", |contract| contract.sender.iter_mut().for_each(|sender| sender.signature = None)),
    ("commands", |contract| contract.sender.iter_mut().for_each(|sender| sender.commands.items.clear())),
    ("settings", |contract| contract.sender.iter_mut().for_each(|sender| sender.settings.items.clear())),
    ("base paths", |contract| contract.sender.iter_mut().for_each(|sender| sender.base_paths.items.clear())),
    ("meaning of types", |contract| contract.hook_types = None),
    ("errors", |contract| contract.on_error.clear()),
    ("policy", |contract| contract.sender.iter_mut().for_each(|sender| sender.session_policy = None)),
    ("sender", |contract| contract.sender = None),
    ("SDK", |contract| contract.hooks.iter_mut().for_each(|hook| hook.sdk = Sdk::Unknown)),
    ("followers", |contract| contract.hooks.iter_mut().for_each(|hook| hook.leads_to.clear())),
    ("error events", |contract| contract.hooks.iter_mut().for_each(|hook| hook.error_event = None)),
    ("hooks' texts", |contract| {
        contract.hooks.iter_mut().for_each(|hook| {
            hook.doc = None;
            hook.notes.clear();
            hook.conflicts.clear();
            hook.sources.clear();
        });
    }),
    ("examples", |contract| contract.hooks.iter_mut().for_each(|hook| hook.examples.clear())),
    ("parameters", |contract| contract.hooks.iter_mut().for_each(|hook| hook.parameters.clear())),
];

#[test]
fn whatever_a_contract_lacks_the_site_stands() {
    let mut whole = sites()[0].0.clone();
    whole.hooks.iter_mut().for_each(|hook| hook.parameters.truncate(4));
    let lost_alone = LOSSES.iter().map(|(name, lose)| {
        let mut contract = whole.clone();
        lose(&mut contract);
        (*name, contract)
    });
    let mut bare = whole.clone();
    LOSSES.iter().for_each(|(_, lose)| lose(&mut bare));
    for (name, contract) in lost_alone.chain([("all of it", bare.clone())]) {
        let made = pages(&contract, &|_| None).unwrap_or_else(|error| panic!("without {name}: {error}"));
        assert!(made.len() > contract.hooks.len(), "without {name}");
    }
    links_resolve(&site(&bare));
}

#[test]
fn nothing_comes_from_elsewhere() {
    for (_, site) in sites() {
        for (path, page) in &site.pages {
            for element in &page.elements {
                let loaded = match element.name.as_str() {
                    "link" => element.get("href"),
                    _ => element.get("src"),
                };
                for address in loaded.into_iter().filter(|address| !address.starts_with("data:")) {
                    assert!(site.files.contains_key(&target(path, address)), "{path} loads {address}");
                }
                assert!(element.attributes.iter().all(|(name, _)| !name.starts_with("on")), "{path}: {element:?}");
            }
        }
        let style = &site.files["assets/site.css"];
        assert!(!style.contains("url(") && !style.contains("@import"));
        let script = &site.files["assets/site.js"];
        assert!(!script.contains("http") && !script.contains("fetch(") && !script.contains("innerHTML"));
    }
}

#[test]
fn each_thing_of_the_contract_has_its_anchor() {
    for (contract, site) in sites() {
        let ids = site.ids();
        let has = |page: &str, id: &str| assert!(ids[page].contains(id), "{page} has no #{id}");
        for hook in &contract.hooks {
            let page = format!("hooks/{}.html", names::file(&hook.name.value));
            for member in &hook.parameters {
                has(&page, &format!("member-{}", names::file(&member.name.value)));
                has("parameters.html", &format!("parameter-{}", names::file(&member.name.value)));
            }
        }
        for ty in &contract.types {
            let name = names::file(&ty.name.value);
            has("types.html", &format!("type-{name}"));
            match &ty.kind {
                TypeKind::Record(members) => members.iter().for_each(|member| {
                    has("types.html", &format!("type-{name}-member-{}", names::file(&member.name.value)));
                }),
                TypeKind::Enum { values, .. } => {
                    let rows = ids["types.html"].iter().filter(|id| id.starts_with(&format!("value-{name}-"))).count();
                    assert!(rows >= values.len(), "{name} has {rows} values");
                }
            }
        }
        for (name, _) in &contract.flows {
            has("flows.html", &format!("flow-{}", names::file(&name.value)));
        }
    }
}

#[test]
fn pages_have_what_helps_to_find_ones_way() {
    for (_, site) in sites() {
        for (path, page) in &site.pages {
            let count = |name: &str| page.elements.iter().filter(|element| element.name == name).count();
            assert_eq!((count("main"), count("h1"), count("header"), count("footer")), (1, 1, 1, 1), "{path}");
            assert!(page.elements.iter().any(|element| element.get("class") == Some("skip")), "{path}");
            let current = page.elements.iter().filter(|element| element.get("aria-current") == Some("page"));
            assert_eq!(current.count(), 1, "{path}");
            let heading = |element: &&Element| matches!(element.name.as_str(), "h1" | "h2" | "h3" | "h4");
            let levels = page.elements.iter().filter(heading).map(|element| element.name.as_bytes()[1]);
            levels.reduce(|above, level| {
                assert!(level <= above + 1, "{path}: a heading of level {} is missing", level - 1);
                level
            });
        }
    }
}

#[test]
fn each_hook_has_pictures_examples_and_programs() {
    let (contract, site) = &sites()[0];
    for hook in &contract.hooks {
        let path = format!("hooks/{}.html", names::file(&hook.name.value));
        let page = &site.pages[&path];
        assert_eq!(page.pictures(), 1, "{path}");
        for language in ["language-rust", "language-ts", "language-python", "language-sh"] {
            let blocks = page.elements.iter().filter(|element| element.get("class") == Some(language));
            assert!(blocks.count() >= 1, "{path}: {language}");
        }
        for text in [&hook.summary, &hook.deny.doc] {
            let said = text.value.replace('`', "");
            let spaced = |text: &str| text.replace(' ', "");
            assert!(spaced(&page.text).contains(&spaced(&said)), "{path} does not say {said}");
        }
        for example in &hook.examples {
            let shown = format!("{:#}", example.body.value).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.text.contains(&shown), "{path} does not show {}", example.title.value);
        }
    }
    let pictures = |path: &str| site.pages[path].pictures();
    let ordered = contract.types.iter().filter(|ty| match &ty.kind {
        TypeKind::Enum { values, .. } => values.iter().any(|value| !value.next.is_empty()),
        TypeKind::Record(_) => false,
    });
    assert_eq!(pictures("index.html"), 5, "four types of hooks, and what errors do");
    assert_eq!(pictures("flows.html"), contract.flows.len());
    assert_eq!(pictures("types.html"), ordered.count());
}

#[test]
fn the_search_knows_everything_and_leads_to_it() {
    for (contract, site) in sites() {
        let script = &site.files["assets/search.js"];
        let list = script.strip_prefix("window.siteIndex = ").unwrap().trim_end().strip_suffix(';').unwrap();
        let entries: Vec<Vec<String>> = serde_json::from_str(list).unwrap();
        let ids = site.ids();
        for entry in &entries {
            let (file, anchor) = entry[3].split_once('#').unwrap_or((&entry[3], ""));
            assert!(ids[file].contains(anchor) || anchor.is_empty(), "{entry:?}");
        }
        let known: BTreeSet<(&str, &str)> =
            entries.iter().map(|entry| (entry[0].as_str(), entry[1].as_str())).collect();
        for hook in &contract.hooks {
            assert!(known.contains(&(hook.kind.word(), hook.name.value.as_str())));
            for member in &hook.parameters {
                assert!(known.contains(&("parameter", member.name.value.as_str())));
            }
        }
        for ty in &contract.types {
            let TypeKind::Enum { values, .. } = &ty.kind else { continue };
            values.iter().for_each(|value| assert!(known.contains(&("value", value.wire.value.as_str()))));
        }
    }
}

#[test]
fn templates_and_files_of_the_site_can_be_replaced() {
    let contract = contract_of("replaced", MINIMAL);
    let own = |name: &str| match name {
        "html/hook.html" => Some("<h1>Only {{name}}</h1>".to_owned()),
        "html/assets/site.css" => Some("body { color: {{red}} }".to_owned()),
        _ => None,
    };
    let replaced = pages(&contract, &own).unwrap();
    let text = |path: &str| replaced.iter().find(|page| page.path == path).map(|page| page.text.as_str()).unwrap();
    assert!(text("html/hooks/ping.html").contains("<h1>Only ping</h1>"));
    assert_eq!(text("html/assets/site.css"), "body { color: {{red}} }");
    assert!(text("html/index.html").contains("A &lt;tiny&gt; contract"));
    for (name, text) in
        [("html/hook.html", "{{nmae}}"), ("html/frame", "{{#if title}}"), ("html/types.html", "{{md}}{{/x}}")]
    {
        let error = pages(&contract, &|asked| (asked == name).then(|| text.to_owned())).unwrap_err();
        assert_eq!(error.template, name);
    }
    assert!(TEMPLATES.iter().any(|(name, _)| *name == "html/index.html"));
}
