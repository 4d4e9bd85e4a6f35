//! What the search finds: a script that declares a list, as pages from disk can't fetch one.

use serde_json::{Value, json};

use super::markup::plain;
use crate::docs::link::{Anchors, At, Form, Links, Page, Target, hook_path, member_anchor, parameter_names};
use crate::docs::text::first_sentence;
use wcs_contract::model::{Contract, Sdk, TypeKind};

/// The script. Each entry: what it is, its name, what it is about, its address, and what else it is known by.
pub(super) fn script(anchors: &Anchors<'_>, pages: &[Page]) -> String {
    let index = Index { anchors, links: Links { anchors, at: At::Page(Page::Start), form: Form::Html } };
    let contract = anchors.contract;
    let mut entries = Vec::new();
    index.hooks(contract, &mut entries);
    index.parameters(contract, &mut entries);
    index.types(contract, &mut entries);
    index.others(contract, &mut entries);
    entries.extend(pages.iter().map(|page| entry("page", page.title(), page.about(), page.path(Form::Html), "")));
    let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
    format!("window.siteIndex = [\n{}\n];\n", lines.join(",\n"))
}

fn entry(what: &str, name: &str, about: &str, address: &str, also: &str) -> Value {
    if also.is_empty() { json!([what, name, about, address]) } else { json!([what, name, about, address, also]) }
}

struct Index<'a> {
    anchors: &'a Anchors<'a>,
    links: Links<'a>,
}

impl<'a> Index<'a> {
    fn address(&self, target: Target, name: &'a str) -> String {
        let anchor = self.anchors.get(target, name).unwrap_or_default();
        format!("{}#{anchor}", self.links.page(target.page()))
    }

    fn hooks(&self, contract: &Contract, entries: &mut Vec<Value>) {
        for hook in &contract.hooks {
            let aliases = hook.aliases.iter().map(|(alias, _)| alias.value.as_str());
            let calls = match &hook.sdk {
                Sdk::Used(calls) => calls.as_slice(),
                Sdk::Unknown | Sdk::Unused => &[],
            };
            let calls = calls.iter().map(|call| call.call.value.as_str());
            let also: Vec<&str> = aliases.chain(calls).collect();
            let address = hook_path(hook, Form::Html);
            entries.push(entry(
                hook.kind.word(),
                &hook.name.value,
                &plain(&hook.summary.value),
                &address,
                &also.join(" "),
            ));
        }
    }

    fn parameters(&self, contract: &'a Contract, entries: &mut Vec<Value>) {
        for name in parameter_names(contract) {
            let mut carriers = contract.hooks.iter().filter_map(|hook| Some((hook, hook.parameter(name)?)));
            let count = carriers.clone().count();
            let (about, address) = match (carriers.next(), count) {
                // What one hook alone carries is best read there.
                (Some((hook, member)), 1) => (
                    format!("in {}: {}", hook.name.value, plain(first_sentence(&member.doc.value))),
                    format!("{}#{}", hook_path(hook, Form::Html), member_anchor(member)),
                ),
                (Some((_, member)), _) => (
                    format!("in {count} hooks: {}", plain(first_sentence(&member.doc.value))),
                    self.address(Target::Parameter, name),
                ),
                (None, _) => ("in a record".to_owned(), self.address(Target::Parameter, name)),
            };
            entries.push(entry("parameter", name, &about, &address, ""));
        }
    }

    fn types(&self, contract: &'a Contract, entries: &mut Vec<Value>) {
        for ty in &contract.types {
            let about = plain(first_sentence(&ty.doc.value));
            let address = self.address(Target::Type, &ty.name.value);
            let TypeKind::Enum { values, .. } = &ty.kind else {
                entries.push(entry("record", &ty.name.value, &about, &address, ""));
                continue;
            };
            entries.push(entry("enum", &ty.name.value, &about, &address, ""));
            for value in values {
                let about = format!("{}: {}", ty.name.value, plain(first_sentence(&value.doc.value)));
                let address = format!("{}#{}", Page::Types.path(Form::Html), self.anchors.value(ty, value));
                let aliases: Vec<&str> = value.aliases.iter().map(|(alias, _)| alias.value.as_str()).collect();
                entries.push(entry("value", &value.wire.value, &about, &address, &aliases.join(" ")));
            }
        }
    }

    fn others(&self, contract: &'a Contract, entries: &mut Vec<Value>) {
        for (name, flow) in &contract.flows {
            let address = self.address(Target::Flow, &name.value);
            entries.push(entry("flow", &flow.title.value, &plain(&flow.doc.value), &address, ""));
        }
        for (name, setting) in contract.sender.iter().flat_map(|sender| sender.settings.iter()) {
            let address = self.address(Target::Setting, &name.value);
            entries.push(entry("setting", &name.value, &plain(&setting.doc.value), &address, ""));
        }
        for (name, trouble) in &contract.troubleshooting {
            let address = self.address(Target::Trouble, &name.value);
            entries.push(entry("problem", &plain(&trouble.symptom.value), &plain(&trouble.cause.value), &address, ""));
        }
    }
}
