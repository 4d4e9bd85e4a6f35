//! The reference pages say everything that the contract says, and hold together: links, anchors, tables.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

#[path = "docs/form.rs"]
mod form;
#[path = "docs/read.rs"]
mod read;

use std::collections::{BTreeMap, BTreeSet};

use read::{Read, hook_path, members, plain, schema};
use wcs_contract::model::{Conflict, Sdk, TypeKind};
use wcs_contract::names;

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
        let ty = names::rust(&hook.name.value, names::Role::Hook).unwrap();
        page.has(&format!("#[wcs_hook({ty})]\nasync fn {handler}("));
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
        for (_, cell) in row.cells.iter() {
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
