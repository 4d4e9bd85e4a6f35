//! The reference pages say everything that the contract says, and hold together: links, anchors, tables.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use wcs_codegen::compile;
use wcs_codegen::emit::docs::{TEMPLATES, pages};
use wcs_codegen::emit::{find, header};
use wcs_codegen::model::{Conflict, Contract, Hook, Note, Parameter, Sdk, TypeDef, TypeKind};
use wcs_codegen::names;

type Pages = BTreeMap<String, String>;

/// The real contract and its pages.
fn schema() -> (&'static Contract, &'static Pages) {
    static SCHEMA: LazyLock<(Contract, Pages)> = LazyLock::new(|| {
        let contract = contract_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema"));
        let pages = emitted(&contract);
        (contract, pages)
    });
    (&SCHEMA.0, &SCHEMA.1)
}

fn contract_in(path: &Path) -> Contract {
    let compiled = compile(path).unwrap();
    let messages: Vec<&str> = compiled.findings.iter().map(|found| found.message.as_str()).collect();
    compiled.contract.unwrap_or_else(|| panic!("{} does not compile: {messages:#?}", path.display()))
}

fn contract_of(name: &str, yaml: &str) -> Contract {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("docs-{name}.yaml"));
    wcs_codegen::output::write(&path, yaml).unwrap();
    contract_in(&path)
}

fn emitted(contract: &Contract) -> Pages {
    let artifacts = find("docs").unwrap().emit(contract);
    let count = artifacts.len();
    let pages: Pages = artifacts.into_iter().map(|artifact| (artifact.path, artifact.text)).collect();
    assert_eq!(pages.len(), count, "two pages have one path");
    pages
}

fn hook_path(hook: &Hook) -> String {
    format!("hooks/{}.md", names::file(&hook.name.value))
}

fn members(ty: &TypeDef) -> &[Parameter] {
    match &ty.kind {
        TypeKind::Record(members) => members,
        TypeKind::Enum { .. } => &[],
    }
}

/// What a reader sees: links as their texts, no marks of code, no escapes, single spaces.
fn plain(markdown: &str) -> String {
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
struct Read<'a> {
    path: String,
    raw: &'a str,
    plain: String,
}

impl<'a> Read<'a> {
    fn page(pages: &'a Pages, path: &str) -> Self {
        let raw = pages.get(path).unwrap_or_else(|| panic!("there is no page {path}"));
        Self { path: path.to_owned(), raw, plain: plain(raw) }
    }

    fn of_hook(pages: &'a Pages, hook: &Hook) -> Self {
        Self::page(pages, &hook_path(hook))
    }

    fn says(&self, text: &str) {
        assert!(self.plain.contains(&plain(text)), "{} does not say: {text}", self.path);
    }

    fn has(&self, markdown: &str) {
        assert!(self.raw.contains(markdown), "{} does not have: {markdown}", self.path);
    }

    fn says_notes(&self, notes: &[Note]) {
        for note in notes {
            self.says(&note.fact.value);
            note.consequence.iter().for_each(|consequence| self.says(&consequence.value));
        }
    }

    fn says_conflicts(&self, conflicts: &[Conflict]) {
        for conflict in conflicts {
            self.says(&conflict.topic.value);
            self.says(&conflict.verdict.value);
            conflict.says.iter().for_each(|(_, claim)| self.says(&claim.value));
        }
    }

    fn says_member(&self, member: &Parameter) {
        self.says(&member.doc.value);
        for (alias, origin) in &member.aliases {
            self.says(&alias.value);
            self.says(origin.value.trim_end_matches('.'));
        }
        member.default.iter().chain(&member.example).for_each(|value| self.says(&value.value.to_string()));
        let reason = member.overwritable.as_ref().map(|overwritable| &overwritable.reason);
        let sources = member.sources.iter().map(|(_, place)| place);
        member.origin.iter().chain(reason).chain(sources).for_each(|text| self.says(&text.value));
        if let Some(since) = &member.lifetime.since {
            self.says(&format!("since release {since}"));
        }
        self.says_notes(&member.notes);
        self.says_conflicts(&member.conflicts);
    }
}

/// The lines of a page outside fenced blocks.
fn lines_outside_code(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        if line.starts_with("```") {
            fenced = !fenced;
            return false;
        }
        !fenced
    })
}

#[test]
fn each_hook_has_a_page_that_says_all_of_it() {
    let (contract, pages) = schema();
    assert!(contract.hooks.len() >= 43);
    for hook in &contract.hooks {
        let page = Read::of_hook(pages, hook);
        page.has(&format!("\n# {}\n", hook.name.value));
        page.has(&format!("| Type | `{}`", hook.kind));
        let event_doc = hook.error_event.as_ref().and_then(|(_, event)| event.doc.as_ref());
        let sources = hook.sources.iter().map(|(_, place)| place);
        let texts = [&hook.summary, &hook.deny.doc].into_iter().chain(&hook.doc).chain(event_doc).chain(sources);
        texts.for_each(|text| page.says(&text.value));
        for (alias, origin) in &hook.aliases {
            page.has(&format!("`{}`", alias.value));
            page.says(origin.value.trim_end_matches('.'));
        }
        for follower in hook.leads_to.iter().chain(hook.error_event.as_ref().map(|(event, _)| event)) {
            page.says(&contract.hook(*follower).name.value);
        }
        match &hook.sdk {
            Sdk::Unknown => page.has("| Client SDK | no document names one |"),
            Sdk::Unused => page.has("| Client SDK | not used by the client |"),
            Sdk::Used(calls) => calls.iter().for_each(|call| {
                page.has(&format!("- `{}`: ", call.call.value));
                page.says(&call.does.value);
            }),
        }
        page.says_notes(&hook.notes);
        page.says_conflicts(&hook.conflicts);
    }
}

#[test]
fn each_member_of_a_hook_has_a_row_and_a_section() {
    let (contract, pages) = schema();
    for hook in &contract.hooks {
        let page = Read::of_hook(pages, hook);
        for member in &hook.parameters {
            let (name, anchor) = (&member.name.value, names::file(&member.name.value));
            page.has(&format!("| [`{name}`](#member-{anchor}) |"));
            page.has(&format!("### <a id=\"member-{anchor}\"></a>`{name}`"));
            page.says_member(member);
        }
        for shape in &hook.shapes {
            page.says(&shape.when.value);
            shape.backend.iter().chain(&shape.client).for_each(|name| page.has(&format!("`{}`", name.value)));
        }
    }
}

#[test]
fn each_example_stands_on_its_page_as_it_is() {
    let (contract, pages) = schema();
    let (path, _) = contract.sender.as_ref().and_then(|sender| sender.base_paths.iter().next()).unwrap();
    for hook in &contract.hooks {
        let page = Read::of_hook(pages, hook);
        for example in &hook.examples {
            page.has(&format!("### {}", example.title.value));
            for body in std::iter::once(&example.body).chain(&example.answer) {
                page.has(&format!("```json\n{:#}\n```", body.value));
            }
        }
        page.has(&format!("curl -i 'http://localhost:8080{}/{}'", path.value, hook.name.value));
        let handler = names::rust(&hook.name.value, names::Role::Member).unwrap();
        page.has(&format!("async fn {handler}("));
    }
}

#[test]
fn handlers_are_rust() {
    let (contract, pages) = schema();
    let mut parsed = 0;
    for (path, text) in pages {
        for block in text.split("```rust\n").skip(1) {
            let code = block.split("\n```").next().unwrap();
            syn::parse_file(code).unwrap_or_else(|error| panic!("{path}: {error}\n{code}"));
            parsed += 1;
        }
    }
    assert!(parsed > contract.hooks.len(), "one a hook, and one for the session policy");
}

#[test]
fn settings_and_commands_stand_where_they_are_needed() {
    let (contract, pages) = schema();
    let sender = contract.sender.as_ref().unwrap();
    let page = Read::page(pages, "sender.md");
    for (name, setting) in sender.settings.iter() {
        page.has(&format!("`{}`", name.value));
        page.says(&setting.doc.value);
        for hook in contract.hooks.iter().filter(|hook| hook.requires.iter().any(|it| it.value == name.value)) {
            Read::of_hook(pages, hook).has(&format!("`{}={}`", name.value, setting.value.value));
        }
    }
    for (name, command) in sender.commands.iter() {
        page.has(&format!("| `{}` | `{}` |", name.value, command.template.value));
        page.says(&command.doc.value);
    }
    for (path, base) in sender.base_paths.iter() {
        page.has(&format!("| `{}` |", path.value));
        page.says(&base.doc.value);
    }
    let signature = sender.signature.as_ref().unwrap();
    let texts = [&sender.doc, &sender.timeout.doc, &sender.answer.doc, &signature.doc];
    texts.into_iter().chain(&sender.basic).for_each(|text| page.says(&text.value));
    page.has(&format!("{}: {}", signature.header.value, signature.prefix.value));
}

#[test]
fn types_have_all_their_values_and_members() {
    let (contract, pages) = schema();
    let page = Read::page(pages, "types.md");
    for ty in &contract.types {
        page.says(&ty.doc.value);
        page.says_notes(&ty.notes);
        page.says_conflicts(&ty.conflicts);
        let section = page.raw.split(&format!("</a>`{}`\n", ty.name.value)).nth(1).unwrap();
        let section = section.split("\n## ").next().unwrap();
        for member in members(ty) {
            assert!(section.contains(&format!("| `{}` |", member.name.value)));
            assert!(section.contains(&format!("\n### `{}`\n", member.name.value)));
            page.says_member(member);
        }
        let TypeKind::Enum { values, .. } = &ty.kind else { continue };
        for value in values {
            let start = format!("| `{}` |", value.wire.value);
            let row = section.lines().find(|line| line.starts_with(&start));
            let row = plain(row.unwrap_or_else(|| panic!("no row {start} in {}", ty.name.value)));
            let aliases = value.aliases.iter().map(|(alias, _)| alias.value.clone());
            let next = value.next.iter().map(|next| next.value.clone());
            let texts = std::iter::once(&value.doc).chain(&value.sip).map(|text| plain(&text.value));
            let since = value.lifetime.since.iter().map(ToString::to_string);
            for word in aliases.chain(next).chain(texts).chain(since) {
                assert!(row.contains(&word), "{row} lacks {word}");
            }
        }
    }
}

#[test]
fn each_parameter_is_listed_with_each_hook_that_carries_it() {
    let (contract, pages) = schema();
    let sections = pages["parameters.md"].split("\n## <a id=\"").skip(1);
    let sections: BTreeMap<&str, &str> = sections.map(|it| (it.split('`').nth(1).unwrap(), it)).collect();
    for hook in &contract.hooks {
        for member in &hook.parameters {
            let section = sections[member.name.value.as_str()];
            let link = format!("]({}#member-{})", hook_path(hook), names::file(&member.name.value));
            assert!(section.contains(&link), "{} is not listed for {}", member.name.value, hook.name.value);
            assert!(plain(section).contains(&plain(&member.doc.value)));
        }
    }
    let all = contract.hooks.iter().flat_map(|hook| &hook.parameters).chain(contract.types.iter().flat_map(members));
    let names: BTreeSet<&str> = all.map(|member| member.name.value.as_str()).collect();
    assert_eq!(names, sections.keys().copied().collect());
}

#[test]
fn each_contradiction_is_told_once_on_the_page_of_all() {
    let (contract, pages) = schema();
    let page = Read::page(pages, "conflicts.md");
    let mut all: Vec<&Conflict> = contract.conflicts.iter().collect();
    for hook in &contract.hooks {
        all.extend(&hook.conflicts);
        all.extend(hook.parameters.iter().flat_map(|member| &member.conflicts));
    }
    for ty in &contract.types {
        all.extend(&ty.conflicts);
        all.extend(members(ty).iter().flat_map(|member| &member.conflicts));
    }
    assert!(!all.is_empty());
    all.iter().for_each(|conflict| page.says_conflicts(std::slice::from_ref(*conflict)));
    let distinct: BTreeSet<_> = all.iter().map(|conflict| conflict.span).collect();
    assert_eq!(page.raw.matches("What we take to be true (").count(), distinct.len());
}

#[test]
fn sdk_calls_lead_to_hooks_and_back() {
    let (contract, pages) = schema();
    let (forth, back) = pages["sdk.md"].split_once("## From a hook to its calls").unwrap();
    for hook in &contract.hooks {
        let link = format!("[`{}`]({})", hook.name.value, hook_path(hook));
        let row = back.lines().find(|line| line.starts_with(&format!("| {link} |"))).unwrap();
        match &hook.sdk {
            Sdk::Unknown => assert!(row.contains("no document names one")),
            Sdk::Unused => assert!(row.contains("not used by the client")),
            Sdk::Used(calls) => {
                for call in calls {
                    assert!(row.contains(&call.call.value));
                    let start = format!("| `{}` | ", call.call.value);
                    let mut rows = forth.lines().filter(|line| line.starts_with(&start));
                    assert!(rows.any(|row| row.contains(&link) && plain(row).contains(&plain(&call.does.value))));
                }
            }
        }
    }
}

#[test]
fn the_policy_page_has_every_word_and_every_cell() {
    let (contract, pages) = schema();
    let page = Read::page(pages, "session-policy.md");
    let policy = contract.session_policy().unwrap();
    page.says(&policy.doc.value);
    let (errors, answers) = (&policy.on_error, &policy.policy);
    let words = [&errors.member, &errors.fail, &errors.log, &answers.member, &answers.notify, &answers.overwrite];
    let others = [&answers.disable, &policy.overwrite, &policy.request_exclude, &policy.client_exclude];
    words.into_iter().chain(others).for_each(|word| page.has(&format!("`{}`", word.value)));
    let start = Read::page(pages, "README.md");
    assert!(!contract.on_error.is_empty());
    for (_, row) in &contract.on_error {
        for cell in [&row.connect, &row.direct, &row.event, &row.incoming] {
            page.says(&cell.doc.value);
            start.says(&cell.doc.value);
        }
    }
}

#[test]
fn the_start_leads_everywhere() {
    let (contract, pages) = schema();
    let start = Read::page(pages, "README.md");
    pages.keys().filter(|path| *path != "README.md").for_each(|path| start.has(&format!("]({path})")));
    contract.groups.iter().for_each(|(_, group)| start.says(&group.doc.value));
    contract.releases.iter().for_each(|(_, release)| start.says(&release.doc.value));
    for hook in &contract.hooks {
        start.says(&hook.summary.value);
        start.says(&hook.deny.doc.value);
    }
    start.says_notes(&contract.notes);
    start.says_conflicts(&contract.conflicts);
}

#[test]
fn flows_problems_and_documents_are_complete() {
    let (contract, pages) = schema();
    let page_of = |name: &str| Read::of_hook(pages, contract.find_hook(name).unwrap());
    let flows = Read::page(pages, "flows.md");
    for (_, flow) in &contract.flows {
        flows.says(&flow.doc.value);
        for step in &flow.steps {
            flows.says(&step.doc.value);
            step.when.iter().for_each(|when| flows.says(&when.value));
            page_of(&step.hook.value).says(&flow.title.value);
        }
    }
    let problems = Read::page(pages, "troubleshooting.md");
    for (_, trouble) in &contract.troubleshooting {
        [&trouble.symptom, &trouble.cause, &trouble.remedy].iter().for_each(|text| problems.says(&text.value));
        let symptom = trouble.symptom.value.trim_end_matches('.');
        trouble.hooks.iter().for_each(|name| page_of(&name.value).says(symptom));
    }
    let evidence = Read::page(pages, "evidence.md");
    contract.documents.iter().for_each(|(_, document)| evidence.says(&document.doc.value));
    for hook in &contract.hooks {
        evidence.has(&format!("| [`{}`]({}) |", hook.name.value, hook_path(hook)));
    }
}

/// Identifiers and headings that a link may name.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for line in lines_outside_code(text) {
        for id in line.split("<a id=\"").skip(1) {
            let id = id.split('"').next().unwrap();
            assert!(anchors.insert(id.to_owned()), "the anchor {id} stands twice");
        }
        if line.starts_with('#') && !line.contains("<a id") {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            anchors.insert(kept.collect::<String>().replace(' ', "-"));
        }
    }
    anchors
}

/// Follows every link; gives their number.
fn links_resolve(pages: &Pages) -> usize {
    let known: BTreeMap<&str, _> = pages.iter().map(|(path, text)| (path.as_str(), anchors(text))).collect();
    let mut count = 0;
    for (path, text) in pages {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in lines_outside_code(text).flat_map(|line| line.split("](").skip(1)) {
            let target = link.split(')').next().unwrap();
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = match file.strip_prefix("../") {
                _ if file.is_empty() => path.clone(),
                Some(above) if !folder.is_empty() => above.to_owned(),
                _ if folder.is_empty() => file.to_owned(),
                _ => format!("{folder}/{file}"),
            };
            let there = known.get(file.as_str()).unwrap_or_else(|| panic!("{path}: no page for the link {target}"));
            assert!(anchor.is_empty() || there.contains(anchor), "{path}: no anchor for the link {target}");
            count += 1;
        }
    }
    count
}

/// Compares the widths of rows; gives their number.
fn tables_are_even(pages: &Pages) -> usize {
    let columns = |row: &str| row.replace("\\|", "").matches('|').count();
    let mut count = 0;
    for (path, text) in pages {
        let mut above = None;
        for line in lines_outside_code(text) {
            if !line.starts_with('|') {
                above = None;
                continue;
            }
            assert!(line.ends_with('|'), "{path}: a row without its end: {line}");
            let here = columns(line);
            assert!(above.is_none_or(|above| above == here), "{path}: a row of another width: {line}");
            above = Some(here);
            count += 1;
        }
    }
    count
}

#[test]
fn links_and_anchors_resolve() {
    let (contract, pages) = schema();
    let members: usize = contract.hooks.iter().map(|hook| hook.parameters.len()).sum();
    assert!(links_resolve(pages) > 2 * members, "each member is linked in its table and on the page of all");
}

#[test]
fn rows_of_a_table_have_one_width() {
    let (contract, pages) = schema();
    let members: usize = contract.hooks.iter().map(|hook| hook.parameters.len()).sum();
    assert!(tables_are_even(pages) > members, "each member has a row");
}

#[test]
fn each_page_says_that_it_is_generated_and_ends_in_a_line_break() {
    let (contract, pages) = schema();
    let first = format!("<!-- {} -->\n", header(contract));
    for (path, text) in pages {
        assert!(text.starts_with(&first), "{path}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
        let untidy = lines_outside_code(text).find(|line| line.ends_with(' ') || line.contains("{{"));
        assert_eq!(untidy, None, "{path}");
    }
}

const MINIMAL: &str = "
contract: {name: tiny, title: A tiny contract, version: 0.1.0, doc: One hook.}
groups:
  all: {title: All, doc: The only group.}
hooks:
  ping:
    type: event
    group: all
    summary: Something has happened.
    deny: {effect: no_effect, doc: It has happened already.}
    evidence: documents
";

#[test]
fn a_minimal_contract_has_the_pages_that_it_needs_and_no_others() {
    let contract = contract_of("minimal", MINIMAL);
    let pages = emitted(&contract);
    let paths: Vec<&str> = pages.keys().map(String::as_str).collect();
    assert_eq!(paths, ["README.md", "evidence.md", "hooks/ping.md", "parameters.md"]);
    links_resolve(&pages);
    tables_are_even(&pages);
    let page = &pages["hooks/ping.md"];
    for absent in ["policy", "signature", "| Path |", "status 2", "Subsets", "disagree"] {
        assert!(!page.contains(absent), "the page of a minimal contract speaks of {absent}");
    }
    assert!(page.contains("curl -i 'http://localhost:8080/ping'"));
    assert!(page.contains("use tiny_hooks::Ping;"));
}

/// Names and texts that Markdown has other plans for, and what the language has but the real contract doesn't use.
const ODD: &str = r#"
contract: {name: odd, title: Odd, version: 0.1.0, doc: "Bars | and `ticks | too`.", context: [token]}
groups:
  all: {title: All, doc: "A group | a bar."}
documents:
  A: {title: "One | two", doc: "A document | a bar."}
parameters:
  token: {type: string, doc: "Secret | key.", sensitive: true}
types:
  Mode:
    doc: A mode.
    enum: closed
    values:
      "a|b": {name: both, doc: "Both | sides.", next: ["off"]}
      "off": {doc: Off., sip: "SIP | 200"}
hooks:
  askMode:
    type: direct
    group: all
    summary: "Asks | once."
    deprecated: {reason: Nobody asks., replacement: tellMode}
    since: "1.0"
    until: "2.5"
    deny: {effect: forbids, doc: "No | way."}
    parameters:
      mode: {type: Mode, doc: The mode., example: "a|b"}
      modes: {type: array<Mode>, doc: Modes., constraints: {min_items: 1, max_items: 3}}
      code:
        type: string
        doc: A code.
        constraints: {min_length: 2, max_length: 4, pattern: "^[a-z'|]+$"}
      count: {type: int32, doc: A count., constraints: {minimum: 0}, used_if: {member: mode, is: ["off", "a|b"]}}
      ticks: {type: string, doc: Ticks., example: "a`b", sent_if: {member: count, is: [1]}}
      Two-Part: {type: string, doc: Has a hyphen.}
    examples:
      - {title: One, origin: derived, body: {mode: "off", code: "it's"}}
    shapes:
      - {when: "It is | small.", backend: [mode]}
    conflicts:
      - {topic: "This | that", says: {A: "Left | right."}, verdict: Both., confidence: low}
    evidence: third_party
    confidence: low
  tellMode:
    type: event
    group: all
    summary: Tells.
    deny: {effect: ends_stream, doc: Ends it.}
    parameters:
      twoPart: {type: string, doc: Has none.}
    evidence: documents
"#;

#[test]
fn odd_names_and_texts_break_no_table_and_no_link() {
    let contract = contract_of("odd", ODD);
    let pages = emitted(&contract);
    links_resolve(&pages);
    tables_are_even(&pages);
    let page = Read::page(&pages, "hooks/ask-mode.md");
    for text in [
        "from release 1.0 to 2.5",
        "Nobody asks. Use tellMode instead.",
        "We are not sure of this hook",
        "from 1 to 3 items",
        "from 2 to 4 characters; matches ^[a-z'|]+$",
        "**Limits:** at least 0",
        "**Used:** only if mode is off or a|b",
        "**Sent whenever:** count is 1",
        "array of Mode",
    ] {
        page.says(text);
    }
    page.has("`` \"a`b\" ``");
    page.has(r#"--data-binary '{"mode":"off","code":"it'\''s"}'"#);
    // Two names that differ in nothing but signs have an anchor each.
    let parameters = &pages["parameters.md"];
    assert!(parameters.contains("\"parameter-two-part\"") && parameters.contains("\"parameter-two-part-2\""));
}

#[test]
fn templates_can_be_replaced_one_by_one() {
    let contract = contract_of("replaced", MINIMAL);
    let own = |name: &str| (name == "hook.md").then(|| "{{header}}\n\nOnly {{name}}.\n".to_owned());
    let replaced = pages(&contract, &own).unwrap();
    let text = |path: &str| replaced.iter().find(|page| page.path == path).map(|page| page.text.as_str()).unwrap();
    assert!(text("hooks/ping.md").ends_with("\n\nOnly ping.\n"));
    assert_eq!(text("README.md"), emitted(&contract)["README.md"]);
}

#[test]
fn mistakes_in_a_template_are_told_with_its_name() {
    let contract = contract_of("mistaken", MINIMAL);
    for (name, text, reason) in [
        ("hook.md", "{{#if name}}never closed", "hook.md"),
        ("hook.md", "{{nmae}}", "nmae"),
        ("part-errors", "{{/if}}", "part-errors"),
    ] {
        let own = |asked: &str| (asked == name).then(|| text.to_owned());
        let error = pages(&contract, &own).unwrap_err();
        assert_eq!(error.template, name);
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn templates_have_names_of_their_own() {
    let names: BTreeSet<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), TEMPLATES.len());
}
