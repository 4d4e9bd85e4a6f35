//! Case rules and reserved words of every target. Knows no hook.

use heck::{ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Rust's keywords in edition 2024, strict and reserved (`gen` too).
const RUST_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods that every generated Rust type has; a member of that name gets an underscore.
const RUST_METHODS: &[&str] = &[
    "as_bytes",
    "build",
    "builder",
    "bytes",
    "clone",
    "decode",
    "deref",
    "duplicate_count",
    "eq",
    "fmt",
    "from_bytes",
    "get",
    "into",
    "into_bytes",
    "member_named",
    "member_state",
    "new",
    "raw",
    "read_as",
    "show",
    "spans",
    "unknown_count",
    "unknown_members",
    "violations",
];

/// Names in the prelude or in every generated Rust module that a type must not hide.
const RUST_TYPES: &[&str] = &[
    "Answer", "Bool", "Box", "Cow", "Err", "Hook", "Hooks", "Kind", "Map", "Member", "None", "Ok", "Option", "Result",
    "Self", "Some", "String", "Value", "Vec",
];

/// What the TypeScript module itself declares, and global types that a reader expects to be themselves.
const TYPESCRIPT_TYPES: &[&str] = &[
    "Array",
    "BigInt",
    "Boolean",
    "Date",
    "DenyEffect",
    "Error",
    "Function",
    "HookName",
    "HookType",
    "Hooks",
    "JSON",
    "JsonObject",
    "Map",
    "Math",
    "Number",
    "Object",
    "Omit",
    "Partial",
    "Pick",
    "Promise",
    "Readonly",
    "ReadonlyMap",
    "Record",
    "Required",
    "Set",
    "String",
    "Symbol",
];

/// A target language's view of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The type of a hook.
    Hook,
    /// A record or an enum.
    Type,
    /// A member of a body.
    Member,
    /// A value of an enum.
    Variant,
}

/// The Rust identifier of a name. `None` if none can be made.
pub fn rust(name: &str, role: Role) -> Option<String> {
    let ident = match role {
        Role::Member => lead(name.to_snake_case()),
        Role::Hook | Role::Type | Role::Variant => lead(name.to_upper_camel_case()),
    };
    if ident.is_empty() || !ident.is_ascii() || ident.chars().all(|c| c == '_') {
        return None;
    }
    let name = ident.as_str();
    let (taken, suffix) = match role {
        Role::Member => (RUST_KEYWORDS.contains(&name) || RUST_METHODS.contains(&name), "_"),
        Role::Hook => (RUST_TYPES.contains(&name), "Hook"),
        Role::Type => (RUST_TYPES.contains(&name), "Type"),
        Role::Variant => (matches!(name, "Self" | "Other"), "_"),
    };
    Some(if taken { format!("{ident}{suffix}") } else { ident })
}

/// The Rust module of a group.
pub fn rust_module(name: &str) -> Option<String> {
    rust(name, Role::Member)
}

/// The TypeScript name: an identifier of a type, or the name of a property, quoted where it is no identifier.
pub fn typescript(name: &str, role: Role) -> String {
    let suffix = match role {
        Role::Member | Role::Variant => return property(name),
        Role::Hook => "Hook",
        Role::Type => "Type",
    };
    let mut ident = name.to_upper_camel_case();
    ident.retain(|c| c.is_ascii_alphanumeric() || c == '_');
    let ident = lead(ident);
    if ident.is_empty() || TYPESCRIPT_TYPES.contains(&ident.as_str()) { format!("{ident}{suffix}") } else { ident }
}

/// A property of an interface or an object literal. There a plain `__proto__` would be no property.
fn property(name: &str) -> String {
    let leads = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    let plain = name.starts_with(leads) && name.chars().all(|c| leads(c) || c.is_ascii_digit());
    match name {
        "__proto__" => format!("[{name:?}]"),
        _ if plain => name.to_owned(),
        _ => serde_json::Value::from(name).to_string(),
    }
}

/// A file name or address part.
pub fn file(name: &str) -> String {
    name.to_kebab_case()
}

/// `publishStream`, whatever the case of the name.
pub fn camel(name: &str) -> String {
    name.to_lower_camel_case()
}

/// `PublishStream`.
pub fn pascal(name: &str) -> String {
    name.to_upper_camel_case()
}

/// `publish_stream`.
pub fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// `PUBLISH_STREAM`.
pub fn screaming(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// Identifiers don't start with a digit.
fn lead(ident: String) -> String {
    if ident.starts_with(|c: char| c.is_ascii_digit()) { format!("_{ident}") } else { ident }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typescript_names() {
        for (name, role, expected) in [
            ("playHLS", Role::Hook, "PlayHls"),
            ("record", Role::Type, "RecordType"),
            ("hooks", Role::Hook, "HooksHook"),
            ("3D", Role::Type, "_3d"),
            ("класс", Role::Type, "Type"),
            ("clientOSVersion", Role::Member, "clientOSVersion"),
            ("User-Agent", Role::Member, "\"User-Agent\""),
            ("default", Role::Member, "default"),
            ("__proto__", Role::Variant, "[\"__proto__\"]"),
            ("a\"b", Role::Variant, "\"a\\\"b\""),
            ("0", Role::Variant, "\"0\""),
        ] {
            assert_eq!(typescript(name, role), expected, "{name} as {role:?}");
        }
    }

    #[test]
    fn rust_identifiers() {
        for (name, role, expected) in [
            ("playHLS", Role::Member, Some("play_hls")),
            ("playHLS", Role::Hook, Some("PlayHls")),
            ("answer", Role::Hook, Some("AnswerHook")),
            ("clientOSVersion", Role::Member, Some("client_os_version")),
            ("type", Role::Member, Some("type_")),
            ("gen", Role::Member, Some("gen_")),
            ("self", Role::Member, Some("self_")),
            ("raw", Role::Member, Some("raw_")),
            ("User-Agent", Role::Member, Some("user_agent")),
            ("text/plain", Role::Variant, Some("TextPlain")),
            ("IMDN_DELIVERED", Role::Variant, Some("ImdnDelivered")),
            ("self", Role::Variant, Some("Self_")),
            ("other", Role::Variant, Some("Other_")),
            ("0", Role::Variant, Some("_0")),
            ("*", Role::Variant, None),
            ("option", Role::Type, Some("OptionType")),
            ("", Role::Type, None),
        ] {
            assert_eq!(rust(name, role).as_deref(), expected, "{name} as {role:?}");
        }
    }
}
