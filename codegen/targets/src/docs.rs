//! Reference pages in Markdown, and the same as a site.
//!
//! What a page shows is decided in Rust; the templates beside this file only print it. A caller may replace templates
//! one by one.

mod common;
mod denial;
mod hook;
mod html;
mod link;
mod lists;
mod member;
mod policy;
mod policy_sample;
pub mod sample;
mod sender;
mod text;
mod types;
mod words;

use std::collections::HashMap;
use std::fmt;
use std::panic::resume_unwind;
use std::thread;

use handlebars::{Context, Handlebars, no_escape};
use serde::Serialize;
use serde_json::Value;

use link::{Anchors, At, Form, Links, Page, hook_path};
use text::tidy;
use wcs_codegen::{Artifact, Emitter, header};
use wcs_contract::model::{Contract, Sdk};

/// The emitter of the pages.
pub struct Docs;

impl Emitter for Docs {
    fn name(&self) -> &'static str {
        "docs"
    }

    fn about(&self) -> &'static str {
        "reference pages, in Markdown and as a site: one a hook, types, parameters, flows, policy, evidence"
    }

    fn emit(&self, contract: &Contract) -> Vec<Artifact> {
        match pages(contract, &|_| None) {
            Ok(pages) => pages,
            Err(error) => unreachable!("the built-in templates print every contract: {error}"),
        }
    }
}

/// The built-in templates by name: a page each, and parts that pages share. Names of what belongs to the site start with
/// `html/`; its style and its script are files that are copied as they are.
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
    ("html/index.html", include_str!("docs/html/templates/index.hbs")),
    ("html/hook.html", include_str!("docs/html/templates/hook.hbs")),
    ("html/types.html", include_str!("docs/html/templates/types.hbs")),
    ("html/parameters.html", include_str!("docs/html/templates/parameters.hbs")),
    ("html/flows.html", include_str!("docs/html/templates/flows.hbs")),
    ("html/session-policy.html", include_str!("docs/html/templates/session-policy.hbs")),
    ("html/sender.html", include_str!("docs/html/templates/sender.hbs")),
    ("html/sdk.html", include_str!("docs/html/templates/sdk.hbs")),
    ("html/troubleshooting.html", include_str!("docs/html/templates/troubleshooting.hbs")),
    ("html/conflicts.html", include_str!("docs/html/templates/conflicts.hbs")),
    ("html/evidence.html", include_str!("docs/html/templates/evidence.hbs")),
    ("html/frame", include_str!("docs/html/templates/frame.hbs")),
    ("html/part-nav", include_str!("docs/html/templates/part-nav.hbs")),
    ("html/part-note", include_str!("docs/html/templates/part-note.hbs")),
    ("html/part-conflict", include_str!("docs/html/templates/part-conflict.hbs")),
    ("html/part-answer", include_str!("docs/html/templates/part-answer.hbs")),
    ("html/part-errors", include_str!("docs/html/templates/part-errors.hbs")),
    ("html/part-type", include_str!("docs/html/templates/part-type.hbs")),
    ("html/part-members", include_str!("docs/html/templates/part-members.hbs")),
    ("html/assets/site.css", include_str!("docs/html/assets/site.css")),
    ("html/assets/site.js", include_str!("docs/html/assets/site.js")),
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

/// All pages, in Markdown and as a site. `replaced` gives the text of a template that is to take the place of the
/// built-in one of that name.
///
/// # Errors
///
/// The first template that can't be read or printed; the built-in ones always can.
pub fn pages(contract: &Contract, replaced: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Artifact>, TemplateError> {
    let own: HashMap<&str, String> = TEMPLATES.iter().filter_map(|(name, _)| Some((*name, replaced(name)?))).collect();
    let own = |name: &str| own.get(name).cloned();
    let anchors = Anchors::new(contract);
    // Most of a run's time goes into these two, and they share nothing.
    let (markdown, site) = thread::scope(|scope| {
        let site = scope.spawn(|| html::site(&anchors, &own));
        (markdown(&anchors, &own), site.join())
    });
    let mut artifacts = markdown?;
    artifacts.extend(site.unwrap_or_else(|panic| resume_unwind(panic))?);
    Ok(artifacts)
}

fn markdown(anchors: &Anchors<'_>, replaced: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Artifact>, TemplateError> {
    let contract = anchors.contract;
    let mut printer = Handlebars::new();
    printer.set_strict_mode(true);
    // What has to be escaped in Markdown, and where, is decided with the view.
    printer.register_escape_fn(no_escape);
    let mine = TEMPLATES.iter().filter(|(name, _)| !name.starts_with(html::FOLDER));
    register(&mut printer, mine, replaced)?;
    let header = format!("<!-- {} -->", header(contract));
    let mut artifacts = Vec::new();
    for (page, view) in views(&header, anchors, Form::Markdown) {
        let path = page.path(Form::Markdown);
        artifacts.push(Artifact { path: path.to_owned(), text: tidy(&print(&printer, path, view)?) });
    }
    for hook in &contract.hooks {
        let view = hook::page(hook, &header, Links { anchors, at: At::Hook(hook), form: Form::Markdown });
        let path = hook_path(hook, Form::Markdown);
        artifacts.push(Artifact { path, text: tidy(&print(&printer, "hook.md", value(&view))?) });
    }
    Ok(artifacts)
}

/// What the pages besides those of the hooks show: those that this contract has something for, the start first.
fn views(header: &str, anchors: &Anchors<'_>, form: Form) -> Vec<(Page, Value)> {
    let contract = anchors.contract;
    let at = |page| Links { anchors, at: At::Page(page), form };
    let some_sdk = contract.hooks.iter().any(|hook| !matches!(hook.sdk, Sdk::Unknown));
    let listed = [
        (Page::Sender, sender::sender_page(header, at(Page::Sender)).as_ref().map(value)),
        (Page::Policy, policy::page(header, at(Page::Policy)).as_ref().map(value)),
        (Page::Types, (!contract.types.is_empty()).then(|| value(&types::types_page(header, at(Page::Types))))),
        (Page::Parameters, Some(value(&types::parameters_page(header, at(Page::Parameters))))),
        (Page::Flows, (!contract.flows.is_empty()).then(|| value(&lists::flows_page(header, at(Page::Flows))))),
        (Page::Sdk, some_sdk.then(|| value(&lists::sdk_page(header, at(Page::Sdk))))),
        (
            Page::Troubleshooting,
            (!contract.troubleshooting.is_empty())
                .then(|| value(&lists::trouble_page(header, at(Page::Troubleshooting)))),
        ),
        (Page::Conflicts, lists::conflicts_page(header, at(Page::Conflicts)).as_ref().map(value)),
        (Page::Evidence, Some(value(&lists::evidence_page(header, at(Page::Evidence))))),
    ];
    let mut written: Vec<(Page, Value)> = listed.into_iter().filter_map(|(page, view)| Some((page, view?))).collect();
    let pages: Vec<Page> = written.iter().map(|(page, _)| *page).collect();
    written.insert(0, (Page::Start, value(&sender::start_page(header, &pages, at(Page::Start)))));
    written
}

fn value(view: &impl Serialize) -> Value {
    match serde_json::to_value(view) {
        Ok(value) => value,
        Err(error) => unreachable!("views have nothing but texts, numbers, lists and members: {error}"),
    }
}

fn register(
    printer: &mut Handlebars<'_>,
    templates: impl Iterator<Item = &'static (&'static str, &'static str)>,
    replaced: &dyn Fn(&str) -> Option<String>,
) -> Result<(), TemplateError> {
    for (name, built_in) in templates {
        let text = replaced(name);
        let text = text.as_deref().unwrap_or(built_in);
        printer
            .register_template_string(name, text)
            .map_err(|error| TemplateError { template: (*name).to_owned(), reason: error.to_string() })?;
    }
    Ok(())
}

fn print(printer: &Handlebars<'_>, template: &str, view: Value) -> Result<String, TemplateError> {
    printer.render_with_context(template, &Context::from(view)).map_err(|error| TemplateError {
        template: error.template_name.clone().unwrap_or_else(|| template.to_owned()),
        reason: error.to_string(),
    })
}
