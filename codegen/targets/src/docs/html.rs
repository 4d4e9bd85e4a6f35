//! The reference as a site: static pages that open from disk, with pictures, search, and no need of a server.
//!
//! Pages show what the Markdown pages show; the texts of the views stay Markdown until a template prints them.

mod exchange;
mod flow;
mod index;
mod markup;
mod matrix;
mod samples;
mod sequence;
mod states;
mod svg;

use handlebars::Handlebars;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::link::{Anchors, At, Form, Links, Page, hook_path};
use super::{Artifact, TEMPLATES, TemplateError, hook, print, register, value, views};
use wcs_codegen::header;
use wcs_contract::model::{Contract, Hook, HookType, TypeKind};

/// Where the site stands, and how the names of its templates start.
pub(super) const FOLDER: &str = "html/";

/// Files that are copied as they are.
const ASSETS: &str = "html/assets/";

/// All files of the site.
pub(super) fn site(
    anchors: &Anchors<'_>,
    replaced: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Artifact>, TemplateError> {
    let contract = anchors.contract;
    let printer = printer(replaced)?;
    let views = views("", anchors, Form::Html);
    let pages: Vec<Page> = views.iter().map(|(page, _)| *page).collect();
    let site = Site { printer: &printer, anchors, navigation: navigation(&printer, anchors, &pages)? };

    let mut artifacts = Vec::new();
    for (at, (page, view)) in views.into_iter().enumerate() {
        let template = format!("{FOLDER}{}", page.path(Form::Html));
        let main = print(&printer, &template, with_pictures(page, view, contract))?;
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| pages.get(at))
                .map(|page| Neighbour { href: page.path(Form::Html).to_owned(), text: page.title().to_owned() })
        };
        let neighbours = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        let title = if page == Page::Start { None } else { Some(page.title()) };
        artifacts.push(site.page(At::Page(page), title, &main, neighbours)?);
    }
    for (at, of_page) in contract.hooks.iter().enumerate() {
        let here = At::Hook(of_page);
        let links = Links { anchors, at: here, form: Form::Html };
        let main = print(&printer, "html/hook.html", hook_view(of_page, links, &printer)?)?;
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| contract.hooks.get(at))
                .map(|hook| Neighbour { href: links.hook_address(hook), text: hook.name.value.clone() })
        };
        let neighbours = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        artifacts.push(site.page(here, Some(&of_page.name.value), &main, neighbours)?);
    }
    for (name, built_in) in TEMPLATES.iter().filter(|(name, _)| name.starts_with(ASSETS)) {
        let text = replaced(name).unwrap_or_else(|| (*built_in).to_owned());
        artifacts.push(Artifact { path: (*name).to_owned(), text });
    }
    artifacts.push(Artifact { path: format!("{ASSETS}search.js"), text: index::script(anchors, &pages) });
    Ok(artifacts)
}

fn printer(replaced: &dyn Fn(&str) -> Option<String>) -> Result<Handlebars<'static>, TemplateError> {
    let mut printer = Handlebars::new();
    printer.set_strict_mode(true);
    printer.register_escape_fn(markup::escape);
    printer.register_helper("md", Box::new(markup::Markdown::text()));
    printer.register_helper("cell", Box::new(markup::Markdown::cell()));
    let mine = TEMPLATES.iter().filter(|(name, _)| name.starts_with(FOLDER) && !name.starts_with(ASSETS));
    register(&mut printer, mine, replaced)?;
    Ok(printer)
}

/// What all pages share.
struct Site<'a> {
    printer: &'a Handlebars<'a>,
    anchors: &'a Anchors<'a>,
    navigation: Navigation,
}

/// The list of all pages, as seen from the folder itself and from that of the hooks.
struct Navigation {
    top: String,
    hooks: String,
}

#[derive(Serialize)]
struct NavigationView<'a> {
    pages: Vec<Entry<'a>>,
    groups: Vec<GroupEntry<'a>>,
}

#[derive(Serialize)]
struct GroupEntry<'a> {
    title: &'a str,
    hooks: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    href: String,
    text: &'a str,
    kind: &'static str,
}

fn navigation(printer: &Handlebars<'_>, anchors: &Anchors<'_>, pages: &[Page]) -> Result<Navigation, TemplateError> {
    let contract = anchors.contract;
    let from = |at| {
        let links = Links { anchors, at, form: Form::Html };
        let groups = contract.groups.iter().map(|(name, group)| GroupEntry {
            title: &group.title.value,
            hooks: contract
                .hooks_of(&name.value)
                .map(|hook| Entry { href: links.hook_address(hook), text: &hook.name.value, kind: hook.kind.word() })
                .collect(),
        });
        let view = NavigationView {
            pages: pages.iter().map(|page| Entry { href: links.page(*page), text: page.title(), kind: "" }).collect(),
            groups: groups.filter(|group| !group.hooks.is_empty()).collect(),
        };
        print(printer, "html/part-nav", value(&view))
    };
    let hooks = match contract.hooks.first() {
        Some(hook) => from(At::Hook(hook))?,
        None => String::new(),
    };
    Ok(Navigation { top: from(At::Page(Page::Start))?, hooks })
}

/// A page before or after.
#[derive(Serialize)]
struct Neighbour {
    href: String,
    text: String,
}

/// A page around its main part.
#[derive(Serialize)]
struct Frame<'a> {
    header: String,
    site: &'a str,
    version: &'a str,
    title: Option<&'a str>,
    /// What leads from here to the site's folder.
    root: &'static str,
    start: String,
    navigation: String,
    main: &'a str,
    sections: Vec<Section<'a>>,
    before: Option<Neighbour>,
    after: Option<Neighbour>,
    /// Whether there is one of them.
    neighbours: bool,
}

/// A heading that the page's own list of contents names.
#[derive(Serialize)]
struct Section<'a> {
    id: &'a str,
    /// What it says, as HTML.
    text: String,
}

impl Site<'_> {
    fn page(
        &self,
        at: At<'_>,
        title: Option<&str>,
        main: &str,
        (before, after): (Option<Neighbour>, Option<Neighbour>),
    ) -> Result<Artifact, TemplateError> {
        let contract = self.anchors.contract;
        let links = Links { anchors: self.anchors, at, form: Form::Html };
        let (path, root, navigation, here) = match at {
            At::Page(page) => (page.path(Form::Html).to_owned(), "", &self.navigation.top, links.page(page)),
            At::Hook(hook) => (hook_path(hook, Form::Html), "../", &self.navigation.hooks, links.hook_address(hook)),
        };
        let here = format!("href=\"{here}\"");
        let frame = Frame {
            header: header(contract),
            site: &contract.title.value,
            version: &contract.version.value,
            title,
            root,
            start: links.page(Page::Start),
            navigation: navigation.replacen(&here, &format!("{here} aria-current=\"page\""), 1),
            main,
            sections: sections(main),
            neighbours: before.is_some() || after.is_some(),
            before,
            after,
        };
        let text = print(self.printer, "html/frame", value(&frame))?;
        Ok(Artifact { path: format!("{FOLDER}{path}"), text: markup::tidy(&text) })
    }
}

/// The headings of the second level that have an anchor.
fn sections(main: &str) -> Vec<Section<'_>> {
    main.split("<h2 id=\"").skip(1).filter_map(section).collect()
}

fn section(from_id: &str) -> Option<Section<'_>> {
    let (id, rest) = from_id.split_once("\">")?;
    let (heading, _) = rest.split_once("</h2>")?;
    Some(Section { id, text: markup::without_tags(heading) })
}

/// A hook's page with its pictures and programs.
fn hook_view<'a>(hook: &'a Hook, links: Links<'a>, printer: &Handlebars<'_>) -> Result<Value, TemplateError> {
    let contract = links.contract();
    let Value::Object(mut view) = value(&hook::page(hook, "", links)) else { return Ok(Value::Null) };
    // Most of a page is its parameters, and a template that prints a part copies what its page shows. So they are
    // printed first, by themselves.
    let members = view.remove("members").unwrap_or_default();
    let parameters = print(printer, "html/part-members", json!({ "members": members }))?;
    view.insert("parameters".to_owned(), parameters.into());
    view.insert("picture".to_owned(), sequence::draw(&exchange::of(hook, contract), "what-happens").into());
    view.insert("samples".to_owned(), value(&samples::all(hook, contract)));
    Ok(Value::Object(view))
}

/// A view with the pictures that belong to its parts.
fn with_pictures(page: Page, mut view: Value, contract: &Contract) -> Value {
    match page {
        Page::Start => {
            let kinds = HookType::ALL.iter().copied();
            let present = kinds.filter(|kind| contract.hooks.iter().any(|hook| hook.kind == *kind));
            let pictures = present.map(|kind| sequence::draw_small(&exchange::in_general(kind, contract), kind.word()));
            insert_each(&mut view, "kinds", pictures);
            insert(&mut view, matrix::draw(contract));
        }
        Page::Policy => insert(&mut view, matrix::draw(contract)),
        Page::Types => {
            let enums = contract.types.iter().filter(|ty| matches!(ty.kind, TypeKind::Enum { .. }));
            insert_each(&mut view, "enums", enums.map(states::draw));
        }
        Page::Flows => {
            let pictures = contract.flows.iter().map(|(name, flow)| {
                sequence::draw(&flow::of(flow, contract), &format!("steps-{}", wcs_contract::names::file(&name.value)))
            });
            insert_each(&mut view, "flows", pictures);
        }
        Page::Parameters | Page::Sender | Page::Sdk | Page::Troubleshooting | Page::Conflicts | Page::Evidence => {}
    }
    view
}

fn insert(view: &mut Value, picture: String) {
    if let Value::Object(members) = view {
        members.insert("picture".to_owned(), picture.into());
    }
}

/// Gives each item of a list its picture.
fn insert_each(view: &mut Value, list: &str, pictures: impl Iterator<Item = String>) {
    let items = view.get_mut(list).and_then(Value::as_array_mut);
    let items = items.into_iter().flatten().filter_map(Value::as_object_mut);
    for (item, picture) in items.zip(pictures) {
        let item: &mut Map<String, Value> = item;
        item.insert("picture".to_owned(), picture.into());
    }
}
