//! A folder of templates as a target: what each file makes is said by its name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use handlebars::{Context, Handlebars, RenderErrorReason, TemplateErrorReason, no_escape};
use regex::Regex;
use serde_json::Value;

use super::{Mistake, helpers, texts};
use wcs_codegen::{Artifact, header};
use wcs_contract::export;
use wcs_contract::model::Contract;

/// What the names of templates end with.
pub const EXTENSION: &str = ".hbs";

/// A folder of templates. Files that don't end in `.hbs` are copied; one whose name starts with an underscore is a part
/// that others include. The rest makes a file each, or one for each hook, type or group that its path speaks of:
/// `{{hook.name}}.md.hbs`.
#[derive(Debug)]
pub struct Target {
    folder: PathBuf,
    copied: Vec<Artifact>,
    printed: Vec<String>,
    printer: Handlebars<'static>,
}

/// What one file is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Each {
    Contract,
    Hook,
    Type,
    Group,
}

/// Distinguishes the template of a path from that of its file.
const PATH: &str = "path of ";

impl Target {
    /// Reads a folder.
    ///
    /// # Errors
    ///
    /// Everything that can't be read, and every template that is none.
    pub fn read(folder: &Path) -> Result<Self, Vec<Mistake>> {
        Self::of(folder, texts(folder).map_err(|mistake| vec![mistake])?)
    }

    /// Reads templates whose text is at hand, each under its path; the folder only appears in mistakes.
    ///
    /// # Errors
    ///
    /// Every template that can't be parsed.
    pub fn of(folder: &Path, texts: Vec<(String, String)>) -> Result<Self, Vec<Mistake>> {
        let mut printer = Handlebars::new();
        printer.set_strict_mode(true);
        printer.register_escape_fn(no_escape);
        helpers::register(&mut printer);
        let mut target = Self { folder: folder.to_owned(), copied: Vec::new(), printed: Vec::new(), printer };
        let mut mistakes = Vec::new();
        for (path, text) in texts {
            match path.strip_suffix(EXTENSION) {
                Some(made) => mistakes.extend(target.add(&path, made, &text).err()),
                None => target.copied.push(Artifact { path, text }),
            }
        }
        if mistakes.is_empty() && target.printed.is_empty() && target.copied.is_empty() {
            mistakes
                .push(Mistake::new(folder, format!("there is no template in it; their names end in `{EXTENSION}`")));
        }
        if mistakes.is_empty() { Ok(target) } else { Err(mistakes) }
    }

    fn add(&mut self, path: &str, made: &str, text: &str) -> Result<(), Mistake> {
        let (folder, file) = made.rsplit_once('/').map_or(("", made), |(folder, file)| (folder, file));
        let part = file.strip_prefix('_').map(|part| match folder {
            "" => part.to_owned(),
            _ => format!("{folder}/{part}"),
        });
        let name = part.clone().unwrap_or_else(|| path.to_owned());
        self.register(path, &name, text)?;
        if part.is_none() {
            each(made).map_err(|reason| Mistake::new(&self.folder.join(path), reason))?;
            self.register(path, &format!("{PATH}{path}"), made)?;
            self.printed.push(path.to_owned());
        }
        Ok(())
    }

    fn register(&mut self, path: &str, name: &str, text: &str) -> Result<(), Mistake> {
        self.printer.register_template_string(name, text).map_err(|error| Mistake {
            path: self.folder.join(path),
            place: error.pos(),
            reason: match error.reason() {
                TemplateErrorReason::InvalidSyntax(_) => {
                    "no Handlebars from here on: a tag or block is not ended, or this ends what was not begun"
                        .to_owned()
                }
                other => other.to_string(),
            },
        })
    }

    /// The files that it makes of a contract.
    ///
    /// # Errors
    ///
    /// Each template's first mistake, and paths that can't be written.
    pub fn emit(&self, contract: &Contract) -> Result<Vec<Artifact>, Vec<Mistake>> {
        let mut model = export::document(contract);
        if let Value::Object(model) = &mut model {
            model.insert("header".to_owned(), header(contract).into());
        }
        self.emit_model(model)
    }

    /// Prints a model that the caller has added keys to.
    ///
    /// # Errors
    ///
    /// Every template that can't be printed.
    pub fn emit_model(&self, model: Value) -> Result<Vec<Artifact>, Vec<Mistake>> {
        let lists = [Each::Hook, Each::Type, Each::Group].map(|each| (each, items(&model, each)));
        let mut context = Context::from(model);
        let (mut artifacts, mut mistakes) = (self.copied.clone(), Vec::new());
        for path in &self.printed {
            let each = each(path).unwrap_or(Each::Contract);
            let none = vec![Value::Null];
            let items = lists.iter().find(|(kind, _)| *kind == each).map_or(&none, |(_, items)| items);
            for item in items {
                put(&mut context, each, item, &lists);
                match self.print(path, &context) {
                    Ok(artifact) => artifacts.push(artifact),
                    // The same mistake would follow for every other hook.
                    Err(mistake) => {
                        mistakes.push(mistake);
                        break;
                    }
                }
            }
        }
        mistakes.extend(self.clashes(&artifacts));
        if mistakes.is_empty() { Ok(artifacts) } else { Err(mistakes) }
    }

    /// Prints one part with some data.
    ///
    /// # Errors
    ///
    /// The reason why the part can't be printed.
    pub fn print_part(&self, name: &str, data: &Value) -> Result<String, Mistake> {
        self.text(name, &Context::from(data.clone()))
    }

    fn print(&self, path: &str, context: &Context) -> Result<Artifact, Mistake> {
        let made = self.printer.render_with_context(&format!("{PATH}{path}"), context);
        let made = made.map_err(|error| Mistake::new(&self.folder.join(path), said(error.reason())))?;
        let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0', '\n']);
        if !made.split('/').all(plain) {
            let reason = format!("its path becomes `{made}`, which is no path in the output folder");
            return Err(Mistake::new(&self.folder.join(path), reason));
        }
        Ok(Artifact { path: made, text: self.text(path, context)? })
    }

    fn text(&self, template: &str, context: &Context) -> Result<String, Mistake> {
        self.printer.render_with_context(template, context).map_err(|error| {
            let name = error.template_name.as_deref().unwrap_or(template);
            Mistake {
                path: self.folder.join(self.file(name)),
                place: error.line_no.zip(error.column_no),
                reason: said(error.reason()),
            }
        })
    }

    /// The file of a template; a part is known by another name.
    fn file(&self, name: &str) -> String {
        if name.ends_with(EXTENSION) {
            return name.to_owned();
        }
        match name.rsplit_once('/') {
            Some((folder, part)) => format!("{folder}/_{part}{EXTENSION}"),
            None => format!("_{name}{EXTENSION}"),
        }
    }

    /// Files that would overwrite each other; also on a disk that does not tell upper case from lower.
    fn clashes(&self, artifacts: &[Artifact]) -> Vec<Mistake> {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let mut found = Vec::new();
        for artifact in artifacts {
            if let Some(first) = seen.insert(artifact.path.to_lowercase(), &artifact.path) {
                let reason = format!("two files would be `{first}` and `{}`; change their names", artifact.path);
                found.push(Mistake::new(&self.folder, reason));
            }
        }
        found
    }
}

/// What went wrong while printing, in our words where it is the template's author who can mend it.
fn said(reason: &RenderErrorReason) -> String {
    match reason {
        RenderErrorReason::MissingVariable(Some(written)) => {
            format!("there is no `{written}` here; `wcs model --json-schema` lists the keys")
        }
        RenderErrorReason::HelperNotFound(name) => {
            format!("there is no helper `{name}`; docs/own-targets.md lists them")
        }
        RenderErrorReason::PartialNotFound(name) => match name.rsplit_once('/') {
            Some((folder, part)) => {
                format!("there is no part `{name}`; it would be the file {folder}/_{part}{EXTENSION}")
            }
            None => format!("there is no part `{name}`; it would be the file _{name}{EXTENSION}"),
        },
        other => other.to_string(),
    }
}

/// What a file is made for, by what its path speaks of.
fn each(path: &str) -> Result<Each, String> {
    static SPOKEN_OF: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\{\{[^}]*?\b(hook|type|group)\.[^}]*\}\}").ok());
    let spoken_of = |word| {
        let found = SPOKEN_OF.iter().flat_map(|regex| regex.captures_iter(path));
        found.filter_map(|capture| capture.get(1)).any(|found| found.as_str() == word)
    };
    match (spoken_of("hook"), spoken_of("type"), spoken_of("group")) {
        (true, true, _) => Err("its path speaks of hooks and of types; a file is made for one of them".to_owned()),
        (_, true, true) => Err("its path speaks of types and of groups; types belong to no group".to_owned()),
        (true, ..) => Ok(Each::Hook),
        (_, true, _) => Ok(Each::Type),
        (.., true) => Ok(Each::Group),
        _ => Ok(Each::Contract),
    }
}

fn items(model: &Value, each: Each) -> Vec<Value> {
    let key = match each {
        Each::Contract => return Vec::new(),
        Each::Hook => "hooks",
        Each::Type => "types",
        Each::Group => "groups",
    };
    model.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// Gives a template what it is printed for: a hook comes with its group.
fn put(context: &mut Context, each: Each, item: &Value, lists: &[(Each, Vec<Value>)]) {
    let Value::Object(data) = context.data_mut() else { return };
    for key in ["hook", "type", "group"] {
        data.remove(key);
    }
    let key = match each {
        Each::Contract => return,
        Each::Hook => "hook",
        Each::Type => "type",
        Each::Group => "group",
    };
    data.insert(key.to_owned(), item.clone());
    let groups = lists.iter().filter(|(kind, _)| *kind == Each::Group).flat_map(|(_, groups)| groups);
    let of_hook = groups.into_iter().find(|group| item.get("group") == group.get("name"));
    if let (Each::Hook, Some(group)) = (each, of_hook) {
        data.insert("group".to_owned(), group.clone());
    }
}
