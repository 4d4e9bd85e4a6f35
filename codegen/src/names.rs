//! Case rules and reserved words of every target. Knows no hook.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Rust's keywords in edition 2024, strict and reserved (`gen` too).
const RUST_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods that every generated Rust type has; a member of that name gets an underscore.
const RUST_METHODS: &[&str] = &[
    "as_bytes", "build", "builder", "bytes", "clone", "decode", "deref", "duplicate_count", "eq", "fmt", "from_bytes",
    "get", "into", "into_bytes", "member_named", "member_state", "new", "raw", "read_as", "show", "spans", "unknown_count",
    "unknown_members", "violations",
];

/// Names in the prelude or in every generated Rust module that a type must not hide.
const RUST_TYPES: &[&str] = &[
    "Answer", "Bool", "Box", "Cow", "Err", "Hook", "Hooks", "Kind", "Map", "Member", "None", "Ok", "Option", "Result",
    "Self", "Some", "String", "Value", "Vec",
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

/// A file name or address part.
pub fn file(name: &str) -> String {
    name.to_kebab_case()
}

/// Identifiers don't start with a digit.
fn lead(ident: String) -> String {
    if ident.starts_with(|c: char| c.is_ascii_digit()) { format!("_{ident}") } else { ident }
}

#[cfg(test)]
mod tests {
    use super::*;

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
