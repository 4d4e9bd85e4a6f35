//! The built-in templates, and folders that take their place.

use std::path::Path;

use super::{Language, Layout, python};
use wcs_codegen::Artifact;
use wcs_contract::model::Contract;
use wcs_targets::templates::{Mistake, Target, texts};

/// A built-in template.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// The language that it is for.
    pub language: Language,
    /// The layout that it is for; `None` for both.
    pub layout: Option<Layout>,
    /// What its file is called in a folder of one's own.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! templates {
    ($($language:ident $layout:tt $folder:literal: $($name:literal),* $(,)?;)*) => {
        /// All built-in templates.
        pub static TEMPLATES: &[Template] = &[$($(
            Template {
                language: Language::$language,
                layout: templates!(@$layout),
                name: $name,
                text: include_str!(concat!("templates/", $folder, "/", $name)),
            },
        )*)*];
    };
    (@both) => { None };
    (@minimal) => { Some(Layout::Minimal) };
    (@full) => { Some(Layout::Full) };
}

templates! {
    Rust both "rust/common":
        "Cargo.toml.hbs",
        "README.md.hbs",
        "_stub.hbs",
        "dot-gitignore",
        "rustfmt.toml",
        "src/tests.rs.hbs",
        "tests/bodies/{{hook.name}}.json.hbs",
        "wcs-new.yaml.hbs";
    TypeScript both "typescript/common":
        "README.md.hbs",
        "_group.hbs",
        "_stub.hbs",
        "dot-gitignore",
        "package.json.hbs",
        "src/backend.ts.hbs",
        "src/echo.ts",
        "src/handlers.ts.hbs",
        "src/handlers/all.ts.hbs",
        "src/handlers/{{group.module}}.ts.hbs",
        "src/main.ts.hbs",
        "src/policy.ts.hbs",
        "src/reading.ts",
        "src/receiver.ts",
        "src/secret.ts",
        "src/test.ts",
        "tsconfig.json",
        "wcs-new.yaml.hbs";
    Python both "python/common":
        "README.md.hbs",
        "_group.hbs",
        "_stub.hbs",
        "backend.py.hbs",
        "contract.py",
        "dot-gitignore",
        "echo.py",
        "handlers/{{project.init}}.py.hbs",
        "handlers/{{group.module}}.py.hbs",
        "main.py.hbs",
        "policy.py.hbs",
        "reading.py",
        "receiver.py",
        "requirements.txt",
        "secret.py",
        "vectors.py",
        "wcs-new.yaml.hbs";
    Rust minimal "rust/minimal":
        "src/hooks.rs.hbs",
        "src/main.rs.hbs";
    Rust full "rust/full":
        "Dockerfile.hbs",
        "_group.hbs",
        "dot-dockerignore",
        "src/config.rs.hbs",
        "src/hooks.rs.hbs",
        "src/hooks/{{group.module}}.rs.hbs",
        "src/main.rs.hbs",
        "{{project.name}}.service.hbs";
}

/// The templates of a language and layout; those in a folder of one's own come before built-in ones of the same name.
pub(super) fn target(language: Language, layout: Layout, own: Option<&Path>) -> Result<Target, Vec<Mistake>> {
    let own_texts = match own {
        Some(folder) => texts(folder).map_err(|mistake| vec![mistake])?,
        None => Vec::new(),
    };
    if let (Some(folder), []) = (own, own_texts.as_slice()) {
        let help = "there is no template in it; `wcs new --list-templates` lists the built-in ones";
        return Err(vec![Mistake::new(folder, help)]);
    }
    let fits =
        |template: &&Template| template.language == language && template.layout.is_none_or(|wanted| wanted == layout);
    let built_in =
        TEMPLATES.iter().filter(fits).filter(|template| own_texts.iter().all(|(name, _)| name != template.name));
    let mut all: Vec<(String, String)> =
        built_in.map(|template| (template.name.to_owned(), template.text.to_owned())).collect();
    all.extend(own_texts.iter().cloned());
    Target::of(own.unwrap_or(Path::new("built-in templates")), all)
}

/// What other targets make of the contract and a backend in this language carries along. It is not edited there.
pub(super) fn published(language: Language, contract: &Contract) -> Vec<Artifact> {
    let wanted: &[(&str, &str, &str)] = match language {
        Language::Rust => &[],
        Language::TypeScript => {
            &[("typescript", "hooks.ts", "src/hooks.ts"), ("vectors", "vectors.json", "vectors.json")]
        }
        Language::Python => {
            &[("openapi", "openapi-3.0.json", "openapi-3.0.json"), ("vectors", "vectors.json", "vectors.json")]
        }
    };
    let made = |(target, file, path): &(&str, &str, &str)| {
        let artifacts = wcs_targets::find(target).map(|emitter| emitter.emit(contract)).unwrap_or_default();
        let artifact = artifacts.into_iter().find(|artifact| artifact.path == *file)?;
        Some(Artifact { path: (*path).to_owned(), text: artifact.text })
    };
    let mut artifacts: Vec<Artifact> = wanted.iter().filter_map(made).collect();
    if language == Language::Python {
        artifacts.push(Artifact { path: "models.py".to_owned(), text: python::models(contract) });
    }
    artifacts
}
