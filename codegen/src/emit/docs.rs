//! Reference pages in Markdown.
//!
//! What a page shows is decided in Rust; the templates beside this file only print it. A caller may replace templates
//! one by one.

mod common;
mod denial;
mod hook;
mod link;
mod lists;
mod member;
mod policy;
mod sample;
mod sender;
mod text;
mod types;
mod words;

use std::fmt;

use handlebars::{Handlebars, no_escape};
use serde::Serialize;

use super::{Artifact, Emitter, header};
use crate::model::{Contract, Sdk};
use link::{Anchors, At, Links, Page, hook_path};
use text::tidy;

/// The emitter of the pages.
pub struct Docs;

impl Emitter for Docs {
    fn name(&self) -> &'static str {
        "docs"
    }

    fn about(&self) -> &'static str {
        "reference pages in Markdown: one a hook, with types, parameters, flows, policy, evidence and contradictions"
    }

    fn emit(&self, contract: &Contract) -> Vec<Artifact> {
        match pages(contract, &|_| None) {
            Ok(pages) => pages,
            Err(error) => unreachable!("the built-in templates print every contract: {error}"),
        }
    }
}

/// The built-in templates by name: a page each, and parts that pages share.
pub static TEMPLATES: &[(&str, &str)] = &[
    ("README.md", include_str!("docs/templates/start.hbs")),
    ("hook.md", include_str!("docs/templates/hook.hbs")),
    ("types.md", include_str!("docs/templates/types.hbs")),
    ("parameters.md", include_str!("docs/templates/parameters.hbs")),
    ("flows.md", include_str!("docs/templates/flows.hbs")),
    ("session-policy.md", include_str!("docs/templates/session-policy.hbs")),
    ("sender.md", include_str!("docs/templates/sender.hbs")),
    ("sdk.md", include_str!("docs/templates/sdk.hbs")),
    ("troubleshooting.md", include_str!("docs/templates/troubleshooting.hbs")),
    ("conflicts.md", include_str!("docs/templates/conflicts.hbs")),
    ("evidence.md", include_str!("docs/templates/evidence.hbs")),
    ("part-answer", include_str!("docs/templates/part-answer.hbs")),
    ("part-conflict", include_str!("docs/templates/part-conflict.hbs")),
    ("part-errors", include_str!("docs/templates/part-errors.hbs")),
    ("part-members", include_str!("docs/templates/part-members.hbs")),
    ("part-note", include_str!("docs/templates/part-note.hbs")),
];

/// A template that can't be read, or that asks for something that its page doesn't have.
#[derive(Debug)]
pub struct TemplateError {
    /// Name of the template.
    pub template: String,
    /// What is wrong, with line and column where they are known.
    pub reason: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template `{}`: {}", self.template, self.reason)
    }
}

impl std::error::Error for TemplateError {}

/// All pages. `replaced` gives the text of a template that is to take the place of the built-in one of that name.
///
/// # Errors
///
/// The first template that can't be read or printed; the built-in ones always can.
pub fn pages(contract: &Contract, replaced: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Artifact>, TemplateError> {
    let printer = printer(replaced)?;
    let anchors = Anchors::new(contract);
    let header = format!("<!-- {} -->", header(contract));
    let at = |page| Links { anchors: &anchors, at: At::Page(page) };

    let mut written: Vec<(Page, String)> = Vec::new();
    if let Some(view) = sender::sender_page(&header, at(Page::Sender)) {
        written.push((Page::Sender, print(&printer, Page::Sender.path(), &view)?));
    }
    if let Some(view) = policy::page(&header, at(Page::Policy)) {
        written.push((Page::Policy, print(&printer, Page::Policy.path(), &view)?));
    }
    if !contract.types.is_empty() {
        let view = types::types_page(&header, at(Page::Types));
        written.push((Page::Types, print(&printer, Page::Types.path(), &view)?));
    }
    let view = types::parameters_page(&header, at(Page::Parameters));
    written.push((Page::Parameters, print(&printer, Page::Parameters.path(), &view)?));
    if !contract.flows.is_empty() {
        let view = lists::flows_page(&header, at(Page::Flows));
        written.push((Page::Flows, print(&printer, Page::Flows.path(), &view)?));
    }
    if contract.hooks.iter().any(|hook| !matches!(hook.sdk, Sdk::Unknown)) {
        let view = lists::sdk_page(&header, at(Page::Sdk));
        written.push((Page::Sdk, print(&printer, Page::Sdk.path(), &view)?));
    }
    if !contract.troubleshooting.is_empty() {
        let view = lists::trouble_page(&header, at(Page::Troubleshooting));
        written.push((Page::Troubleshooting, print(&printer, Page::Troubleshooting.path(), &view)?));
    }
    if let Some(view) = lists::conflicts_page(&header, at(Page::Conflicts)) {
        written.push((Page::Conflicts, print(&printer, Page::Conflicts.path(), &view)?));
    }
    let view = lists::evidence_page(&header, at(Page::Evidence));
    written.push((Page::Evidence, print(&printer, Page::Evidence.path(), &view)?));

    let listed: Vec<Page> = written.iter().map(|(page, _)| *page).collect();
    let view = sender::start_page(&header, &listed, at(Page::Start));
    written.insert(0, (Page::Start, print(&printer, Page::Start.path(), &view)?));

    let mut artifacts: Vec<Artifact> =
        written.into_iter().map(|(page, text)| Artifact { path: page.path().to_owned(), text }).collect();
    for hook in &contract.hooks {
        let view = hook::page(hook, &header, Links { anchors: &anchors, at: At::Hook(hook) });
        artifacts.push(Artifact { path: hook_path(hook), text: print(&printer, "hook.md", &view)? });
    }
    Ok(artifacts)
}

fn printer(replaced: &dyn Fn(&str) -> Option<String>) -> Result<Handlebars<'static>, TemplateError> {
    let mut printer = Handlebars::new();
    printer.set_strict_mode(true);
    // The pages are Markdown, not HTML: what has to be escaped, and where, is decided with the view.
    printer.register_escape_fn(no_escape);
    for (name, built_in) in TEMPLATES {
        let text = replaced(name);
        let text = text.as_deref().unwrap_or(built_in);
        printer
            .register_template_string(name, text)
            .map_err(|error| TemplateError { template: (*name).to_owned(), reason: error.to_string() })?;
    }
    Ok(printer)
}

fn print(printer: &Handlebars<'_>, template: &str, view: &impl Serialize) -> Result<String, TemplateError> {
    printer.render(template, view).map(|text| tidy(&text)).map_err(|error| TemplateError {
        template: error.template_name.clone().unwrap_or_else(|| template.to_owned()),
        reason: error.to_string(),
    })
}
