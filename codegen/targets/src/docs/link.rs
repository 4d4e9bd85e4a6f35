//! Which page and anchor a thing has, and how one page names another.

use std::collections::{BTreeSet, HashMap};

use super::text::{cell, code};
use wcs_contract::model::{
    Contract, EnumValue, Hook, Parameter, Scalar, SessionPolicy, Type, TypeDef, TypeId, TypeKind,
};
use wcs_contract::names;

/// The pages besides those of the hooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Start,
    Types,
    Parameters,
    Flows,
    Policy,
    Sender,
    Sdk,
    Troubleshooting,
    Conflicts,
    Evidence,
}

/// What the pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Markdown,
    /// The same tree below a folder of its own.
    Html,
}

impl Page {
    /// Where it is written.
    pub(super) const fn path(self, form: Form) -> &'static str {
        match form {
            Form::Markdown => self.markdown(),
            Form::Html => self.html(),
        }
    }

    const fn html(self) -> &'static str {
        match self {
            Self::Start => "index.html",
            Self::Types => "types.html",
            Self::Parameters => "parameters.html",
            Self::Flows => "flows.html",
            Self::Policy => "session-policy.html",
            Self::Sender => "sender.html",
            Self::Sdk => "sdk.html",
            Self::Troubleshooting => "troubleshooting.html",
            Self::Conflicts => "conflicts.html",
            Self::Evidence => "evidence.html",
        }
    }

    const fn markdown(self) -> &'static str {
        match self {
            Self::Start => "README.md",
            Self::Types => "types.md",
            Self::Parameters => "parameters.md",
            Self::Flows => "flows.md",
            Self::Policy => "session-policy.md",
            Self::Sender => "sender.md",
            Self::Sdk => "sdk.md",
            Self::Troubleshooting => "troubleshooting.md",
            Self::Conflicts => "conflicts.md",
            Self::Evidence => "evidence.md",
        }
    }

    /// What it is called.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Start => "Start",
            Self::Types => "Types",
            Self::Parameters => "Parameters",
            Self::Flows => "Flows",
            Self::Policy => "Session policy",
            Self::Sender => "The server",
            Self::Sdk => "Client SDK",
            Self::Troubleshooting => "Troubleshooting",
            Self::Conflicts => "Contradictions",
            Self::Evidence => "Evidence",
        }
    }

    /// What one finds there.
    pub(super) const fn about(self) -> &'static str {
        match self {
            Self::Start => "the start",
            Self::Types => "records and enums, with all their values",
            Self::Parameters => "every parameter, and the hooks that carry it",
            Self::Flows => "the order in which hooks come in practice",
            Self::Policy => "how one answer steers all other hooks of a session",
            Self::Sender => "the server: paths, timeout, signature, settings, console commands",
            Self::Sdk => "from the calls of the client's SDK to hooks, and back",
            Self::Troubleshooting => "what goes wrong, why, and what helps",
            Self::Conflicts => "where documents contradict each other, and what we take to be true",
            Self::Evidence => "what each hook's description rests on, and how sure it is",
        }
    }
}

/// What has an anchor on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    Group,
    Parameter,
    Type,
    Flow,
    Setting,
    Trouble,
    Document,
}

impl Target {
    pub(super) const fn page(self) -> Page {
        match self {
            Self::Group => Page::Start,
            Self::Parameter => Page::Parameters,
            Self::Type => Page::Types,
            Self::Flow => Page::Flows,
            Self::Setting => Page::Sender,
            Self::Trouble => Page::Troubleshooting,
            Self::Document => Page::Evidence,
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Parameter => "parameter",
            Self::Type => "type",
            Self::Flow => "flow",
            Self::Setting => "setting",
            Self::Trouble => "trouble",
            Self::Document => "document",
        }
    }
}

/// The anchors of a contract.
pub(super) struct Anchors<'a> {
    pub(super) contract: &'a Contract,
    by_name: HashMap<(Target, &'a str), String>,
    /// Those of the values of enums, by enum and value.
    values: HashMap<(&'a str, &'a str), String>,
}

impl<'a> Anchors<'a> {
    /// Gives every name an anchor of its own: two names may differ in nothing but signs that an anchor can't have.
    pub(super) fn new(contract: &'a Contract) -> Self {
        let mut anchors = Self { contract, by_name: HashMap::new(), values: HashMap::new() };
        anchors.add(Target::Group, contract.groups.iter().map(|(name, _)| name.value.as_str()));
        anchors.add(Target::Parameter, parameter_names(contract).into_iter());
        anchors.add(Target::Type, contract.types.iter().map(|ty| ty.name.value.as_str()));
        let mut taken = BTreeSet::new();
        for ty in &contract.types {
            let TypeKind::Enum { values, .. } = &ty.kind else { continue };
            for EnumValue { wire, .. } in values {
                let stem = format!("value-{}-{}", names::file(&ty.name.value), names::file(&wire.value));
                anchors.values.insert((&ty.name.value, &wire.value), free(stem, &mut taken));
            }
        }
        anchors.add(Target::Flow, contract.flows.iter().map(|(name, _)| name.value.as_str()));
        anchors.add(Target::Trouble, contract.troubleshooting.iter().map(|(name, _)| name.value.as_str()));
        anchors.add(Target::Document, contract.documents.iter().map(|(name, _)| name.value.as_str()));
        if let Some(sender) = &contract.sender {
            anchors.add(Target::Setting, sender.settings.iter().map(|(name, _)| name.value.as_str()));
        }
        anchors
    }

    fn add(&mut self, target: Target, names: impl Iterator<Item = &'a str>) {
        let mut taken = BTreeSet::new();
        for name in names {
            let stem = format!("{}-{}", target.prefix(), names::file(name));
            self.by_name.insert((target, name), free(stem, &mut taken));
        }
    }

    /// The anchor of an enum's value, on the page of the types.
    pub(super) fn value(&self, ty: &'a TypeDef, value: &'a EnumValue) -> &str {
        self.values.get(&(&ty.name.value, &value.wire.value)).map_or("", String::as_str)
    }

    /// The anchor of a name; `None` if the contract doesn't have it.
    pub(super) fn get(&self, target: Target, name: &'a str) -> Option<&str> {
        self.by_name.get(&(target, name)).map(String::as_str)
    }
}

/// An anchor that nothing has yet.
fn free(stem: String, taken: &mut BTreeSet<String>) -> String {
    let mut anchor = stem.clone();
    let mut count = 1;
    while !taken.insert(anchor.clone()) {
        count += 1;
        anchor = format!("{stem}-{count}");
    }
    anchor
}

/// Names of all parameters of hooks and of all members of records, each once, without regard to case.
pub(super) fn parameter_names(contract: &Contract) -> Vec<&str> {
    let of_hooks = contract.hooks.iter().flat_map(|hook| &hook.parameters);
    let of_records = contract.types.iter().flat_map(|ty| match &ty.kind {
        TypeKind::Record(members) => members.as_slice(),
        TypeKind::Enum { .. } => &[],
    });
    let names: BTreeSet<&str> = of_hooks.chain(of_records).map(|parameter| parameter.name.value.as_str()).collect();
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_key(|name| name.to_ascii_lowercase());
    names
}

/// The page that is being written.
#[derive(Debug, Clone, Copy)]
pub(super) enum At<'a> {
    /// One in the folder itself.
    Page(Page),
    /// One of a hook.
    Hook(&'a Hook),
}

/// Writes links from one page.
#[derive(Clone, Copy)]
pub(super) struct Links<'a> {
    pub(super) anchors: &'a Anchors<'a>,
    pub(super) at: At<'a>,
    pub(super) form: Form,
}

impl<'a> Links<'a> {
    pub(super) fn contract(&self) -> &'a Contract {
        self.anchors.contract
    }

    /// The address of a page, for this page's links.
    pub(super) fn page(&self, page: Page) -> String {
        match self.at {
            At::Page(_) => page.path(self.form).to_owned(),
            At::Hook(_) => format!("../{}", page.path(self.form)),
        }
    }

    /// A link to what has an anchor; the bare text if there is no such thing.
    pub(super) fn to(&self, target: Target, name: &'a str, text: &str) -> String {
        let Some(anchor) = self.anchors.get(target, name) else { return text.to_owned() };
        let here = matches!(self.at, At::Page(page) if page == target.page());
        let page = if here { String::new() } else { self.page(target.page()) };
        format!("[{text}]({page}#{anchor})")
    }

    /// The address of a hook's page.
    pub(super) fn hook_address(&self, hook: &Hook) -> String {
        match self.at {
            At::Page(_) => hook_path(hook, self.form),
            At::Hook(_) => hook_file(hook, self.form),
        }
    }

    /// A hook's name as a link to its page, on its own page the bare name.
    pub(super) fn hook(&self, hook: &Hook) -> String {
        let name = code(&hook.name.value);
        match self.at {
            At::Hook(here) if here.name.value == hook.name.value => name,
            _ => format!("[{name}]({})", self.hook_address(hook)),
        }
    }

    /// Several hooks.
    pub(super) fn hooks<'h>(&self, hooks: impl IntoIterator<Item = &'h Hook>) -> String {
        hooks.into_iter().map(|hook| self.hook(hook)).collect::<Vec<_>>().join(", ")
    }

    /// A hook that is named in the contract.
    pub(super) fn hook_named(&self, name: &str) -> String {
        self.contract().find_hook(name).map_or_else(|| code(name), |hook| self.hook(hook))
    }

    /// A member of a hook, on the hook's page.
    pub(super) fn member(&self, hook: &Hook, member: &Parameter, text: &str) -> String {
        let page = match self.at {
            At::Hook(here) if here.name.value == hook.name.value => String::new(),
            _ => self.hook_address(hook),
        };
        format!("[{text}]({page}#{})", member_anchor(member))
    }

    /// A record or enum.
    pub(super) fn type_def(&self, ty: &'a TypeDef) -> String {
        self.to(Target::Type, &ty.name.value, &code(&ty.name.value))
    }

    /// A type in words.
    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Scalar(scalar) => super::words::scalar(*scalar).to_owned(),
            Type::Array(item) => format!("array of {}", self.ty(item)),
            Type::Map(item) => format!("object whose values are {}", self.ty(item)),
            Type::List(item) if matches!(**item, Type::Scalar(Scalar::String)) => {
                "text: words with commas between them".to_owned()
            }
            Type::List(item) => format!("text: {}, with commas between them", self.ty(item)),
            Type::Named(id) => self.named(*id),
        }
    }

    fn named(&self, id: TypeId) -> String {
        self.type_def(self.contract().type_def(id))
    }

    /// Prose in which the names of hooks and settings become links.
    ///
    /// A name counts if it stands in a code span, or bare if it has an inner capital, as no English word has.
    pub(super) fn prose(&self, text: &str) -> String {
        if text.contains("](") {
            return text.to_owned();
        }
        let mut linked = String::with_capacity(text.len());
        for (at, piece) in text.split('`').enumerate() {
            if at % 2 == 1 {
                linked.push_str(&self.code_link(piece).unwrap_or_else(|| format!("`{piece}`")));
            } else {
                self.bare_words(piece, &mut linked);
            }
        }
        // An odd number of back quotes is no code: leave such a text alone.
        if text.matches('`').count() % 2 == 1 { text.to_owned() } else { linked }
    }

    /// As [`Links::prose`], for a cell.
    pub(super) fn prose_cell(&self, text: &str) -> String {
        cell(&self.prose(text))
    }

    fn code_link(&self, name: &str) -> Option<String> {
        let contract = self.contract();
        if let Some(hook) = contract.find_hook(name).filter(|hook| hook.name.value == name) {
            return Some(self.hook(hook));
        }
        if let Some(policy) = contract.session_policy().filter(|policy| policy.member.value == name)
            && !matches!(self.at, At::Page(Page::Policy))
        {
            return Some(format!("[{}]({})", code(&policy.member.value), self.page(Page::Policy)));
        }
        let settings = contract.sender.as_ref()?.settings.iter();
        let (setting, _) = settings.map(|(name, setting)| (&name.value, setting)).find(|(known, _)| *known == name)?;
        Some(self.to(Target::Setting, setting, &code(setting)))
    }

    fn bare_words(&self, text: &str, linked: &mut String) {
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            linked.push_str(before);
            match self.contract().find_hook(word).filter(|hook| hook.name.value == word && is_compound(word)) {
                Some(hook) => linked.push_str(&self.hook(hook)),
                None => linked.push_str(word),
            }
            rest = after;
        }
        linked.push_str(rest);
    }
}

/// The session policy, if an error is only logged unless it says otherwise.
pub(super) fn lenient_policy(contract: &Contract) -> Option<&SessionPolicy> {
    contract.session_policy().filter(|policy| policy.on_error.default.value != policy.on_error.fail.value)
}

/// Where a hook's page is written.
pub(super) fn hook_path(hook: &Hook, form: Form) -> String {
    format!("hooks/{}", hook_file(hook, form))
}

fn hook_file(hook: &Hook, form: Form) -> String {
    let ending = match form {
        Form::Markdown => "md",
        Form::Html => "html",
    };
    format!("{}.{ending}", names::file(&hook.name.value))
}

/// The anchor of a member on its hook's page. The names of a hook's members differ after case conversion; a lint sees
/// to it.
pub(super) fn member_anchor(member: &Parameter) -> String {
    format!("member-{}", names::file(&member.name.value))
}

fn is_compound(word: &str) -> bool {
    word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase())
}
