//! Rust: declarations only, in the macros of the runtime. Behaviour stands in the runtime.
//!
//! The text is written directly, not through tokens: a declaration is a line of a table inside a macro, which no
//! pretty-printer lays out, and parsing tokens again is what generation would spend its time on.

mod backend;
mod contract;
mod doc;
mod hooks;
mod types;

use std::fmt::Write;

use super::{Artifact, Emitter, Reader, header};
use wcs_contract::model::{Contract, Scalar, Type, TypeKind};
use wcs_contract::names::{self, Role};

/// The Rust target: the modules of a crate, one file a group of hooks.
pub struct Rust;

impl Emitter for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn about(&self) -> &'static str {
        "Rust types of every hook, for a crate that depends on wcs-runtime"
    }

    fn reader(&self) -> Reader {
        Reader::Program
    }

    fn emit(&self, contract: &Contract) -> Vec<Artifact> {
        let examples = Examples::Compiled(crate_name(contract));
        let mut artifacts = vec![
            artifact(contract, "mod", module_root(contract)),
            artifact(contract, "contract", contract::module(contract)),
            artifact(contract, "types", types::module(contract)),
            artifact(contract, "backend", backend::module(contract)),
        ];
        for (group, _) in &contract.groups {
            let module = module_name(&group.value);
            artifacts.push(artifact(contract, &module, hooks::module(contract, &group.value, &examples)));
        }
        artifacts
    }
}

/// The whole contract as one module, for a build script that writes it to `OUT_DIR`.
pub fn single_module(contract: &Contract) -> String {
    let mut text = format!("// {}\n\n{IMPORTS}\n", header(contract));
    text.push_str(&contract::module(contract));
    text.push_str(&types::module(contract));
    for (group, _) in &contract.groups {
        text.push_str(&hooks::module(contract, &group.value, &Examples::Shown));
    }
    text.push_str(&backend::module(contract));
    text.push_str(&for_each_hook(contract, Visibility::Crate));
    text
}

/// Whether the examples in doc comments can be compiled, which needs the name of the crate that holds them.
pub(crate) enum Examples {
    /// As doctests of this crate.
    Compiled(String),
    /// As text.
    Shown,
}

const IMPORTS: &str =
    "#[allow(unused_imports, reason = \"a small contract needs few of them\")]\nuse wcs_runtime::codegen::*;\n";

fn artifact(contract: &Contract, module: &str, body: String) -> Artifact {
    let imports = if module == "mod" {
        String::new()
    } else if module == "contract" || module == "types" {
        format!("{IMPORTS}\n{}", if module == "contract" { "use super::*;\n\n" } else { "" })
    } else {
        format!("{IMPORTS}\n#[allow(unused_imports, reason = \"a group may need no type\")]\nuse super::*;\n\n")
    };
    Artifact { path: format!("src/generated/{module}.rs"), text: format!("// {}\n\n{imports}{body}", header(contract)) }
}

fn crate_name(contract: &Contract) -> String {
    format!("{}_hooks", names::rust_module(&contract.name.value).unwrap_or_default())
}

/// The module of a group; `hooks_` keeps it apart from the other modules.
fn module_name(group: &str) -> String {
    format!("hooks_{}", names::rust_module(group).unwrap_or_default())
}

fn module_root(contract: &Contract) -> String {
    let mut text = String::new();
    let groups: Vec<String> = contract.groups.iter().map(|(group, _)| module_name(&group.value)).collect();
    let modules = ["backend", "contract", "types"].map(str::to_owned).into_iter().chain(groups);
    let modules: Vec<String> = modules.collect();
    for module in &modules {
        let _ = writeln!(text, "mod {module};");
    }
    text.push('\n');
    for module in &modules {
        if module == "backend" {
            text.push_str(
                "#[allow(unused_imports, unreachable_pub, reason = \"empty where the runtime has no server\")]\n",
            );
        }
        let _ = writeln!(text, "pub use {module}::*;");
    }
    text.push('\n');
    text.push_str(&for_each_hook(contract, Visibility::Public));
    text
}

/// Who may call the macro that lists the hooks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visibility {
    Public,
    Crate,
}

/// A macro that calls another one with all hooks, so that nobody writes the list by hand.
fn for_each_hook(contract: &Contract, visibility: Visibility) -> String {
    let mut text = String::from(
        "/// Calls a macro with every hook of the contract: `name: Type, type-of-hook;` for each, in its order.\n\
         ///\n/// A backend that handles every hook needs no edit when the contract gains one.\n",
    );
    text.push_str(match visibility {
        Visibility::Public => "#[macro_export]\n",
        Visibility::Crate => "#[allow(unused_macros, reason = \"for those who want it\")]\n",
    });
    text.push_str("macro_rules! for_each_hook {\n    ($callback:ident) => {\n        $callback! {\n");
    for hook in &contract.hooks {
        let (member, ty) = (ident(&hook.name.value, Role::Member), ident(&hook.name.value, Role::Hook));
        let _ = writeln!(text, "            {member}: {ty}, {};", hook.kind.word());
    }
    text.push_str("        }\n    };\n}\n");
    if visibility == Visibility::Crate {
        text.push_str(
            "\n#[allow(unused_imports, reason = \"for those who want it\")]\npub(crate) use for_each_hook;\n",
        );
    }
    text
}

/// An identifier. The lint for reserved words has made sure that there is one.
pub(crate) fn ident(name: &str, role: Role) -> String {
    names::rust(name, role).unwrap_or_default()
}

/// What the accessor of a type gives, inside of `Option<…>`.
pub fn accessor_type(contract: &Contract, ty: &Type) -> String {
    match ty {
        Type::Scalar(Scalar::String) => "Cow<'a, str>".to_owned(),
        Type::Scalar(Scalar::Bool) => "bool".to_owned(),
        Type::Scalar(Scalar::Int32) => "i32".to_owned(),
        Type::Scalar(Scalar::Int64) => "i64".to_owned(),
        Type::Scalar(Scalar::Float) => "f64".to_owned(),
        Type::Scalar(Scalar::Object) => "Object".to_owned(),
        Type::Scalar(Scalar::StringOrNumber) => "StringOrNumber<'a>".to_owned(),
        Type::Array(item) => format!("Vec<{}>", accessor_type(contract, item)),
        Type::Map(item) => format!("Entries<'a, {}>", accessor_type(contract, item)),
        Type::List(item) => match **item {
            Type::Named(_) => format!("List<{}>", accessor_type(contract, item)),
            _ => "List<String>".to_owned(),
        },
        Type::Named(id) => ident(&contract.type_def(*id).name.value, Role::Type),
    }
}

/// The expression of a type in a descriptor.
fn kind_expression(contract: &Contract, ty: &Type) -> String {
    match ty {
        Type::Scalar(Scalar::String) => "Kind::String".to_owned(),
        Type::Scalar(Scalar::Bool) => "Kind::Bool".to_owned(),
        Type::Scalar(Scalar::Int32) => "Kind::Int32".to_owned(),
        Type::Scalar(Scalar::Int64) => "Kind::Int64".to_owned(),
        Type::Scalar(Scalar::Float) => "Kind::Float".to_owned(),
        Type::Scalar(Scalar::Object) => "Kind::Object".to_owned(),
        Type::Scalar(Scalar::StringOrNumber) => "Kind::StringOrNumber".to_owned(),
        Type::Array(item) => format!("Kind::Array(&{})", kind_expression(contract, item)),
        Type::Map(item) => format!("Kind::Map(&{})", kind_expression(contract, item)),
        Type::List(item) => format!("Kind::List(&{})", kind_expression(contract, item)),
        Type::Named(id) => {
            let def = contract.type_def(*id);
            let which = match def.kind {
                TypeKind::Record(_) => "Record",
                TypeKind::Enum { .. } => "Enum",
            };
            format!("Kind::{which}({}::DESCRIPTOR)", ident(&def.name.value, Role::Type))
        }
    }
}

/// A string literal.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            control if control.is_control() => {
                let _ = write!(literal, "\\u{{{:x}}}", control as u32);
            }
            plain => literal.push(plain),
        }
    }
    literal.push('"');
    literal
}

/// A slice of string literals.
fn literals<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(literal).collect();
    format!("&[{}]", texts.join(", "))
}
