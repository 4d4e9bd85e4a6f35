//! The map from a hook's name to its types, and the contract's facts as constants.

use std::fmt::Write;

use super::scope::Scope;
use super::{comment, literal, literals};
use wcs_contract::model::{Direction, EnumValue, Parameter, Sensitivity, Side, TypeKind};
use wcs_contract::names::{self, Role};

/// Everything that is keyed by the names of hooks.
pub(super) fn write(text: &mut String, scope: &Scope<'_>) {
    map(text, scope);
    text.push_str("/** The wire name of a hook. */\nexport type HookName = keyof Hooks;\n\n");
    facts(text, scope);
    types(text, scope);
    names_of(text, scope);
}

fn map(text: &mut String, scope: &Scope<'_>) {
    comment::write(
        text,
        0,
        &[
            "What belongs to a hook, by its wire name.".to_owned(),
            "`request` is what arrives, `answer` what an answer can change. `reply` is what may be sent back: the changes \
             alone, or all that was received with changes in it."
                .to_owned(),
        ],
    );
    text.push_str("export interface Hooks {\n");
    for (hook, request, answer) in scope.hooks() {
        comment::write(text, 2, std::slice::from_ref(&hook.summary.value));
        let brought = hook.parameters.iter().filter(|member| member.direction == Direction::Answer);
        let brought: Vec<String> = brought.map(|member| literal(&member.name.value)).collect();
        let echo = if brought.is_empty() {
            request.to_owned()
        } else {
            format!("({request} & Pick<{answer}, {}>)", brought.join(" | "))
        };
        let _ = writeln!(
            text,
            "  {}: {{\n    request: {request};\n    answer: {answer};\n    reply: {answer} | {echo};\n    type: {};\n  }};",
            names::typescript(&hook.name.value, Role::Member),
            literal(hook.kind.word()),
        );
    }
    text.push_str("}\n\n");
}

const FACTS: &str = "- `name`: wire name, the last segment of the path\n\
- `aliases`: other spellings of it that are accepted\n\
- `type`, `deny`: see HookType and DenyEffect\n\
- `overwritable`: members that an answer can change or bring\n\
- `sensitive`: members that must not reach logs\n\
- `spellings`: other spellings of members, each with the member that it stands for\n\
- `members`: the members that may arrive, each with its type, for a program that checks what came: `string`, `int32`, \
`int64`, `float`, `bool`, `object`, `string_or_number`, `array<…>`, `map<…>`, `list<…>` (text with commas between the \
values) or a name in TYPES";

fn facts(text: &mut String, scope: &Scope<'_>) {
    let contract = scope.contract;
    comment::write(text, 0, &["What the contract says about each hook.".to_owned(), FACTS.to_owned()]);
    text.push_str("export const HOOKS = {\n");
    for (hook, _, _) in scope.hooks() {
        let name = &hook.name.value;
        let aliases = hook.aliases.iter().map(|(alias, _)| alias.value.as_str());
        let sensitive = hook.parameters.iter().filter(|member| member.sensitive == Sensitivity::Sensitive).map(wire);
        let _ = writeln!(text, "  {}: {{", names::typescript(name, Role::Member));
        for (key, value) in [
            ("name", literal(name)),
            ("aliases", literals(aliases)),
            ("type", literal(hook.kind.word())),
            ("deny", literal(hook.deny.effect.value.word())),
            ("overwritable", literals(hook.answer_members().map(wire))),
            ("sensitive", literals(sensitive)),
            ("spellings", spellings(&hook.parameters)),
            ("members", members(scope, hook.parameters.iter().filter(|member| member.is_received()))),
        ] {
            let _ = writeln!(text, "    {key}: {value},");
        }
        text.push_str("  },\n");
    }
    text.push_str("} as const;\n\n");
    let Some(sender) = &contract.sender else { return };
    comment::write(text, 0, &["HTTP statuses and the content type of answers.".to_owned()]);
    let _ = writeln!(
        text,
        "export const ANSWERS = {{ accept: {}, deny: {}, contentType: {} }} as const;\n",
        sender.answer.accept_status.value,
        sender.answer.deny_status.value,
        literal(&sender.answer.content_type.value)
    );
}

fn wire(member: &Parameter) -> &str {
    &member.name.value
}

fn spellings(members: &[Parameter]) -> String {
    let pairs = members.iter().flat_map(|member| member.aliases.iter().map(move |(alias, _)| (alias, member)));
    table(pairs.map(|(alias, member)| (alias.value.as_str(), member.name.value.clone())))
}

fn members<'m>(scope: &Scope<'_>, members: impl Iterator<Item = &'m Parameter>) -> String {
    table(members.map(|member| (wire(member), scope.contract.type_word(&member.ty))))
}

fn table<'m>(pairs: impl Iterator<Item = (&'m str, String)>) -> String {
    let pairs = pairs.map(|(key, value)| format!("{}: {}", names::typescript(key, Role::Member), literal(&value)));
    let pairs: Vec<String> = pairs.collect();
    if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
}

const TYPES: &str = "What the types are that members name: an enum, which is text, with other spellings of its values, \
                     or a record with the same facts as a hook.";

fn types(text: &mut String, scope: &Scope<'_>) {
    comment::write(text, 0, &[TYPES.to_owned()]);
    text.push_str("export const TYPES = {\n");
    let enums = scope.enums().map(|(def, _)| def);
    let records = scope.records().filter(|(_, side, _)| *side == Side::Request).map(|(def, _, _)| def);
    for def in enums.chain(records) {
        let facts = match &def.kind {
            TypeKind::Enum { values, .. } => format!("kind: \"enum\", spellings: {}", value_spellings(values)),
            TypeKind::Record(all) => {
                let sensitive = all.iter().filter(|member| member.sensitive == Sensitivity::Sensitive).map(wire);
                format!(
                    "kind: \"record\", sensitive: {}, spellings: {}, members: {}",
                    literals(sensitive),
                    spellings(all),
                    members(scope, all.iter())
                )
            }
        };
        let _ = writeln!(text, "  {}: {{ {facts} }},", names::typescript(&def.name.value, Role::Member));
    }
    text.push_str("} as const;\n\n");
}

fn value_spellings(values: &[EnumValue]) -> String {
    let pairs = values.iter().flat_map(|value| value.aliases.iter().map(move |(alias, _)| (alias, value)));
    table(pairs.map(|(alias, value)| (alias.value.as_str(), value.wire.value.clone())))
}

fn names_of(text: &mut String, scope: &Scope<'_>) {
    comment::write(text, 0, &["The wire names of all hooks, in the order of the contract.".to_owned()]);
    text.push_str("export const HOOK_NAMES: readonly HookName[] = [\n");
    for (hook, _, _) in scope.hooks() {
        let _ = writeln!(text, "  {},", literal(&hook.name.value));
    }
    text.push_str("];\n\n");
    comment::write(text, 0, &["Every spelling of every hook, with the hook that it stands for.".to_owned()]);
    text.push_str("export const HOOK_SPELLINGS: ReadonlyMap<string, HookName> = new Map<string, HookName>([\n");
    for (hook, _, _) in scope.hooks() {
        for spelling in std::iter::once(&hook.name).chain(hook.aliases.iter().map(|(alias, _)| alias)) {
            let _ = writeln!(text, "  [{}, {}],", literal(&spelling.value), literal(&hook.name.value));
        }
    }
    text.push_str("]);\n");
}
