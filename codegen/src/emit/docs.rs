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
use crate::model::Contract;
use link::{Anchors, At, Links, Page, hook_path};

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
pub fn pages(
    contract: &Contract,
    replaced: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Artifact>, TemplateError> {
    let printer = printer(replaced)?;
    let anchors = Anchors::new(contract);
    let header = format!("<!-- {} -->", header(contract));
    let at = |page| Links { anchors: &anchors, at: At::Page(page) };
    let mut pages: Vec<(Page, &'static str, String)> = Vec::new();
    let mut add = |page: Page, about, text: Option<Result<String, TemplateError>>| {
        if let Some(text) = text {
            pages.push((page, about, text?));
        }
        Ok(())
    };
    let print = |page: Page, view: &dyn erased::View| printer.print(page.path(), view);

    let types = types::types_page(&header, at(Page::Types));
    add(Page::Types, "records and enums with all their values", some_if(!contract.types.is_empty(), || print(Page::Types, &types)))?;
    let _ = (&mut add, hook_path);
    Ok(Vec::new())
}
